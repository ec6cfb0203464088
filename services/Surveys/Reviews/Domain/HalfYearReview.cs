using System.Globalization;
using CustomerService.Rules;

namespace CustomerService.Surveys.Reviews.Domain;

/// <summary>The company reviews half a year of its customers' grades: management, product quality, after-sales, each
/// with measures (C5.8.1 D).</summary>
internal sealed class HalfYearReview
    : Aggregate<HalfYearReview, HalfYearReviewState, HalfYearReviewAction>,
        IUnderPolicy
{
    private HalfYearReview() { }

    public override string Kind => "half-year-review";

    public override WorkSubject WorkSubject => new(Number, Number);

    protected override DateTimeOffset? DueOf(HalfYearReviewAction action, CommandContext context) =>
        Measures.Where(m => m.VerifiedBy is null).Select(m => (DateOnly?)m.DueOn).Min() is { } due
        && State == HalfYearReviewState.Issued
            ? context.Zone.EndOf(due)
            : null;

    /// <summary>Such as <c>BN-2026-1</c>; there is one review a half-year.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The number, until the review is given up: a half-year is reviewed once.</summary>
    public string? Key { get; private set; }

    public HalfYear Period { get; private set; } = null!;

    public ReviewFigures Figures { get; private set; } = null!;

    public IReadOnlyList<ChapterText> Texts { get; private set; } = [];

    public IReadOnlyList<ReviewMeasure> Measures { get; private set; } = [];

    public Stamp OpenedBy { get; private set; } = null!;

    public Stamp? IssuedBy { get; private set; }

    public Stamp? ClosedBy { get; private set; }

    public int PolicyVersion { get; private set; }

    /// <summary>Whether a chapter is not written yet.</summary>
    public bool IsToAssess => Texts.Count < ReviewChapters.All.Count;

    /// <summary>Whether a measure is to be carried out.</summary>
    public bool IsToDo => Measures.Any(m => m.Done is null);

    /// <summary>Whether a measure waits for somebody to look at it.</summary>
    public bool IsToVerify => Measures.Any(m => m is { Done: not null, VerifiedBy: null });

    /// <summary>Chapters whose grades are below the goal; nothing graded is not below.</summary>
    public IEnumerable<ReviewChapter> WeakChapters =>
        Figures.Chapters.Where(c => c.Figures.Percent < Figures.GoalPercent).Select(c => c.Chapter);

    protected override Flow<HalfYearReview, HalfYearReviewState, HalfYearReviewAction> Table =>
        HalfYearReviewFlow.Table;

    public static string NumberOf(HalfYear period) =>
        string.Create(CultureInfo.InvariantCulture, $"BN-{period.Year}-{period.Half}");

    /// <param name="context">Who opens it.</param>
    /// <param name="period">The half-year; it is over.</param>
    /// <param name="figures">What the forms say.</param>
    public static Result<HalfYearReview> Open(CommandContext context, HalfYear period, ReviewFigures figures)
    {
        var review = new HalfYearReview { Id = Guid.CreateVersion7(context.Now) };
        if (review.Start(context, HalfYearReviewAction.Open) is { } refusal)
        {
            return refusal;
        }

        if (period.To >= context.Today)
        {
            return Refusal.ByRule("period-not-over", "C5.8.1", ["end-of-period"], HalfYearReviewFlow.Openers);
        }

        (review.Number, review.Period, review.Figures) = (NumberOf(period), period, figures);
        review.Key = review.Number;
        review.OpenedBy = Stamp.Of(context);
        review.PolicyVersion = context.Policy.Version;
        return review;
    }

    public Refusal? Assess(CommandContext context, ReviewChapter chapter, string text) =>
        Transition(
            context,
            HalfYearReviewAction.Assess,
            new OnChapter(chapter),
            why: $"{chapter.ToKebab()}: {text}",
            change: () =>
                Texts = [
                    .. Texts
                        .Where(t => t.Chapter != chapter)
                        .Append(new(chapter, text, Stamp.Of(context)))
                        .OrderBy(t => t.Chapter),
                ]
        );

    public Refusal? SetMeasure(CommandContext context, GivenMeasure given) =>
        Transition(
            context,
            HalfYearReviewAction.SetMeasure,
            given,
            why: given.What,
            change: () =>
                Measures = [
                    .. Measures,
                    new(
                        Measures.Count + 1,
                        given.Chapter,
                        given.What,
                        given.Department,
                        given.DueOn ?? context.Today.AddDays(context.Policy.Surveys.ReviewMeasureDays),
                        Stamp.Of(context)
                    ),
                ]
        );

    public Refusal? Issue(CommandContext context) =>
        Transition(context, HalfYearReviewAction.Issue, change: () => IssuedBy = Stamp.Of(context));

    public Refusal? ReportDone(CommandContext context, int measure, string done) =>
        Transition(
            context,
            HalfYearReviewAction.ReportDone,
            measure,
            why: done,
            change: () => Change(measure, m => m with { Done = done, DoneBy = Stamp.Of(context) })
        );

    public Refusal? Verify(CommandContext context, int measure, string finding) =>
        Transition(
            context,
            HalfYearReviewAction.Verify,
            measure,
            why: finding,
            change: () => Change(measure, m => m with { VerifiedBy = Stamp.Of(context) })
        );

    public Refusal? SendBack(CommandContext context, int measure, string reason) =>
        Transition(
            context,
            HalfYearReviewAction.SendBack,
            measure,
            why: reason,
            change: () => Change(measure, m => m with { Done = null, DoneBy = null })
        );

    public Refusal? Close(CommandContext context) =>
        Transition(context, HalfYearReviewAction.Close, change: () => ClosedBy = Stamp.Of(context));

    public Refusal? Withdraw(CommandContext context, string reason) =>
        Transition(context, HalfYearReviewAction.Withdraw, why: reason, change: () => Key = null);

    private void Change(int number, Func<ReviewMeasure, ReviewMeasure> change) =>
        Measures = [.. Measures.Select(m => m.Number == number ? change(m) : m)];
}
