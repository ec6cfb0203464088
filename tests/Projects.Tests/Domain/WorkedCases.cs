using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

/// <summary>The worked cases of the requirements that Projects decides. Each must come out exactly so.</summary>
public sealed class WorkedCases
{
    [Fact]
    [Trait("Rule", "P2.1.1")]
    public void Case_1_five_revisits_from_the_last_of_January_to_the_last_warranty_day()
    {
        var handover = A.Day("2024-01-31");
        var last = CalendarMonths.LastDayOfTerm(handover, 24);

        last.ShouldBe(A.Day("2026-01-31"));
        RevisitPlanning
            .Dates(handover, last, A.Policy.Revisits)
            .ShouldBe([
                A.Day("2024-04-30"),
                A.Day("2024-07-31"),
                A.Day("2025-01-31"),
                A.Day("2025-07-31"),
                A.Day("2026-01-31"),
            ]);
    }

    [Fact]
    [Trait("Rule", "P2.1.1")]
    public void Case_1_none_held_by_the_end_is_a_breach_from_the_day_after()
    {
        var project = A.Project().At(ProjectState.HandedOver);
        var last = project.HorizonEndsOn!.Value;

        ProjectDeadlines.IsInBreach(project, last).ShouldBeFalse();
        ProjectDeadlines.IsInBreach(project, last.AddDays(1)).ShouldBeTrue();
        project.CountHeld(Sample.By(Roles.Engineering));
        ProjectDeadlines.IsInBreach(project, last.AddDays(1)).ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "P3.1.2")]
    public void Case_7_waterproofing_committed_for_three_years_is_refused()
    {
        var part = A.Policy.Warranty.Part(WarrantyParts.Roof)!;

        var refusal = WarrantyTerms.CheckCommitment(part, WarrantyLength.Years(3)).ShouldNotBeNull();

        refusal.Code.ShouldBe("warranty-below-prescribed");
        refusal.Rule.ShouldBe("P3.1.2");
        refusal.Arguments["prescribed"].ShouldBe("5y");
    }
}
