using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Contracts;
using CustomerService.Contracts.Files;
using CustomerService.Contracts.Files.Grpc.V1;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Messaging;
using CustomerService.Records;
using CustomerService.Records.Features;
using CustomerService.Records.Keeping;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Work;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using static CustomerService.Testing.FilesElsewhere;

namespace CustomerService.Testing;

/// <summary>A record of a service, new and of nobody else's test.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Path">Its address.</param>
/// <param name="Id">Its identity.</param>
/// <param name="Customer">The organisation whose customers see it; null where no outsider does.</param>
/// <param name="Linked">A record to which the service itself has linked it.</param>
public sealed record TestedRecord(string Kind, string Path, Guid Id, Guid? Customer, Guid? Linked = null);

/// <summary>
/// What notes, followers, tags, links and timeline of a record do, over HTTP: the same for every kind of record and
/// whatever store keeps it.
/// </summary>
public abstract class RecordsContract<TFixture>(TFixture fixture, string service) : OnServers<TFixture>(fixture)
    where TFixture : ServiceFixture
{
    private static readonly Actor Author = Someone.InCustomerService("author");

    /// <summary>A new record.</summary>
    protected abstract Task<TestedRecord> NewAsync();

    private ApiClient Staff => Fixture.As(Author);

    [Fact]
    [Trait("Rule", "S2")]
    public async Task A_note_is_written_edited_with_what_it_said_kept_and_struck_through_but_never_gone()
    {
        var record = await NewAsync();
        var key = Guid.CreateVersion7().ToString("N");

        var written = (await Staff.PostAsync(record.Path + "/notes", Note("第一版"), key: key)).Ok();
        var again = (await Staff.PostAsync(record.Path + "/notes", Note("第一版"), key: key)).Ok();

        written.Status.ShouldBe(HttpStatusCode.Created);
        written.Location.ShouldEndWith($"{record.Path}/notes/{written.Id}");
        again.Id.ShouldBe(written.Id);
        written.Actions.ShouldBe(["edit", "strike"]);
        var path = $"{record.Path}/notes/{written.Id}";
        (await Staff.PostAsync(path + "/edit", Note("第二版"))).Status.ShouldBe(HttpStatusCode.PreconditionRequired);
        var edited = (await Staff.PostAsync(path + "/edit", Note("第二版"), written.ETag)).Ok();
        edited.Text("text").ShouldBe("第二版");
        edited["former"].AsArray().Single()!["text"]!.ToString().ShouldBe("第一版");
        (await Staff.PostAsync(path + "/edit", Note("第三版"), written.ETag)).Status.ShouldBe(
            HttpStatusCode.PreconditionFailed
        );
        var other = Fixture.As(Someone.InQuality("other"));
        (await other.GetAsync(path)).Ok().Actions.ShouldBeEmpty();
        (await other.PostAsync(path + "/edit", Note("x"), edited.ETag)).Refused("note-not-yours", "S2");
        (await other.PostAsync(path + "/strike", new StrikeRequest(), edited.ETag)).Refused("note-not-yours", "S2");

        var head = Fixture.As(Someone.HeadOfQuality("head"));
        var struck = (await head.PostAsync(path + "/strike", new StrikeRequest("寫錯了"), edited.ETag)).Ok();

        (struck["struck"]["by"]!.ToString(), struck["struck"]["reason"]!.ToString()).ShouldBe(("HEAD", "寫錯了"));
        (await Staff.PostAsync(path + "/edit", Note("x"), struck.ETag)).Refused("note-struck", "S2");
        (await Staff.PostAsync(path + "/strike", new StrikeRequest(), struck.ETag)).Refused("note-struck", "S2");
        (await Staff.GetAsync(record.Path + "/notes")).Ok().Items.Single()["text"]!.ToString().ShouldBe("第二版");
        (await Staff.GetAsync($"/v1/audit/{written.Id}")).Ok()["intact"].GetValue<bool>().ShouldBeTrue();
        (await Staff.GetAsync((await NewAsync()).Path + $"/notes/{written.Id}")).Status.ShouldBe(
            HttpStatusCode.NotFound,
            "it is another record's"
        );
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task A_mention_is_of_somebody_known_is_told_without_the_text_and_makes_a_follower()
    {
        var record = await NewAsync();
        var (known, customer) = (await KnownAsync(Roles.Qc), await KnownAsync(Roles.Customer));
        foreach (var nobody in (Guid[])[Guid.CreateVersion7(), customer])
        {
            (await Staff.PostAsync(record.Path + "/notes", Note("請看", [nobody]))).Refused("mention-unknown", "S2");
        }

        var written = (
            await Staff.PostAsync(record.Path + "/notes", Note("請看一下這個。", [known, known], ["quality"]))
        ).Ok();

        var told = await Fixture.EventAsync(written.Id, $"{service}.note.added.v1");
        told.Body.ToJsonString().ShouldNotContain("請看");
        (told.Text("recordId"), told.Text("recordKind"), told.Text("authorId")).ShouldBe(
            (record.Id.ToString(), record.Kind, Author.Id)
        );
        told.Body["people"]!.AsArray().Single()!.ToString().ShouldBe(known.ToString());
        told.Body["departments"]!.AsArray().Single()!.ToString().ShouldBe("quality");
        (await Staff.GetAsync(record.Path + "/followers"))
            .Ok()
            .Items.Select(f => f["userId"]!.ToString())
            .ShouldBe([known.ToString()]);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Somebody_follows_and_leaves_however_often_they_say_so()
    {
        var record = await NewAsync();
        foreach (var _ in (int[])[1, 2])
        {
            var followed = (await Staff.PostAsync(record.Path + "/follow")).Ok();
            followed["following"].GetValue<bool>().ShouldBeTrue();
            followed.Items.Count.ShouldBe(1);
        }

        (await Fixture.As(Someone.InSales("second")).PostAsync(record.Path + "/follow")).Ok().Items.Count.ShouldBe(2);
        foreach (var _ in (int[])[1, 2])
        {
            var left = (await Staff.PostAsync(record.Path + "/unfollow")).Ok();
            left["following"].GetValue<bool>().ShouldBeFalse();
            left.Items.Single()["userId"]!.ToString().ShouldBe("second");
        }

        (await Staff.PostAsync(record.Path + "/follow")).Ok();
        (await Staff.GetAsync(record.Path + "/followers")).Ok().Items.Count.ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task A_tag_is_one_however_it_is_written()
    {
        var record = await NewAsync();
        foreach (var tag in (string[])["#漏水", "ＶＩＰ 客戶", "vip-客户", "Ünïcode", "नमस्ते"])
        {
            (await Staff.PostAsync(record.Path + "/tag", new TagRequest(tag))).Ok();
        }

        (await TagsAsync(record)).ShouldBe(["漏水", "vip-客戶", "ünïcode", "नमस्ते"], ignoreOrder: true);
        foreach (var wrong in (string[])["a/b", "<b>", "😀", new string('水', 41), "--", "​"])
        {
            (await Staff.PostAsync(record.Path + "/tag", new TagRequest(wrong))).Status.ShouldBe(
                HttpStatusCode.BadRequest,
                wrong
            );
        }

        (await Staff.PostAsync(record.Path + "/untag", new TagRequest("VIP 客户"))).Ok();
        (await Staff.PostAsync(record.Path + "/untag", new TagRequest("從未有過"))).Ok();
        (await TagsAsync(record)).ShouldNotContain("vip-客戶");
        (await Staff.PostAsync(record.Path + "/tag", new TagRequest("vip-客戶"))).Ok();
        (await TagsAsync(record)).ShouldContain("vip-客戶");
    }

    [Fact]
    [Trait("Rule", "S1")]
    public async Task What_somebody_follows_or_tags_is_a_list_of_its_steps()
    {
        var (record, other) = (await NewAsync(), await NewAsync());
        var reader = Fixture.As(Someone.InSales($"reader-{record.Id:N}"));
        var tag = $"t{record.Id:N}"[..30];
        var steps = await StepsAsync(record);

        (await reader.PostAsync(record.Path + "/follow")).Ok();
        (await reader.PostAsync(record.Path + "/tag", new TagRequest(tag.ToUpperInvariant()))).Ok();

        (await ListedAsync(reader, "view=followed")).ShouldBe(steps, ignoreOrder: true);
        (await ListedAsync(reader, $"view=followed&tag={tag}")).ShouldBe(steps, ignoreOrder: true);
        (await ListedAsync(reader, "view=followed&tag=other")).ShouldBeEmpty();
        (await reader.GetAsync("/v1/work-items/counts")).Ok()["followed"].GetValue<int>().ShouldBe(steps.Count);
        (await reader.GetAsync("/v1/work-items?tag=%3Cb%3E")).Code.ShouldBe("bad-filter");
        var outsider = Fixture.As(Someone.AtCustomer(record.Customer ?? Guid.CreateVersion7()));
        (await ListedAsync(outsider, "view=followed")).ShouldBeEmpty();
        (await ListedAsync(outsider, $"tag={tag}")).ShouldBeEmpty();

        (await reader.PostAsync(record.Path + "/unfollow")).Ok();
        (await reader.PostAsync(other.Path + "/follow")).Ok();
        (await ListedAsync(reader, "view=followed")).ShouldBe(await StepsAsync(other), ignoreOrder: true);
    }

    private async Task<IReadOnlyList<string>> StepsAsync(TestedRecord record)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<IWorkStore>().OfRecordAsync(record.Id, default);
        return [.. rows.Select(row => $"{row.RecordId} {row.Action}")];
    }

    private static async Task<IReadOnlyList<string>> ListedAsync(ApiClient reader, string query) =>
        [
            .. (await reader.GetAsync($"/v1/work-items?limit=200&{query}"))
                .Ok()
                .Items.Select(item => $"{item["id"]} {item["action"]}"),
        ];

    [Fact]
    [Trait("Rule", "C8")]
    public async Task A_record_is_held_released_and_not_erased_before_its_day()
    {
        var record = await NewAsync();
        var path = $"/v1/retention-entries/{record.Kind}/{record.Id}";
        var holder = Fixture.As(Someone.ManagementRepresentative());
        var eraser = Fixture.As(Someone.With("archivist", "office", Roles.Administrator));

        (await Staff.PostAsync(path + "/hold", new HoldRequest("x"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        var held = (await holder.PostAsync(path + "/hold", new HoldRequest("(2026) 滬01民初123號"))).Ok();

        (held.State, held.Text("recordId"), held["hold"]["reason"]!.ToString()).ShouldBe(
            ("held", record.Id.ToString(), "(2026) 滬01民初123號")
        );
        (await Staff.GetAsync(path)).Ok().Id.ShouldBe(held.Id);
        (await Staff.GetAsync($"/v1/retention-entries?kind={record.Kind}&state=held&limit=200"))
            .Ok()
            .Items.Select(e => e["id"]!.ToString())
            .ShouldContain(held.Id.ToString());
        (await eraser.PostAsync(path + "/erase", new RetentionReason("x"))).Refused("record-held", "C8");
        (await holder.PostAsync(path + "/release", new RetentionReason("判決"))).Ok().Body!["hold"].ShouldBeNull();
        var refused = await eraser.PostAsync(path + "/erase", new RetentionReason("x"));
        (refused.Status, refused.Rule).ShouldBe((HttpStatusCode.Conflict, "C8"));
        refused.Code.ShouldBeOneOf("case-still-open", "retention-not-over");
        (await Staff.GetAsync($"/v1/audit/{held.Id}")).Ok()["intact"].GetValue<bool>().ShouldBeTrue();
        var told = await Fixture.EventAsync(record.Id, $"{service}.record.kept.v1");
        told.Body["record"]!["held"]!.GetValue<bool>().ShouldBeTrue();
        foreach (var nowhere in (string[])[$"poem/{record.Id}", $"{record.Kind}/{Guid.CreateVersion7()}"])
        {
            (await holder.PostAsync($"/v1/retention-entries/{nowhere}/hold", new HoldRequest("x"))).Status.ShouldBe(
                HttpStatusCode.NotFound
            );
        }
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Many_who_set_the_same_tag_at_once_all_succeed()
    {
        var record = await NewAsync();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    Fixture.As(Someone.InSales($"p{i}")).PostAsync(record.Path + "/tag", new TagRequest("漏水"))
                )
        );

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        (await TagsAsync(record)).ShouldBe(["漏水"]);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task A_link_is_told_and_what_another_service_tells_is_a_link_here_until_either_removes_it()
    {
        var (record, other) = (await NewAsync(), Elsewhere());
        var request = new LinkRequest
        {
            Relation = LinkRelation.DuplicateOf,
            Service = other.Service,
            Kind = other.Kind,
            Id = other.Id,
            Number = other.Number,
        };

        foreach (var _ in (int[])[1, 2])
        {
            Of(record, (await Staff.PostAsync(record.Path + "/link", request)).Ok()).Count.ShouldBe(1);
        }

        var told = await Fixture.EventAsync($"{service}.record.linked.v1", e => e.Text("toId") == other.Id.ToString());
        (told.Text("kind"), told.Text("fromId"), told.Text("fromService"), told.Text("version")).ShouldBe(
            ("duplicate-of", record.Id.ToString(), service, "1")
        );

        // The other end removes it, links anew, and an older word comes late.
        var pair = new LinkedPair(new(service, record.Kind, record.Id, null), LinkKind.DuplicateOf, other);
        await Fixture.DeliverAsync(RecordEvents.LinkChanged(other.Service, pair, active: false, 2));
        (await LinksAsync(record)).ShouldBeEmpty();
        await Fixture.DeliverAsync(RecordEvents.LinkChanged(other.Service, pair, active: true, 3));
        await Fixture.DeliverAsync(RecordEvents.LinkChanged(other.Service, pair, active: false, 2));
        (await LinksAsync(record)).ShouldBe([("duplicate-of", other.Id.ToString(), other.Number)]);
        Of(record, (await Staff.PostAsync(record.Path + "/unlink", request)).Ok()).ShouldBeEmpty();
        var removed = await Fixture.EventAsync(
            $"{service}.record.unlinked.v1",
            e => e.Text("toId") == other.Id.ToString()
        );
        removed.Text("version").ShouldBe("4");

        // What only the other end knows.
        var cause = Elsewhere();
        await Fixture.DeliverAsync(
            RecordEvents.LinkChanged(
                cause.Service,
                new(cause, LinkKind.CausedBy, new(service, record.Kind, record.Id, null)),
                active: true,
                1
            )
        );
        (await LinksAsync(record)).ShouldBe([("cause-of", cause.Id.ToString(), cause.Number)]);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Records_of_one_service_are_linked_at_both_ends_and_only_where_both_are_there()
    {
        var (child, parent) = (await NewAsync(), await NewAsync());
        var request = new LinkRequest
        {
            Relation = LinkRelation.Parent,
            Service = service,
            Kind = parent.Kind,
            Id = parent.Id,
        };

        (await Staff.PostAsync(child.Path + "/link", request)).Ok();

        (await LinksAsync(child)).Select(l => (l.Relation, l.Id)).ShouldBe([("parent", parent.Id.ToString())]);
        (await LinksAsync(parent)).Select(l => (l.Relation, l.Id)).ShouldBe([("child", child.Id.ToString())]);
        (
            await Staff.PostAsync(
                parent.Path + "/unlink",
                request with
                {
                    Relation = LinkRelation.Child,
                    Id = child.Id,
                }
            )
        ).Ok();
        (await LinksAsync(child)).ShouldBeEmpty();
        (await LinksAsync(parent)).ShouldBeEmpty();
        (await Staff.PostAsync(child.Path + "/link", request with { Id = Guid.CreateVersion7() })).Refused(
            "linked-record-unknown",
            "S2"
        );
        (await Staff.PostAsync(child.Path + "/link", request with { Id = child.Id })).Refused("linked-to-itself", "S2");
        (await Staff.PostAsync(child.Path + "/link", request with { Service = "elsewhere" })).Code.ShouldBe(
            "validation"
        );
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task A_timeline_has_all_in_one_order_and_its_pages_are_the_whole()
    {
        var record = await NewAsync();
        var written = (await Staff.PostAsync(record.Path + "/notes", Note("記一筆"))).Ok();
        (await Staff.PostAsync($"{record.Path}/notes/{written.Id}/edit", Note("改一筆"), written.ETag)).Ok();
        (await Staff.PostAsync(record.Path + "/tag", new TagRequest("漏水"))).Ok();
        (await Staff.PostAsync(record.Path + "/untag", new TagRequest("漏水"))).Ok();
        (await Staff.PostAsync(record.Path + "/follow")).Ok();
        var other = Elsewhere();
        (
            await Staff.PostAsync(
                record.Path + "/link",
                new LinkRequest
                {
                    Relation = LinkRelation.CausedBy,
                    Service = other.Service,
                    Kind = other.Kind,
                    Id = other.Id,
                }
            )
        ).Ok();

        var whole = (await Staff.GetAsync(record.Path + "/timeline?limit=200")).Ok().Items;

        whole
            .Where(e => record.Linked is null || e["link"]?["id"]!.ToString() != record.Linked.ToString())
            .Select(e => (e["kind"]!.ToString(), e["action"]!.ToString()))
            .Where(e => e.Item1 != "transition")
            .ShouldBe(
                [("link", "link"), ("note", "edit"), ("note", "add"), ("tag", "untag"), ("tag", "tag")],
                ignoreOrder: true
            );
        whole.Select(e => e["at"]!.GetValue<DateTimeOffset>()).ShouldBeInOrder(SortDirection.Descending);
        whole.Count(e => e["kind"]!.ToString() == "transition").ShouldBeGreaterThan(0);
        var noted = whole.First(e => e["kind"]!.ToString() == "note");
        (noted["note"]!["text"]!.ToString(), noted["by"]!["name"]!.ToString()).ShouldBe(("改一筆", "AUTHOR"));
        whole.First(e => e["kind"]!.ToString() == "link")["link"]!["id"]!.ToString().ShouldBe(other.Id.ToString());
        (await PagesAsync(Staff, record, 2)).ShouldBe([.. whole.Select(e => e.ToJsonString())]);
        (await PagesAsync(Staff, record, 1)).Count.ShouldBe(whole.Count);
        foreach (var wrong in (string[])["x", "1.2.3.4", "-1.00000000000000000000000000000000.1.tag"])
        {
            (await Staff.GetAsync(record.Path + "/timeline?after=" + wrong)).Code.ShouldBe("bad-cursor");
        }
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task A_photo_is_kept_with_its_hash_time_and_place_read_as_it_was_and_upright_when_small()
    {
        var record = await NewAsync();
        var key = Guid.CreateVersion7().ToString("N");
        var path = record.Path + "/files?purpose=photo&caption=%E5%B1%8B%E9%9D%A2";

        var added = (await Staff.PostAsync(path, TestPictures.Form(TestPictures.Photo, "../屋面.JPG"), key: key)).Ok();
        var again = (await Staff.PostAsync(path, TestPictures.Form(TestPictures.Photo, "../屋面.JPG"), key: key)).Ok();

        added.Status.ShouldBe(HttpStatusCode.Created);
        again.Id.ShouldBe(added.Id);
        var file = (await FilesAsync(Staff, record)).Single();
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(TestPictures.Photo));
        (file["purpose"]!.ToString(), file["caption"]!.ToString(), file["fileName"]!.ToString()).ShouldBe(
            ("photo", "屋面", "屋面.JPG")
        );
        (file["sha256"]!.ToString(), file["contentType"]!.ToString()).ShouldBe((hash, "image/jpeg"));
        file["takenAt"]!.GetValue<DateTimeOffset>().ShouldBe(new(2026, 3, 2, 6, 30, 0, TimeSpan.Zero));
        file["latitude"]!.GetValue<double>().ShouldBe(31.2304, 0.00001);
        file["longitude"]!.GetValue<double>().ShouldBe(121.4737, 0.00001);
        file["uploadedBy"]!.ToString().ShouldBe("AUTHOR");

        var one = $"{record.Path}/files/{added.Id}";
        var (read, bytes) = await Staff.DownloadAsync(one);
        bytes.ShouldBe(TestPictures.Photo);
        read.Raw.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        read.Raw.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        read.Raw.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        var (small, picture) = await Staff.DownloadAsync(one + "/thumbnail");
        small.Raw.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        TestPictures.SizeOf(picture).ShouldBe((8, 16), "16 × 8 and turned by the camera");
        (await Staff.GetAsync($"/v1/audit/{added.Id}")).Ok()["intact"].GetValue<bool>().ShouldBeTrue();
        var told = await Fixture.EventAsync(added.Id, $"{service}.file.added.v1");
        (told.Body["file"]!["sha256"]!.ToString(), told.Body["file"]!["recordId"]!.ToString()).ShouldBe(
            (hash, record.Id.ToString())
        );
        told.Body.ToJsonString().ShouldNotContain("121.47");
        (await Staff.GetAsync((await NewAsync()).Path + $"/files/{added.Id}")).Status.ShouldBe(
            HttpStatusCode.NotFound,
            "it is another record's"
        );
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task What_is_no_sound_file_is_refused_with_its_code_in_three_languages()
    {
        var record = await NewAsync();
        foreach (
            var (content, query, code) in ((byte[], string, string)[])
                [
                    ([], "", "attachment-size"),
                    ([.. TestPictures.Png, .. new byte[30 * 1024 * 1024]], "", "attachment-size"),
                    ("<script>alert(1)</script>"u8.ToArray(), "", "attachment-type"),
                    (TestPictures.Png[..40], "", "attachment-incomplete"),
                    (TestPictures.Pdf, "?purpose=signature", "attachment-type"),
                    (TestPictures.Png, "?purpose=poem", "bad-filter"),
                    (TestPictures.Png, $"?partId={Guid.CreateVersion7()}", "not-found"),
                ]
        )
        {
            var titles = new HashSet<string>();
            foreach (var language in (string[])["zh-Hant", "zh-Hans", "en"])
            {
                var answer = await Staff.PostAsync(
                    record.Path + "/files" + query,
                    TestPictures.Form(content, "a.png"),
                    language: language
                );
                answer.Code.ShouldBe(code, answer.Readable());
                titles.Add(answer.Text("title"));
            }

            titles.Count.ShouldBe(3, code);
        }

        (await FilesAsync(Staff, record)).ShouldBeEmpty("what was refused was not kept");
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Files_are_put_in_order_and_struck_through_with_a_reason_but_never_gone()
    {
        var record = await NewAsync();
        var (first, second, signature) = (
            await AddedAsync(Staff, record, "photo", TestPictures.Photo),
            await AddedAsync(Staff, record, "document", TestPictures.Pdf),
            await AddedAsync(Staff, record, "signature", TestPictures.Png)
        );

        var ordered = (
            await Staff.PutAsync(record.Path + "/files/order", new { files = new[] { second, first } })
        ).Ok();

        ordered.Items.Select(Id).ShouldBe([second, first, signature]);
        (await FilesAsync(Staff, record)).Select(Id).ShouldBe([second, first, signature]);
        (await Staff.PutAsync(record.Path + "/files/order", new { files = new[] { Guid.CreateVersion7() } })).Refused(
            "file-unknown",
            "S2"
        );

        var path = $"{record.Path}/files/{first}";
        var reason = new RemoveFileRequest("拍錯了房間");
        (await Staff.PostAsync(path + "/remove", reason)).Status.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await Fixture.As(Someone.InSales("other")).PostAsync(path + "/remove", reason, "\"1\"")).Refused(
            "file-not-yours",
            "S2"
        );
        var struck = (await Staff.PostAsync(path + "/remove", reason, "\"1\"")).Ok();
        (struck["struck"]["by"]!.ToString(), struck["struck"]["reason"]!.ToString()).ShouldBe(("AUTHOR", "拍錯了房間"));
        struck.Actions.ShouldBeEmpty();
        (await Staff.PostAsync(path + "/remove", reason, struck.ETag)).Refused("file-removed", "S2");
        (await Staff.DownloadAsync(path)).Bytes.ShouldBe(TestPictures.Photo);
        await Fixture.EventAsync(first, $"{service}.file.removed.v1");
        (
            await Fixture
                .As(Someone.HeadOfQuality("head"))
                .PostAsync($"{record.Path}/files/{signature}/remove", reason, "\"1\"")
        ).Refused("file-held", "S2");
        (await Staff.GetAsync(record.Path + "/timeline?limit=200"))
            .Ok()
            .Items.Where(e => e["kind"]!.ToString() == "file")
            .Select(e => (e["action"]!.ToString(), e["file"]!["id"]!.ToString(), e["why"]?.ToString()))
            .ShouldBe(
                [
                    ("remove", first.ToString(), "拍錯了房間"),
                    ("attach", signature.ToString(), null),
                    ("attach", second.ToString(), null),
                    ("attach", first.ToString(), null),
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Outsiders_see_the_files_that_the_record_shows_them_and_their_own_and_never_where_they_were_taken()
    {
        var record = await NewAsync();
        var shown = await AddedAsync(Staff, record, "photo", TestPictures.Photo);
        var inner = await AddedAsync(Staff, record, "document", TestPictures.Pdf);
        var stranger = Fixture.As(Someone.AtCustomer(Guid.CreateVersion7(), "stranger"));
        (await stranger.GetAsync(record.Path + "/files")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync($"{record.Path}/files/{shown}")).Status.ShouldBe(HttpStatusCode.NotFound);
        if (record.Customer is not { } customer)
        {
            return;
        }

        var owner = Fixture.As(Someone.AtCustomer(customer));
        var own = await AddedAsync(owner, record, "scan", TestPictures.Photo);
        var seen = await FilesAsync(owner, record);

        seen.Select(Id).ShouldContain(own);
        seen.Select(Id).Except([own, shown, inner]).ShouldBeEmpty();
        foreach (var file in (Guid[])[shown, inner])
        {
            var isSeen = seen.Any(f => Id(f) == file);
            isSeen.ShouldBe(Shows(file == shown ? "photo" : "document"));
            var (answer, bytes) = await owner.DownloadAsync($"{record.Path}/files/{file}");
            answer.Status.ShouldBe(isSeen ? HttpStatusCode.OK : HttpStatusCode.NotFound);
            if (isSeen && file == shown)
            {
                TestPictures.Contains(bytes, "Exif").ShouldBeTrue("it is still upright");
                TestPictures.Contains(bytes, "2026:03:02").ShouldBeFalse("the notes of the camera are staff's");
                bytes.Length.ShouldBeLessThan(TestPictures.Photo.Length);
            }
        }

        (await owner.DownloadAsync($"{record.Path}/files/{own}")).Bytes.ShouldBe(TestPictures.Photo);
        foreach (var file in seen)
        {
            (file["latitude"], file["longitude"], file["from"], file["struck"]).ShouldBe((null, null, null, null));
            (file["uploadedBy"] is null).ShouldBe(Id(file) != own);
        }

        var told = (await owner.GetAsync(record.Path + "/timeline?limit=200"))
            .Ok()
            .Items.Where(e => e["kind"]!.ToString() == "file")
            .ToList();
        told.Select(e => e["file"]!["id"]!.ToString()).ShouldBe(seen.Select(f => Id(f).ToString()), ignoreOrder: true);
        told.ShouldAllBe(e => e["why"] == null && e["to"] == null);
        (await owner.PutAsync(record.Path + "/files/order", new { files = new[] { own } })).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await owner.PostAsync($"{record.Path}/files/{own}/remove", new RemoveFileRequest("重拍"), "\"1\"")).Ok();
        (await owner.GetAsync($"{record.Path}/files/{own}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Staff.DownloadAsync($"{record.Path}/files/{own}")).Bytes.ShouldBe(TestPictures.Photo);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task A_record_elsewhere_takes_files_along_and_fetches_their_bytes_by_the_services_own_account()
    {
        var (record, other) = (await NewAsync(), Elsewhere());
        var id = await AddedAsync(Staff, record, "photo", TestPictures.Photo);

        await Fixture.DeliverAsync(Wanted(other.Service, new(service, record.Kind, record.Id, null), other));

        var told = await Fixture.EventAsync(
            $"{service}.file.added.v1",
            e => e.Subject == id.ToString() && e.Text("version") == "2"
        );
        var file = told.Body["file"]!;
        (file["ownerService"]!.ToString(), file["ownerFileId"]!.ToString()).ShouldBe((service, id.ToString()));
        using var channel = GrpcChannel.ForAddress(Fixture.Service.Grpc);
        var client = new FileContents.FileContentsClient(channel);
        var asService = new Metadata
        {
            { "Authorization", "Bearer " + Fixture.Issuer.Token("svc-test", "svc-test", [Roles.System], null, null) },
        };
        var question = new FileQuestion { FileId = id.ToString() };
        (await ReadAsync(client.Read(question, asService))).ShouldBe(TestPictures.Photo);
        question.Thumbnail = true;
        TestPictures.SizeOf(await ReadAsync(client.Read(question, asService))).ShouldBe((8, 16));
        var unknown = new FileQuestion { FileId = Guid.CreateVersion7().ToString() };
        (await Should.ThrowAsync<RpcException>(() => ReadAsync(client.Read(unknown, asService)))).StatusCode.ShouldBe(
            StatusCode.NotFound
        );
        var asPerson = new Metadata
        {
            { "Authorization", "Bearer " + Fixture.Issuer.Token("qc", "qc", [Roles.Qc], null, null) },
        };
        (await Should.ThrowAsync<RpcException>(() => ReadAsync(client.Read(question, asPerson)))).StatusCode.ShouldBe(
            StatusCode.PermissionDenied
        );
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Files_taken_along_are_listed_once_with_their_hash_also_those_that_come_later_and_while_their_owner_is_away()
    {
        var (record, other) = (await NewAsync(), Elsewhere() with { Service = Away });
        var part = Guid.CreateVersion7();
        await CarryAsync(other, record, part);
        await CarryAsync(other, record, part);
        (
            await Fixture.EventAsync(
                $"{service}.files.wanted.v1",
                e => e.Body["wanted"]!["fromId"]!.ToString() == other.Id.ToString()
            )
        ).Body["wanted"]!["toId"]!
            .ToString()
            .ShouldBe(record.Id.ToString());

        var (first, later) = (Reference(other, part), Reference(other, part));
        await Fixture.DeliverAsync(Added(first, 1));
        await Fixture.DeliverAsync(Added(first, 2));
        await Fixture.DeliverAsync(Added(later, 1));
        await Fixture.DeliverAsync(Added(Reference(other, Guid.CreateVersion7()), 1));
        await Fixture.DeliverAsync(Added(Reference(Elsewhere() with { Service = Away }, part), 1));

        var files = await FilesAsync(Staff, record);
        files.Select(f => f["sha256"]!.ToString()).ShouldBe([first.Sha256, later.Sha256], ignoreOrder: true);
        var origin = files[0]["from"]!;
        (origin["service"]!.ToString(), origin["id"]!.ToString(), origin["number"]!.ToString()).ShouldBe(
            (Away, other.Id.ToString(), other.Number)
        );
        var away = await Staff.GetAsync($"{record.Path}/files/{Id(files[0])}");
        (away.Status, away.Code).ShouldBe((HttpStatusCode.ServiceUnavailable, "file-owner-unavailable"));
        away.Raw.Headers.RetryAfter.ShouldNotBeNull();
        (await Staff.GetAsync($"{record.Path}/files/{Id(files[0])}/thumbnail")).Code.ShouldBe("file-owner-unavailable");
        (await FilesAsync(Staff, record)).Count.ShouldBe(2);
        (await Staff.GetAsync(record.Path + "/timeline?limit=200"))
            .Ok()
            .Items.Count(e => e["kind"]!.ToString() == "file" && e["action"]!.ToString() == "carry")
            .ShouldBe(2);
        // A record that takes along from this one gets them, too, with the same owner.
        var passed = await Fixture.EventAsync($"{service}.file.added.v1", e => e.Subject == Id(files[0]).ToString());
        passed.Body["file"]!["ownerService"]!.ToString().ShouldBe(Away);
    }

    // A service with files that no test of this service starts.
    private string Away => service == "repairs" ? "complaints" : "repairs";

    private static async Task<byte[]> ReadAsync(AsyncServerStreamingCall<FileChunk> call)
    {
        using var content = new MemoryStream();
        await foreach (var chunk in call.ResponseStream.ReadAllAsync())
        {
            content.Write(chunk.Content.Span);
        }

        return content.ToArray();
    }

    private static IIntegrationEvent Wanted(string by, RecordRef from, RecordRef to)
    {
        var wanted = new FilesOfRecordWanted(
            from.Service,
            from.Kind,
            from.Id,
            null,
            to.Service,
            to.Kind,
            to.Id,
            to.Number
        );
        return by == "repairs"
            ? new Contracts.Repairs.V1.RepairsFilesWanted(Guid.CreateVersion7(), 1, wanted)
            : new Contracts.Projects.V1.ProjectsFilesWanted(Guid.CreateVersion7(), 1, wanted);
    }

    private async Task CarryAsync(RecordRef from, TestedRecord to, Guid? part)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<CommandContexts>().ForSystem("test");
        var own = new RecordRef(service, to.Kind, to.Id, null);
        await scope
            .ServiceProvider.GetRequiredService<Files>()
            .CarryAsync(context, from, own, CancellationToken.None, part);
        await scope.ServiceProvider.GetRequiredService<ICommandStore>().CommitAsync(null, CancellationToken.None);
    }

    /// <summary>Whether outsiders see files of that purpose at this kind of record.</summary>
    protected virtual bool Shows(string purpose) => false;

    private static Guid Id(JsonNode file) => Guid.Parse(file["id"]!.ToString());

    private static async Task<Guid> AddedAsync(ApiClient by, TestedRecord record, string purpose, byte[] content) =>
        (await by.PostAsync($"{record.Path}/files?purpose={purpose}", TestPictures.Form(content, "a.bin"))).Ok().Id;

    private static async Task<IReadOnlyList<JsonNode>> FilesAsync(ApiClient by, TestedRecord record) =>
        (await by.GetAsync(record.Path + "/files")).Ok().Items;

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Outsiders_get_the_listed_steps_of_their_own_record_and_nothing_else_of_all_this()
    {
        var record = await NewAsync();
        var known = await KnownAsync(Roles.Qc);
        var written = (await Staff.PostAsync(record.Path + "/notes", Note("內部機密", [known]))).Ok();
        (await Staff.PostAsync(record.Path + "/tag", new TagRequest("內部機密"))).Ok();
        ApiClient[] outsiders =
        [
            Fixture.As(Someone.AtCustomer(record.Customer ?? Guid.CreateVersion7())),
            Fixture.As(Someone.AtCustomer(Guid.CreateVersion7(), "stranger")),
            Fixture.As(Someone.InRepairUnit(record.Customer ?? Guid.CreateVersion7())),
            Fixture.As(Someone.Operator()),
            Fixture.As("bi", [Roles.BiReader]),
            Fixture.As(Someone.WithoutRole()),
        ];
        var (missing, note) = ($"{record.Path[..record.Path.LastIndexOf('/')]}/{Guid.CreateVersion7()}", written.Id);
        foreach (var outsider in outsiders)
        {
            foreach (
                var read in (string[])
                    ["/notes", $"/notes/{note}", "/followers", "/tags", "/links", "/timeline", "/files"]
            )
            {
                var answer = await outsider.GetAsync(record.Path + read);
                if (answer.Status == HttpStatusCode.OK)
                {
                    (
                        outsider == outsiders[0] && record.Customer is not null && read is "/timeline" or "/files"
                    ).ShouldBeTrue(read);
                    continue;
                }

                AsNothing(answer, await outsider.GetAsync(missing + read), read);
            }

            foreach (
                var (command, body) in ((string, object)[])
                    [
                        ("/notes", Note("x")),
                        ($"/notes/{note}/edit", Note("x")),
                        ($"/notes/{note}/strike", new StrikeRequest()),
                        ("/follow", new { }),
                        ("/unfollow", new { }),
                        ("/tag", new TagRequest("x")),
                        ("/untag", new TagRequest("x")),
                        ("/link", new { }),
                        ("/unlink", new { }),
                    ]
            )
            {
                AsNothing(
                    await outsider.PostAsync(record.Path + command, body, "\"1\""),
                    await outsider.PostAsync(missing + command, body, "\"1\""),
                    command
                );
            }
        }

        if (record.Customer is not null)
        {
            var timeline = (await outsiders[0].GetAsync(record.Path + "/timeline")).Ok();
            var all = (await Staff.GetAsync(record.Path + "/timeline")).Ok();
            timeline.Items.Count.ShouldBeGreaterThan(0);
            timeline.Items.Count.ShouldBeLessThan(all.Items.Count);
            foreach (var entry in timeline.Items)
            {
                entry
                    .AsObject()
                    .Where(member => member.Value is not null)
                    .Select(member => member.Key)
                    .Except(["kind", "at", "action", "by", "to"])
                    .ShouldBeEmpty();
                entry["kind"]!.ToString().ShouldBe("transition");
                entry["by"]!["name"].ShouldBeNull();
            }

            timeline.Readable().ShouldNotContain("內部機密");
        }

        Fixture.Seen.Where(e => e.Body.ToJsonString().Contains("內部機密")).ShouldBeEmpty();
        (await outsiders[0].GetAsync(record.Path)).Readable().ShouldNotContain("內部機密");
    }

    private static void AsNothing(ApiAnswer answer, ApiAnswer nothing, string where)
    {
        answer.Status.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
        (answer.Status, answer.Code).ShouldBe((nothing.Status, nothing.Code), $"{where}, as where there is none");
    }

    private static NoteRequest Note(string text, Guid[]? people = null, string[]? departments = null) =>
        new(text, people, departments);

    // Of a service that is not the one under test.
    private RecordRef Elsewhere() =>
        service == "projects"
            ? new("repairs", "repair-order", Guid.CreateVersion7(), "WX-2026-000009")
            : new("projects", "revisit", Guid.CreateVersion7(), "GC-2024-018/HF-01");

    private async Task<Guid> KnownAsync(string role)
    {
        var person = Guid.CreateVersion7();
        await Fixture.DeliverAsync(new UserChanged(person, 1, "何質量", [role], [], "quality", null, true, null));
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<IAccounts>();
        // A service may have several consumers of it.
        await Eventually.IsTrue(
            async () => await accounts.FindAsync(person, CancellationToken.None) is not null,
            "the account is known"
        );
        return person;
    }

    private async Task<IReadOnlyList<string>> TagsAsync(TestedRecord record) =>
        [.. (await Staff.GetAsync(record.Path + "/tags")).Ok().Items.Select(t => t["tag"]!.ToString())];

    private async Task<IReadOnlyList<(string Relation, string Id, string? Number)>> LinksAsync(TestedRecord record) =>
        Of(record, (await Staff.GetAsync(record.Path + "/links")).Ok());

    // Without the one that the service itself knows.
    private static List<(string Relation, string Id, string? Number)> Of(TestedRecord record, ApiAnswer links) =>
        [
            .. links
                .Items.Select(l => (l["relation"]!.ToString(), l["id"]!.ToString(), l["number"]?.ToString()))
                .Where(l => l.Item2 != record.Linked?.ToString()),
        ];

    private static async Task<IReadOnlyList<string>> PagesAsync(ApiClient client, TestedRecord record, int size)
    {
        var (entries, next) = (new List<string>(), "");
        do
        {
            var page = (await client.GetAsync($"{record.Path}/timeline?limit={size}{next}")).Ok();
            entries.AddRange(page.Items.Select(e => e.ToJsonString()));
            next = page.Body!["next"] is { } after ? $"&after={after}" : "";
        } while (next.Length > 0);

        return entries;
    }
}

/// <summary>Files of records that another service has.</summary>
internal static class FilesElsewhere
{
    public static IIntegrationEvent Added(FileOfRecord file, long version) =>
        file.OwnerService == "repairs"
            ? new Contracts.Repairs.V1.RepairsFileAdded(file.FileId, version, file)
            : new Contracts.Complaints.V1.ComplaintsFileAdded(file.FileId, version, file);

    public static FileOfRecord Reference(RecordRef of, Guid part)
    {
        var id = Guid.CreateVersion7();
        return new(
            id,
            of.Kind,
            of.Id,
            of.Number,
            part,
            "photo",
            null,
            "漏水.jpg",
            "image/jpeg",
            TestPictures.Photo.Length,
            id.ToString("N") + id.ToString("N"),
            null,
            "somebody",
            "某人",
            null,
            new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero),
            of.Service,
            id
        );
    }
}

/// <summary>What a refusal says.</summary>
internal static class RecordRefusals
{
    public static void Refused(this ApiAnswer answer, string code, string rule) =>
        (answer.Code, answer.Rule).ShouldBe((code, rule), answer.Readable());
}

/// <summary>What keeping and erasing do with a closed record (C8), whatever store keeps it.</summary>
public abstract class KeepingContract<TFixture>(TFixture fixture, string service) : OnServers<TFixture>(fixture)
    where TFixture : ServiceFixture
{
    private static readonly Actor Eraser = Someone.With("archivist", "office", Roles.Administrator);

    /// <summary>A new record that is closed.</summary>
    protected abstract Task<TestedRecord> ClosedAsync();

    [Fact]
    [Trait("Rule", "C8")]
    public async Task A_closed_record_is_noted_and_erased_after_its_day_with_all_that_stood_beside_it()
    {
        var record = await ClosedAsync();
        var phone = "138" + record.Id.ToString("N")[^8..];
        var staff = Fixture.As(Someone.InCustomerService("author"));
        (await staff.PostAsync(record.Path + "/notes", new NoteRequest($"電話 {phone}"))).Ok();
        (await staff.PostAsync(record.Path + "/tag", new TagRequest("漏水"))).Ok();
        var photo = TestPictures.Photo;
        (await staff.PostAsync(record.Path + "/files?purpose=photo", TestPictures.Form(photo, "屋面.JPG"))).Ok();
        // One elsewhere: of this service's own it is asked whether they are there.
        var other =
            service == "projects"
                ? new RecordRef("repairs", "repair-order", Guid.CreateVersion7(), "WX-1")
                : new RecordRef("projects", "project", Guid.CreateVersion7(), "HT-1");
        var link = new LinkRequest
        {
            Relation = LinkRelation.CausedBy,
            Service = other.Service,
            Kind = other.Kind,
            Id = other.Id,
        };
        (await staff.PostAsync(record.Path + "/link", link)).Ok();
        await InScopeAsync(async services =>
        {
            (await services.GetRequiredService<RecordKeeping>().FollowAsync(record.Id, default)).ShouldBeTrue();
            await services.GetRequiredService<ICommandStore>().CommitAsync(null, default);
        });

        var administrator = Fixture.As(Eraser);
        (await PersonalAsync(administrator, phone)).ShouldContain("record_notes");
        await ExportIsAuditedAsync(administrator, phone);
        (await staff.GetAsync("/v1/personal-data?text=" + phone)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await administrator.GetAsync("/v1/personal-data?text=1")).Code.ShouldBe("bad-filter");

        var path = $"/v1/retention-entries/{record.Kind}/{record.Id}";
        var kept = (await staff.GetAsync(path)).Ok();
        (kept.State, kept.Text("closedOn")).ShouldBe(("kept", Fixture.Today.ToString("yyyy-MM-dd", null)));
        var eraser = Fixture.As(Eraser);
        (await eraser.PostAsync(path + "/erase", new RetentionReason("x"))).Refused("retention-not-over", "C8");
        var through = DateOnly.ParseExact(kept.Text("keepThrough"), "yyyy-MM-dd", null);

        await EraseAsync(record, through, "retention-not-over");
        await EraseAsync(record, through.AddDays(1), null);

        (await PersonalAsync(administrator, phone)).ShouldBeEmpty();
        (await staff.GetAsync(record.Path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await staff.GetAsync($"/v1/audit/{record.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        await InScopeAsync(async services =>
        {
            var store = services.GetRequiredService<IRecordStore>();
            (await store.NotesAsync(record.Id, null, 10, default)).ShouldBeEmpty();
            (await store.TagsAsync(record.Id, default)).ShouldBeEmpty();
            (await store.FilesAsync(record.Id, default)).ShouldBeEmpty();
            (await store.LinksAsync(record.Id, default)).ShouldBeEmpty();
            (await services.GetRequiredService<IWorkStore>().OfRecordAsync(record.Id, default)).ShouldBeEmpty();
            (await services.GetRequiredService<IKeepingStore>().AuditAsync(record.Id, default)).ShouldBeEmpty();
        });
        var left = (await staff.GetAsync(path)).Ok();
        (left.State, left["erasure"]["by"]!["name"]!.ToString()).ShouldBe(("erased", "ARCHIVIST"));
        var trail = (await staff.GetAsync($"/v1/audit/{left.Id}")).Ok();
        trail["intact"].GetValue<bool>().ShouldBeTrue();
        var proof = trail["entries"].AsArray().Single(e => e!["action"]!.ToString() == "prove")!["why"]!.ToString();
        proof.ShouldBe(left["erasure"]["sha256"]!.ToString());
        var told = await Fixture.EventAsync(record.Id, $"{service}.record.erased.v1");
        told.Body["record"]!["sha256"]!.ToString().ShouldBe(proof);
        await Fixture.EventAsync($"{service}.record.unlinked.v1", e => e.Text("toId") == other.Id.ToString());
        (await eraser.PostAsync(path + "/erase", new RetentionReason("x"))).Refused("record-erased", "C8");
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task What_is_heard_of_an_erased_record_afterwards_leaves_nothing_and_ends_at_the_other_end()
    {
        var record = await ClosedAsync();
        var away = service == "repairs" ? "complaints" : "repairs";
        var other = new RecordRef(away, "case", Guid.CreateVersion7(), "X-1");
        var own = new RecordRef(service, record.Kind, record.Id, null);
        await InScopeAsync(async services =>
        {
            var system = services.GetRequiredService<CommandContexts>().ForSystem(service);
            await services.GetRequiredService<Files>().CarryAsync(system, other, own, default);
            (await services.GetRequiredService<RecordKeeping>().FollowAsync(record.Id, default)).ShouldBeTrue();
            await services.GetRequiredService<ICommandStore>().CommitAsync(null, default);
        });
        var kept = (await Fixture.As(Eraser).GetAsync($"/v1/retention-entries/{record.Kind}/{record.Id}")).Ok();
        var through = DateOnly.ParseExact(kept.Text("keepThrough"), "yyyy-MM-dd", null);
        await EraseAsync(record, through.AddDays(1), null);

        var pair = new LinkedPair(own, LinkKind.CausedBy, other);
        await Fixture.DeliverAsync(Linked(pair, 1));
        await Fixture.DeliverAsync(Linked(pair, 1));
        await Fixture.DeliverAsync(Added(Reference(other, Guid.CreateVersion7()), 1));

        await InScopeAsync(async services =>
        {
            var store = services.GetRequiredService<IRecordStore>();
            (await store.LinksAsync(record.Id, default)).ShouldBeEmpty();
            (await store.FilesAsync(record.Id, default)).ShouldBeEmpty();
        });
        var told = await Fixture.EventAsync(
            $"{service}.record.unlinked.v1",
            e => e.Text("fromId") == record.Id.ToString()
        );
        (told.Text("toId"), told.Text("version")).ShouldBe((other.Id.ToString(), "2"));
    }

    private static IIntegrationEvent Linked(LinkedPair pair, long revision) =>
        pair.To.Service == "repairs"
            ? new Contracts.Repairs.V1.RecordLinked(
                pair.Id,
                revision,
                pair.Kind.ToKebab(),
                pair.From.Service,
                pair.From.Kind,
                pair.From.Id,
                pair.From.Number,
                pair.To.Service,
                pair.To.Kind,
                pair.To.Id,
                pair.To.Number
            )
            : new Contracts.Complaints.V1.RecordLinked(
                pair.Id,
                revision,
                pair.Kind.ToKebab(),
                pair.From.Service,
                pair.From.Kind,
                pair.From.Id,
                pair.From.Number,
                pair.To.Service,
                pair.To.Kind,
                pair.To.Id,
                pair.To.Number
            );

    private async Task ExportIsAuditedAsync(ApiClient administrator, string text)
    {
        var export = (await administrator.GetAsync("/v1/personal-data?text=" + text)).Ok();
        var id = Guid.Parse(export.Text("exportId"));
        var trail = (await Fixture.As(Someone.InQuality()).GetAsync($"/v1/audit/{id}")).Ok();
        trail["intact"].GetValue<bool>().ShouldBeTrue();
        var entry = trail["entries"].AsArray().Single()!;
        (entry["action"]!.ToString(), entry["why"]!.ToString()).ShouldBe(
            ("export", $"{export.Items.Count} rows, sha256 {PersonalDataExport.HashOf(id, text)}")
        );
        entry.ToJsonString().ShouldNotContain(text);
    }

    private static async Task<IReadOnlyList<string>> PersonalAsync(ApiClient administrator, string text) =>
        [
            .. (await administrator.GetAsync("/v1/personal-data?text=" + text))
                .Ok()
                .Items.Select(row => row["kind"]!.ToString()),
        ];

    // As if it were that day: the clock of the servers is everybody's.
    private Task EraseAsync(TestedRecord record, DateOnly day, string? refused) =>
        InScopeAsync(async services =>
        {
            var now = services.GetRequiredService<CommandContexts>().For(Eraser);
            var then = new CommandContext(
                Eraser,
                new DateTimeOffset(day, new TimeOnly(4, 0), TimeSpan.Zero),
                now.Policy,
                now.Calendars,
                now.Zone
            );
            var kind = services.GetRequiredService<KeptKinds>().Find(record.Kind)!;
            var result = await services
                .GetRequiredService<RecordKeeping>()
                .EraseAsync(then, kind, record.Id, "保存期滿", default);
            (result.ShouldNotBeNull().Refusal?.Code).ShouldBe(refused);
            if (refused is null)
            {
                var commit = await services.GetRequiredService<ICommandStore>().CommitAsync(null, default);
                commit.ShouldBe(Commit.Done);
            }
        });

    private async Task InScopeAsync(Func<IServiceProvider, Task> act)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        await act(scope.ServiceProvider);
    }
}
