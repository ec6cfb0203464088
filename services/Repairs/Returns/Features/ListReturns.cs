using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Returns.Features;

internal static class ListReturns
{
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<ReturnCaseState>? State { get; init; }

        /// <summary>return or exchange.</summary>
        public EnumFilter<ReturnKind>? Kind { get; init; }

        /// <summary>The customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>Severities, joined by commas.</summary>
        public EnumFilter<Severity>? Severity { get; init; }

        /// <summary>Rule C5.1.5: somebody holds the red copy for longer than the policy's days.</summary>
        public bool? SlipHeldTooLong { get; init; }

        /// <summary>Rule C3.1.1: the goods have not moved for longer than the policy's days.</summary>
        public bool? Idle { get; init; }

        /// <summary>Rule C5.1.5: shipped in advance, and the deadline has passed.</summary>
        public bool? AdvanceOverdue { get; init; }

        /// <summary>The number.</summary>
        public TextFilter? Number { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/return-cases", Handle)
            .AsQuery()
            .WithSummary("The returns and exchanges that the caller may see, the newest first")
            .WithDescription(
                "Rules C5.1.3, C5.1.5, C3.1.1. Customers see their own. `idle=true` is the list of goods that have not moved. "
                    + "400: bad-filter, bad-cursor."
            )
            .Produces<Page<ReturnCaseListItem>>();
        routes
            .MapGet("/return-cases/{id:guid}", GetReturn)
            .AsQuery()
            .WithSummary("A return or exchange")
            .WithDescription("Rules C5.1.3, C5.1.4, C5.1.5. 404 where the caller may not see it.")
            .Produces<ReturnCaseView>();
    }

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        CommandContexts contexts,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var customerId = await moves.StayedAsync(query.CustomerId, cancellation);
        var policy = contexts.For(caller.Actor).Policy.Rmas;
        var since = caller.Now.AddDays(-policy.SlipDays);
        var idleSince = caller.Now.AddDays(-policy.IdleDays);
        return await db
            .ReturnCases.VisibleTo(caller.Actor)
            .Where(query.State, states => one => states.Contains(one.State))
            .Where(query.Kind, kinds => one => kinds.Contains(one.ReturnKind))
            .Where(customerId, id => one => one.CustomerId == id)
            .Where(query.Severity, severities => one => severities.Contains(one.Severity))
            .Where(
                query.SlipHeldTooLong,
                held => one => (one.SlipHeldSince != null && one.SlipHeldSince < since) == held
            )
            .Where(
                query.Idle,
                idle => one => (one.HeldSince != null && one.HeldSince < idleSince && one.ClosedOn == null) == idle
            )
            .Where(query.AdvanceOverdue, overdue => one => (one.AdvanceOverdueOn != null) == overdue)
            .Where(query.Number, number => one => one.Number == number)
            .ToPageAsync(query, one => ReturnCaseListItem.From(one, caller), cancellation);
    }

    private static Task<QueryResult> GetReturn(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.ReturnCases.VisibleTo(caller.Actor), id, ReturnCaseView.From, cancellation);
}
