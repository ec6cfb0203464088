using CustomerService.Contracts;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Tests;

/// <summary>What a fact keeps of several events is stored whatever the order in which they come.</summary>
public sealed class LateEventTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    [Fact, Trait("Rule", "P3.1.1")]
    public async Task Given_words_of_clocks_and_units_When_they_come_one_by_one_in_any_order_Then_each_is_stored()
    {
        var (owner, first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var moment = new DateTimeOffset(2033, 1, 9, 0, 0, 0, TimeSpan.Zero);
        foreach (
            int[] turn in (int[][])
                [
                    [0, 1, 2, 3, 4],
                    [4, 3, 2, 1, 0],
                    [2, 4, 0, 3, 1],
                    [3, 0, 4, 1, 2],
                ]
        )
        {
            var id = Guid.CreateVersion7();
            IIntegrationEvent[] events =
            [
                new RepairOrderReceiptOverdue(id, 4, "WX-1", owner, first, "first", new(2033, 1, 2)),
                new RepairUnitReplaced(id, 6, "WX-1", owner, first, "first", second, "second", new(2033, 1, 4)),
                new RepairOrderReceived(id, 7, owner, second, moment, true, ReceiptMissed: false),
                new RepairOrderCompletionOverdue(id, 9, "WX-1", owner, second, "second", moment),
                new RepairOrderFinished(id, 11, "WX-1", owner, second, 1, new(2033, 1, 9), CompletionMissed: true),
            ];

            foreach (var place in turn)
            {
                await Fixture.DeliverAsync(events[place]);
            }

            await using var store = Fixture.Store<ReportingDb>();
            var fact = await store.Db.Set<RepairOrderFact>().SingleAsync(one => one.Id == id, Ends);
            fact.ClockWords.OrderBy(word => word.Version).Select(word => word.Version).ShouldBe([4, 7, 9, 11]);
            fact.Replaced.ShouldHaveSingleItem().UnitName.ShouldBe("first");
            (fact.ReceiptMissed, fact.ReceiptMissedByName).ShouldBe((true, "first"));
            (fact.CompletionMissed, fact.CompletionMissedByName).ShouldBe((true, null));
        }
    }

    private static CancellationToken Ends => TestContext.Current.CancellationToken;
}
