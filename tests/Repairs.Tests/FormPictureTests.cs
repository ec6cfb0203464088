using System.Net;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Forms;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.WorkLinks.Features;
using CustomerService.Testing;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>Photos and plan extract on task sheet and evidence (P3.2.3, P3.1.1, P3.3), orders by distance.</summary>
public sealed class FormPictureTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_photos_and_a_pin_When_the_task_sheet_is_printed_Then_both_stand_on_it()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        await PhotoAsync(it, "damage");
        IReadOnlyList<string> asked = [];
        Fixture.Projects.Projects[it.ProjectId].Plan = (question, _) =>
        {
            asked = [.. question.TargetIds];
            return Task.FromResult(
                new PinsAnswer
                {
                    Pins =
                    {
                        new PlanPin
                        {
                            SheetNumber = "建施-05",
                            SheetTitle = "屋面平面圖",
                            Revision = "B",
                            X = 0.42,
                            Y = 0.7,
                            CheckPlace = true,
                            Extract = ByteString.CopyFrom(Pictures.Extract(TestPictures.Png, 0.42, 0.7, 300)!),
                        },
                    },
                }
            );
        };

        var sheet = (await it.Unit.GetAsync($"{it.Record}/forms/task-sheet?language=zh-Hant")).Ok().Readable();

        asked.ShouldContain(it.Id.ToString());
        sheet.ShouldContain("建施-05 屋面平面圖，B 版：x 0.42，y 0.70");
        sheet.ShouldContain("請核對位置");
        sheet.ShouldContain("損壞處");
        var (answer, pdf) = await it.Unit.DownloadAsync($"{it.Record}/forms/task-sheet.pdf");
        answer.Status.ShouldBe(HttpStatusCode.OK);
        TestPictures.Contains(pdf, "/Subtype /Image").ShouldBeTrue("the pictures are printed");
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_pins_on_drawings_in_PDF_When_the_task_sheet_is_printed_Then_one_is_drawn_and_one_says_why_not()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        var extract = PdfDrawings.Extract(TestPictures.Plan("Leak", pages: 2), 2, 0.625, 0.6667)!;
        Fixture.Projects.Projects[it.ProjectId].Plan = (_, _) =>
            Task.FromResult(new PinsAnswer { Pins = { Pin("建施-06", 2, extract), Pin("建施-07", 1, []) } });

        var sheet = (await it.Unit.GetAsync($"{it.Record}/forms/task-sheet?language=zh-Hant")).Ok().Readable();

        sheet.ShouldContain("建施-06 三層平面圖 第 2 頁，B 版：x 0.63，y 0.67");
        sheet.ShouldContain("建施-07 三層平面圖，B 版：x 0.63，y 0.67");
        sheet.Split("（圖紙無法節錄，請看原圖）").Length.ShouldBe(2, "of one of the two");
        var (answer, pdf) = await it.Unit.DownloadAsync($"{it.Record}/forms/task-sheet.pdf");
        answer.Status.ShouldBe(HttpStatusCode.OK);
        using var read = UglyToad.PdfPig.PdfDocument.Open(pdf);
        string.Concat(read.GetPages().Select(page => page.Text)).ShouldContain("Leak");
    }

    private static PlanPin Pin(string sheet, int page, byte[] extract) =>
        new()
        {
            SheetNumber = sheet,
            SheetTitle = "三層平面圖",
            Revision = "B",
            X = 0.625,
            Y = 0.6667,
            Page = page,
            Extract = ByteString.CopyFrom(extract),
        };

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_projects_is_away_When_the_task_sheet_is_printed_Then_it_says_so()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        Fixture.Projects.Projects[it.ProjectId].Plan = (_, _) =>
            throw new RpcException(new Status(StatusCode.Unavailable, "away"));

        (await it.Unit.GetAsync($"{it.Record}/forms/task-sheet?language=zh-Hant"))
            .Ok()
            .Readable()
            .ShouldContain("圖紙暫不可用");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_photos_before_and_after_When_evidence_is_printed_Then_they_stand_on_it_with_their_hashes()
    {
        var it = await Case.Of(Fixture).ToAsync("approved");
        (await it.Head.GetAsync($"{it.Record}/forms/evidence")).Refused("nothing-to-prove", "P3.1.1");
        (await it.Head.GetAsync($"{it.Record}/forms/evidence.pdf")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await it.Engineer.ChangeAsync(it.Record, "dispatch", it.Dispatching() with { ChargeBack = true })).Ok();
        await it.ToAsync("in-repair");
        await PhotoAsync(it, "before");
        await PhotoAsync(it, "after");

        var evidence = (await it.Head.GetAsync($"{it.Record}/forms/evidence?language=zh-Hant")).Ok().Readable();

        evidence.ShouldContain("維修前");
        evidence.ShouldContain("維修後");
        evidence.ShouldContain("檔案及 SHA-256");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_orders_at_two_sites_When_the_phone_says_where_it_is_Then_the_nearest_comes_first()
    {
        var near = await Case.Of(Fixture).ToAsync("dispatched");
        await using (var scope = Fixture.Service.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
            var place = new SitePlace { Id = near.ProjectId };
            place.Apply(1, 31.2304, 121.4737);
            db.Add(place);
            await db.SaveChangesAsync();
        }

        var made = await near.Unit.PostAsync(
            "/v1/work-links",
            new CreateWorkLink.Request("馬師傅", DateTimeOffset.UtcNow.AddDays(1), Day: Fixture.Today)
        );
        var phone = new ApiClient(Fixture.Service.Http, null);
        var path = "/v1/repair-links/" + made.Ok().Text("link").Split('/')[^1];

        var order = (await phone.GetAsync(path + "?latitude=31.2304&longitude=121.4837"))
            .Ok()["orders"]
            .AsArray()
            .Single()!;

        order["distanceKm"]!.GetValue<double>().ShouldBe(1.0, 0.1);
        (await phone.GetAsync(path)).Ok()["orders"].AsArray().Single()!["distanceKm"].ShouldBeNull();
    }

    private static async Task PhotoAsync(Case it, string purpose) =>
        (
            await it.Service.PostAsync(
                $"{it.Record}/files?purpose={purpose}",
                TestPictures.Form(TestPictures.Png, purpose + ".png")
            )
        ).Ok();
}
