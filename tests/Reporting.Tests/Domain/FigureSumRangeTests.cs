using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Reports;

namespace CustomerService.Reporting.Tests.Domain;

/// <summary>Which days are left when months have sums, and which figures can have any.</summary>
public sealed class FigureSumRangeTests
{
    [Theory, Trait("Rule", "C3.1.3")]
    [InlineData("2026-01-01", "2026-03-31", "1,2,3", "")]
    [InlineData("2026-01-01", "2026-03-31", "2", "2026-01-01..2026-01-31 2026-03-01..2026-03-31")]
    [InlineData("2026-01-15", "2026-03-10", "2", "2026-01-15..2026-01-31 2026-03-01..2026-03-10")]
    [InlineData("2026-01-15", "2026-03-10", "", "2026-01-15..2026-03-10")]
    [InlineData("2026-01-01", "2026-04-30", "1,4", "2026-02-01..2026-03-31")]
    [InlineData("2026-02-28", "2026-02-28", "", "2026-02-28..2026-02-28")]
    public void Given_months_with_sums_When_a_period_is_read_Then_the_other_days_are_left(
        string from,
        string to,
        string months,
        string left
    ) =>
        string.Join(
                ' ',
                FigureSums
                    .Without(
                        new Period(Day(from), Day(to)),
                        months
                            .Split(',', StringSplitOptions.RemoveEmptyEntries)
                            .Select(month => new DateOnly(2026, int.Parse(month, null), 1))
                            .ToHashSet()
                    )
                    .Select(days => $"{days.From:yyyy-MM-dd}..{days.To:yyyy-MM-dd}")
            )
            .ShouldBe(left);

    [Theory, Trait("Rule", "C3.1.3")]
    [InlineData("complaints-registered", true)]
    [InlineData("revisits-due", true)]
    [InlineData("repair-orders-open", false)]
    [InlineData("quality-problems", true)]
    [InlineData("revisit-breaches", false)]
    [InlineData("work-overdue", false)]
    public void Given_a_figure_When_its_cases_hang_on_other_records_or_the_hour_Then_it_has_no_sums(
        string code,
        bool keeps
    ) => FigureSums.Keeps(FigureCatalogue.Find(code)!).ShouldBe(keeps);

    [Fact, Trait("Rule", "P3.3.2")]
    public void Given_findings_When_their_sums_are_named_Then_the_state_of_the_order_is_not_among_them() =>
        FigureSums
            .GroupingsOf(FigureCatalogue.Find("quality-problems")!)
            .Select(by => by.Single())
            .ShouldBe(["severity", "part", "unit", "cause", "liability"], ignoreOrder: true);

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
