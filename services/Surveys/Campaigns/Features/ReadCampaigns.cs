using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>Campaigns (C5.8.2).</summary>
internal static class ReadCampaigns
{
    internal sealed record Query : PageQuery
    {
        /// <summary>Population, A to D.</summary>
        public KindFilter? Kind { get; init; }

        /// <summary>States, joined by commas.</summary>
        public EnumFilter<CampaignState>? State { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/campaigns", ListAsync)
            .AsQuery()
            .WithName("ListCampaigns")
            .WithSummary("Campaigns, newest first")
            .WithDescription("Rule C5.8.2. For staff.")
            .Produces<Page<CampaignView>>();
        routes
            .MapGet("/campaigns/{id:guid}", GetAsync)
            .AsQuery()
            .WithName("GetCampaign")
            .WithSummary("A campaign")
            .WithDescription("Rule C5.8.2. For staff.")
            .Produces<CampaignView>();
    }

    private static Task<QueryResult> ListAsync(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        LinkTokens tokens,
        CancellationToken cancellation
    ) =>
        StaffAccess
            .Of<Campaign>(caller.Actor)
            .Where(c => c.Survey, query.Kind?.Value)
            .In(c => c.State, query.State?.Values)
            .ToPageAsync(store, query, c => CampaignView.From(c, caller, tokens), cancellation);

    private static Task<QueryResult> GetAsync(
        Guid id,
        IDocumentStore store,
        Caller caller,
        LinkTokens tokens,
        CancellationToken cancellation
    ) =>
        caller.ReadAsync(
            store,
            StaffAccess.Of<Campaign>(caller.Actor),
            id,
            (campaign, by) => CampaignView.From(campaign, by, tokens),
            cancellation
        );
}
