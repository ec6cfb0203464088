using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;

namespace CustomerService.Complaints.YearReports.Domain;

/// <summary>The complaint statistics of a year and their analysis, submitted to the management review (C5.7).</summary>
internal sealed class YearReport : Aggregate<YearReport, YearReportState, YearReportAction>, IUnderPolicy
{
    /// <summary>Prefix of the number, which may have gaps.</summary>
    public const string NumberKind = "NB";

    private YearReport() { }

    protected override Flow<YearReport, YearReportState, YearReportAction> Table => YearReportFlow.Table;

    public override string Kind => "year-report";

    public override WorkSubject WorkSubject =>
        new(Number, Year.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public string Number { get; private set; } = "";

    public int PolicyVersion { get; private set; }

    public int Year { get; private set; }

    public YearFigures Figures { get; private set; } = null!;

    /// <summary>The year before, counted on the same day.</summary>
    public YearFigures LastYear { get; private set; } = null!;

    public Stamp FrozenBy { get; private set; } = null!;

    /// <summary>The analysis, chapter by chapter; the last text of a chapter holds.</summary>
    public IReadOnlyList<YearChapter> Chapters { get; private set; } = [];

    public Stamp? SubmittedBy { get; private set; }

    public Stamp? ReceivedBy { get; private set; }

    public Stamp? DecidedBy { get; private set; }

    public string? Review { get; private set; }

    public IReadOnlyList<YearDecision> Decisions { get; private set; } = [];

    /// <summary>Freezes the figures of a year; its cases are saved in the same commit.</summary>
    public static Result<YearReport> Freeze(
        CommandContext context,
        string number,
        int year,
        Func<Guid, IReadOnlyList<YearCase>> cases,
        Func<Guid, IReadOnlyList<YearCase>> lastYear
    )
    {
        if (year > context.Today.Year)
        {
            return Refusal.Invalid("year-to-come", "C5.7", "year");
        }

        var report = new YearReport { Id = Guid.CreateVersion7(context.Now) };
        if (report.Start(context, YearReportAction.Freeze) is { } refusal)
        {
            return refusal;
        }

        report.Number = number;
        report.PolicyVersion = context.Policy.Version;
        report.Year = year;
        report.Figures = YearFigures.Of(year, cases(report.Id));
        report.LastYear = YearFigures.Of(year - 1, lastYear(report.Id));
        report.FrozenBy = Stamp.Of(context);
        return report;
    }

    /// <summary>Writes a chapter of the analysis, or rewrites it before it is submitted.</summary>
    public Refusal? WriteAnalysis(CommandContext context, string chapter, string text) =>
        Transition(
            context,
            YearReportAction.WriteAnalysis,
            why: chapter,
            change: () =>
                Chapters = [.. Chapters.Where(one => one.Chapter != chapter), new(chapter, text, Stamp.Of(context))]
        );

    /// <summary>To the management review.</summary>
    public Refusal? Submit(CommandContext context) =>
        Transition(
            context,
            YearReportAction.Submit,
            change: () =>
            {
                SubmittedBy = Stamp.Of(context);
                Raise(new YearReportSubmitted(Id, Version, Number, Year, Figures.Total, context.Today));
            }
        );

    /// <summary>The management representative has received it.</summary>
    public Refusal? Receive(CommandContext context) =>
        Transition(context, YearReportAction.Receive, change: () => ReceivedBy = Stamp.Of(context));

    /// <summary>What the review decided; each decision is given to its owner in the same commit.</summary>
    public Refusal? Decide(CommandContext context, string review, IReadOnlyList<YearDecision> decisions) =>
        Transition(
            context,
            YearReportAction.Decide,
            new YearDecisions(decisions),
            review,
            () =>
            {
                Review = review;
                Decisions = decisions;
                DecidedBy = Stamp.Of(context);
            }
        );

    /// <summary>What the action items of its decisions belong to.</summary>
    public ActionSource ToSource() => new(Kind, Id, Number, null, Number);
}

/// <param name="Chapter">For example <c>product</c>, <c>cause</c>, <c>times</c>.</param>
internal sealed record YearChapter(string Chapter, string Text, Stamp By);

internal sealed record YearDecision(string What, string Department, string? OwnerId, string? OwnerName, DateOnly DueOn);

internal sealed record YearDecisions(IReadOnlyList<YearDecision> Decisions);
