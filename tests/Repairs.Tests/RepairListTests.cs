using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>The list, its filters and pages.</summary>
public sealed class RepairListTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_orders_When_filtered_and_paged_Then_exactly_those_the_newest_first()
    {
        var it = Case.Of(Fixture);
        var made = new List<Guid>();
        foreach (var severity in new[] { "minor", "major", "emergency", "minor", "major" })
        {
            var notice = it.Notice(Enum.Parse<DefectSeverity>(severity, ignoreCase: true));
            made.Add((await it.OpenAsync(notice)).Ok().Id);
        }

        made.Reverse();
        var today = RepairsFixture.Iso(Fixture.Today);
        (await ListAsync(it, "")).ShouldBe(made);
        (await ListAsync(it, "severity=minor,emergency")).Count.ShouldBe(3);
        (await ListAsync(it, "state=confirmed")).ShouldBeEmpty();
        (await ListAsync(it, "state=opened,confirmed")).Count.ShouldBe(5);
        (await ListAsync(it, $"ownerId={it.OwnerId}")).Count.ShouldBe(5);
        (await ListAsync(it, $"ownerId={Guid.CreateVersion7()}")).ShouldBeEmpty();
        (await ListAsync(it, $"repairUnitId={it.UnitId}")).ShouldBeEmpty();
        (await ListAsync(it, $"openedFrom={today}&openedTo={today}")).Count.ShouldBe(5);
        (await ListAsync(it, $"openedFrom={RepairsFixture.Iso(Fixture.Today.AddDays(1))}")).ShouldBeEmpty();
        (await ListAsync(it, $"openedTo={RepairsFixture.Iso(Fixture.Today.AddDays(-1))}")).ShouldBeEmpty();
        var number = (await it.Service.GetAsync($"/v1/repair-orders/{made[0]}")).Number;
        (await ListAsync(it, $"number={number}")).ShouldBe([made[0]]);

        var walked = new List<Guid>();
        string? after = null;
        do
        {
            var page = (
                await it.Owner.GetAsync($"/v1/repair-orders?limit=2{(after is null ? "" : "&after=" + after)}")
            ).Ok();
            page.Items.Count.ShouldBeInRange(1, 2);
            walked.AddRange(page.Items.Select(i => Guid.Parse(i["id"]!.ToString())));
            after = page.Body!["next"]?.ToString();
        } while (after is not null);
        walked.ShouldBe(made);
    }

    [Fact]
    public async Task Given_an_item_of_the_list_When_read_Then_it_says_what_the_caller_can_do()
    {
        var it = await Case.Of(Fixture).OpenedAsync();

        var item = (await it.Service.GetAsync($"/v1/repair-orders?projectId={it.ProjectId}"))
            .Ok()
            .Items.ShouldHaveSingleItem();

        item.AsObject().Select(member => member.Key).Take(5).ShouldBe(["id", "number", "state", "version", "_actions"]);
        item["_actions"]!
            .AsArray()
            .Select(a => a!.ToString())
            .ShouldBe(["attempt", "confirm", "withdraw", "merge", "ask-warranty"]);
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_random_costs_and_charge_backs_When_summed_in_the_store_Then_as_in_memory()
    {
        var random = new Random(20261129);
        var it = Case.Of(Fixture);
        Guid[] units = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        string[] parts = ["roof", "bathroom", "outer-wall"];
        var made =
            new List<(string Part, FaultCause? Cause, Guid? Unit, decimal Cost, decimal Charged, decimal Settled)>();
        for (var i = 0; i < 14; i++)
        {
            var order = (await it.OpenAsync()).Ok();
            var row = (
                Part: parts[random.Next(parts.Length)],
                Cause: random.Next(4) is var c && c == 3 ? null : (FaultCause?)c,
                Unit: random.Next(3) is var u && u == 2 ? null : (Guid?)units[u],
                Cost: random.Next(1, 1_000_000) / 100m,
                Charged: 0m,
                Settled: 0m
            );
            // One in four is charged back and open, one settled, one given up.
            var state = (ChargeBackState?[])
                [null, ChargeBackState.Proposed, ChargeBackState.Settled, ChargeBackState.Withdrawn];
            var charge = state[random.Next(4)];
            var amount = Math.Round(row.Cost / 2, 2);
            if (charge is ChargeBackState.Proposed or ChargeBackState.Settled)
            {
                row = row with { Charged = amount, Settled = charge == ChargeBackState.Settled ? amount : 0 };
            }

            made.Add(row);
            await StoreAsync(order.Id, row.Part, row.Cause, row.Unit, row.Cost, charge, amount);
        }

        await SameAsync("part", made.GroupBy(row => row.Part));
        await SameAsync("cause", made.GroupBy(row => row.Cause is { } cause ? cause.ToKebab() : ""));
        await SameAsync("subcontractor", made.GroupBy(row => row.Unit?.ToString() ?? ""));
        await SameAsync("project", made.GroupBy(_ => it.ProjectId.ToString()));

        async Task SameAsync(
            string by,
            IEnumerable<
                IGrouping<
                    string,
                    (string Part, FaultCause? Cause, Guid? Unit, decimal Cost, decimal Charged, decimal Settled)
                >
            > groups
        )
        {
            var lines = (await it.Finance.GetAsync($"/v1/repair-orders/costs?by={by}&projectId={it.ProjectId}"))
                .Ok()
                .Body!.AsArray()
                .Select(line =>
                    $"{line!["key"]} {line["orders"]} {Sum(line, "cost")} {Sum(line, "chargedBack")} {Sum(line, "net")} {Sum(line, "settled")}"
                );
            lines.ShouldBe(
                groups.Select(group =>
                {
                    var (cost, charged) = (group.Sum(row => row.Cost), group.Sum(row => row.Charged));
                    return $"{group.Key} {group.Count()} {Two(cost)} {Two(-charged)} {Two(cost - charged)} {Two(group.Sum(row => row.Settled))}";
                }),
                ignoreOrder: true,
                by
            );
        }

        static string Sum(JsonNode line, string name) => Two(line[name]!.GetValue<decimal>());
        static string Two(decimal sum) => (sum == 0 ? 0 : sum).ToString("0.00", CultureInfo.InvariantCulture);
    }

    // As if it had gone its way: the sums are what is looked at.
    private async Task StoreAsync(
        Guid order,
        string part,
        FaultCause? cause,
        Guid? unit,
        decimal cost,
        ChargeBackState? charge,
        decimal amount
    )
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
        await db
            .RepairOrders.Where(one => one.Id == order)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(one => one.PartCode, part)
                    .SetProperty(one => one.CauseCode, cause)
                    .SetProperty(one => one.RepairUnitId, unit)
                    .SetProperty(one => one.RepairUnitName, unit == null ? null : "分包" + unit)
                    .SetProperty(one => one.CostTotal, cost)
            );
        if (charge is not { } state)
        {
            return;
        }

        var proposed = ChargeBack
            .Propose(
                A.Context(Someone.HeadOfEngineering()),
                "KK-" + order.ToString("N")[^12..],
                new()
                {
                    Id = order,
                    Number = "WX-1",
                    ProjectId = Guid.CreateVersion7(),
                    ProjectName = "濱江花園",
                    PartCode = part,
                    UnitId = unit ?? Guid.CreateVersion7(),
                    UnitName = "分包",
                    CostTotal = amount,
                },
                null
            )
            .Required();
        db.Add(proposed);
        db.Entry(proposed).Property(one => one.State).CurrentValue = state;
        await db.SaveChangesAsync();
    }

    [Theory]
    [InlineData("state=gone", "bad-filter")]
    [InlineData("state=0", "bad-filter")]
    [InlineData("severity=9", "bad-filter")]
    [InlineData("openedFrom=2026-13-01", "bad-filter")]
    [InlineData("limit=0", "bad-filter")]
    [InlineData("limit=201", "bad-filter")]
    [InlineData("after=zzz", "bad-cursor")]
    [InlineData("search=x", "unknown-parameter")]
    [InlineData("overdue=perhaps", "malformed")]
    [InlineData("projectId=1", "malformed")]
    public async Task Given_a_filter_that_is_none_When_asked_Then_400(string query, string code)
    {
        var answer = await Fixture.As("陳", [Rules.Roles.CustomerService]).GetAsync("/v1/repair-orders?" + query);

        (answer.Status, answer.Code).ShouldBe((HttpStatusCode.BadRequest, code));
    }

    internal static async Task<List<Guid>> ListAsync(Case it, string filter) =>
        [
            .. (await it.Service.GetAsync($"/v1/repair-orders?projectId={it.ProjectId}&{filter}".TrimEnd('&')))
                .Ok()
                .Items.Select(i => Guid.Parse(i["id"]!.ToString())),
        ];
}
