using CustomerService.Contracts;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Reporting.Data;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Tests;

/// <summary>All facts are made from nothing by the archive, row by row as they were, while others read and events come
/// in.</summary>
[Collection(FactsAtRandom.Collection)]
public sealed class RebuildTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    private static readonly string[] Tables =
    [
        "dim_organisation",
        "dim_project",
        "fact_revisit",
        "fact_repair_order",
        "fact_complaint",
        "fact_capa",
        "fact_invitation",
        "fact_response",
        "fact_response_item",
        "fact_rma_unit",
        "fact_return",
        "fact_charge_back",
        "fact_action_item",
        "fact_meeting",
        "fact_assessment",
        "fact_finding",
        "fact_repair_wait",
        "fact_evaluation",
        "fact_letter",
        "fact_trip",
        "fact_maker_claim",
        "fact_work",
        "fact_work_item",
        "fact_retention",
    ];

    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_facts_that_were_damaged_When_they_are_rebuilt_Then_each_row_is_as_it_was_and_readers_never_miss_them()
    {
        var (owner, project) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var events = new List<IIntegrationEvent>
        {
            new OrganisationRegistered(owner, 1, "重建業主", "owner", null, null, null, null),
        };
        for (var i = 1; i <= 25; i++)
        {
            var order = Guid.CreateVersion7();
            events.Add(
                new RepairOrderOpened(
                    order,
                    1,
                    $"WX-2036-{i:D4}",
                    project,
                    "重建",
                    owner,
                    "roof",
                    "major",
                    "notice",
                    null,
                    null,
                    new DateOnly(2036, 3, i),
                    new DateOnly(2036, 3, i).AddDays(2)
                )
            );
            events.Add(new RepairOrderConfirmed(order, 2, owner, new DateOnly(2036, 3, i).AddDays(1), true));
            events.Add(new RepairOrderWithdrawn(order, 3, owner, "twice", new DateOnly(2036, 4, 1)));
        }

        // In no order and some of them twice, as a broker may.
        var random = new Random(7);
        foreach (var e in events.OrderBy(_ => random.Next()))
        {
            var id = await Fixture.PublishAsync(e);
            if (random.Next(3) == 0)
            {
                await Fixture.PublishAsync(e, id);
            }
        }

        await Eventually.Holds(async () => (await CountAsync("fact_repair_order", owner)).ShouldBe(25));
        await Eventually.Holds(async () => (await ArchivedAsync(owner)).ShouldBe(events.Count));
        await Eventually.Holds(async () => (await UnfinishedAsync(owner)).ShouldBe(0));
        var before = await RowsAsync(owner);
        await using (var scope = Fixture.Store<ReportingDb>())
        {
            await scope.Db.Database.ExecuteSqlAsync(
                $"DELETE FROM fact_repair_order WHERE owner_id = {owner} AND number LIKE '%7'"
            );
            await scope.Db.Database.ExecuteSqlAsync(
                $"UPDATE fact_repair_order SET severity = 'minor', withdrawn_on = NULL WHERE owner_id = {owner}"
            );
            await scope.Db.Database.ExecuteSqlAsync($"DELETE FROM dim_organisation WHERE id = {owner}");
        }

        (await RowsAsync(owner)).ShouldNotBe(before);
        using var stop = new CancellationTokenSource();
        var lowest = int.MaxValue;
        var reading = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                lowest = Math.Min(lowest, await CountAsync("fact_repair_order", owner));
                await Task.Delay(10);
            }
        });
        var late = new RepairOrderOpened(
            Guid.CreateVersion7(),
            1,
            "WX-2036-9999",
            project,
            "重建",
            owner,
            "roof",
            "major",
            "notice",
            null,
            null,
            new DateOnly(2036, 5, 1),
            new DateOnly(2036, 5, 3)
        );
        var rebuilding = Fixture.Service.RunCommandAsync("rebuild-facts");
        await Fixture.PublishAsync(late);
        // Rows that the rebuild applies once more are written by consumers at the same time.
        while (!rebuilding.IsCompleted)
        {
            var (order, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            await Fixture.PublishAsync(late with { RepairOrderId = order, OwnerId = other });
            for (var version = 2; version < 8; version++)
            {
                await Fixture.PublishAsync(
                    new RepairOrderConfirmed(order, version, other, new DateOnly(2036, 3, version), true)
                );
            }

            // No more than are consumed: others of this service's tests wait in the same queue.
            await Fixture.DeliverAsync(new RepairOrderConfirmed(order, 8, other, new DateOnly(2036, 3, 8), true));
        }

        var (code, output) = await rebuilding;

        await stop.CancelAsync();
        await reading;
        code.ShouldBe(0, output);
        output.ShouldContain("Done:");
        lowest.ShouldBeGreaterThanOrEqualTo(23, "readers see the old rows until the new ones stand");
        await Eventually.Holds(async () => (await CountAsync("fact_repair_order", owner)).ShouldBe(26));
        (await RowsAsync(owner)).Where(row => !row.Contains("WX-2036-9999", StringComparison.Ordinal)).ShouldBe(before);
    }

    [Fact]
    public async Task The_tables_that_this_test_compares_are_all_that_there_are()
    {
        await using var scope = Fixture.Store<ReportingDb>();
        scope
            .Db.Model.GetEntityTypes()
            .Select(type => type.GetTableName())
            .OfType<string>()
            .Where(table =>
                table.StartsWith("fact_", StringComparison.Ordinal)
                || table.StartsWith("dim_", StringComparison.Ordinal)
            )
            .Distinct()
            .ShouldBe(Tables, ignoreOrder: true);
    }

    private async Task<int> CountAsync(string table, Guid owner)
    {
        await using var scope = Fixture.Store<ReportingDb>();
        return table == "fact_repair_order" ? await scope.Db.RepairOrders.CountAsync(r => r.OwnerId == owner) : 0;
    }

    /// <summary>Orders of which not every event is applied yet.</summary>
    private async Task<int> UnfinishedAsync(Guid owner)
    {
        await using var scope = Fixture.Store<ReportingDb>();
        return await scope.Db.RepairOrders.CountAsync(r =>
            r.OwnerId == owner && (r.Number == null || r.ConfirmedOn == null || r.WithdrawnOn == null)
        );
    }

    private async Task<int> ArchivedAsync(Guid owner)
    {
        await using var scope = Fixture.Store<ReportingDb>();
        var text = owner.ToString();
        return await scope
            .Db.Database.SqlQuery<int>(
                $"SELECT count(*)::int AS \"Value\" FROM event_archive WHERE body::text LIKE '%' || {text} || '%'"
            )
            .SingleAsync();
    }

    private async Task<IReadOnlyList<string>> RowsAsync(Guid owner)
    {
        await using var scope = Fixture.Store<ReportingDb>();
        return await scope
            .Db.Database.SqlQuery<string>(
                $"""
                SELECT (to_jsonb(r) - 'changed_at')::text AS "Value" FROM fact_repair_order r WHERE owner_id = {owner}
                UNION ALL SELECT (to_jsonb(o) - 'changed_at')::text FROM dim_organisation o WHERE id = {owner} ORDER BY 1
                """
            )
            .ToListAsync();
    }
}
