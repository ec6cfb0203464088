using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Reviews.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Reviews.Features;

/// <summary>Half-year reviews (C5.8.1 D).</summary>
internal static class ReadHalfYearReviews
{
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<HalfYearReviewState>? State { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/half-year-reviews", ListAsync)
            .AsQuery()
            .WithName("ListHalfYearReviews")
            .WithSummary("Half-year reviews, newest first")
            .WithDescription("Rule C5.8.1 D. For staff.")
            .Produces<Page<HalfYearReviewView>>();
        routes
            .MapGet("/half-year-reviews/{id:guid}", GetAsync)
            .AsQuery()
            .WithName("GetHalfYearReview")
            .WithSummary("A half-year review")
            .WithDescription("Rule C5.8.1 D. For staff.")
            .Produces<HalfYearReviewView>();
    }

    private static Task<QueryResult> ListAsync(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        StaffAccess
            .Of<HalfYearReview>(caller.Actor)
            .In(r => r.State, query.State?.Values)
            .ToPageAsync(store, query, r => HalfYearReviewView.From(r, caller), cancellation);

    private static Task<QueryResult> GetAsync(
        Guid id,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ReadAsync(
            store,
            StaffAccess.Of<HalfYearReview>(caller.Actor),
            id,
            HalfYearReviewView.From,
            cancellation
        );
}
