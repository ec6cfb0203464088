using CustomerService.Reporting.Data;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Subscriptions.Features;

internal static class ListReportDeliveries
{
    internal sealed record Query : PageQuery
    {
        /// <summary>waiting, sent, unchanged, below-threshold or given-up.</summary>
        public EnumFilter<ReportDeliveryState>? State { get; init; }
    }

    /// <summary>A report of one instant.</summary>
    /// <param name="Id">The delivery.</param>
    /// <param name="State">What became of it.</param>
    /// <param name="DueAt">The instant of the schedule, UTC.</param>
    /// <param name="Attempts">How often it was tried.</param>
    /// <param name="Rows">Rows of the report.</param>
    /// <param name="NextAt">When it is tried next, UTC.</param>
    /// <param name="EndedAt">When it came to its end, UTC.</param>
    /// <param name="Error">What went wrong last.</param>
    internal sealed record Item(
        Guid Id,
        ReportDeliveryState State,
        DateTimeOffset DueAt,
        int Attempts,
        int? Rows,
        DateTimeOffset? NextAt,
        DateTimeOffset? EndedAt,
        string? Error
    )
    {
        public static Item Of(ReportDelivery d) =>
            new(
                d.Id,
                d.State,
                d.DueAt,
                d.Attempts,
                d.Rows,
                d.State == ReportDeliveryState.Waiting ? d.NextAt : null,
                d.EndedAt,
                d.Error
            );
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/subscriptions/{id:guid}/deliveries", Handle)
            .AsQuery()
            .WithSummary("What was sent, and what could not be, the newest first")
            .WithDescription("Rule C3.1.3. Walk on with `after`.")
            .Produces<Page<Item>>();

    private static async Task<QueryResult> Handle(
        Guid id,
        [AsParameters] Query query,
        ReportingDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (!query.TryAfter(out var after))
        {
            return PageQuery.BadCursor;
        }

        if (!await db.Set<Subscription>().VisibleTo(caller.Actor).AnyAsync(s => s.Id == id, cancellation))
        {
            return QueryResult.NotFound;
        }

        var read = await db.Set<ReportDelivery>()
            .AsNoTracking()
            .Where(d => d.SubscriptionId == id)
            .Where(query.State, states => d => states.Contains(d.State))
            .Where(after, last => d => d.Id < last)
            .OrderByDescending(d => d.Id)
            .Take(query.Size + 1)
            .ToListAsync(cancellation);
        return QueryResult.Of(Lists.Cut(read, query, d => d.Id.ToString("N"), Item.Of));
    }
}
