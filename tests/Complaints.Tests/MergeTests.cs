using System.Net;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>Complaints of customers that were merged (S4).</summary>
public sealed class MergeTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_an_open_and_a_closed_complaint_When_the_customer_is_merged_Then_found_under_both_and_back()
    {
        var customer = await Fixture.CustomerAsync(Guid.CreateVersion7());
        var into = Guid.CreateVersion7();
        await Fixture.DeliverAsync(ComplaintsFixture.Registered(into, "東湖集團"));
        var open = await Fixture.RegisteredAsync(customer);
        var closed = await Fixture.ExplainedAsync(customer);
        await Fixture.SalesManager.DoAsync(
            Steps.Complaint(closed),
            "close",
            new CloseComplaint.Request("三次聯絡未果。")
        );

        var merged = new OrganisationMerged(
            customer,
            5,
            "東湖置業有限公司",
            into,
            "東湖集團",
            null,
            null,
            DateTimeOffset.UtcNow
        );
        await Fixture.DeliverAsync(merged);
        await Fixture.DeliverAsync(merged);

        var moved = await Fixture.Desk.GetAsync(Steps.Complaint(open));
        (moved.Text("customerId"), moved.Text("customerName")).ShouldBe((into.ToString(), "東湖集團"));
        var kept = await Fixture.Desk.GetAsync(Steps.Complaint(closed));
        (kept.Text("customerId"), kept.Text("customerName")).ShouldBe((into.ToString(), "東湖置業有限公司"));
        (await Fixture.EventAsync(open.Id, "customer-renamed.v1")).Text("customerId").ShouldBe(into.ToString());
        foreach (var id in new[] { customer, into })
        {
            (await Fixture.Desk.GetAsync($"/v1/complaints?customerId={id}"))["items"].AsArray().Count.ShouldBe(2);
            (await Fixture.Customer(id).GetAsync(Steps.Complaint(closed))).Ok();
        }

        // Under the old identity, by staff and by the customer's own account.
        var late = await Fixture.RegisteredAsync(customer);
        (late.Text("customerId"), late.Text("customerName")).ShouldBe((into.ToString(), "東湖集團"));
        var own = (
            await Fixture
                .Customer(customer)
                .PostAsync(
                    "/v1/complaints",
                    new RegisterComplaint.Request
                    {
                        CustomerId = customer,
                        Contact = "王小姐",
                        Phone = "0755",
                        Subject = "漏水",
                        Description = "屋面漏水。",
                    }
                )
        ).Ok();
        own.Text("customerId").ShouldBe(into.ToString());

        await Fixture.DeliverAsync(
            new OrganisationUnmerged(customer, 6, "東湖置業有限公司", null, null, into, DateTimeOffset.UtcNow)
        );

        var back = await Fixture.Desk.GetAsync(Steps.Complaint(open));
        (back.Text("customerId"), back.Text("customerName")).ShouldBe((customer.ToString(), "東湖置業有限公司"));
        (await Fixture.Desk.GetAsync(Steps.Complaint(closed))).Text("customerId").ShouldBe(customer.ToString());
        (await Fixture.Desk.GetAsync(Steps.Complaint(late)))
            .Text("customerId")
            .ShouldBe(into.ToString(), "what came after the merge stays");
        (await Fixture.Customer(customer).GetAsync(Steps.Complaint(late))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_an_undone_merge_that_is_heard_of_first_When_the_merge_comes_Then_nothing_moves()
    {
        var customer = await Fixture.CustomerAsync(Guid.CreateVersion7());
        var into = Guid.CreateVersion7();
        var complaint = await Fixture.RegisteredAsync(customer);

        await Fixture.DeliverAsync(
            new OrganisationUnmerged(customer, 6, "甲", null, null, into, DateTimeOffset.UtcNow)
        );
        await Fixture.DeliverAsync(
            new OrganisationMerged(customer, 5, "甲", into, "乙", null, null, DateTimeOffset.UtcNow)
        );

        (await Fixture.Desk.GetAsync(Steps.Complaint(complaint))).Text("customerId").ShouldBe(customer.ToString());
    }
}
