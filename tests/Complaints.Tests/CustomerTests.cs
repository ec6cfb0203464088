using System.Net;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>What a customer sees and does on the portal.</summary>
public sealed class CustomerTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    private static readonly RegisterComplaint.Request OnThePortal = new()
    {
        Contact = "王小姐",
        Phone = "0755",
        Subject = "漏水",
        Description = "屋面漏水。",
    };

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public async Task Given_a_customer_When_they_register_Then_it_is_theirs_and_nobody_elses()
    {
        var own = await Fixture.CustomerAsync(Guid.CreateVersion7());
        var other = await Fixture.CustomerAsync(Guid.CreateVersion7());
        var (me, them) = (Fixture.Customer(own), Fixture.Customer(other));

        var mine = (await me.PostAsync("/v1/complaints", OnThePortal)).Ok();

        (mine.Text("channel"), mine.Text("customerId"), mine.Text("severity")).ShouldBe(
            ("portal", own.ToString(), "minor")
        );
        (await me.GetAsync("/v1/complaints")).Items.Select(c => c["id"]!.ToString()).ShouldBe([mine.Id.ToString()]);
        (await me.GetAsync($"/v1/complaints?customerId={other}")).Items.ShouldBeEmpty();
        (await them.GetAsync("/v1/complaints")).Items.ShouldBeEmpty();
        ApiClient[] outsiders =
        [
            them,
            Fixture.As("nobody", [Roles.Customer]),
            Fixture.As("unit", [Roles.RepairUnit], null, own),
            Fixture.As(Roles.Operator),
        ];
        foreach (var outsider in outsiders)
        {
            (await outsider.GetAsync(Steps.Complaint(mine))).Refused(HttpStatusCode.NotFound, "not-found");
            var confirmed = await outsider.PostAsync(Steps.Complaint(mine) + "/confirm", Steps.Confirmation, mine.ETag);
            var nothing = await outsider.PostAsync(
                $"/v1/complaints/{Guid.CreateVersion7()}/confirm",
                Steps.Confirmation,
                mine.ETag
            );
            confirmed.Status.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
            (confirmed.Status, confirmed.Code).ShouldBe((nothing.Status, nothing.Code), "as where there is none");
        }

        (await me.GetAsync("/v1/audit/" + mine.Id)).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public async Task Given_a_customer_When_they_register_for_another_or_without_organisation_Then_forbidden()
    {
        (
            await Fixture
                .Customer(Guid.CreateVersion7())
                .PostAsync("/v1/complaints", OnThePortal with { CustomerId = Guid.CreateVersion7() })
        ).Refused(HttpStatusCode.Forbidden, "customer-is-another", "C3.2.1");
        (await Fixture.As("nobody", [Roles.Customer]).PostAsync("/v1/complaints", OnThePortal)).Refused(
            HttpStatusCode.Forbidden,
            "organisation-missing",
            "C3.2.1"
        );
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public async Task Given_an_answer_When_the_customer_reads_it_Then_nothing_internal_is_shown_and_they_confirm()
    {
        var customer = Guid.CreateVersion7();
        var me = Fixture.Customer(customer);
        var complaint = await Fixture.RegisteredAsync(customer);
        var record = Steps.Complaint(complaint);
        await Fixture.Desk.DoAsync(record, "respond", new RespondToComplaint.Request("收到。"));
        await Fixture.Desk.DoAsync(record, "send-to-qc", new TriageComplaint.Request("內部：疑為施工。"));
        await Fixture.Qc.DoAsync(record, "decide-ours", new DecideOurs.Request("production", "W-03", "內部結論。"));
        var capa = await Fixture.CapaAsync(complaint);
        await Fixture.ApprovedAsync(capa);
        await Fixture.ReleasedAsync(complaint);
        await Fixture.Desk.DoAsync(record, "answer", Steps.Answer);
        (await Fixture.Desk.GetAsync(record)).Readable().ShouldContain("內部結論。", Case.Sensitive);

        var seen = (await me.GetAsync(record)).Ok();

        seen["answer"]["conclusion"]!.ToString().ShouldBe("已重做並試水合格。");
        seen.Readable().ShouldNotContain("內部");
        string[] internals =
        [
            "liability",
            "capas",
            "pauses",
            "escalations",
            "meetingGrounds",
            "meetingDueFor",
            "meetings",
            "assessment",
            "unclearThrough",
            "rounds",
            "policyVersion",
            "triage",
        ];
        foreach (var member in internals)
        {
            seen.Body![member].ShouldBeNull(member);
        }

        (await me.GetAsync(record + "/forms/fm004", language: "zh-Hant")).Ok().Readable().ShouldNotContain("內部");
        (await me.GetAsync("/v1/complaints?department=production")).Items.ShouldBeEmpty();
        (await me.GetAsync(Steps.Capa(capa))).Refused(HttpStatusCode.NotFound, "not-found");
        (await me.GetAsync("/v1/capas")).Items.ShouldBeEmpty();
        seen.Actions.ShouldBe(["confirm", "object"], ignoreOrder: true);
        var confirmed = await me.DoAsync(record, "confirm", new ConfirmConclusion.Request(null, "可以。"));
        confirmed["confirmation"]["confirmedBy"]!.ToString().ShouldBe(Someone.AtCustomer(customer).Name);
        (await me.ChangeAsync(record, "close", new CloseComplaint.Request(null))).Refused(
            HttpStatusCode.Forbidden,
            "role-missing"
        );
    }

    [Fact]
    public async Task Given_a_copy_of_the_same_version_When_another_caller_reads_Then_they_get_their_own_copy()
    {
        var complaint = await Fixture.RegisteredAsync();
        var staff = await Fixture.Desk.GetAsync(Steps.Complaint(complaint));
        staff.Raw.Headers.CacheControl!.NoStore.ShouldBeTrue();

        var customer = (
            await Fixture
                .Customer(Guid.Parse(complaint.Text("customerId")))
                .GetAsync(Steps.Complaint(complaint), ifNoneMatch: staff.ETag)
        ).Ok();

        (customer.Status, customer.ETag).ShouldBe((HttpStatusCode.OK, staff.ETag));
        customer.Readable().ShouldNotBe(staff.Readable());
    }
}
