using System.Net;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>Photos of a round of work, of a refusal, and from where they come (P3.2.3).</summary>
public sealed class RoundPhotoTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_work_that_failed_When_reported_again_Then_only_with_photos_of_this_round()
    {
        var it = await Case.Of(Fixture).ToAsync("in-repair");
        var picture = TestPictures.NewPng();
        foreach (var purpose in (string[])["before", "after"])
        {
            await AddAsync(it.Unit, it, purpose, picture);
        }

        (await it.Unit.ChangeAsync(it.Record, "finish", it.Finishing())).Ok();
        (await it.DoAsync("fail-inspection")).Ok();

        (await it.Unit.ChangeAsync(it.Record, "finish", it.Finishing())).Refused("photos-missing", "P3.2.3");
        await AddAsync(it.Unit, it, "before", picture);
        await it.PhotoAsync(it.Unit, "after");
        var twice = await it.Unit.ChangeAsync(it.Record, "finish", it.Finishing());
        twice.Refused("photos-missing", "P3.2.3");
        twice["missing"].AsArray().Select(m => m!.ToString()).ShouldBe(["photos-before"]);
        await it.PhotoAsync(it.Unit, "before");
        (await it.Unit.ChangeAsync(it.Record, "finish", it.Finishing())).Ok();

        var rounds = (await it.ReadAsync()).Ok()["workReports"].AsArray();
        rounds.Select(round => round!["photoIds"]!.AsArray().Count).ShouldBe([2, 2]);
        var files = (await it.Head.GetAsync(it.Record + "/files")).Ok().Items;
        var named = rounds.SelectMany(round => round!["photoIds"]!.AsArray()).Select(id => id!.ToString()).ToList();
        files
            .Where(file => named.Contains(file["id"]!.ToString()))
            .ShouldAllBe(file => file["_actions"]!.AsArray().Count == 0, "the report rests on them");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_a_refusal_with_photos_When_read_Then_on_the_record_in_the_timeline_and_with_its_round()
    {
        var it = await Case.Of(Fixture).ToAsync("inspected");
        var other = await Case.Of(Fixture).ToAsync("dispatched");
        var foreign = await other.PhotoAsync(other.Unit, "photo");
        var paper = await it.PhotoAsync(it.Qc, "document");
        var photo = (
            await it.Owner.PostAsync(
                $"{it.Record}/files?purpose=damage",
                TestPictures.Form(TestPictures.Photo, "a.jpg")
            )
        )
            .Ok()
            .Id;
        RespondToRepair.Request With(params IReadOnlyList<Guid> photos) => new("仍有水漬", "王先生", PhotoIds: photos);

        foreach (var wrong in (Guid[])[foreign, paper, Guid.CreateVersion7()])
        {
            var refused = await it.Owner.ChangeAsync(it.Record, "refuse", With(photo, wrong));
            (refused.Status, refused.Code).ShouldBe((HttpStatusCode.BadRequest, "photo-unknown"));
        }

        (await it.Owner.ChangeAsync(it.Record, "refuse", With(Guid.Empty))).Code.ShouldBe("validation");
        (await it.ReadAsync()).Ok().State.ShouldBe("inspected");
        (await it.Owner.ChangeAsync(it.Record, "refuse", With(photo))).Ok().State.ShouldBe("in-repair");

        foreach (var reader in (ApiClient[])[it.Service, it.Owner, it.Unit])
        {
            var said = (await reader.GetAsync(it.Record)).Ok()["ownerResponses"].AsArray().Single()!;
            said["round"]!.GetValue<int>().ShouldBe(1);
            said["photoIds"]!.AsArray().Single()!.ToString().ShouldBe(photo.ToString());
        }

        (await it.Head.GetAsync($"{it.Record}/timeline?limit=200"))
            .Ok()
            .Items.Where(entry => entry["action"]!.ToString() == "hold")
            .Select(entry => entry["file"]!["id"]!.ToString())
            .ShouldContain(photo.ToString());
        var form = (await it.Head.GetAsync($"{it.Record}/forms/repair-record?language=zh-Hant")).Ok().Readable();
        form.ShouldContain("業主照片");
        form.ShouldContain("a.jpg");
        var kept = (await it.Owner.GetAsync(it.Record + "/files")).Ok().Items;
        var file = kept.Single(f => f["id"]!.ToString() == photo.ToString());
        file["_actions"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_refusals_with_photos_of_a_phone_When_the_record_is_printed_Then_each_is_drawn_once_with_its_words()
    {
        var it = await Case.Of(Fixture).ToAsync("inspected");
        var opinion =
            "主臥飄窗上方仍有水漬，雨後兩天未乾，踢腳線起鼓；請約定時間重做閉水試驗，並由原施工班組到場說明原因。";
        var captions = new[]
        {
            "飄窗上方，雨後第二天，水漬由左上角往下約一米，範圍較上次大，且踢腳線一側也已滲出，請一併查看",
            "踢腳線",
            "牆角",
            "天花",
        };
        var first = new List<Guid>();
        for (var at = 0; at < captions.Length; at++)
        {
            first.Add(await AddAsync(captions[at], at % 2 == 0 ? (1600, 1200) : (1200, 1600)));
        }

        (
            await it.Owner.ChangeAsync(
                it.Record,
                "refuse",
                new RespondToRepair.Request(opinion, "王先生", PhotoIds: first)
            )
        ).Ok();
        await it.ToAsync("inspected");
        var second = await AddAsync("第二次", (1600, 1200));
        (
            await it.Owner.ChangeAsync(
                it.Record,
                "refuse",
                new RespondToRepair.Request("仍未解決", "王先生", PhotoIds: [second])
            )
        ).Ok();

        foreach (var language in Texts.Languages)
        {
            var (_, pdf) = await it.Owner.DownloadAsync($"{it.Record}/forms/repair-record.pdf?language={language}");
            using var read = UglyToad.PdfPig.PdfDocument.Open(pdf);
            var pages = read.GetPages().ToList();
            pages.Sum(page => page.NumberOfImages).ShouldBe(5);
            var text = string.Concat(pages.Select(page => page.Text)).Replace(" ", "", StringComparison.Ordinal);
            captions.Append("第二次").ShouldAllBe(caption => text.Contains(caption));
            text.ShouldContain(opinion[..20]);
        }

        async Task<Guid> AddAsync(string caption, (int Width, int Height) size) =>
            (
                await it.Owner.PostAsync(
                    $"{it.Record}/files?purpose=damage&caption={Uri.EscapeDataString(caption)}",
                    TestPictures.Form(TestPictures.Wall(size.Width, size.Height), "IMG_0001.jpg")
                )
            )
                .Ok()
                .Id;
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_a_phone_far_from_the_site_When_it_arrives_and_takes_photos_Then_staff_see_it_and_nobody_else()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        await using (var scope = Fixture.Service.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
            var place = new SitePlace { Id = it.ProjectId };
            place.Apply(1, 31.2404, 121.4737);
            db.Add(place);
            await db.SaveChangesAsync();
        }

        (await it.Unit.ChangeAsync(it.Record, "arrive", new ArriveOnSite.Request(Latitude: 31.2))).Code.ShouldBe(
            "validation"
        );
        (
            await it.Unit.ChangeAsync(it.Record, "arrive", new ArriveOnSite.Request(Latitude: 91, Longitude: 0))
        ).Code.ShouldBe("validation");
        var attempt = new RecordAttempt.Request
        {
            Note = "無人",
            Latitude = 31.2404,
            Longitude = 121.4738,
        };
        (await it.Unit.ChangeAsync(it.Record, "attempt", attempt)).Ok();
        (
            await it.Unit.ChangeAsync(
                it.Record,
                "arrive",
                new ArriveOnSite.Request(Latitude: 31.3404, Longitude: 121.4737)
            )
        ).Ok();
        await AddAsync(it.Unit, it, "before", TestPictures.Photo);
        await it.PhotoAsync(it.Unit, "before");

        var seen = (await it.ReadAsync()).Ok();
        seen["assignment"]["arrivalPlace"]!["farAway"]!.GetValue<bool>().ShouldBeTrue();
        seen["assignment"]["arrivalPlace"]!["distanceKm"]!.GetValue<double>().ShouldBe(11.1, 0.1);
        seen["attempts"].AsArray().Single()!["place"]!["farAway"]!.GetValue<bool>().ShouldBeFalse();
        var far = seen["farPhotos"].AsArray().Single()!;
        far["distanceKm"]!.GetValue<double>().ShouldBe(1.1, 0.05);
        foreach (var outsider in (ApiClient[])[it.Unit, it.Owner])
        {
            var text = (await outsider.GetAsync(it.Record)).Ok().Body!.ToJsonString();
            text.ShouldNotContain("farAway");
            text.ShouldNotContain("farPhotos");
            text.ShouldNotContain("31.3404");
        }
    }

    private static async Task AddAsync(ApiClient by, Case it, string purpose, byte[] picture) =>
        (await by.PostAsync($"{it.Record}/files?purpose={purpose}", TestPictures.Form(picture, "a.jpg"))).Ok();
}
