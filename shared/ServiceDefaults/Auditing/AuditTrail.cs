using System.Data;
using CustomerService.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.ServiceDefaults;

/// <summary>The audit trail of one record.</summary>
/// <param name="AggregateId">The record.</param>
/// <param name="AggregateType">Its kind, such as <c>complaint</c>.</param>
/// <param name="Intact">False when the chain of hashes is broken; the command <c>verify-audit</c> says where.</param>
/// <param name="Entries">All entries, the oldest first.</param>
public sealed record AuditTrailView(
    Guid AggregateId,
    string AggregateType,
    bool Intact,
    IReadOnlyList<AuditEntry> Entries
);

/// <summary>The endpoint <c>GET …/audit/{aggregateId}</c>, the same in every service.</summary>
public static class AuditTrail
{
    /// <summary>For a service on EF Core.</summary>
    public static void MapAuditTrail<TDb>(this IEndpointRouteBuilder routes)
        where TDb : DbContext =>
        routes.MapAuditTrail(
            async (context, aggregateId, cancellationToken) =>
            {
                var store = context.RequestServices.GetRequiredService<TDb>();
                // Head and entries of one moment: a record that is changed between the two reads
                // would look cut off.
                await using var moment = await store.Database.BeginTransactionAsync(
                    IsolationLevel.RepeatableRead,
                    cancellationToken
                );
                var rows = await store
                    .Set<AuditRow>()
                    .AsNoTracking()
                    .Where(row => row.AggregateId == aggregateId)
                    .OrderBy(row => row.Sequence)
                    .ToListAsync(cancellationToken);
                return (
                    [.. rows.Select(row => row.ToEntry())],
                    await AuditVerification.HeadAsync(store, aggregateId, cancellationToken)
                );
            }
        );

    /// <summary>For a service on another database.</summary>
    /// <param name="routes">The versioned routes of the service.</param>
    /// <param name="read">All entries of a record in order, and what the record itself remembers, null where
    /// there is no such record; both of one moment.</param>
    public static void MapAuditTrail(
        this IEndpointRouteBuilder routes,
        Func<HttpContext, Guid, CancellationToken, Task<(IReadOnlyList<AuditEntry> Entries, AuditHead? Head)>> read
    ) =>
        routes
            .MapGet(
                "/audit/{aggregateId:guid}",
                async (Guid aggregateId, HttpContext context, Caller caller, CancellationToken cancellationToken) =>
                {
                    // Other callers do not learn that the record exists.
                    var (entries, head) =
                        caller.Actor.HasAny(Roles.Staff) || caller.Actor.Has(Roles.Operator)
                            ? await read(context, aggregateId, cancellationToken)
                            : ([], null);
                    // A record that remembers a chain and has none has lost all of it; an entry
                    // without its record has lost the record.
                    return entries.Count == 0 && (head is null || head.Hash == AuditEntry.Genesis)
                        ? QueryResult.NotFound
                        : QueryResult.Of(
                            new AuditTrailView(
                                aggregateId,
                                entries.Count > 0 ? entries[0].AggregateType : head!.Kind,
                                entries.Count > 0 && AuditVerification.Check(entries, head?.Hash) is null,
                                caller.IsStaff ? entries : [.. entries.Select(ForOperators)]
                            )
                        );
                }
            )
            .AsQuery()
            .WithName("GetAuditTrail")
            .WithTags("Audit")
            .WithSummary("Who did what to a record, when and why")
            .WithDescription(
                "Rule P3.3. For staff and operators; operators see who did what and when, and not why, which tells "
                    + "of the record's contents. Each entry carries the hash of the one before; "
                    + "the program's command verify-audit checks all chains."
            )
            .Produces<AuditTrailView>();

    // Listed, so that what an entry is given one day is not shown unasked. The hash tells nothing.
    private static AuditEntry ForOperators(AuditEntry entry) =>
        new(
            entry.AggregateType,
            entry.AggregateId,
            entry.Sequence,
            entry.Action,
            entry.From,
            entry.To,
            entry.ActorId,
            entry.ActorName,
            entry.At,
            Why: null,
            entry.PolicyVersion,
            entry.PreviousHash,
            entry.Hash
        );
}
