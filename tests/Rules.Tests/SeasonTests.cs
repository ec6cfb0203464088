using static CustomerService.Rules.Tests.Build;

namespace CustomerService.Rules.Tests;

/// <summary>Heating and cooling seasons, in which part 3 of Table 3.1 is measured.</summary>
[Trait("Rule", "P3.1.2")]
public sealed class SeasonTests
{
    private static readonly Season Heating = new("11-15", "03-15");
    private static readonly Season Cooling = new("06-01", "09-15");

    [Fact]
    public void Given_a_season_over_the_turn_of_the_year_When_it_begins_Then_it_ends_in_the_next() =>
        Heating.BeginningIn(2024).ShouldBe((Day("2024-11-15"), Day("2025-03-15")));

    [Fact]
    public void Given_a_season_within_a_year_When_it_begins_Then_it_ends_in_the_same() =>
        Cooling.BeginningIn(2024).ShouldBe((Day("2024-06-01"), Day("2024-09-15")));

    [Theory]
    [InlineData(2024, "2024-02-29")]
    [InlineData(2025, "2025-02-28")]
    public void Given_the_end_of_February_When_the_year_has_no_29th_Then_the_last_day(int year, string first) =>
        new Season("02-29", "04-30").BeginningIn(year).First.ShouldBe(Day(first));

    [Theory]
    [InlineData("2024-11-14", 1, "2025-03-15")]
    [InlineData("2024-11-15", 1, "2025-03-15")]
    [InlineData("2024-11-16", 1, "2026-03-15")]
    [InlineData("2024-11-15", 2, "2026-03-15")]
    [InlineData("2025-01-10", 2, "2027-03-15")]
    public void Given_a_season_that_has_begun_When_full_ones_are_counted_Then_it_does_not_count(
        string from,
        int seasons,
        string through
    ) => Heating.EndOfFull(Day(from), seasons).ShouldBe(Day(through));

    [Fact]
    public void Given_a_city_When_its_seasons_are_asked_for_Then_its_own_or_those_of_the_default_city()
    {
        var warranty = Standard.Warranty with
        {
            Seasons = new Dictionary<string, CitySeasons>
            {
                ["beijing"] = new() { Heating = Heating, Cooling = Cooling },
                ["harbin"] = new() { Heating = new("10-15", "04-15") },
            },
            DefaultCity = "beijing",
        };

        warranty.SeasonsOf("harbin").Of(SeasonKind.Heating).ShouldBe(new Season("10-15", "04-15"));
        warranty.SeasonsOf("harbin").Of(SeasonKind.Cooling).ShouldBeNull();
        warranty.SeasonsOf("atlantis").Of(SeasonKind.Cooling).ShouldBe(Cooling);
        warranty.SeasonsOf(null).Of(SeasonKind.Heating).ShouldBe(Heating);
    }
}
