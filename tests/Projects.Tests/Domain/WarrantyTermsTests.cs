using CsCheck;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

[Trait("Rule", "P3.1.2")]
public sealed class WarrantyTermsTests
{
    /// <summary>A part of a company's own, which both kinds of season protect.</summary>
    private static readonly WarrantyPart Climate = new() { Code = "climate", Seasons = 2 };

    private static readonly Gen<DateOnly> Dates = Gen.Int[A.Day("2015-01-01").DayNumber, A.Day("2030-12-31").DayNumber]
        .Select(DateOnly.FromDayNumber);
    private static readonly Gen<WarrantyPart> Parts = Gen.Int[0, A.Policy.Warranty.Parts.Count - 1]
        .Select(i => A.Policy.Warranty.Parts[i]);
    private static readonly Gen<string?> Cities = Gen.Int[0, A.Policy.Warranty.Seasons.Count]
        .Select(i => i == 0 ? null : A.Policy.Warranty.Seasons.Keys.ElementAt(i - 1));
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
        var term = Term(WarrantyParts.Roof, null, new(A.Day("2024-01-31"), A.Day("2024-03-15")));

        term.Through.ShouldBe(A.Day("2029-01-31"));
        term.ByCommitment.ShouldBeFalse();
        term.IsFinite.ShouldBeTrue();
    }

    [Fact]
    public void The_same_term_committed_counts_from_handover_and_its_later_end_wins()
    {
        var term = Term(WarrantyParts.Roof, WarrantyLength.Years(5), new(A.Day("2024-01-31"), A.Day("2024-03-15")));

        term.Through.ShouldBe(A.Day("2029-03-15"));
        term.ByCommitment.ShouldBeTrue();
    }

    [Fact]
    public void Where_handover_came_before_acceptance_the_prescribed_end_can_be_the_later()
    {
        var term = Term(
            WarrantyParts.Electrical,
            WarrantyLength.Years(2),
            new(A.Day("2024-03-15"), A.Day("2024-01-31"))
        );

        term.Through.ShouldBe(A.Day("2026-03-15"));
        term.ByCommitment.ShouldBeFalse();
    }

    [Theory]
    [InlineData("2024-02-29", "2026-02-28")]
    [InlineData("2024-08-31", "2026-08-31")]
    public void The_last_day_is_the_corresponding_day_or_the_months_end(string acceptance, string through) =>
        Term(WarrantyParts.Electrical, null, new(A.Day(acceptance), A.Day(acceptance)))
            .Through.ShouldBe(A.Day(through));

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
        var term = Term(Climate, null, new(A.Day(acceptance), A.Day(acceptance), "beijing"));

        term.Seasons.ShouldBe([new(SeasonKind.Heating, A.Day(heating)), new(SeasonKind.Cooling, A.Day(cooling))]);
        term.Through.ShouldBe(A.Day(through));
        term.Covers(A.Day(heating), SeasonKind.Heating).ShouldBeTrue();
        term.Covers(A.Day(heating).AddDays(1), SeasonKind.Heating).ShouldBeFalse();
        term.Covers(A.Day(through)).ShouldBeTrue();
        term.Covers(A.Day(through).AddDays(1)).ShouldBeFalse();
    }

    [Fact]
    public void A_city_has_its_own_seasons_and_an_unknown_one_those_of_the_default()
    {
        var day = A.Day("2024-05-20");

        Term(Climate, null, new(day, day, "harbin"))
            .Seasons.ShouldBe([
                new(SeasonKind.Heating, A.Day("2026-04-20")),
                new(SeasonKind.Cooling, A.Day("2025-08-31")),
            ]);
        Term(Climate, null, new(day, day, "guangzhou"))
            .Seasons.ShouldBe([new(SeasonKind.Cooling, A.Day("2026-10-31"))]);
        Term(Climate, null, new(day, day, "atlantis")).Seasons.ShouldBe(Term(Climate, null, new(day, day)).Seasons);
    }

    [Theory]
    [InlineData("2022-12-02", "2025-02-28")]
    [InlineData("2021-12-02", "2024-02-29")]
    public void A_season_to_the_end_of_February_ends_on_the_29th_in_leap_years(string acceptance, string heating) =>
        Term(Climate, null, new(A.Day(acceptance), A.Day(acceptance), "shanghai"))
            .Seasons[0]
            .ShouldBe(new SeasonEnd(SeasonKind.Heating, A.Day(heating)));

    [Fact]
    public void The_structure_is_protected_for_the_service_life_of_the_design_and_is_not_finite()
    {
        var term = Term(
            WarrantyParts.MainStructure,
            null,
            new(A.Day("2024-01-31"), A.Day("2024-01-31"), DesignLifeYears: 50)
        );

        term.Through.ShouldBe(A.Day("2074-01-31"));
        term.IsFinite.ShouldBeFalse();
        Term(
            WarrantyParts.MainStructure,
            WarrantyLength.Years(70),
            new(A.Day("2024-01-31"), A.Day("2024-01-31"), DesignLifeYears: 50)
        )
            .Through.ShouldBe(A.Day("2094-01-31"));
    }

    [Fact]
    public void Without_the_service_life_the_structure_cannot_be_worked_out_and_engineering_is_asked()
    {
        var refusal = Refused(WarrantyParts.MainStructure, null, new(A.Day("2024-01-31"), A.Day("2024-01-31")));

        refusal.Code.ShouldBe("design-life-missing");
        refusal.SuppliedBy.ShouldContain(Roles.Engineering);
    }

    [Theory]
    [InlineData(WarrantyParts.Roof, WarrantyUnit.Months, 59)]
    [InlineData(WarrantyParts.Electrical, WarrantyUnit.Months, 23)]
    [InlineData(WarrantyParts.Heating, WarrantyUnit.Seasons, 1)]
    [InlineData(WarrantyParts.Heating, WarrantyUnit.Months, 12)]
    [InlineData(WarrantyParts.MainStructure, WarrantyUnit.Months, 599)]
    [InlineData(WarrantyParts.MainStructure, WarrantyUnit.Seasons, 100)]
    [InlineData(WarrantyParts.Roof, WarrantyUnit.Seasons, 2)]
    public void Less_than_prescribed_is_refused_in_any_unit(string part, WarrantyUnit unit, int count)
    {
        var refusal = Refused(
            part,
            new(unit, count),
            new(A.Day("2024-01-31"), A.Day("2026-01-31"), DesignLifeYears: 50)
        );

        refusal.Code.ShouldBe("warranty-below-prescribed");
        refusal.Rule.ShouldBe("P3.1.2");
        refusal.Missing.ShouldBe(["committed-term"]);
        refusal.SuppliedBy.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(WarrantyParts.Heating, WarrantyUnit.Months, 12, true)]
    [InlineData(WarrantyParts.Heating, WarrantyUnit.Months, 15, true)]
    [InlineData(WarrantyParts.Heating, WarrantyUnit.Months, 17, false)]
    [InlineData(WarrantyParts.Heating, WarrantyUnit.Months, 36, false)]
    [InlineData(WarrantyParts.Roof, WarrantyUnit.Seasons, 1, true)]
    [InlineData(WarrantyParts.Roof, WarrantyUnit.Seasons, 7, false)]
    public void Without_dates_what_is_below_on_every_day_of_the_year_is_refused_and_the_rest_waits_for_the_dates(
        string part,
        WarrantyUnit unit,
        int count,
        bool refused
    ) =>
        (
            WarrantyTerms
                .CheckCommitment(A.Policy.Warranty.Part(part)!, new(unit, count), 50, A.Policy.Warranty, "beijing")
                ?.Code == "warranty-below-prescribed"
        ).ShouldBe(refused);

    [Fact]
    public void What_is_refused_without_dates_is_refused_with_any() =>
        Gen.Select(Parts, Lengths, Facts)
            .Sample(
                (part, length, facts) =>
                {
                    if (
                        WarrantyTerms.CheckCommitment(
                            part,
                            length,
                            facts.DesignLifeYears,
                            A.Policy.Warranty,
                            facts.City
                        ) is
                        { } refusal
                    )
                    {
                        WarrantyTerms
                            .Effective(part, length, facts, A.Policy.Warranty)
                            .Refusal.ShouldNotBeNull()
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
                        WarrantyTerms
                            .Table(committed is { } given ? [new(part.Code, given)] : [], facts, A.Policy.Warranty)
                            .Failed(out _, out var table)
                            ? null
                            : RevisitPlanning.Horizon(table, facts.Handover, A.Policy.Revisits);
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
        Refused(WarrantyParts.Roof, new(unit, count), new(A.Day("2024-01-31"), A.Day("2024-01-31")))
            .Kind.ShouldBe(RefusalKind.Invalid);

    [Fact]
    public void The_table_gives_every_part_and_refuses_a_part_that_is_not_in_it()
    {
        var facts = new WarrantyFacts(A.Day("2024-01-31"), A.Day("2024-01-31"), "beijing", 50);

        var table = WarrantyTerms
            .Table([new(WarrantyParts.Roof, WarrantyLength.Years(8))], facts, A.Policy.Warranty)
            .Required();
        table
            .Terms.Select(term => (term.Part, term.Through))
            .ShouldBe([
                ("infrastructure", A.Day("2074-01-31")),
                ("foundation", A.Day("2074-01-31")),
                ("main-structure", A.Day("2074-01-31")),
                ("roof", A.Day("2032-01-31")),
                ("bathrooms", A.Day("2029-01-31")),
                ("rooms", A.Day("2029-01-31")),
                ("outer-walls", A.Day("2029-01-31")),
                ("heating", A.Day("2026-03-15")),
                ("cooling", A.Day("2025-09-30")),
                ("electrical", A.Day("2026-01-31")),
                ("water-and-drainage", A.Day("2026-01-31")),
                ("equipment-installation", A.Day("2026-01-31")),
                ("decoration", A.Day("2026-01-31")),
            ]);
        RevisitPlanning.Horizon(table, facts.Handover, A.Policy.Revisits).ShouldBe(A.Day("2032-01-31"));

        WarrantyTerms
            .Table([new("garden", WarrantyLength.Years(1))], facts, A.Policy.Warranty)
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("warranty-part-unknown");
    }

    [Fact]
    public void The_longer_protection_always_wins() =>
        Gen.Select(Parts, Lengths, Facts)
            .Sample(
                (part, committed, facts) =>
                {
                    var prescribed = WarrantyTerms.Effective(part, null, facts, A.Policy.Warranty).Required();
                    var result = WarrantyTerms.Effective(part, committed, facts, A.Policy.Warranty);
                    if (result.Failed(out var refusal, out var term))
                    {
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
                    return term.Through >= prescribed.Through
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
                    Result<WarrantyTerm> Of(int count) =>
                        WarrantyTerms.Effective(part, WarrantyLength.Months(count), facts, A.Policy.Warranty);
                    return Of(months).Failed(out _, out var shorter)
                        || (!Of(months + more).Failed(out _, out var longer) && longer.Through >= shorter.Through);
                }
            );

    [Fact]
    public void Full_seasons_are_counted_like_walking_day_by_day() =>
        Gen.Select(Dates, Gen.Int[1, 4], Cities, Gen.Enum<SeasonKind>())
            .Sample(
                (from, seasons, city, kind) =>
                {
                    if (A.Policy.Warranty.SeasonsOf(city).Of(kind) is not { } season)
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

    // R2 of the mutations: what a contract promises beyond the design's life is no horizon of the plan.
    [Fact, Trait("Rule", "P2.1.1")]
    public void Given_a_part_committed_for_the_design_life_When_worked_out_Then_the_plan_ends_with_the_prescribed_term()
    {
        var facts = new WarrantyFacts(A.Day("2024-01-31"), A.Day("2024-01-31"), DesignLifeYears: 50);

        var term = Term(WarrantyParts.Roof, WarrantyLength.DesignLife, facts);

        term.Through.ShouldBe(A.Day("2074-01-31"));
        term.FiniteThrough.ShouldBe(A.Day("2029-01-31"));
    }

    [Fact]
    public void Terms_by_season_follow_the_city()
    {
        var basis = Sample.Project().Basis;
        var day = A.Day("2024-05-20");
        var terms = new List<PartTerm>();
        bool Update(string city) =>
            PartTerm.Update(terms, new WarrantyTable([Term(Climate, null, new(day, day, city))]), basis);

        Update("beijing").ShouldBeTrue();
        terms.Select(t => t.Season).ShouldBe(["heating", "cooling"]);
        Update("beijing").ShouldBeFalse();
        Update("guangzhou").ShouldBeTrue("the city only cools");
        terms.Select(t => (t.Season, t.Through)).ShouldBe([("cooling", A.Day("2026-10-31"))]);
    }

    private static WarrantyTerm Term(string part, WarrantyLength? committed, WarrantyFacts facts) =>
        Term(A.Policy.Warranty.Part(part)!, committed, facts);

    private static WarrantyTerm Term(WarrantyPart part, WarrantyLength? committed, WarrantyFacts facts) =>
        WarrantyTerms.Effective(part, committed, facts, A.Policy.Warranty).Required();

    private static Refusal Refused(string part, WarrantyLength? committed, WarrantyFacts facts) =>
        WarrantyTerms
            .Effective(A.Policy.Warranty.Part(part)!, committed, facts, A.Policy.Warranty)
            .Refusal.ShouldNotBeNull();
}
