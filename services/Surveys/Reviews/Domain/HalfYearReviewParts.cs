using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Reviews.Domain;

/// <summary>What the company reviews of itself (C5.8.1 D).</summary>
internal enum ReviewChapter
{
    Management,
    ProductQuality,
    AfterSales,
}

/// <summary>Which items of the form belong to which chapter.</summary>
internal static class ReviewChapters
{
    private static readonly string[] OfManagement = ["E.responsiveness", "E.contract", "E.billing"];
    private static readonly string[] OfProduct = ["A", "B", "C"];

    public static IReadOnlyList<ReviewChapter> All { get; } = Enum.GetValues<ReviewChapter>();

    /// <summary>The chapter of an item; null where it says nothing of the company itself: comparison and
    /// wishes.</summary>
    public static ReviewChapter? Of(string item) =>
        OfManagement.Contains(item) ? ReviewChapter.Management
        : OfProduct.Contains(item.Split('.')[0]) ? ReviewChapter.ProductQuality
        : item.StartsWith("E.", StringComparison.Ordinal) ? ReviewChapter.AfterSales
        : null;

    /// <summary>Who writes a chapter.</summary>
    public static IReadOnlyList<string> AuthorsOf(ReviewChapter chapter) =>
        chapter switch
        {
            ReviewChapter.Management => [Roles.ManagementRepresentative],
            ReviewChapter.ProductQuality => [Roles.Qc, Roles.QcHead],
            _ => [Roles.AfterSales, Roles.CustomerService],
        };
}

/// <summary>Half a year.</summary>
/// <param name="Year">The year.</param>
/// <param name="Half">1 or 2.</param>
internal sealed record HalfYear(int Year, int Half)
{
    [JsonIgnore]
    public DateOnly From => new(Year, Half == 1 ? 1 : 7, 1);

    [JsonIgnore]
    public DateOnly To => From.AddMonths(6).AddDays(-1);

    [JsonIgnore]
    public HalfYear Before => Half == 1 ? new(Year - 1, 2) : new(Year, 1);
}

/// <summary>An item in a half-year, beside the half-year before.</summary>
/// <param name="Item">Its code.</param>
/// <param name="Names">Its words.</param>
/// <param name="Figures">How it was graded.</param>
/// <param name="PercentBefore">Its percentage in the half-year before; null where it was not graded.</param>
internal sealed record ReviewedItem(string Item, Words Names, Tally Figures, decimal? PercentBefore);

/// <summary>What the forms say of a chapter.</summary>
/// <param name="Chapter">The chapter.</param>
/// <param name="Figures">All its grades together.</param>
/// <param name="PercentBefore">In the half-year before; null where nothing was graded.</param>
/// <param name="Items">Its items, the worst first.</param>
internal sealed record ChapterFigures(
    ReviewChapter Chapter,
    Tally Figures,
    decimal? PercentBefore,
    IReadOnlyList<ReviewedItem> Items
);

/// <summary>The figures of a review, frozen when it was opened.</summary>
/// <param name="Overall">Overall grades (C5.10).</param>
/// <param name="PercentBefore">The rate of the half-year before.</param>
/// <param name="GoalPercent">The company's quality goal.</param>
/// <param name="Chapters">By chapter.</param>
/// <param name="PointsAssessed">Assessments of service points that were held.</param>
/// <param name="PointsPercent">Their mean score in percent; null where there was none.</param>
internal sealed record ReviewFigures(
    Tally Overall,
    decimal? PercentBefore,
    decimal GoalPercent,
    IReadOnlyList<ChapterFigures> Chapters,
    int PointsAssessed,
    decimal? PointsPercent
);

/// <summary>What the company says to a chapter.</summary>
internal sealed record ChapterText(ReviewChapter Chapter, string Text, Stamp By);

/// <summary>A measure of a chapter.</summary>
/// <param name="Number">1, 2, 3 … within the review.</param>
/// <param name="Chapter">The chapter.</param>
/// <param name="What">What is done.</param>
/// <param name="Department">Code of the department that does it.</param>
/// <param name="DueOn">Last day.</param>
/// <param name="SetBy">Who set it.</param>
internal sealed record ReviewMeasure(
    int Number,
    ReviewChapter Chapter,
    string What,
    string Department,
    DateOnly DueOn,
    Stamp SetBy
)
{
    /// <summary>What was done.</summary>
    public string? Done { get; init; }

    public Stamp? DoneBy { get; init; }

    public Stamp? VerifiedBy { get; init; }
}

/// <summary>Something that concerns a chapter.</summary>
internal record OnChapter(ReviewChapter Chapter);

/// <summary>A measure as it is to be set.</summary>
internal sealed record GivenMeasure(ReviewChapter Chapter, string What, string Department, DateOnly? DueOn)
    : OnChapter(Chapter);
