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
            return PaperReports.Find(Report) is null
                    ? Refusal.Invalid("report-not-on-paper", "C3.1.3", "paper-report").With("report", Report)
                : Period is null or ReportPeriod.All ? Refusal.Invalid("paper-needs-period", "C3.1.3", "paper-period")
                : On is not null ? PageQuery.BadFilter("on")
                : null;
        }

        if ((await sets.AllAsync(cancellation)).FirstOrDefault(one => one.Name == Report) is not { } set)
        {
            return Refusal.Invalid("report-unknown", "C3.1.3", "report").With("report", Report);
        }

        string[] days = [.. set.Columns.Where(column => column.Type == "date").Select(column => column.Name)];
        return On is { } on && !days.Contains(on) ? PageQuery.BadFilter("on", days) : null;
    }

    internal sealed class Validator : AbstractValidator<SubscriptionRequest>
    {
        private const int MostRecipients = 20;

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
            RuleFor(r => r.Recipients).NotEmpty().AtMost(MostRecipients);
            RuleForEach(r => r.Recipients).Must(MailServer.IsAddress).WithErrorCode("mail-address");
            RuleFor(r => r.Language).Must(language => Texts.Languages.Contains(language)).WithErrorCode("language");
        }
    }
}
