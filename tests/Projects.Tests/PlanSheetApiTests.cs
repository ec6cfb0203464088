using System.Net;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Forms;
using CustomerService.Projects.PlanSheets.Features;
using CustomerService.Records.Features;
using CustomerService.Rules;
using CustomerService.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using UglyToad.PdfPig;

namespace CustomerService.Projects.Tests;

/// <summary>Drawings with revisions and pins (P3.3), through the API.</summary>
public sealed class PlanSheetApiTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_a_drawing_with_a_finding_and_an_order_When_it_is_revised_Then_pins_stay_and_are_checked()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var revisit = await site.HeldAsync(project, "2024-04-30", Site.Leak());
        var finding = Guid.Parse(
            (await Fixture.Engineering.GetAsync($"/v1/revisits/{revisit}")).Ok()["findings"][0]!["id"]!.ToString()
        );
        var order = Guid.CreateVersion7();
        await Fixture.DeliverAsync(Opened(order, project, site.Owner));
        var sheet = await RegisteredAsync(project, "建施-05");

        var notes = await UploadAsync(sheet, TestPictures.Photo, "a.jpg");
        (await FileAsync(sheet, "A", notes)).Code.ShouldBe("drawing-missing");
        (await FileAsync(sheet, "A", await UploadAsync(sheet, TestPictures.Png, "a.png"))).Ok();
        (
            await Fixture.Engineering.ChangeAsync(
                sheet,
                "pin",
                new PinPlanSheet.Request(0.4, 0.6, revisit, finding, Note: "女兒牆根部")
            )
        ).Ok();
        (
            await Fixture.Engineering.ChangeAsync(
                sheet,
                "pin",
                new PinPlanSheet.Request(0.1, 0.2, RepairOrderId: order)
            )
        ).Ok();
        (
            await Fixture.Engineering.ChangeAsync(
                sheet,
                "pin",
                new PinPlanSheet.Request(0.1, 0.2, RepairOrderId: Guid.CreateVersion7())
            )
        ).Code.ShouldBe("pin-of-other-project");

        var revised = (await FileAsync(sheet, "B", await UploadAsync(sheet, TestPictures.Pdf, "b.pdf"))).Ok();

        revised.State.ShouldBe("to-check");
        revised["pins"].AsArray().Select(pin => pin!["checkPlace"]!.GetValue<bool>()).ShouldBe([true, true]);
        foreach (var pin in revised["pins"].AsArray().Select(pin => Guid.Parse(pin!["id"]!.ToString())))
        {
            revised = (
                await Fixture.Engineering.ChangeAsync(sheet, "confirm-pin", new PinPlanSheet.ConfirmRequest(pin))
            ).Ok();
        }

        revised.State.ShouldBe("in-force");
        var item = (await Fixture.Engineering.GetAsync($"/v1/plan-sheets?projectId={project}"))
            .Ok()
            .Items.ShouldHaveSingleItem();
        (item["revision"]!.ToString(), item["pins"]!.GetValue<int>()).ShouldBe(("B", 2));
        var owner = Fixture.Service.As("業主", [Roles.Customer], organisation: site.Owner);
        (await owner.GetAsync(sheet)).Status.ShouldBe(HttpStatusCode.NotFound);
        (
            await Fixture.Engineering.PostAsync(
                "/v1/plan-sheets",
                new RegisterPlanSheet.Request(project, "建施-05", "又一張")
            )
        ).Code.ShouldBe("sheet-number-taken");
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_a_pin_on_a_drawing_in_PDF_When_Repairs_asks_Then_its_surroundings_come_as_a_page()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var order = Guid.CreateVersion7();
        await Fixture.DeliverAsync(Opened(order, project, site.Owner));
        var sheet = await RegisteredAsync(project, "建施-06");
        var plan = TestPictures.Plan("Leak", turned: 90, pages: 2);
        var filed = (await FileAsync(sheet, "A", await UploadAsync(sheet, plan, "a.pdf"))).Ok();
        filed["revisions"][0]!["pages"]!.GetValue<int>().ShouldBe(2);
        var request = new PinPlanSheet.Request(0.3333, 0.625, RepairOrderId: order);
        (await Fixture.Engineering.ChangeAsync(sheet, "pin", request with { Page = 3 })).Code.ShouldBe("pin-off-sheet");
        (await Fixture.Engineering.ChangeAsync(sheet, "pin", request with { Page = 2 })).Ok()["pins"][0]!["page"]!
            .GetValue<int>()
            .ShouldBe(2);

        var pin = (await AskAsync(project, order)).Pins.ShouldHaveSingleItem();

        pin.Page.ShouldBe(2);
        var extract = pin.Extract.ToByteArray();
        PdfDrawings.IsPdf(extract).ShouldBeTrue();
        using (var read = PdfDocument.Open(extract))
        {
            string.Concat(read.GetPage(1).Letters.Select(letter => letter.Value))
                .ShouldBe("Leak", "it is the second page");
        }

        // A drawing that nobody can read is a pin without an extract, not a fault.
        (await FileAsync(sheet, "B", await UploadAsync(sheet, TestPictures.Pdf, "b.pdf"))).Ok();
        (await AskAsync(project, order)).Pins.ShouldHaveSingleItem().Extract.Length.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Given_a_withdrawn_sheet_When_it_is_held_Then_it_belongs_to_the_warranty_of_its_project()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var sheet = await RegisteredAsync(project, "建施-08");
        (await Fixture.Engineering.ChangeAsync(sheet, "withdraw", new WithdrawPlanSheet.Request("圖號有誤"))).Ok();
        var holder = Fixture.As(Someone.ManagementRepresentative());

        var held = (
            await holder.PostAsync(
                $"/v1/retention-entries/plan-sheet/{sheet.Split('/')[^1]}/hold",
                new HoldRequest("訴訟")
            )
        ).Ok();

        var ends = (await Fixture.Engineering.GetAsync($"/v1/projects/{project}")).Ok().Text("warrantyEndsOn");
        ends.ShouldNotBeNullOrEmpty();
        held.Text("warrantyThrough").ShouldBe(ends);
    }

    private async Task<PinsAnswer> AskAsync(Guid project, Guid order)
    {
        using var channel = GrpcChannel.ForAddress(Fixture.Service.Grpc);
        return await new Plans.PlansClient(channel).PinsAsync(
            new PinsQuestion { ProjectId = project.ToString(), TargetIds = { order.ToString() } },
            new Metadata
            {
                { "Authorization", "Bearer " + Fixture.Issuer.Token("svc-repairs", "Repairs service", [Roles.System]) },
            }
        );
    }

    private async Task<string> RegisteredAsync(Guid project, string number) =>
        "/v1/plan-sheets/"
        + (
            await Fixture.Engineering.PostAsync(
                "/v1/plan-sheets",
                new RegisterPlanSheet.Request(project, number, "屋面平面圖")
            )
        )
            .Ok()
            .Id;

    private Task<ApiAnswer> FileAsync(string sheet, string label, Guid file) =>
        Fixture.Engineering.ChangeAsync(sheet, "file-revision", new FilePlanRevision.Request(label, file));

    private async Task<Guid> UploadAsync(string sheet, byte[] content, string name) =>
        (await Fixture.Engineering.PostAsync($"{sheet}/files?purpose=drawing", TestPictures.Form(content, name)))
            .Ok()
            .Id;

    private static RepairOrderOpened Opened(Guid order, Guid project, Guid owner) =>
        new(
            order,
            1,
            "WX-2026-000031",
            project,
            "濱江花園",
            owner,
            "roof",
            "major",
            "notice",
            null,
            null,
            new DateOnly(2026, 11, 20),
            new DateOnly(2026, 11, 22)
        );
}

/// <summary>Notes, followers, tags, links and timeline of plan sheets.</summary>
public sealed class PlanSheetRecordTests(ProjectsFixture fixture)
    : RecordsContract<ProjectsFixture>(fixture, "projects")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var sheet = (
            await Fixture.Engineering.PostAsync(
                "/v1/plan-sheets",
                new RegisterPlanSheet.Request(project, "建施-05", "屋面平面圖")
            )
        ).Ok();
        return new("plan-sheet", $"/v1/plan-sheets/{sheet.Id}", sheet.Id, null);
    }
}
