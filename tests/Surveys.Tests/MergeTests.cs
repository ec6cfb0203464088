using System.Net;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests;

/// <summary>Invitations and responses of customers that were merged (S4).</summary>
public sealed class MergeTests(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_invitations_When_the_customer_is_merged_Then_open_ones_follow_ended_keep_words_and_all_go_back()
    {
        var (customer, into) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (open, _) = await Fixture.InviteAsync(customer);
        var (ended, _) = await Fixture.InviteAsync(customer);
        var name = (await ReadAsync(open)).Text("customerName");
        (await Fixture.Sales.ChangeAsync($"/v1/invitations/{ended}", "withdraw", new { reason = "誤發" })).Ok();

        var merged = new OrganisationMerged(customer, 5, name, into, "保留客戶", null, null, DateTimeOffset.UtcNow);
        await Fixture.DeliverAsync(merged);
        await Fixture.DeliverAsync(merged);

        var moved = await ReadAsync(open);
        (moved.Text("customerId"), moved.Text("customerName")).ShouldBe((into.ToString(), "保留客戶"));
        var kept = await ReadAsync(ended);
        (kept.Text("customerId"), kept.Text("customerName")).ShouldBe((into.ToString(), name));
        foreach (var id in new[] { customer, into })
        {
            (await Fixture.Sales.GetAsync($"/v1/invitations?customerId={id}"))
                .Ok()["items"]
                .AsArray()
                .Select(i => i!["id"]!.ToString())
                .ShouldBe([ended.ToString(), open.ToString()]);
            (await Customer(id).GetAsync($"/v1/invitations/{open}")).Ok();
        }

        var (late, _) = await Fixture.InviteAsync(customer);
        (await ReadAsync(late)).Text("customerId").ShouldBe(into.ToString());

        await Fixture.DeliverAsync(
            new OrganisationUnmerged(customer, 6, name, null, null, into, DateTimeOffset.UtcNow)
        );

        var back = await ReadAsync(open);
        (back.Text("customerId"), back.Text("customerName")).ShouldBe((customer.ToString(), name));
        (await ReadAsync(ended)).Text("customerId").ShouldBe(customer.ToString());
        (await ReadAsync(late)).Text("customerId").ShouldBe(into.ToString(), "what came after the merge stays");
        (await Customer(customer).GetAsync($"/v1/invitations/{late}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_merges_in_a_row_in_the_wrong_order_When_undone_Then_step_by_step_back()
    {
        var (a, b, c) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (id, _) = await Fixture.InviteAsync(a);
        OrganisationMerged Merge(Guid from, Guid into) =>
            new(from, 5, "甲", into, "乙", null, null, DateTimeOffset.UtcNow);
        OrganisationUnmerged Unmerge(Guid from, Guid into) =>
            new(from, 6, "甲", null, null, into, DateTimeOffset.UtcNow);

        await Fixture.DeliverAsync(Merge(b, c));
        await Fixture.DeliverAsync(Merge(a, b));
        (await ReadAsync(id)).Text("customerId").ShouldBe(c.ToString());

        await Fixture.DeliverAsync(Unmerge(b, c));
        (await ReadAsync(id)).Text("customerId").ShouldBe(b.ToString());
        await Fixture.DeliverAsync(Unmerge(a, b));
        (await ReadAsync(id)).Text("customerId").ShouldBe(a.ToString());
        await Fixture.DeliverAsync(Merge(a, b));
        (await ReadAsync(id)).Text("customerId").ShouldBe(a.ToString(), "an old merge that comes once more");
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_an_owner_that_was_merged_When_its_repair_is_done_Then_the_survivor_is_asked()
    {
        var (order, into) = (SurveysFixture.Returned(), Guid.CreateVersion7());
        await Fixture.DeliverAsync(
            new OrganisationMerged(
                order.OwnerId,
                5,
                order.OwnerName,
                into,
                "保留客戶",
                null,
                null,
                DateTimeOffset.UtcNow
            )
        );

        await Fixture.DeliverAsync(order);

        // Of the consumers of an event another one may have been first.
        await Eventually.Holds(async () =>
        {
            var asked = (await Fixture.Sales.GetAsync($"/v1/invitations?sourceId={order.RepairOrderId}")).Ok();
            asked["items"].AsArray().ShouldHaveSingleItem()!["customerId"]!.ToString().ShouldBe(into.ToString());
        });
    }

    private async Task<ApiAnswer> ReadAsync(Guid id) => (await Fixture.Sales.GetAsync($"/v1/invitations/{id}")).Ok();

    private ApiClient Customer(Guid organisation) => Fixture.As("客戶", [Roles.Customer], null, organisation);
}
