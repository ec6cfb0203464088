using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Invitations.Features;

/// <summary>Invitations, the newest first (C5.8.2).</summary>
internal static class ListInvitations
{
    internal sealed record Query : PageQuery
    {
        /// <summary>Kind of survey, A to D.</summary>
        public KindFilter? Kind { get; init; }

        /// <summary>States, joined by commas.</summary>
        public EnumFilter<InvitationState>? State { get; init; }

        /// <summary>Organisation of the customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>Code of the department that the form judges.</summary>
        public TextFilter? Department { get; init; }

        /// <summary>The record that it is about.</summary>
        public Guid? SourceId { get; init; }

        /// <summary>First day of sending.</summary>
        public Day? SentFrom { get; init; }

        /// <summary>Last day of sending.</summary>
        public Day? SentTo { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/invitations", Handle)
            .AsQuery()
            .WithSummary("Invitations, newest first")
            .WithDescription("Rule C5.8.2. Staff see all, a customer those of its own organisation.")
            .Produces<Page<InvitationListItem>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var customerId = await moves.StayedAsync(query.CustomerId, cancellation);
        return await InvitationAccess
            .VisibleTo(caller.Actor)
            .Where(i => i.Survey, query.Kind?.Value)
            .In(i => i.State, query.State?.Values)
            .Where(i => i.CustomerId, customerId)
            .Where(i => i.Department, query.Department?.Value)
            .Where(i => i.SourceId, query.SourceId)
            .Between(i => i.SentOn, query.SentFrom?.Value, query.SentTo?.Value)
            .ToPageAsync(store, query, i => InvitationListItem.From(i, caller), cancellation);
    }
}
