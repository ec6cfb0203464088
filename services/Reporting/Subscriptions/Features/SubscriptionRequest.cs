using CustomerService.Mailing;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Reporting.Subscriptions.Features;

/// <summary>When a report is sent.</summary>
/// <param name="Every">daily (each working day), weekly or monthly.</param>
/// <param name="At">Local time of the day, <c>HH:mm</c>.</param>
/// <param name="Weekday">Of a weekly one: monday to sunday.</param>
/// <param name="Day">Of a monthly one: 1 to 31, the last one where the month is shorter.</param>
internal sealed record ScheduleRequest(ScheduleKind? Every, TimeOnly? At, DayOfWeek? Weekday = null, int? Day = null);

/// <summary>Which rows of a data set, or which cases of figures.</summary>
/// <param name="Column">Column of the set that names nobody; of a report on paper a dimension of all its figures.</param>
/// <param name="Values">One of these, as CSV writes them; 1 to 20, on paper one. <c>unknown</c>: nothing stands there.</param>
internal sealed record ConditionRequest(string Column, IReadOnlyList<string> Values);

/// <summary>Sent only where the first figure of a report on paper is outside; at least one of both.</summary>
/// <param name="Above">Sent where the figure is greater, in its own unit.</param>
/// <param name="Below">Sent where the figure is less.</param>
internal sealed record ThresholdRequest(decimal? Above = null, decimal? Below = null);

/// <summary>What is sent, to whom and when.</summary>
internal sealed record SubscriptionRequest
{
    internal static readonly SubscriptionRequest Example = new()
    {
        Name = "Repairs of last month",
        Report = "repair_orders",
        On = "returned_on",
        Period = ReportPeriod.PreviousMonth,
        Format = ReportFormat.Xlsx,
        Schedule = new(ScheduleKind.Monthly, new TimeOnly(8, 0), Day: 1),
        OnlyWhenChanged = true,
        AtLeastRows = 1,
        Where = [new("severity", ["major", "critical"])],
        Recipients = ["manager@example.com"],
    };

    /// <summary>What it is called; the subject of the mail.</summary>
    public required string Name { get; init; }

    /// <summary>Name of a data set, as <c>GET /data-sets</c> lists them. For PDF a report (monthly-repairs, annual-complaints,
    /// satisfaction, revisit-compliance) or a figure, as <c>GET /figures</c> lists them.</summary>
    public required string Report { get; init; }

    /// <summary>Column of type <c>date</c> by which the period cuts; none for PDF.</summary>
    public string? On { get; init; }

    /// <summary>Which days: all, previous-month, previous-week, previous-day, year-to-date, previous-year; default all, which
    /// PDF has not.</summary>
    public ReportPeriod? Period { get; init; }

    /// <summary>csv, xlsx or pdf.</summary>
    public ReportFormat? Format { get; init; }

    /// <summary>When; on a day that is no working day, the next one that is.</summary>
    public required ScheduleRequest Schedule { get; init; }

    /// <summary>Not sent where it is what it was when it was sent last; default false.</summary>
    public bool? OnlyWhenChanged { get; init; }

    /// <summary>Not sent with fewer rows, or cases of the first figure; default 0.</summary>
    public int? AtLeastRows { get; init; }

    /// <summary>Which rows, or which cases of the figures: all conditions hold, at most 10; default all rows.</summary>
    public IReadOnlyList<ConditionRequest>? Where { get; init; }

    /// <summary>Sent only where the first figure is outside; PDF only, default always.</summary>
    public ThresholdRequest? Threshold { get; init; }

    /// <summary>Addresses of the mail, 1 to 20.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>Language of the mail: zh-Hant, zh-Hans or en.</summary>
    public string Language { get; init; } = "zh-Hant";

    internal SubscriptionSettings Settings =>
        new()
        {
            Name = Name,
            Report = Report,
            On = On,
            Period = Period ?? ReportPeriod.All,
            Format = Format!.Value,
            Schedule = new(Schedule.Every!.Value, Schedule.At!.Value, Schedule.Weekday, Schedule.Day),
            OnlyWhenChanged = OnlyWhenChanged == true,
            AtLeastRows = AtLeastRows ?? 0,
            Where =
            [
                .. (Where ?? []).Select(condition => new ReportCondition(
                    condition.Column,
                    [.. condition.Values.Distinct(StringComparer.Ordinal)]
                )),
            ],
            Threshold = Threshold is { } outside ? new(outside.Above, outside.Below) : null,
            Recipients = [.. Recipients.Distinct(StringComparer.OrdinalIgnoreCase)],
            Language = Language,
        };

    /// <summary>Whether there is such a report with such a column.</summary>
    internal async Task<Refusal?> CheckAsync(DataSets.DataSets sets, ReportMail mail, CancellationToken cancellation)
    {
        if (mail.Check() is { } off)
        {
            return off;
        }

        if (Recipients.FirstOrDefault(address => !mail.IsAllowed(address)) is { } elsewhere)
        {
            return Refusal.Invalid("mail-domain", "C3.1.3", "recipients").With("address", elsewhere);
        }

        if (Format == ReportFormat.Pdf)
        {
            return PaperReports.Find(Report) is not { } paper
                    ? Refusal.Invalid("report-not-on-paper", "C3.1.3", "paper-report").With("report", Report)
                : Period is null or ReportPeriod.All ? Refusal.Invalid("paper-needs-period", "C3.1.3", "paper-period")
                : On is not null ? PageQuery.BadFilter("on")
                : (Where ?? []).Select(condition => Check(condition, paper)).FirstOrDefault(wrong => wrong is not null)
                    ?? (Where ?? [])
                        .CountBy(condition => condition.Column)
                        .Where(column => column.Value > 1)
                        .Select(column => PageQuery.BadFilter(column.Key))
                        .FirstOrDefault();
        }

        if (Threshold is not null)
        {
            return Refusal.Invalid("threshold-needs-figure", "C3.1.3", "figure-on-paper");
        }

        if ((await sets.AllAsync(cancellation)).FirstOrDefault(one => one.Name == Report) is not { } set)
        {
            return Refusal.Invalid("report-unknown", "C3.1.3", "report").With("report", Report);
        }

        string[] days = [.. set.Columns.Where(column => column.Type == "date").Select(column => column.Name)];
        string[] columns = [.. set.Columns.Where(column => !column.IsPersonal).Select(column => column.Name)];
        return On is { } on && !days.Contains(on) ? PageQuery.BadFilter("on", days)
            : (Where ?? []).FirstOrDefault(condition => !columns.Contains(condition.Column)) is { } other
                ? PageQuery.BadFilter(other.Column, columns)
            : null;
    }

    private static Refusal? Check(ConditionRequest condition, PaperReport paper)
    {
        var dimensions = paper.Dimensions;
        return !dimensions.Contains(condition.Column) ? PageQuery.BadFilter(condition.Column, [.. dimensions])
            : condition.Values.Count > 1 ? PageQuery.BadFilter(condition.Column)
            : FigureQuery.CheckWord(condition.Column, condition.Values[0]);
    }

    internal sealed class Validator : AbstractValidator<SubscriptionRequest>
    {
        private const int MostRecipients = 20;
        private const int MostConditions = 10;
        private const int MostValues = 20;

        public Validator()
        {
            RuleFor(r => r.Name).RequiredText(TextLength.Line);
            RuleFor(r => r.Report).RequiredCode();
            RuleFor(r => r.On).OptionalCode();
            RuleFor(r => r.On)
                .NotEmpty()
                .When(r => r.Period is not (null or ReportPeriod.All) && r.Format != ReportFormat.Pdf);
            RuleFor(r => r.Format).NotNull();
            RuleFor(r => r.Schedule)
                .NotNull()
                .ChildRules(schedule =>
                {
                    schedule.RuleFor(s => s.Every).NotNull();
                    schedule.RuleFor(s => s.At).NotNull();
                });
            RuleFor(r => r.Schedule.Weekday)
                .NotNull()
                .When(r => r.Schedule?.Every == ScheduleKind.Weekly)
                .OverridePropertyName("schedule.weekday");
            RuleFor(r => r.Schedule.Day)
                .NotNull()
                .InclusiveBetween(1, 31)
                .When(r => r.Schedule?.Every == ScheduleKind.Monthly)
                .OverridePropertyName("schedule.day");
            RuleFor(r => r.AtLeastRows).InclusiveBetween(0, int.MaxValue);
            RuleFor(r => r.Where).AtMost(MostConditions).When(r => r.Where is not null);
            RuleForEach(r => r.Where)
                .ChildRules(condition =>
                {
                    condition.RuleFor(c => c.Column).RequiredCode();
                    condition.RuleFor(c => c.Values).NotEmpty().AtMost(MostValues);
                    condition.RuleForEach(c => c.Values).RequiredText(TextLength.Line);
                });
            RuleFor(r => r.Threshold)
                .Must(outside => outside is not { Above: null, Below: null })
                .WithErrorCode("threshold-empty");
            RuleFor(r => r.Recipients).NotEmpty().AtMost(MostRecipients);
            RuleForEach(r => r.Recipients).Must(MailServer.IsAddress).WithErrorCode("mail-address");
            RuleFor(r => r.Language).Must(language => Texts.Languages.Contains(language)).WithErrorCode("language");
        }
    }
}
