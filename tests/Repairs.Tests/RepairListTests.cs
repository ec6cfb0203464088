using System.Net;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Testing;

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
            .ShouldBe(["confirm", "withdraw", "merge", "ask-warranty"]);
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
