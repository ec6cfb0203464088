using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using static CustomerService.Projects.Tests.Domain.A;

namespace CustomerService.Projects.Tests.Domain;

/// <summary>The worked cases of the requirements that Projects decides. Each must come out exactly so.</summary>
public sealed class WorkedCases
{
    [Fact]
    [Trait("Rule", "P2.1.1")]
    public void Case_1_five_revisits_from_the_last_of_January_to_the_last_warranty_day()
    {
        var handover = Day("2024-01-31");
        var last = CalendarMonths.LastDayOfTerm(handover, 24);

        last.ShouldBe(Day("2026-01-31"));
        RevisitPlanning
            .Dates(handover, last, Standard.Revisits)
            .ShouldBe([Day("2024-04-30"), Day("2024-07-31"), Day("2025-01-31"), Day("2025-07-31"), Day("2026-01-31")]);
    }

    [Fact]
    [Trait("Rule", "P2.1.1")]
    public void Case_1_none_held_by_the_end_is_a_breach_from_the_day_after()
    {
        var last = Day("2026-01-31");

        RevisitPlan.IsInBreach(last, held: 0, today: last).ShouldBeFalse();
        RevisitPlan.IsInBreach(last, held: 0, today: last.AddDays(1)).ShouldBeTrue();
        RevisitPlan.IsInBreach(last, held: 1, today: last.AddDays(1)).ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "P3.1.2")]
    public void Case_7_waterproofing_committed_for_three_years_is_refused()
    {
        var part = Standard.Warranty.Part(WarrantyParts.Waterproofing)!;

        var refusal = WarrantyTerms.CheckCommitment(part, WarrantyLength.Years(3)).ShouldNotBeNull();

        refusal.Code.ShouldBe("warranty-below-prescribed");
        refusal.Rule.ShouldBe("P3.1.2");
        refusal.Arguments["prescribed"].ShouldBe("5y");
    }
}
