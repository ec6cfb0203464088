using System.Net;
using CustomerService.Messaging;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>One step with many orders, a result a line.</summary>
public sealed class BulkOrderTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.2")]
    public async Task Given_many_orders_When_dispatched_at_once_Then_each_line_has_its_own_outcome()
    {
        var it = Case.Of(Fixture);
        var first = await ApprovedAsync(it);
        var second = await ApprovedAsync(it);
        var stale = await ApprovedAsync(it);
        var unplanned = (await it.OpenAsync()).Ok();

        var answer = (
            await it.Engineer.PostAsync(
                "/v1/repair-orders/bulk/dispatch",
                new DispatchRepairOrders.Request(
                    [Line(first), Line(second), Line(stale, 1), Line(unplanned), new(Guid.CreateVersion7(), 1)],
                    it.Dispatching()
                )
            )
        ).Ok();

        (answer["done"].GetValue<int>(), answer["refused"].GetValue<int>()).ShouldBe((2, 3));
        answer
            .Items.Select(item => item["code"]?.ToString())
            .ShouldBe([null, null, "stale-version", "not-in-this-state", "not-found"]);
        var sheets = new List<string>();
        foreach (var order in new[] { first, second })
        {
            var read = await it.Engineer.GetAsync($"/v1/repair-orders/{order.Id}");
            read.State.ShouldBe("dispatched");
            sheets.Add(read["dispatch"]["taskSheetNumber"]!.ToString());
        }

        sheets.Distinct().Count().ShouldBe(2);
        (await it.Engineer.GetAsync($"/v1/repair-orders/{stale.Id}")).State.ShouldBe("approved");
        (
            await it.Unit.PostAsync(
                "/v1/repair-orders/bulk/dispatch",
                new DispatchRepairOrders.Request([Line(stale)], it.Dispatching())
            )
        ).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Given_many_orders_When_given_to_a_person_Then_each_line_has_its_own_outcome()
    {
        var it = Case.Of(Fixture);
        var good = (await it.OpenAsync()).Ok();
        var stale = (await it.OpenAsync()).Ok();
        var person = Guid.CreateVersion7();
        await using (var scope = Fixture.Service.Services.CreateAsyncScope())
        {
            var account = new Account
            {
                UserId = person,
                Version = 1,
                DisplayName = "工程師小林",
                Roles = [Roles.Engineering],
                Regions = [],
                Active = true,
            };
            await scope.ServiceProvider.GetRequiredService<IAccounts>().KeepAsync(account, default);
            await scope.ServiceProvider.GetRequiredService<RepairsDb>().SaveChangesAsync();
        }

        var answer = (
            await it.Engineer.PostAsync(
                "/v1/repair-orders/bulk/assign-to",
                new AssignRepairOrders.Request([Line(good), Line(stale, 1), new(Guid.CreateVersion7(), 1)], person)
            )
        ).Ok();

        (answer["done"].GetValue<int>(), answer["refused"].GetValue<int>()).ShouldBe((1, 2));
        answer.Items.Select(item => item["code"]?.ToString()).ShouldBe([null, "stale-version", "not-found"]);
        var own = Fixture.Service.As(
            new Actor(person.ToString(), "工程師小林", new HashSet<string> { Roles.Engineering })
        );
        var items = (await own.GetAsync("/v1/work-items?view=assigned&limit=200")).Ok().Items;
        items.Select(item => item["id"]!.ToString()).ShouldBe([good.Id.ToString()]);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Given_many_orders_When_given_to_nobody_known_Then_refused()
    {
        var it = Case.Of(Fixture);
        var order = (await it.OpenAsync()).Ok();

        (
            await it.Engineer.PostAsync(
                "/v1/repair-orders/bulk/assign-to",
                new AssignRepairOrders.Request([Line(order)], Guid.CreateVersion7())
            )
        ).Refused("account-unknown", "S3");
    }

    private static BulkLineRequest Line(ApiAnswer order, long more = 0) =>
        new(order.Id, order["version"].GetValue<long>() + more);

    private static async Task<ApiAnswer> ApprovedAsync(Case it)
    {
        it.Around((await it.OpenAsync()).Ok().Id);
        await it.ToAsync("approved");
        return (await it.ReadAsync()).Ok();
    }
}
