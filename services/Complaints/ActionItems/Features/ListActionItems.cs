using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.ActionItems.Features;

internal static class ListActionItems
{
    /// <summary>Filters; all given ones must hold.</summary>
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<ActionItemState>? State { get; init; }

        /// <summary>What they are for, joined by commas.</summary>
        public EnumFilter<ActionPurpose>? Purpose { get; init; }

        /// <summary>The record that they belong to.</summary>
        public Guid? SourceId { get; init; }

        /// <summary>The complaint behind them.</summary>
        public Guid? ComplaintId { get; init; }

        /// <summary>Code of the department that carries them out.</summary>
        public TextFilter? Department { get; init; }

        /// <summary>True: the caller's own.</summary>
        public bool? Mine { get; init; }

        /// <summary>Not carried out in time.</summary>
        public bool? Overdue { get; init; }

        /// <summary>True: neither settled nor withdrawn.</summary>
        public bool? Open { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/action-items", Handle)
            .AsQuery()
            .WithSummary("Action items, the newest first")
            .WithDescription("Rules C3.1.4, C5.3.1, C5.5, C5.6.2, C5.7; staff.")
            .Produces<Page<ActionItemListItem>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var me = caller.Actor.Id;
        return db
            .ActionItems.VisibleTo(caller.Actor)
            .Where(query.State, states => item => states.Contains(item.State))
            .Where(query.Purpose, purposes => item => purposes.Contains(item.Purpose))
            .Where(query.SourceId, id => item => item.SourceId == id)
            .Where(query.ComplaintId, id => item => item.ComplaintId == id)
            .Where(query.Department, code => item => item.Department == code)
            .Where(query.Mine, mine => item => (item.OwnerId == me) == mine)
            .Where(query.Overdue, overdue => ActionItemDeadlines.Overdue(overdue, caller.Today))
            .Where(
                query.Open,
                open =>
                    item => (item.State != ActionItemState.Settled && item.State != ActionItemState.Withdrawn) == open
            )
            .ToPageAsync(query, item => ActionItemListItem.From(item, caller), cancellation);
    }
}
