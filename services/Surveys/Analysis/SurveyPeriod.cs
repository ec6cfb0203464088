using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Surveys.Analysis;

/// <summary>From one day to another, both included.</summary>
internal sealed record SurveyPeriod(DateOnly From, DateOnly To)
{
    /// <summary>As asked; else to today, and from the first of its year.</summary>
    public static Result<SurveyPeriod> OfYear(Day? from, Day? to, DateOnly today, string rule) =>
        Of(from, to, today, rule, end => new(end.Year, 1, 1));

    /// <summary>As asked; else to today, and a year long.</summary>
    public static Result<SurveyPeriod> OfTwelveMonths(Day? from, Day? to, DateOnly today, string rule) =>
        Of(
            from,
            to,
            today,
            rule,
            // The calendar has no day before its first.
            end => end.Year == DateOnly.MinValue.Year ? DateOnly.MinValue : end.AddYears(-1).AddDays(1)
        );

    private static Result<SurveyPeriod> Of(
        Day? from,
        Day? to,
        DateOnly today,
        string rule,
        Func<DateOnly, DateOnly> begin
    )
    {
        var end = to?.Value ?? today;
        var period = new SurveyPeriod(from?.Value ?? begin(end), end);
        return period.From > period.To ? Refusal.Invalid("bad-period", rule) : period;
    }
}
