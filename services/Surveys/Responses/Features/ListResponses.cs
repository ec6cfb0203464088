using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>Responses, the newest first: what customer service analyses (C5.9).</summary>
internal static class ListResponses
{
    internal sealed record Query : PageQuery
    {
        /// <summary>Kind of survey, A to D.</summary>
        public KindFilter? Kind { get; init; }

        /// <summary>States, joined by commas.</summary>
        public EnumFilter<ResponseState>? State { get; init; }

        /// <summary>Verdicts, joined by commas; for staff.</summary>
        public EnumFilter<Verdict>? Verdict { get; init; }

        /// <summary>Organisation of the customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>Code of the department that the form judges; for staff.</summary>
        public TextFilter? Department { get; init; }

        /// <summary>The invitation that it answers.</summary>
        public Guid? InvitationId { get; init; }

        /// <summary>The campaign.</summary>
        public Guid? CampaignId { get; init; }

        /// <summary>First day of receipt.</summary>
        public Day? ReceivedFrom { get; init; }

        /// <summary>Last day of receipt.</summary>
        public Day? ReceivedTo { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/responses", Handle)
            .AsQuery()
            .WithSummary("Responses, newest first")
            .WithDescription("Rules C5.8.3 and C5.9. Staff see all, a customer those of its own organisation.")
            .Produces<Page<ResponseListItem>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var customerId = await moves.StayedAsync(query.CustomerId, cancellation);
        return await ResponseAccess
            .VisibleTo(caller.Actor)
            .Where(r => r.Survey, query.Kind?.Value)
            .In(r => r.State, query.State?.Values)
            .In(r => r.Verdict, query.Verdict?.Values)
            .Where(r => r.CustomerId, customerId)
            .Where(r => r.Department, query.Department?.Value)
            .Where(r => r.InvitationId, query.InvitationId)
            .Where(r => r.CampaignId, query.CampaignId)
            .Between(r => r.ReceivedOn, query.ReceivedFrom?.Value, query.ReceivedTo?.Value)
            .ToPageAsync(store, query, r => ResponseListItem.From(r, caller), cancellation);
    }
}
