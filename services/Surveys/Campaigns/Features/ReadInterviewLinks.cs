using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>Links of interviewers, without their secrets (C5.8.2).</summary>
internal static class ReadInterviewLinks
{
    internal sealed record Query : PageQuery
    {
        /// <summary>The campaign.</summary>
        public Guid? CampaignId { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/interview-links", ListAsync)
            .AsQuery()
            .WithName("ListInterviewLinks")
            .WithSummary("Links of interviewers, newest first")
            .WithDescription("Rule C5.8.2. Without their secrets. For staff.")
            .Produces<Page<InterviewLinkView>>();
        routes
            .MapGet("/interview-links/{id:guid}", GetAsync)
            .AsQuery()
            .WithName("GetInterviewLink")
            .WithSummary("A link of an interviewer")
            .WithDescription("Rule C5.8.2. Without its secret. For staff.")
            .Produces<InterviewLinkView>();
    }

    private static Task<QueryResult> ListAsync(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        StaffAccess
            .Of<InterviewLink>(caller.Actor)
            .Where(l => l.CampaignId, query.CampaignId)
            .ToPageAsync(store, query, l => InterviewLinkView.From(l, caller), cancellation);

    private static Task<QueryResult> GetAsync(
        Guid id,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ReadAsync(store, StaffAccess.Of<InterviewLink>(caller.Actor), id, InterviewLinkView.From, cancellation);
}
