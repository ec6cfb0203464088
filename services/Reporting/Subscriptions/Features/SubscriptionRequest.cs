using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Reporting.Subscriptions.Features;

/// <summary>When a report is sent.</summary>
/// <param name="Every">daily (each working day), weekly or monthly.</param>
/// <param name="At">Local time of the day, <c>HH:mm</c>.</param>
/// <param name="Weekday">Of a weekly one: monday to sunday.</param>
/// <param name="Day">Of a monthly one: 1 to 31, the last one where the month is shorter.</param>
internal sealed record ScheduleRequest(ScheduleKind Every, TimeOnly At, DayOfWeek? Weekday = null, int? Day = null);

/// <summary>What is sent, to whom and when.</summary>
internal sealed record SubscriptionRequest
{
    /// <summary>What it is called; the subject of the mail.</summary>
    public required string Name { get; init; }

    /// <summary>Name of a data set, as <c>GET /data-sets</c> lists them.</summary>
    public required string Report { get; init; }

    /// <summary>Column of type <c>date</c> by which the period cuts.</summary>
    public string? On { get; init; }

    /// <summary>Which days: all, previous-month, previous-week, previous-day, year-to-date.</summary>
    public ReportPeriod Period { get; init; }

    /// <summary>csv or xlsx.</summary>
    public ReportFormat Format { get; init; }

    /// <summary>When; on a day that is no working day, the next one that is.</summary>
    public required ScheduleRequest Schedule { get; init; }

    /// <summary>Not sent where it is what it was when it was sent last.</summary>
    public bool OnlyWhenChanged { get; init; }

    /// <summary>Not sent with fewer rows.</summary>
    public int AtLeastRows { get; init; }

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
            Period = Period,
            Format = Format,
            Schedule = new(Schedule.Every, Schedule.At, Schedule.Weekday, Schedule.Day),
            OnlyWhenChanged = OnlyWhenChanged,
            AtLeastRows = AtLeastRows,
            Recipients = [.. Recipients.Distinct(StringComparer.OrdinalIgnoreCase)],
            Language = Language,
        };

    internal sealed class Validator : AbstractValidator<SubscriptionRequest>
    {
        private const int MostRecipients = 20;

        public Validator(ReportMail mail)
        {
            RuleFor(r => r.Name).RequiredText(TextLength.Line);
            RuleFor(r => r.Report).RequiredCode();
            RuleFor(r => r.On).OptionalCode();
            RuleFor(r => r.On).NotEmpty().When(r => r.Period != ReportPeriod.All);
            RuleFor(r => r.Schedule).NotNull();
            RuleFor(r => r.Schedule.Weekday)
                .NotNull()
                .When(r => r.Schedule?.Every == ScheduleKind.Weekly)
                .OverridePropertyName("schedule.weekday");
            RuleFor(r => r.Schedule.Day)
                .NotNull()
                .InclusiveBetween(1, 31)
                .When(r => r.Schedule?.Every == ScheduleKind.Monthly)
                .OverridePropertyName("schedule.day");
            RuleFor(r => r.AtLeastRows).GreaterThanOrEqualTo(0);
            RuleFor(r => r.Recipients).NotEmpty().AtMost(MostRecipients);
            RuleForEach(r => r.Recipients).Must(mail.IsAllowed).WithErrorCode("mail-address");
            RuleFor(r => r.Language).Must(language => Texts.Languages.Contains(language)).WithErrorCode("language");
        }
    }
}
