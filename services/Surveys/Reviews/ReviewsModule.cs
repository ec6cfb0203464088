using CustomerService.Records;
using CustomerService.Surveys.Reviews.Domain;
using CustomerService.Surveys.Reviews.Features;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Reviews;

/// <summary>Half-year reviews of management, product quality and after-sales (C5.8.1 D).</summary>
internal static class ReviewsModule
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Half-year reviews");
        OpenHalfYearReview.Map(group);
        ReadHalfYearReviews.Map(group);
        MoveHalfYearReview.Map(group);
        PrintHalfYearReview.Map(group);
        group.MapRecords(
            "half-year-reviews",
            nameof(HalfYearReview),
            DocumentRecordStore.Finds(StaffAccess.Of<HalfYearReview>)
        );
        group.MapAssignment<HalfYearReview, HalfYearReviewView>(
            "half-year-reviews",
            (r, caller, _) => HalfYearReviewView.From(r, caller)
        );
    }
}
