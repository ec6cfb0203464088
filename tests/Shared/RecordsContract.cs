using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Messaging;
using CustomerService.Records;
using CustomerService.Records.Features;
using CustomerService.Rules;
using CustomerService.Work;
using Microsoft.Extensions.DependencyInjection;

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
            foreach (var read in (string[])["/notes", $"/notes/{note}", "/followers", "/tags", "/links", "/timeline"])
            {
                var answer = await outsider.GetAsync(record.Path + read);
                if (answer.Status == HttpStatusCode.OK)
                {
                    (outsider == outsiders[0] && record.Customer is not null && read == "/timeline").ShouldBeTrue(read);
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

/// <summary>What a refusal says.</summary>
internal static class RecordRefusals
{
    public static void Refused(this ApiAnswer answer, string code, string rule) =>
        (answer.Code, answer.Rule).ShouldBe((code, rule), answer.Readable());
}
