using System.Net;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>Names come from the registry, by HTTP and by event; the rules are tested in memory.</summary>
public sealed class RegistryTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "S3")]
    public async Task Given_a_customer_or_project_that_nobody_registered_When_staff_name_it_Then_refused()
    {
        var customer = await Fixture.CustomerAsync();
        var subcontractor = Guid.CreateVersion7();
        await Fixture.DeliverAsync(ComplaintsFixture.Registered(subcontractor, "固安防水", "subcontractor"));

        (await Fixture.Sales.PostAsync("/v1/complaints", Steps.Intake(Guid.CreateVersion7()))).Refused(
            HttpStatusCode.BadRequest,
            "organisation-unknown",
            "S3"
        );
        (await Fixture.Sales.PostAsync("/v1/complaints", Steps.Intake(subcontractor))).Refused(
            HttpStatusCode.BadRequest,
            "not-a-customer",
            "S3"
        );
        var withoutProject = Steps.Intake(customer) with { Reference = new(Guid.CreateVersion7(), null, null, null) };
        (await Fixture.Sales.PostAsync("/v1/complaints", withoutProject)).Refused(
            HttpStatusCode.BadRequest,
            "project-unknown",
            "S3"
        );
        (await Fixture.Sales.PostAsync("/v1/complaints", new { customerName = "x" })).Refused(
            HttpStatusCode.BadRequest,
            "malformed"
        );
    }

    [Fact]
    [Trait("Rule", "S3")]
    public async Task Given_another_customers_project_When_a_customer_names_it_Then_it_is_not_there_and_their_own_is()
    {
        var mine = await Fixture.CustomerAsync(Guid.CreateVersion7());
        var others = await Fixture.ProjectAsync(Guid.CreateVersion7());
        var own = await Fixture.ProjectAsync(mine);
        var me = Fixture.Customer(mine);
        RegisterComplaint.Request On(Guid project) =>
            new()
            {
                Contact = "王小姐",
                Phone = "0755",
                Subject = "漏水",
                Description = "屋面漏水。",
                Reference = new(project, null, null, null),
            };

        (await me.PostAsync("/v1/complaints", On(others))).Refused(HttpStatusCode.NotFound, "project-unknown", "S3");
        (await me.PostAsync("/v1/complaints", On(Guid.CreateVersion7()))).Refused(
            HttpStatusCode.NotFound,
            "project-unknown",
            "S3"
        );
        var complaint = (await me.PostAsync("/v1/complaints", On(own))).Ok();

        complaint.Text("customerName").ShouldBe("東湖置業有限公司");
        complaint["reference"]["projectName"]!.ToString().ShouldBe("東湖花園二期");
    }

    [Fact]
    [Trait("Rule", "S3")]
    public async Task Given_an_open_and_a_closed_complaint_When_the_customer_is_renamed_Then_only_the_open_one_follows()
    {
        var customer = await Fixture.CustomerAsync(Guid.CreateVersion7());
        var open = await Fixture.RegisteredAsync(customer);
        var closed = await Fixture.ExplainedAsync(customer);
        await Fixture.SalesManager.DoAsync(
            Steps.Complaint(closed),
            "close",
            new CloseComplaint.Request("三次聯絡未果。")
        );

        await Fixture.DeliverAsync(
            new OrganisationRevised(customer, 2, "東湖集團有限公司", "owner", null, null, null, null)
        );

        (await Fixture.Desk.GetAsync(Steps.Complaint(open))).Text("customerName").ShouldBe("東湖集團有限公司");
        (await Fixture.Desk.GetAsync(Steps.Complaint(closed))).Text("customerName").ShouldBe("東湖置業有限公司");
        var told = await Fixture.EventAsync(open.Id, "customer-renamed.v1");
        told.Text("customerName").ShouldBe("東湖集團有限公司");
    }

    [Fact]
    [Trait("Rule", "C10")]
    public async Task Given_a_department_When_FM004_is_read_Then_its_name_stands_on_it_in_the_readers_language()
    {
        await Fixture.DeliverAsync(
            new DepartmentChanged(
                Guid.CreateVersion7(),
                1,
                "production",
                "Production",
                "生產部",
                "生产部",
                null,
                null,
                null,
                null,
                "zh-Hant",
                "company",
                true
            )
        );
        var complaint = await Fixture.OursAsync();

        foreach (var (language, name) in new[] { ("en", "Production"), ("zh-Hant", "生產部"), ("zh-Hans", "生产部") })
        {
            var form = (
                await Fixture.Desk.GetAsync(Steps.Complaint(complaint) + "/forms/fm004", language: language)
            ).Ok();
            form.Readable().ShouldContain($"\"value\":\"{name}\"");
        }
    }
}
