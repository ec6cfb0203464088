using CsCheck;
using static CustomerService.Rules.Tests.Build;

namespace CustomerService.Rules.Tests;

[Trait("Rule", "P3.1.2")]
public sealed class WarrantyTests
{
    private static readonly Gen<DateOnly> Dates = Gen.Int[Day("2015-01-01").DayNumber, Day("2030-12-31").DayNumber]
        .Select(DateOnly.FromDayNumber);
    private static readonly Gen<WarrantyPart> Parts = Gen.Int[0, Standard.Warranty.Parts.Count - 1]
        .Select(i => Standard.Warranty.Parts[i]);
    private static readonly Gen<string?> Cities = Gen.Int[0, Standard.Warranty.Seasons.Count]
        .Select(i => i == 0 ? null : Standard.Warranty.Seasons.Keys.ElementAt(i - 1));
    private static readonly Gen<WarrantyLength> Lengths = Gen.Select(Gen.Enum<WarrantyUnit>(), Gen.Int[1, 900])
        .Select(
            (unit, count) =>
                unit switch
                {
                    WarrantyUnit.Months => WarrantyLength.Months(count),
                    WarrantyUnit.Seasons => WarrantyLength.Seasons(1 + (count % 10)),
                    _ => WarrantyLength.DesignLife,
                }
        );

    private static readonly Gen<WarrantyFacts> Facts = Gen.Select(Dates, Gen.Int[0, 700], Cities, Gen.Int[30, 100])
        .Select((acceptance, days, city, life) => new WarrantyFacts(acceptance, acceptance.AddDays(days), city, life));

    [Fact]
    public void A_blank_commitment_is_the_prescribed_term_from_acceptance()
    {
        var term = Term(WarrantyParts.Waterproofing, null, new(Day("2024-01-31"), Day("2024-03-15")));

        term.Through.ShouldBe(Day("2029-01-31"));
        term.ByCommitment.ShouldBeFalse();
        term.IsFinite.ShouldBeTrue();
    }

    [Fact]
    public void The_same_term_committed_counts_from_handover_and_its_later_end_wins()
    {
        var term = Term(
            WarrantyParts.Waterproofing,
            WarrantyLength.Years(5),
            new(Day("2024-01-31"), Day("2024-03-15"))
        );

        term.Through.ShouldBe(Day("2029-03-15"));
        term.ByCommitment.ShouldBeTrue();
    }

    [Fact]
    public void Where_handover_came_before_acceptance_the_prescribed_end_can_be_the_later()
    {
        var term = Term(
            WarrantyParts.ElectricalPlumbingDecoration,
            WarrantyLength.Years(2),
            new(Day("2024-03-15"), Day("2024-01-31"))
        );

        term.Through.ShouldBe(Day("2026-03-15"));
        term.ByCommitment.ShouldBeFalse();
    }

    [Theory]
    [InlineData("2024-02-29", "2026-02-28")]
    [InlineData("2024-08-31", "2026-08-31")]
    public void The_last_day_is_the_corresponding_day_or_the_months_end(string acceptance, string through) =>
        Term(WarrantyParts.ElectricalPlumbingDecoration, null, new(Day(acceptance), Day(acceptance)))
            .Through.ShouldBe(Day(through));

    [Theory]
    [InlineData("2024-06-01", "2026-03-15", "2025-09-30", "2026-03-15")]
    [InlineData("2024-06-02", "2026-03-15", "2026-09-30", "2026-09-30")]
    [InlineData("2024-11-15", "2026-03-15", "2026-09-30", "2026-09-30")]
    [InlineData("2024-11-16", "2027-03-15", "2026-09-30", "2027-03-15")]
    [InlineData("2024-01-31", "2026-03-15", "2025-09-30", "2026-03-15")]
    public void A_season_that_is_part_over_at_acceptance_does_not_count(
        string acceptance,
        string heating,
        string cooling,
        string through
    )
    {
        var term = Term(WarrantyParts.HeatingCooling, null, new(Day(acceptance), Day(acceptance), "beijing"));

        term.Seasons.ShouldBe([new(SeasonKind.Heating, Day(heating)), new(SeasonKind.Cooling, Day(cooling))]);
        term.Through.ShouldBe(Day(through));
        term.Covers(Day(heating), SeasonKind.Heating).ShouldBeTrue();
        term.Covers(Day(heating).AddDays(1), SeasonKind.Heating).ShouldBeFalse();
        term.Covers(Day(through)).ShouldBeTrue();
        term.Covers(Day(through).AddDays(1)).ShouldBeFalse();
    }

    [Fact]
    public void A_city_has_its_own_seasons_and_an_unknown_one_those_of_the_default()
    {
        var day = Day("2024-05-20");

        Term(WarrantyParts.HeatingCooling, null, new(day, day, "harbin"))
            .Seasons.ShouldBe([new(SeasonKind.Heating, Day("2026-04-20")), new(SeasonKind.Cooling, Day("2025-08-31"))]);
        Term(WarrantyParts.HeatingCooling, null, new(day, day, "guangzhou"))
            .Seasons.ShouldBe([new(SeasonKind.Cooling, Day("2026-10-31"))]);
        Term(WarrantyParts.HeatingCooling, null, new(day, day, "atlantis"))
            .Seasons.ShouldBe(Term(WarrantyParts.HeatingCooling, null, new(day, day)).Seasons);
    }

    [Theory]
    [InlineData("2022-12-02", "2025-02-28")]
    [InlineData("2021-12-02", "2024-02-29")]
    public void A_season_to_the_end_of_February_ends_on_the_29th_in_leap_years(string acceptance, string heating) =>
        Term(WarrantyParts.HeatingCooling, null, new(Day(acceptance), Day(acceptance), "shanghai"))
            .Seasons[0]
            .ShouldBe(new SeasonEnd(SeasonKind.Heating, Day(heating)));

    [Fact]
    public void The_structure_is_protected_for_the_service_life_of_the_design_and_is_not_finite()
    {
        var term = Term(
            WarrantyParts.FoundationStructure,
            null,
            new(Day("2024-01-31"), Day("2024-01-31"), DesignLifeYears: 50)
        );

        term.Through.ShouldBe(Day("2074-01-31"));
        term.IsFinite.ShouldBeFalse();
        Term(
            WarrantyParts.FoundationStructure,
            WarrantyLength.Years(70),
            new(Day("2024-01-31"), Day("2024-01-31"), DesignLifeYears: 50)
        )
            .Through.ShouldBe(Day("2094-01-31"));
    }

    [Fact]
    public void Without_the_service_life_the_structure_cannot_be_worked_out_and_engineering_is_asked()
    {
        var refusal = Refused(WarrantyParts.FoundationStructure, null, new(Day("2024-01-31"), Day("2024-01-31")));

        refusal.Code.ShouldBe("design-life-missing");
        refusal.SuppliedBy.ShouldContain(Roles.Engineering);
    }

    [Theory]
    [InlineData(WarrantyParts.Waterproofing, WarrantyUnit.Months, 59)]
    [InlineData(WarrantyParts.ElectricalPlumbingDecoration, WarrantyUnit.Months, 23)]
    [InlineData(WarrantyParts.HeatingCooling, WarrantyUnit.Seasons, 1)]
    [InlineData(WarrantyParts.HeatingCooling, WarrantyUnit.Months, 12)]
    [InlineData(WarrantyParts.FoundationStructure, WarrantyUnit.Months, 599)]
    [InlineData(WarrantyParts.FoundationStructure, WarrantyUnit.Seasons, 100)]
    [InlineData(WarrantyParts.Waterproofing, WarrantyUnit.Seasons, 2)]
    public void Less_than_prescribed_is_refused_in_any_unit(string part, WarrantyUnit unit, int count)
    {
        var refusal = Refused(part, new(unit, count), new(Day("2024-01-31"), Day("2026-01-31"), DesignLifeYears: 50));

        refusal.Code.ShouldBe("warranty-below-prescribed");
        refusal.Rule.ShouldBe("P3.1.2");
        refusal.Missing.ShouldBe(["committed-term"]);
        refusal.SuppliedBy.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(WarrantyParts.HeatingCooling, WarrantyUnit.Months, 12, true)]
    [InlineData(WarrantyParts.HeatingCooling, WarrantyUnit.Months, 20, true)]
    [InlineData(WarrantyParts.HeatingCooling, WarrantyUnit.Months, 22, false)]
    [InlineData(WarrantyParts.HeatingCooling, WarrantyUnit.Months, 36, false)]
    [InlineData(WarrantyParts.Waterproofing, WarrantyUnit.Seasons, 1, true)]
    [InlineData(WarrantyParts.Waterproofing, WarrantyUnit.Seasons, 7, false)]
    public void Without_dates_what_is_below_on_every_day_of_the_year_is_refused_and_the_rest_waits_for_the_dates(
        string part,
        WarrantyUnit unit,
        int count,
        bool refused
    ) =>
        (
            Warranty
                .CheckCommitment(Standard.Warranty.Part(part)!, new(unit, count), 50, Standard.Warranty, "beijing")
                ?.Code == "warranty-below-prescribed"
        ).ShouldBe(refused);

    [Fact]
    public void What_is_refused_without_dates_is_refused_with_any() =>
        Gen.Select(Parts, Lengths, Facts)
            .Sample(
                (part, length, facts) =>
                {
                    if (
                        Warranty.CheckCommitment(part, length, facts.DesignLifeYears, Standard.Warranty, facts.City) is
                        { } refusal
                    )
                    {
                        Warranty
                            .Effective(part, length, facts, Standard.Warranty, out _)
                            .ShouldNotBeNull()
                            .Code.ShouldBe(refusal.Code);
                    }
                },
                iter: 300
            );

    [Fact, Trait("Rule", "P2.1.1")]
    public void A_longer_commitment_never_shortens_the_plan() =>
        Gen.Select(Parts, Lengths, Gen.Int[0, 300], Facts)
            .Sample(
                (part, length, more, facts) =>
                {
                    DateOnly? Plan(WarrantyLength? committed) =>
                        Warranty.Table(
                            new Dictionary<string, WarrantyLength?> { [part.Code] = committed },
                            facts,
                            Standard.Warranty,
                            out var terms
                        )
                            is null
                            ? RevisitPlan.Horizon(terms, facts.Handover, Standard.Revisits)
                            : null;
                    if (Plan(length) is { } plan)
                    {
                        plan.ShouldBeGreaterThanOrEqualTo(
                            Plan(null)!.Value,
                            "as the contract, in other units or in the same"
                        );
                        var longer =
                            length.Unit == WarrantyUnit.DesignLife
                                ? length
                                : length with
                                {
                                    Count = Math.Min(length.Count + more, 2400),
                                };
                        Plan(longer)!.Value.ShouldBeGreaterThanOrEqualTo(plan);
                    }
                },
                iter: 2000
            );

    [Theory]
    [InlineData(WarrantyUnit.Months, 0)]
    [InlineData(WarrantyUnit.Months, -12)]
    [InlineData(WarrantyUnit.Months, 999999)]
    [InlineData(WarrantyUnit.Seasons, 0)]
    public void A_length_that_is_none_is_malformed_and_not_a_question_of_the_rule(WarrantyUnit unit, int count) =>
        Refused(WarrantyParts.Waterproofing, new(unit, count), new(Day("2024-01-31"), Day("2024-01-31")))
            .Kind.ShouldBe(RefusalKind.Invalid);

    [Fact]
    public void The_table_gives_every_part_and_refuses_a_part_that_is_not_in_it()
    {
        var facts = new WarrantyFacts(Day("2024-01-31"), Day("2024-01-31"), "beijing", 50);

        Warranty
            .Table(
                new Dictionary<string, WarrantyLength?> { [WarrantyParts.Waterproofing] = WarrantyLength.Years(8) },
                facts,
                Standard.Warranty,
                out var terms
            )
            .ShouldBeNull();
        terms
            .Select(term => (term.Part, term.Through))
            .ShouldBe([
                (WarrantyParts.FoundationStructure, Day("2074-01-31")),
                (WarrantyParts.Waterproofing, Day("2032-01-31")),
                (WarrantyParts.HeatingCooling, Day("2026-03-15")),
                (WarrantyParts.ElectricalPlumbingDecoration, Day("2026-01-31")),
            ]);
        RevisitPlan.Horizon(terms, facts.Handover, Standard.Revisits).ShouldBe(Day("2032-01-31"));

        Warranty
            .Table(new Dictionary<string, WarrantyLength?> { ["garden"] = null }, facts, Standard.Warranty, out _)
            .ShouldNotBeNull()
            .Code.ShouldBe("warranty-part-unknown");
    }

    [Fact]
    public void The_longer_protection_always_wins() =>
        Gen.Select(Parts, Lengths, Facts)
            .Sample(
                (part, committed, facts) =>
                {
                    var refusal = Warranty.Effective(part, committed, facts, Standard.Warranty, out var term);
                    Warranty.Effective(part, null, facts, Standard.Warranty, out var prescribed).ShouldBeNull();
                    if (refusal is not null)
                    {
                        term.ShouldBeNull();
                        return refusal.Code == "warranty-below-prescribed";
                    }

                    var own = committed.Unit switch
                    {
                        WarrantyUnit.Months => CalendarMonths.Add(facts.Handover, committed.Count),
                        WarrantyUnit.DesignLife => CalendarMonths.Add(
                            facts.Handover,
                            facts.DesignLifeYears!.Value * 12
                        ),
                        _ => DateOnly.MinValue,
                    };
                    return term!.Through >= prescribed!.Through
                        && term.Through >= own
                        && (
                            own == DateOnly.MinValue
                            || term.Through == (own > prescribed.Through ? own : prescribed.Through)
                        )
                        && term.Seasons.All(season =>
                            season.Through >= prescribed.Seasons.Single(other => other.Kind == season.Kind).Through
                            && season.Through <= term.Through
                        );
                }
            );

    [Fact]
    public void A_longer_commitment_is_never_refused_where_a_shorter_one_is_not_and_never_protects_less() =>
        Gen.Select(Parts, Gen.Int[1, 900], Gen.Int[0, 200], Facts)
            .Sample(
                (part, months, more, facts) =>
                {
                    if (
                        Warranty.Effective(
                            part,
                            WarrantyLength.Months(months),
                            facts,
                            Standard.Warranty,
                            out var shorter
                        )
                        is not null
                    )
                    {
                        return true;
                    }

                    return Warranty.Effective(
                            part,
                            WarrantyLength.Months(months + more),
                            facts,
                            Standard.Warranty,
                            out var longer
                        )
                            is null
                        && longer!.Through >= shorter!.Through;
                }
            );

    [Fact]
    public void Full_seasons_are_counted_like_walking_day_by_day() =>
        Gen.Select(Dates, Gen.Int[1, 4], Cities, Gen.Enum<SeasonKind>())
            .Sample(
                (from, seasons, city, kind) =>
                {
                    if (Standard.Warranty.SeasonsOf(city).Of(kind) is not { } season)
                    {
                        return true;
                    }

                    // Day by day: a season counts when its first day is met, and it is over on its last day.
                    var (date, counting, left) = (from, false, seasons);
                    while (true)
                    {
                        counting |=
                            date.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture) == season.From;
                        var last =
                            season.Through == "02-29"
                                ? date.Month == 2 && date.AddDays(1).Month == 3
                                : date.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture)
                                    == season.Through;
                        if (counting && last && --left == 0)
                        {
                            return season.EndOfFull(from, seasons) == date;
                        }

                        counting &= !last;
                        date = date.AddDays(1);
                    }
                }
            );

    private static WarrantyTerm Term(string part, WarrantyLength? committed, WarrantyFacts facts)
    {
        Warranty
            .Effective(Standard.Warranty.Part(part)!, committed, facts, Standard.Warranty, out var term)
            .ShouldBeNull();
        return term!;
    }

    private static Refusal Refused(string part, WarrantyLength? committed, WarrantyFacts facts) =>
        Warranty.Effective(Standard.Warranty.Part(part)!, committed, facts, Standard.Warranty, out _).ShouldNotBeNull();
}
