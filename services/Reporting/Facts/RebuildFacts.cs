using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CustomerService.Contracts;
using CustomerService.Contracts.Retention;
using CustomerService.Messaging;
using CustomerService.Reporting.Archive;
using CustomerService.Reporting.Archive.Domain;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Retention.Consumers;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Facts;

/// <summary>
/// <c>rebuild-facts</c>: makes all facts from nothing, by the archive of events. Readers see the old facts until the new
/// ones stand, and new events go on coming in. Exit code 0: done; 1: another rebuild is running.
/// </summary>
/// <remarks>
/// The new facts are made in tables of the same form in a schema of their own. Then the writers wait while what came
/// meanwhile is added and the rows are exchanged in one transaction; who reads sees the old rows until its commit. An event
/// comes into archive and facts by one commit, so that behind the exchange nothing is left to do.
/// </remarks>
internal sealed class RebuildFacts : IServiceCommand
{
    private const int Batch = 1000;
    private const int LineEvery = 10_000;
    private const int MostPasses = 5;

    public string Name => "rebuild-facts";

    public async Task<int> RunAsync(
        string[] args,
        IServiceProvider services,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var run = new Run(services, output, cancellationToken);
        return await run.RunAsync() ? 0 : 1;
    }

    private sealed class Run(IServiceProvider services, TextWriter output, CancellationToken cancellation)
    {
        private readonly IServiceScopeFactory _scopes = services.GetRequiredService<IServiceScopeFactory>();
        private readonly ReportingDb _db = services.GetRequiredService<ReportingDb>();
        private long _applied;

        // Those that are referred to first.
        private IReadOnlyList<string> Tables =>
            [
                .. _db
                    .Model.GetEntityTypes()
                    .Where(type => IsFact(type.ClrType) || IsFact(type.FindOwnership()?.PrincipalEntityType.ClrType))
                    .OrderBy(type => type.IsOwned())
                    .Select(type => type.GetTableName()!)
                    .Distinct(),
            ];

        private IReadOnlyList<string> FactTables =>
            [
                .. _db
                    .Model.GetEntityTypes()
                    .Where(type => IsFact(type.ClrType))
                    .Select(type => type.GetTableName()!)
                    .Distinct(),
            ];

        public async Task<bool> RunAsync()
        {
            var started = Stopwatch.GetTimestamp();
            _db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
            await _db.Database.OpenConnectionAsync(cancellation);
            if (!await LockAsync())
            {
                await output.WriteLineAsync("Another rebuild is running.");
                return false;
            }

            try
            {
                await MakeTablesAsync();
                var last = await CatchUpAsync();
                await ExchangeAsync(last);
            }
            finally
            {
                await ExecuteAsync("DROP SCHEMA IF EXISTS rebuild CASCADE");
                await ExecuteAsync("SELECT pg_advisory_unlock(hashtext('rebuild-facts'))");
            }

            var seconds = Math.Max(0.001, Stopwatch.GetElapsedTime(started).TotalSeconds);
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Done: {_applied} events in {seconds:0.0} s, {_applied / seconds:0} a second."
                )
            );
            return true;
        }

        private async Task<bool> LockAsync()
        {
            await using var command = _db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "SELECT pg_try_advisory_lock(hashtext('rebuild-facts'))";
            return (bool)(await command.ExecuteScalarAsync(cancellation))!;
        }

        private async Task MakeTablesAsync()
        {
            await ExecuteAsync("DROP SCHEMA IF EXISTS rebuild CASCADE");
            await ExecuteAsync("CREATE SCHEMA rebuild");
            foreach (var table in Tables)
            {
                await ExecuteAsync($"CREATE TABLE rebuild.{table} (LIKE public.{table} INCLUDING ALL)");
            }
        }

        /// <summary>Replays until little is left for the exchange, in which writers wait.</summary>
        private async Task<long> CatchUpAsync()
        {
            var last = 0L;
            for (var pass = 1; pass <= MostPasses; pass++)
            {
                var from = last;
                last = await ReplayAsync(from, await WholeUntilAsync());
                if (last - from < Batch)
                {
                    break;
                }
            }

            return last;
        }

        /// <summary>The sequence up to which the archive will get nothing more: rows get theirs before they are committed, so
        /// writers are waited for.</summary>
        private async Task<long> WholeUntilAsync()
        {
            await using var transaction = await _db.Database.BeginTransactionAsync(cancellation);
            await _db.LockAsync(Projections.Writers, cancellation);
            return await _db.Archive.MaxAsync(e => (long?)e.Sequence, cancellation) ?? 0;
        }

        /// <summary>Applies what the archive has between two sequences. What comes meanwhile is left, or a rebuild would not
        /// end while others go on.</summary>
        /// <returns>The last sequence.</returns>
        private async Task<long> ReplayAsync(long after, long until)
        {
            while (after < until)
            {
                await using var scope = _scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
                var from = after;
                var events = await db
                    .Archive.AsNoTracking()
                    .Where(e => e.Sequence > from && e.Sequence <= until)
                    .OrderBy(e => e.Sequence)
                    .Take(Batch)
                    .ToListAsync(cancellation);
                if (events.Count == 0)
                {
                    return after;
                }

                await ApplyAsync(db, events);
                after = events[^1].Sequence;
                if (_applied / LineEvery != (_applied += events.Count) / LineEvery)
                {
                    await output.WriteLineAsync(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{_applied} events, up to {events[^1].OccurredAt:u}"
                        )
                    );
                }
            }

            return after;
        }

        private async Task ApplyAsync(ReportingDb db, IReadOnlyList<ArchivedEvent> archived)
        {
            var events = archived
                .Where(e => ArchiveModule.Events.ContainsKey(e.Name))
                .Select(e =>
                    (IIntegrationEvent)
                        JsonSerializer.Deserialize(e.Body, ArchiveModule.Events[e.Name], EventJson.Options)!
                )
                .ToList();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await db.Database.ExecuteSqlAsync(
                $"SELECT set_config('search_path', 'rebuild, public', true)",
                cancellation
            );
            await db.ApplyAsync(events, cancellation);
            foreach (var erased in events.OfType<IRecordErasedEvent>())
            {
                // It may have been erased since its events were read.
                await DropPersonalData.DropFactsAsync(
                    db,
                    [erased.Record.RecordId, .. erased.Record.Parts],
                    cancellation
                );
            }

            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        private async Task ExchangeAsync(long last)
        {
            await using var transaction = await _db.Database.BeginTransactionAsync(cancellation);
            await _db.LockAsync(Projections.Writers, cancellation);
            await ReplayAsync(last, await _db.Archive.MaxAsync(e => (long?)e.Sequence, cancellation) ?? 0);
            foreach (var table in FactTables)
            {
                // A row that is as it was keeps its time: tools need not fetch it again.
                await ExecuteAsync(
                    $"UPDATE rebuild.{table} n SET changed_at = o.changed_at FROM public.{table} o WHERE o.id = n.id"
                        + " AND to_jsonb(o) - 'changed_at' = to_jsonb(n) - 'changed_at'"
                );
            }

            foreach (var table in Tables.Reverse())
            {
                await ExecuteAsync($"DELETE FROM public.{table}");
            }

            foreach (var table in Tables)
            {
                await ExecuteAsync($"INSERT INTO public.{table} SELECT * FROM rebuild.{table}");
            }

            await transaction.CommitAsync(cancellation);
        }

        private async Task ExecuteAsync(string statement)
        {
            await using var command = _db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Names of our own tables only.
            command.CommandText = statement;
#pragma warning restore CA2100
            command.CommandTimeout = (int)TimeSpan.FromHours(1).TotalSeconds;
            await command.ExecuteNonQueryAsync(cancellation);
        }

        private static bool IsFact(Type? type) => type?.IsAssignableTo(typeof(Fact)) == true;
    }
}
