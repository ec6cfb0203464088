using CustomerService.Reporting.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Retention.Features;

internal static class ListRetentionRegister
{
    /// <summary>What became of a record.</summary>
    internal enum LineState
    {
        Open,
        Kept,
        Held,
        Erased,
    }

    internal sealed record Query : PageQuery
    {
        /// <summary>projects, repairs, complaints or surveys.</summary>
        public TextFilter? Service { get; init; }

        /// <summary>Kind of the record, for example repair-order.</summary>
        public TextFilter? Kind { get; init; }

        /// <summary>Number of the record.</summary>
        public TextFilter? Number { get; init; }

        /// <summary>open, kept, held or erased.</summary>
        public EnumFilter<LineState>? State { get; init; }

        /// <summary>Department that answers for it.</summary>
        public TextFilter? Department { get; init; }

        /// <summary>Closed on this day or later.</summary>
        public Day? ClosedFrom { get; init; }

        /// <summary>Closed on this day or before.</summary>
        public Day? ClosedTo { get; init; }

        /// <summary>To be kept until this day or later.</summary>
        public Day? KeepThroughFrom { get; init; }

        /// <summary>To be kept until this day or before.</summary>
        public Day? KeepThroughTo { get; init; }
    }

    /// <summary>A line of the register.</summary>
    internal sealed record Line
    {
        /// <summary>The record.</summary>
        public required Guid Id { get; init; }

        /// <summary>Its number, where it has one.</summary>
        public required string? Number { get; init; }

        /// <summary>open, kept, held or erased.</summary>
        public required string State { get; init; }

        /// <summary>Service of the record.</summary>
        public required string Service { get; init; }

        /// <summary>Kind of the record.</summary>
        public required string RecordKind { get; init; }

        /// <summary>Department that answers for it.</summary>
        public required string? Department { get; init; }

        /// <summary>Day on which it was closed.</summary>
        public required DateOnly? ClosedOn { get; init; }

        /// <summary>Last day on which it must be there; 9999-12-31 under a hold without an end.</summary>
        public required DateOnly? KeepThrough { get; init; }

        /// <summary>Whether a legal hold stands.</summary>
        public required bool Held { get; init; }

        /// <summary>Last day of the hold, where it has one.</summary>
        public required DateOnly? HoldThrough { get; init; }

        /// <summary>Department that asked for more.</summary>
        public required string? AskedBy { get; init; }

        /// <summary>When it was erased, UTC.</summary>
        public required DateTimeOffset? ErasedAt { get; init; }

        /// <summary>Who erased it.</summary>
        public required string? ErasedBy { get; init; }

        /// <summary>Why.</summary>
        public required string? ErasedBecause { get; init; }

        /// <summary>Hash of what was erased; the audit trail of its service has the same.</summary>
        public required string? Sha256 { get; init; }

        public static Line Of(RetentionFact fact) =>
            new()
            {
                Id = fact.Id,
                Number = fact.Number,
                State = fact.State,
                Service = fact.Service,
                RecordKind = fact.RecordKind,
                Department = fact.Department,
                ClosedOn = fact.ClosedOn,
                KeepThrough = fact.KeepThrough,
                Held = fact.Held,
                HoldThrough = fact.HoldThrough,
                AskedBy = fact.AskedBy,
                ErasedAt = fact.ErasedAt,
                ErasedBy = fact.ErasedBy,
                ErasedBecause = fact.ErasedBecause,
                Sha256 = fact.Sha256,
            };
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/retention-register", Handle)
            .AsQuery()
            .WithSummary(
                "The retention register: closed records of all services, how long they are kept, what was erased"
            )
            .WithDescription("Rule C8. For staff. Holding and erasing are done in the service of the record.")
            .Produces<Page<Line>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ReportingDb db,
        CancellationToken cancellation
    )
    {
        if (!query.TryAfter(out var after))
        {
            return PageQuery.BadCursor;
        }

        var read = await db.Set<RetentionFact>()
            .AsNoTracking()
            .Where(query.Service, service => fact => fact.Service == service)
            .Where(query.Kind, kind => fact => fact.RecordKind == kind)
            .Where(query.Number, number => fact => fact.Number == number)
            .Where(
                query.State,
                states =>
                {
                    var words = states.Select(state => state.ToKebab()).ToList();
                    return fact => words.Contains(fact.State!);
                }
            )
            .Where(query.Department, department => fact => fact.Department == department)
            .Where(query.ClosedFrom, day => fact => fact.ClosedOn >= day)
            .Where(query.ClosedTo, day => fact => fact.ClosedOn <= day)
            .Where(query.KeepThroughFrom, day => fact => fact.KeepThrough >= day)
            .Where(query.KeepThroughTo, day => fact => fact.KeepThrough <= day)
            .Where(after, last => fact => fact.Id < last)
            .OrderByDescending(fact => fact.Id)
            .Take(query.Size + 1)
            .ToListAsync(cancellation);
        return QueryResult.Of(Lists.Cut(read, query, fact => fact.Id.ToString("N"), Line.Of));
    }
}
