using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Surveys.Tests;

/// <summary>Campaign B after repairs and RMAs, by events that come twice and out of order (C5.8.2).</summary>
public sealed class CaseTests(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task After_an_rma_is_closed_its_customer_is_asked_once_and_not_about_the_next_one_in_the_same_month()
    {
        var customer = Guid.CreateVersion7();
        var closed = Closed(customer, "RMA-2026-000123");
        await Fixture.DeliverAsync(closed);
        // The same event under another message id, and the declaration after the end.
        await Fixture.DeliverAsync(closed);
        await Fixture.DeliverAsync(Declared(closed));

        await AskedAsync("RMA-2026-000123");
        var sent = (await InvitationsAsync(customer)).ShouldHaveSingleItem();
        (sent.Survey.ToString(), sent.Source, sent.SourceNumber, sent.Contact, sent.Language).ShouldBe(
            ("B", "rma", "RMA-2026-000123", "李主任", "en")
        );
        (sent.Department, sent.Judged).ShouldBe(
            ("repair-group", "repair-group"),
            "who repaired it, not who usually does"
        );
        await Fixture.DeliverAsync(Closed(customer, "RMA-2026-000124"));
        (await InvitationsAsync(customer)).Count.ShouldBe(1, "asked a short time ago");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task While_a_complaint_repair_or_rma_is_open_nobody_is_asked_and_what_is_withdrawn_or_merged_is_not_open()
    {
        var customer = Guid.CreateVersion7();
        var complaint = Registered(customer);
        await Fixture.DeliverAsync(complaint);
        await Fixture.DeliverAsync(Closed(customer, "RMA-2026-000201"));
        (await InvitationsAsync(customer)).ShouldBeEmpty("a complaint is open");

        await Fixture.DeliverAsync(
            new ComplaintMerged(complaint.ComplaintId, 2, customer, Guid.CreateVersion7(), "", "zh-Hant", Day)
        );
        var other = Closed(customer, "RMA-2026-000202");
        await Fixture.DeliverAsync(Declared(other));
        await Fixture.DeliverAsync(Closed(customer, "RMA-2026-000203"));
        (await InvitationsAsync(customer)).ShouldBeEmpty("an RMA is open");

        await Fixture.DeliverAsync(new RmaWithdrawn(other.RmaId, 2, other.Number, customer, Day));
        // Late: what it says is older than the withdrawal.
        await Fixture.DeliverAsync(Declared(other));
        await Fixture.DeliverAsync(Closed(customer, "RMA-2026-000204"));
        await AskedAsync("RMA-2026-000204");
        (await InvitationsAsync(customer)).ShouldHaveSingleItem().SourceNumber.ShouldBe("RMA-2026-000204");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task A_repair_that_is_returned_before_it_was_heard_of_is_asked_about_once()
    {
        var returned = SurveysFixture.Returned();
        await Fixture.DeliverAsync(returned);
        await Fixture.DeliverAsync(returned);

        await AskedAsync(returned.RepairOrderId);
        (await InvitationsAsync(returned.OwnerId)).ShouldHaveSingleItem().SourceId.ShouldBe(returned.RepairOrderId);
    }

    private static RmaClosed Closed(Guid customer, string number) =>
        new(
            Guid.CreateVersion7(),
            9,
            number,
            customer,
            Day,
            "永安置業有限公司",
            "李主任",
            "010-6555-0101",
            "en",
            "repair-group"
        );

    private static RmaDeclared Declared(RmaClosed of) =>
        new(of.RmaId, 1, of.Number, of.CustomerId, "永安置業有限公司", 2, "request", null, Day);

    private static ComplaintRegistered Registered(Guid customer) =>
        new(
            Guid.CreateVersion7(),
            1,
            "TS-2026-000001",
            customer,
            "永安置業有限公司",
            "phone",
            null,
            "屋面滲水",
            "minor",
            Day,
            default,
            default
        );

    private Task AskedAsync(string number) =>
        Fixture.EventAsync("surveys.invitation.sent.v1", e => e.Text("sourceNumber") == number);

    private Task AskedAsync(Guid source) =>
        Fixture.EventAsync("surveys.invitation.sent.v1", e => e.Text("sourceId") == source.ToString());

    private async Task<IReadOnlyList<Invitation>> InvitationsAsync(Guid customer)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<IDocumentStore>()
            .ListAsync(DocumentQuery<Invitation>.All.Where(i => i.CustomerId, customer), null, 10, default);
    }
}
