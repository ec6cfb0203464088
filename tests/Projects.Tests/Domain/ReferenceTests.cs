using CsCheck;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

/// <summary>Terms and plans of a project against a reference that is slow and obviously right: it walks the
/// calendar day by day and month by month.</summary>
public sealed class ReferenceTests
{
    private static readonly Policy Policy = PolicyCatalogue.BuiltIn.ByVersion(1);

    private static readonly Gen<DateOnly> Date = Gen.Int[0, 7300]
        .Select(days => new DateOnly(2004, 1, 1).AddDays(days));

    // Half of them on the days where months are uneven.
    private static readonly Gen<DateOnly> Awkward = Gen.OneOf(
        Date,
        Gen.Int[0, 239].Select(m => new DateOnly(2004, 1, 1).AddMonths(m + 1).AddDays(-1)),
        Gen.Int[0, 4].Select(y => new DateOnly(2004 + (4 * y), 2, 29))
    );

    [Fact, Trait("Rule", "P3.1.2")]
    public void The_later_of_prescribed_and_committed_protects_on_every_day() =>
        Gen.Select(Awkward, Gen.Int[0, 400], Gen.Int[0, 9], Gen.Int[2, 4])
            .Sample(
                (acceptance, gap, extra, seasons) =>
                {
                    var handover = acceptance.AddDays(gap);
                    Commitment[] commitments =
                        extra == 0
                            ? []
                            :
                            [
                                new("roof", WarrantyLength.Months(60 + extra)),
                                new("heating", WarrantyLength.Seasons(seasons)),
                                new("cooling", WarrantyLength.Seasons(seasons)),
                            ];
                    var project = HandedOver(acceptance, handover, commitments);

                    var roof = Later(
                        MonthsLater(acceptance, 60),
                        extra == 0 ? acceptance : MonthsLater(handover, 60 + extra)
                    );
                    project.ThroughOf("roof").ShouldBe(roof);
                    var heating = Later(
                        SeasonsEnd(acceptance, 2),
                        extra == 0 ? acceptance : SeasonsEnd(handover, seasons)
                    );
                    Later(project.ThroughOf("heating")!.Value, project.ThroughOf("cooling")!.Value).ShouldBe(heating);
                    project.ThroughOf("bathrooms").ShouldBe(MonthsLater(acceptance, 60), "each part by itself");
                    project.ThroughOf("electrical").ShouldBe(MonthsLater(acceptance, 24));
                    project.ThroughOf("decoration").ShouldBe(MonthsLater(acceptance, 24));
                    project.HorizonEndsOn.ShouldBe(Later(roof, heating), "the structure's design life is no horizon");

                    var part = Policy.Warranty.Part("roof")!;
                    foreach (
                        var day in new[] { handover.AddDays(-1), handover, roof.AddDays(-1), roof, roof.AddDays(1) }
                    )
                    {
                        WarrantyRuling
                            .Of(project.Basis, part, day, Policy)
                            .Covered.ShouldBe(day >= handover && day <= roof);
                    }
                },
                iter: 2000
            );

    [Fact, Trait("Rule", "P3.1.2")]
    public void Heating_and_cooling_are_each_protected_to_their_own_end_in_every_city_and_in_other_units_too() =>
        Gen.Select(Awkward, Gen.Int[0, 400], Gen.Int[0, 3], Gen.OneOf(Gen.Const(0), Gen.Int[24, 60]))
            .Sample(
                (acceptance, gap, which, months) =>
                {
                    var city = new[] { "beijing", "harbin", "shanghai", "guangzhou" }[which];
                    var handover = acceptance.AddDays(gap);
                    // A city without heating is judged by the default city's, which are those of Beijing.
                    var heating =
                        SeasonEnd(city, SeasonKind.Heating, acceptance, 2)
                        ?? SeasonEnd("beijing", SeasonKind.Heating, acceptance, 2)!.Value;
                    var cooling = SeasonEnd(city, SeasonKind.Cooling, acceptance, 2)!.Value;
                    var project = Sample.Project(
                        Sample.Details(
                            50,
                            city,
                            months == 0
                                ? []
                                :
                                [
                                    new("heating", WarrantyLength.Months(months)),
                                    new("cooling", WarrantyLength.Months(months)),
                                ]
                        )
                    );
                    project.Accept(Sample.By(Roles.Engineering), acceptance).ShouldBeNull();
                    var refused = project.HandOver(Sample.By(Roles.Engineering), handover).Refusal;
                    if (months > 0 && MonthsLater(acceptance, months) < Later(heating, cooling))
                    {
                        refused!.Code.ShouldBe(
                            "warranty-below-prescribed",
                            "counted from the same day the months do not reach as far as the seasons"
                        );
                        project.State.ShouldBe(ProjectState.Accepted);
                        return;
                    }

                    refused.ShouldBeNull();
                    var committed = months == 0 ? acceptance : MonthsLater(handover, months);
                    foreach (var (code, end) in new[] { ("heating", heating), ("cooling", cooling) })
                    {
                        var part = Policy.Warranty.Part(code)!;
                        var through = Later(end, committed);
                        var ruling = WarrantyRuling.Of(project.Basis, part, through, Policy);
                        (ruling.Covered, ruling.Until).ShouldBe((true, through), $"{city} {code}");
                        WarrantyRuling.Of(project.Basis, part, through.AddDays(1), Policy).Covered.ShouldBeFalse();
                        project.ThroughOf(code).ShouldBe(through);
                    }
                },
                iter: 1500
            );

    [Fact, Trait("Rule", "P2.1.1")]
    public void The_plan_is_every_three_months_in_the_first_half_year_then_every_half_year_each_from_the_handover() =>
        Gen.Select(Awkward, Gen.Int[0, 400])
            .Sample(
                (acceptance, gap) =>
                {
                    var handover = acceptance.AddDays(gap);
                    var project = HandedOver(acceptance, handover, [], out var plan);
                    var expected = Enumerable
                        .Range(1, 400)
                        .Where(m => m == 3 || m % 6 == 0)
                        .Select(m => MonthsLater(handover, m))
                        .Where(d => d <= project.HorizonEndsOn)
                        .ToList();
                    plan.Select(r => r.DueOn).ShouldBe(expected);
                    plan.Select(r => r.Ordinal).ShouldBe(Enumerable.Range(1, expected.Count));
                    project.ActiveRevisits.ShouldBe(expected.Count);
                },
                iter: 2000
            );

    [Fact, Trait("Rule", "P2.1.1")]
    public void A_corrected_plan_is_the_plan_of_the_corrected_dates_except_for_what_was_held() =>
        Gen.Select(
                Date,
                Gen.Int[0, 200],
                Gen.OneOf(Gen.Int[-120, 120], Gen.Int[-4000, 4000]),
                Gen.OneOf(Gen.Int[0, 200], Gen.Int[0, 4000]),
                Gen.Int[0, 3],
                Gen.Int[60, 130]
            )
            .Sample(
                (acceptance, gap, slip, gap2, held, months) =>
                {
                    var acceptance2 = acceptance.AddDays(slip);
                    var project = HandedOver(acceptance, acceptance.AddDays(gap), [], out var plan);
                    var revisits = plan.ToList();
                    foreach (var revisit in revisits.Take(held))
                    {
                        revisit.Open(Sample.By(Roles.Production), null, null, null, project).ShouldBeNull();
                        revisit
                            .Hold(Sample.By(Roles.Engineering), Sample.Held(project, revisit.DueOn), project, null)
                            .ShouldBeNull();
                    }

                    var before = revisits.Take(held).Select(r => (r.Id, r.DueOn, r.HeldOn, r.Version)).ToList();
                    var (version, handover2) = (project.Version, acceptance2.AddDays(gap2));
                    var result = project.CorrectDates(
                        Sample.By(Roles.EngineeringHead),
                        new CorrectedDates(acceptance2, handover2),
                        "r",
                        revisits
                    );
                    var end2 = Later(MonthsLater(acceptance2, 60), SeasonsEnd(acceptance2, 2));
                    if (handover2 > Sample.Today || before.Exists(r => r.HeldOn < handover2 || r.HeldOn > end2))
                    {
                        result.Refusal!.Code.ShouldBe(
                            handover2 > Sample.Today ? "handover-in-future" : "held-outside-warranty"
                        );
                        project.Version.ShouldBe(version);
                        return;
                    }

                    revisits.AddRange(result.Required().Added);
                    var changed = project.ChangeCommitments(
                        Sample.By(Roles.EngineeringHead),
                        new("beijing", 50, [new("roof", WarrantyLength.Months(months))], []),
                        "r",
                        revisits
                    );
                    revisits.AddRange(changed.Required().Added);

                    revisits.Take(held).Select(r => (r.Id, r.DueOn, r.HeldOn, r.Version)).ShouldBe(before);
                    var dates = RevisitPlanning.Dates(
                        acceptance2.AddDays(gap2),
                        project.HorizonEndsOn!.Value,
                        Policy.Revisits
                    );
                    revisits.Where(r => r.IsOpen).Select(r => r.DueOn).Order().ShouldBe(dates.Skip(held));
                    project.ActiveRevisits.ShouldBe(revisits.Count(r => r.State != RevisitState.Cancelled));
                    revisits.Select(r => r.Ordinal).ShouldBeUnique();
                },
                iter: 1000
            );

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P3.1.2")]
    public void A_plan_that_is_regenerated_after_the_policies_changed_is_theirs_except_for_what_was_held_or_cancelled_by_a_person_and_stays_so() =>
        Gen.Select(
                Awkward,
                Gen.Int[0, 200],
                Gen.Int[0, 3],
                Gen.Int[0, 2],
                Gen.Select(Gen.Int[1, 5], Gen.Int[1, 14], Gen.Int[5, 8])
            )
            .Sample(
                (acceptance, gap, held, cancelled, change) =>
                {
                    var (firstMonth, every, years) = change;
                    var handover = acceptance.AddDays(gap);
                    var project = HandedOver(acceptance, handover, [], out var plan);
                    var revisits = plan.ToList();
                    foreach (var revisit in revisits.Take(held))
                    {
                        revisit.Open(Sample.By(Roles.Production), null, null, null, project).ShouldBeNull();
                        revisit
                            .Hold(Sample.By(Roles.Engineering), Sample.Held(project, revisit.DueOn), project, null)
                            .ShouldBeNull();
                    }

                    foreach (var revisit in revisits.Skip(held).Take(cancelled))
                    {
                        revisit.Cancel(Sample.By(Roles.Production), "r", project).ShouldBeNull();
                    }

                    var before = revisits
                        .Take(held + cancelled)
                        .Select(r => (r.Id, r.State, r.DueOn, r.HeldOn, r.Version))
                        .ToList();
                    var policy = Policy with
                    {
                        Revisits = Policy.Revisits with { FirstMonths = [firstMonth], ThenEveryMonths = every },
                        Warranty = Policy.Warranty with
                        {
                            Parts = Policy
                                .Warranty.Parts.Select(p => p.Code == "roof" ? p with { Years = years } : p)
                                .ToList(),
                        },
                    };
                    var context = Sample.By(Roles.EngineeringHead) with { Policy = policy };
                    revisits.AddRange(project.RegeneratePlan(context, "r", revisits).Required().Added);

                    var end = Later(MonthsLater(acceptance, 12 * years), SeasonsEnd(acceptance, 2));
                    project.HorizonEndsOn.ShouldBe(end);
                    var dates = Enumerable
                        .Range(1, 400)
                        .Where(m => m == firstMonth || (m > firstMonth && m % every == 0))
                        .Select(m => MonthsLater(handover, m))
                        .Where(d => d <= end)
                        .ToList();
                    revisits.Where(r => r.IsOpen).Select(r => r.DueOn).Order().ShouldBe(dates.Skip(held + cancelled));
                    revisits
                        .Take(held + cancelled)
                        .Select(r => (r.Id, r.State, r.DueOn, r.HeldOn, r.Version))
                        .ShouldBe(before);
                    project.ActiveRevisits.ShouldBe(revisits.Count(r => r.State != RevisitState.Cancelled));

                    var (version, head) = (project.Version, project.AuditHead);
                    project.RegeneratePlan(context, "r", revisits).Required().IsChange.ShouldBeFalse();
                    (project.Version, project.AuditHead).ShouldBe((version, head));
                },
                iter: 2000
            );

    private static Project HandedOver(DateOnly acceptance, DateOnly handover, Commitment[] commitments) =>
        HandedOver(acceptance, handover, commitments, out _);

    private static Project HandedOver(
        DateOnly acceptance,
        DateOnly handover,
        Commitment[] commitments,
        out IReadOnlyList<Revisit> plan
    )
    {
        // Beijing: heating from 15 November, cooling from 1 June.
        var project = Sample.Project(Sample.Details(50, "beijing", commitments));
        project.Accept(Sample.By(Roles.Engineering), acceptance).ShouldBeNull();
        plan = project.HandOver(Sample.By(Roles.Engineering), handover).Required().Added;
        return project;
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly MonthsLater(DateOnly from, int months)
    {
        var (year, month) = (from.Year, from.Month);
        for (var i = 0; i < months; i++)
        {
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1);
        }

        var day = from.Day;
        while (day > DateTime.DaysInMonth(year, month))
        {
            day--;
        }

        return new(year, month, day);
    }

    // The later of the n-th heating and the n-th cooling season that begin on or after the day.
    private static DateOnly SeasonsEnd(DateOnly from, int seasons) =>
        Later(
            SeasonEnd("beijing", SeasonKind.Heating, from, seasons)!.Value,
            SeasonEnd("beijing", SeasonKind.Cooling, from, seasons)!.Value
        );

    // The last day of the n-th season that begins on or after the day; null where the city has none.
    private static DateOnly? SeasonEnd(string city, SeasonKind kind, DateOnly from, int seasons)
    {
        static bool In(string city, SeasonKind kind, DateOnly d) =>
            (city, kind) switch
            {
                ("beijing", SeasonKind.Heating) => (d.Month, d.Day)
                    is
                        (11, >= 15)
                        or
                        (12, _)
                        or
                        (1, _)
                        or
                        (2, _)
                        or
                        (3, <= 15),
                ("harbin", SeasonKind.Heating) => (d.Month, d.Day)
                    is
                        (10, >= 20)
                        or
                        (11, _)
                        or
                        (12, _)
                        or
                        (1, _)
                        or
                        (2, _)
                        or
                        (3, _)
                        or
                        (4, <= 20),
                ("harbin", SeasonKind.Cooling) => (d.Month, d.Day) is (6, >= 15) or (7, _) or (8, _),
                ("shanghai", SeasonKind.Heating) => d.Month is 12 or 1 or 2,
                ("guangzhou", SeasonKind.Heating) => false,
                ("guangzhou", SeasonKind.Cooling) => d.Month is >= 5 and <= 10,
                (_, SeasonKind.Cooling) => d.Month is >= 6 and <= 9,
                _ => throw new ArgumentOutOfRangeException(
                    nameof(city),
                    city,
                    "This reference does not know its seasons."
                ),
            };
        var begun = 0;
        for (var day = from; day < from.AddYears(seasons + 2); day = day.AddDays(1))
        {
            begun += In(city, kind, day) && !In(city, kind, day.AddDays(-1)) ? 1 : 0;
            if (begun == seasons && In(city, kind, day) && !In(city, kind, day.AddDays(1)))
            {
                return day;
            }
        }

        return null;
    }
}
