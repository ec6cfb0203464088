using System.Data;
using System.Globalization;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.ServiceDefaults;

/// <summary>A break in an audit chain.</summary>
/// <param name="AggregateType">Kind of the record.</param>
/// <param name="AggregateId">The record.</param>
/// <param name="Sequence">Where it breaks.</param>
/// <param name="Problem">What is wrong: <c>gap</c>, <c>changed</c>, <c>unlinked</c>, <c>cut-off</c>, or
/// <c>orphaned</c> where the record itself is gone.</param>
public sealed record AuditBreak(string AggregateType, Guid AggregateId, long Sequence, string Problem);

/// <summary>What a record remembers of its chain.</summary>
/// <param name="Kind">Kind of the record.</param>
/// <param name="Hash">Hash of the last entry.</param>
public sealed record AuditHead(string Kind, string Hash);

/// <summary>Walks audit chains and says where they are broken.</summary>
public static class AuditVerification
{
    /// <summary>Checks the entries of one aggregate, in order of sequence.</summary>
    /// <param name="entries">All entries of the aggregate.</param>
    /// <param name="head">Hash that the aggregate itself remembers as the last one; null when there is no such
    /// aggregate.</param>
    public static AuditBreak? Check(IReadOnlyList<AuditEntry> entries, string? head)
    {
        var previous = AuditEntry.Genesis;
        long sequence = 0;
        foreach (var entry in entries)
        {
            sequence++;
            var problem =
                entry.Sequence != sequence ? "gap"
                : entry.PreviousHash != previous ? "unlinked"
                : entry.ComputeHash() != entry.Hash ? "changed"
                : null;
            if (problem is not null)
            {
                return new AuditBreak(entry.AggregateType, entry.AggregateId, sequence, problem);
            }

            previous = entry.Hash;
        }

        return head == previous || entries.Count == 0 ? null
            : head is null ? new AuditBreak(entries[^1].AggregateType, entries[^1].AggregateId, sequence, "orphaned")
            : new AuditBreak(entries[^1].AggregateType, entries[^1].AggregateId, sequence + 1, "cut-off");
    }

    /// <summary>What the record of this identity remembers; null where there is none.</summary>
    internal static async Task<AuditHead?> HeadAsync(
        DbContext store,
        Guid aggregateId,
        CancellationToken cancellationToken
    )
    {
        foreach (var (type, records) in Records(store))
        {
            if (
                await records
                    .Where(a => a.Id == aggregateId)
                    .Select(a => a.AuditHead)
                    .FirstOrDefaultAsync(cancellationToken) is
                { } hash
            )
            {
                return new AuditHead(Spelling.Kebab(type.Name), hash);
            }
        }

        return null;
    }

    private static IEnumerable<(Type Type, IQueryable<Aggregate> Records)> Records(DbContext store) =>
        store
            .Model.GetEntityTypes()
            .Where(t => t.ClrType.IsAssignableTo(typeof(Aggregate)) && t.BaseType is null)
            .Select(t =>
                (
                    t.ClrType,
                    (
                        (IQueryable<Aggregate>)
                            typeof(DbContext)
                                .GetMethod(nameof(DbContext.Set), Type.EmptyTypes)!
                                .MakeGenericMethod(t.ClrType)
                                .Invoke(store, null)!
                    )
                        .IgnoreAutoIncludes()
                        .IgnoreQueryFilters()
                        .AsNoTracking()
                )
            );

    /// <summary>Checks every chain of a store, streaming: memory does not grow with the
    /// trail.</summary>
    public static async Task<(long Chains, long Entries, IReadOnlyList<AuditBreak> Breaks)> CheckStoreAsync(
        DbContext store,
        CancellationToken cancellationToken
    )
    {
        // Heads and entries of one moment: a record that is changed between the two reads would
        // look cut off.
        await using var moment = await store.Database.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            cancellationToken
        );
        var heads = new Dictionary<Guid, (string Kind, string Head)>();
        foreach (var (type, records) in Records(store))
        {
            await foreach (
                var row in records
                    .Select(a => new { a.Id, a.AuditHead })
                    .AsAsyncEnumerable()
                    .WithCancellation(cancellationToken)
            )
            {
                heads[row.Id] = (type.Name, row.AuditHead);
            }
        }

        long chains = 0,
            count = 0;
        var breaks = new List<AuditBreak>();
        var current = new List<AuditEntry>();
        void Finish()
        {
            if (current.Count == 0)
            {
                return;
            }

            chains++;
            var known = heads.Remove(current[0].AggregateId, out var head);
            if (Check(current, known ? head.Head : null) is { } broken)
            {
                breaks.Add(broken);
            }

            current.Clear();
        }

        await foreach (
            var row in store
                .Set<AuditRow>()
                .AsNoTracking()
                .OrderBy(r => r.AggregateId)
                .ThenBy(r => r.Sequence)
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken)
        )
        {
            if (current.Count > 0 && current[0].AggregateId != row.AggregateId)
            {
                Finish();
            }

            current.Add(row.ToEntry());
            count++;
        }

        Finish();
        breaks.AddRange(
            heads
                .Where(h => h.Value.Head != AuditEntry.Genesis)
                .Select(h => new AuditBreak(Spelling.Kebab(h.Value.Kind), h.Key, 1, "cut-off"))
        );
        return (chains, count, breaks);
    }
}

/// <summary><c>verify-audit</c>: exit code 0 when every chain holds, 1 with a line for each
/// break.</summary>
internal sealed class VerifyAuditCommand<TDb> : IServiceCommand
    where TDb : DbContext
{
    public string Name => "verify-audit";

    public async Task<int> RunAsync(
        string[] args,
        IServiceProvider services,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var (chains, entries, breaks) = await AuditVerification.CheckStoreAsync(
            services.GetRequiredService<TDb>(),
            cancellationToken
        );
        foreach (var found in breaks)
        {
            await output.WriteLineAsync(
                $"BROKEN {found.AggregateType} {found.AggregateId} "
                    + $"at entry {found.Sequence.ToString(CultureInfo.InvariantCulture)}: {found.Problem}"
            );
        }

        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{entries} entries in {chains} chains, {breaks.Count} broken")
        );
        return breaks.Count == 0 ? 0 : 1;
    }
}
