using CustomerService.Surveys.Analysis;

namespace CustomerService.Surveys.Tests.Domain;

/// <summary>How a period is counted (C5.10).</summary>
public sealed class MonthRules
{
    [Theory]
    [Trait("Rule", "C5.10")]
    [InlineData("2026-03-15", "2026-05-02", "2026-06-01", "0315-0331+ 0401-0430+ 0501-0502+")]
    [InlineData("2026-03-15", "2026-05-20", "2026-05-10", "0315-0331+ 0401-0430+ 0501-0510+ 0511-0520-")]
    [InlineData("2026-05-01", "2026-06-30", "2026-05-31", "0501-0531+ 0601-0630-")]
    [InlineData("2026-05-11", "2026-05-11", "2026-05-10", "0511-0511-")]
    [InlineData("2026-05-11", "2026-05-10", "2026-05-10", "")]
    public void Given_a_period_When_it_is_counted_Then_in_months_and_what_is_not_over_apart(
        string from,
        string to,
        string yesterday,
        string parts
    ) =>
        string.Join(
                ' ',
                Months
                    .Of(Day(from), Day(to), Day(yesterday))
                    .Select(part =>
                        FormattableString.Invariant($"{part.From:MMdd}-{part.To:MMdd}{(part.IsOver ? '+' : '-')}")
                    )
            )
            .ShouldBe(parts);

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
