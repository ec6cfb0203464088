using CustomerService.Surveys.Reviews.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Reviews;

/// <summary>How half-year reviews are kept and found.</summary>
internal static class HalfYearReviewDocument
{
    public static DocumentType<HalfYearReview> Type { get; } =
        DocumentType
            .Of<HalfYearReview>("half-year-review", "half_year_reviews")
            // A half-year is reviewed once; when that was given up it is opened again.
            .UniqueWhereSet(r => r.Key)
            .Index(r => r.State);
}
