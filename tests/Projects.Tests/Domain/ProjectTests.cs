using CustomerService.Contracts.Projects.V1;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

public sealed class ProjectTests
{
    private static readonly DateOnly Accepted = ProjectBuilder.Accepted;

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P3.3")]
    public void Given_a_registered_project_When_handed_over_Then_refused_and_nothing_changes()
    {
        Project project = A.Project();
        var (version, head) = (project.Version, project.AuditHead);

        var refusal = project.HandOver(Sample.By(Roles.Engineering), Accepted).Refusal;

        refusal.ShouldNotBeNull().Code.ShouldBe("not-in-this-state");
        (project.Version, project.AuditHead, project.HandedOverOn).ShouldBe((version, head, null));
    }

    [Theory, Trait("Rule", "P1")]
    [InlineData(Roles.Qc, "2024-01-31", "role-missing")]
    [InlineData(Roles.Engineering, "2026-11-25", "date-in-future")]
    [InlineData(Roles.Engineering, "1979-12-31", "date-too-early")]
    [InlineData(Roles.Engineering, "1980-01-01", null)]
    [InlineData(Roles.EngineeringHead, "2026-11-24", null)]
    public void Given_a_registered_project_When_accepted_Then_the_day_must_have_come_and_not_be_ages_ago(
        string role,
        string on,
        string? code
    )
    {
        Project project = A.Project();

        var refusal = project.Accept(Sample.By(role), A.Day(on));

        (refusal?.Code).ShouldBe(code);
        (refusal is null).ShouldBe(code is null);
        project.AcceptedOn.ShouldBe(code is null ? A.Day(on) : null);
    }

    [Fact, Trait("Rule", "P1")]
    public void Given_acceptance_When_the_due_date_is_worked_out_Then_it_is_ten_days_later()
    {
        Project project = A.Project();

        project.Accept(Sample.By(Roles.Engineering), Accepted).ShouldBeNull();

        project.ClearanceDueOn.ShouldBe(new DateOnly(2024, 2, 10));
        project.PendingEvents.OfType<ProjectAccepted>().Single().ClearanceDueOn.ShouldBe(new DateOnly(2024, 2, 10));
    }

    [Theory, Trait("Rule", "P1")]
    [InlineData("2024-01-30", true, "clearance-before-acceptance")]
    [InlineData("2026-11-25", true, "date-in-future")]
    [InlineData("2024-02-08", false, "land-not-returned")]
    [InlineData("2024-01-31", true, null)]
    public void Given_acceptance_When_the_site_is_cleared_Then_only_after_it_and_with_the_land_returned(
        string on,
        bool landReturned,
        string? code
    )
    {
        var project = A.Project().At(ProjectState.Accepted);

        var refusal = Clear(project, on, landReturned);

        (refusal?.Code).ShouldBe(code);
        (project.Clearance is not null).ShouldBe(code is null);
    }

    [Fact, Trait("Rule", "P1")]
    public void Given_a_cleared_site_When_cleared_again_Then_refused()
    {
        var project = A.Project().At(ProjectState.Accepted);
        Clear(project, "2024-02-08", true).ShouldBeNull();

        Clear(project, "2024-02-09", true).ShouldNotBeNull().Code.ShouldBe("already-cleared");
    }

    [Fact, Trait("Rule", "P1")]
    public void Given_a_picture_of_another_project_When_the_site_is_cleared_Then_refused_with_the_picture()
    {
        var (project, own, foreign) = (A.Project().At(ProjectState.Accepted), Guid.NewGuid(), Guid.NewGuid());
        var clearance = new SiteClearance(
            new(2024, 2, 8),
            true,
            [],
            null,
            [own],
            Sample.Restored with
            {
                Photos = [foreign],
            }
        );

        var refusal = project.ClearSite(Sample.By(Roles.Engineering), clearance, new HashSet<Guid> { own });

        refusal.ShouldNotBeNull().Code.ShouldBe("photo-unknown");
        refusal.Arguments["photo"].ShouldBe(foreign);
    }

    [Theory, Trait("Rule", "P1")]
    [InlineData(false, false, null, "restoration-not-shown")]
    [InlineData(true, false, null, "restoration-not-shown")]
    [InlineData(true, true, null, null)]
    [InlineData(true, false, "2024-02-08", null)]
    [InlineData(true, false, "2026-11-25", "date-in-future")]
    public void Given_a_cleared_site_When_recorded_Then_the_restoration_is_shown_by_photos_or_the_owners_word(
        bool restored,
        bool photo,
        string? word,
        string? code
    )
    {
        var (project, picture) = (A.Project().At(ProjectState.Accepted), Guid.NewGuid());
        var restoration = new Restoration(
            "綠地復原",
            photo ? [picture] : [],
            word is null ? null : new("王建國", A.Day(word))
        );
        var clearance = new SiteClearance(new(2024, 2, 8), true, [], null, [], restored ? restoration : null);

        var refusal = project.ClearSite(Sample.By(Roles.Engineering), clearance, new HashSet<Guid> { picture });

        (refusal?.Code).ShouldBe(code);
        (project.Clearance?.Restoration).ShouldBe(code is null ? restoration : null);
    }

    [Theory, Trait("Rule", "P1")]
    [InlineData("2024-01-20", "2024-06-01", 11)]
    [InlineData("2024-02-05", "2024-06-01", -5)]
    [InlineData(null, "2024-06-01", null)]
    public void Given_a_planned_acceptance_When_accepted_Then_the_days_late_are_judged_by_it(
        string? planned,
        string today,
        int? late
    )
    {
        var plan = planned is null ? (DateOnly?)null : A.Day(planned);
        var project = A.Project(Sample.Details() with { PlannedAcceptanceOn = plan }).At(ProjectState.Accepted);

        ProjectDeadlines.AcceptanceDaysLate(project, A.Day(today)).ShouldBe(late);
        project
            .Revise(
                Sample.By(Roles.Engineering),
                Sample.DetailsOf(project) with
                {
                    PlannedAcceptanceOn = new(2024, 3, 1),
                }
            )!
            .Code.ShouldBe("planned-acceptance-fixed");
    }

    [Theory, Trait("Rule", "P1")]
    [InlineData("2024-01-20", null)]
    [InlineData("2024-01-21", 1)]
    public void Given_a_planned_acceptance_When_it_has_passed_Then_the_days_since_count(string today, int? late)
    {
        var project = Sample.Project(Sample.Details() with { PlannedAcceptanceOn = new(2024, 1, 20) });

        ProjectDeadlines.AcceptanceDaysLate(project, A.Day(today)).ShouldBe(late);
    }

    [Theory, Trait("Rule", "P3")]
    [InlineData("2024-01-31", true, Roles.Sales, null)]
    [InlineData("2026-11-25", true, Roles.Sales, "date-in-future")]
    [InlineData("2024-01-31", false, Roles.Sales, "contract-file-unknown")]
    [InlineData("2024-01-31", true, Roles.Qc, "role-missing")]
    public void Given_a_warranty_contract_When_recorded_Then_it_is_dated_and_on_file(
        string signed,
        bool known,
        string role,
        string? code
    )
    {
        var project = A.Project().At(ProjectState.HandedOver);
        project.Warnings.ShouldBe(["warranty-contract-missing"]);
        var contract = new WarrantyContract("BX-1", A.Day(signed), Guid.NewGuid(), "按表 3.1", ["業主改造部位"]);

        (project.RecordContract(Sample.By(role), new(contract, known))?.Code).ShouldBe(code);

        project.WarrantyContract.ShouldBe(code is null ? contract : null);
        project.Warnings.Count.ShouldBe(code is null ? 0 : 1);
    }

    [Fact, Trait("Rule", "P3")]
    public void Given_a_project_that_is_not_handed_over_When_it_has_no_contract_Then_nothing_warns() =>
        A.Project().At(ProjectState.Accepted).Warnings.ShouldBeEmpty();

    [Fact, Trait("Rule", "Form3.3.1")]
    public void Given_users_When_revised_Then_they_keep_their_identity_and_a_foreign_one_is_refused()
    {
        var project = Sample.Project(Sample.Details() with { Users = [new(Guid.Empty, "陳先生", "501", null, null)] });
        var user = project.Users.ShouldHaveSingleItem();
        ProjectDetails With(ProjectUser changed) => Sample.DetailsOf(project) with { Users = [changed] };

        project.Revise(Sample.By(Roles.Engineering), With(user with { Place = "502" })).ShouldBeNull();
        project
            .Revise(Sample.By(Roles.Engineering), With(user with { Id = Guid.NewGuid() }))!
            .Code.ShouldBe("user-unknown");

        project.Users.ShouldBe([user with { Place = "502" }]);
    }

    [Fact, Trait("Rule", "P1")]
    public void Given_an_unknown_picture_When_one_without_the_role_clears_Then_only_the_role_is_told()
    {
        var project = A.Project().At(ProjectState.Accepted);
        var clearance = new SiteClearance(new(2024, 2, 8), true, [], null, [Guid.NewGuid()], Sample.Restored);

        project
            .ClearSite(Sample.By(Roles.Sales), clearance, new HashSet<Guid>())
            .ShouldNotBeNull()
            .Code.ShouldBe("role-missing");
    }

    [Theory, Trait("Rule", "P1")]
    [InlineData("2024-02-10", "clearance-not-overdue")]
    [InlineData("2024-02-11", null)]
    public void Given_a_site_not_cleared_When_marked_overdue_Then_only_from_the_day_after(string today, string? code)
    {
        var project = A.Project().At(ProjectState.Accepted);

        var refusal = project.MarkClearanceOverdue(A.Context(Someone.System("projects"), A.Day(today)));

        (refusal?.Code).ShouldBe(code);
        project.PendingEvents.OfType<ClearanceOverdue>().Count().ShouldBe(code is null ? 1 : 0);
    }

    [Fact, Trait("Rule", "P1")]
    public void Given_an_overdue_mark_When_marked_again_Then_refused()
    {
        var project = A.Project().At(ProjectState.Accepted);
        var context = A.Context(Someone.System("projects"), new DateOnly(2024, 2, 11));
        project.MarkClearanceOverdue(context).ShouldBeNull();

        project.MarkClearanceOverdue(context).ShouldNotBeNull().Code.ShouldBe("clearance-not-overdue");
    }

    [Theory, Trait("Rule", "P1")]
    [InlineData("2024-02-06", "reminder-not-due")]
    [InlineData("2024-02-07", null)]
    [InlineData("2024-02-09", null)]
    [InlineData("2024-02-11", "reminder-not-due")]
    public void Given_a_site_not_cleared_When_reminded_Then_on_the_days_of_the_policy_only(string today, string? code)
    {
        var project = A.Project().At(ProjectState.Accepted);

        (project.RemindOfClearance(A.Context(Someone.System("projects"), A.Day(today)))?.Code).ShouldBe(code);

        project.ClearanceRemindedOn.ShouldBe(code is null ? A.Day(today) : null);
    }

    [Theory, Trait("Rule", "P3")]
    [InlineData("2024-01-30", "handover-before-acceptance")]
    [InlineData("2026-11-25", "handover-in-future")]
    [InlineData("2024-01-31", null)]
    public void Given_acceptance_When_handed_over_Then_not_before_it_and_not_in_the_future(string on, string? code)
    {
        var project = A.Project().At(ProjectState.Accepted);

        var refusal = project.HandOver(Sample.By(Roles.Engineering), A.Day(on)).Refusal;

        (refusal?.Code).ShouldBe(code);
        (project.State == ProjectState.HandedOver).ShouldBe(code is null);
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public void Given_no_design_life_When_handed_over_Then_refused_because_the_structure_has_no_term()
    {
        var project = A.Project(Sample.Details(designLife: null)).At(ProjectState.Accepted);

        project
            .HandOver(Sample.By(Roles.Engineering), Accepted)
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("design-life-missing");
        project.State.ShouldBe(ProjectState.Accepted);
    }

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P3")]
    public void Given_handover_When_planned_Then_revisits_in_months_3_6_12_and_on_to_the_longest_finite_term()
    {
        var builder = A.Project();

        var project = builder.At(ProjectState.HandedOver);

        project.HorizonEndsOn.ShouldBe(new DateOnly(2029, 1, 31));
        builder
            .Plan.Select(r => r.DueOn)
            .Take(4)
            .ShouldBe([new(2024, 4, 30), new(2024, 7, 31), new(2025, 1, 31), new(2025, 7, 31)]);
        builder.Plan[^1].DueOn.ShouldBe(new DateOnly(2029, 1, 31));
        project.ActiveRevisits.ShouldBe(builder.Plan.Count);
    }

    [Theory, Trait("Rule", "P3.1.2")]
    [InlineData("garden", "warranty-part-unknown")]
    [InlineData("roof", "warranty-below-prescribed")]
    public void Given_a_commitment_below_the_prescribed_term_or_of_no_part_When_registered_Then_refused(
        string part,
        string code
    ) =>
        Project
            .Register(
                Sample.By(Roles.Engineering),
                Sample.Details(commitments: new Commitment(part, WarrantyLength.Years(3)))
            )
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe(code);

    [Fact, Trait("Rule", "P3.1.2")]
    public void Given_a_blank_term_of_no_part_When_registered_Then_refused() =>
        Project
            .Register(Sample.By(Roles.Engineering), Sample.Details() with { BlankParts = ["garden"] })
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("warranty-part-unknown");

    [Theory, Trait("Rule", "P3.3")]
    [InlineData(Roles.Engineering, true)]
    [InlineData(Roles.EngineeringHead, true)]
    [InlineData(Roles.Production, true)]
    [InlineData(Roles.Administrator, true)]
    [InlineData(Roles.Sales, false)]
    [InlineData(Roles.Customer, false)]
    public void Given_a_role_When_a_project_is_registered_Then_only_those_who_keep_the_register_may(
        string role,
        bool may
    ) => (Project.Register(Sample.By(role), Sample.Details()).Refusal is null).ShouldBe(may);

    [Fact, Trait("Rule", "P3.3")]
    public void Given_acceptance_When_the_owner_is_changed_Then_refused()
    {
        var details = Sample.Details();
        var project = A.Project(details).At(ProjectState.Accepted);

        project
            .Revise(Sample.By(Roles.Engineering), details with { OwnerId = Guid.NewGuid() })
            .ShouldNotBeNull()
            .Code.ShouldBe("owner-fixed");
    }

    [Fact, Trait("Rule", "P3.2.2")]
    public void Given_handover_When_the_manager_is_changed_Then_refused()
    {
        var details = Sample.Details();
        var project = A.Project(details).At(ProjectState.HandedOver);
        var other = details.Team with { Manager = new PersonRef(Guid.NewGuid(), "新") };

        project
            .Revise(Sample.By(Roles.Engineering), details with { Team = other })
            .ShouldNotBeNull()
            .Code.ShouldBe("original-manager-fixed");
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public void Given_handover_When_the_city_is_revised_Then_refused_and_a_new_name_is_not()
    {
        var details = Sample.Details();
        var project = A.Project(details).At(ProjectState.HandedOver);

        project
            .Revise(Sample.By(Roles.Engineering), details with { City = "beijing" })
            .ShouldNotBeNull()
            .Code.ShouldBe("warranty-basis-fixed");
        project.Revise(Sample.By(Roles.Engineering), details with { Name = "新名" }).ShouldBeNull();
        project.PendingEvents.OfType<ProjectRevised>().Single().Name.ShouldBe("新名");
    }

    [Theory, Trait("Rule", "P3")]
    [InlineData("2024-01-31", null, "handover-missing")]
    [InlineData("2024-01-31", "2024-01-30", "handover-before-acceptance")]
    [InlineData("2024-01-31", "2026-11-25", "handover-in-future")]
    [InlineData("1979-12-31", "2024-01-31", "date-too-early")]
    [InlineData("2024-02-01", "2024-02-02", null)]
    public void Given_handover_When_dates_are_corrected_Then_they_are_checked_as_when_first_entered(
        string acceptance,
        string? handover,
        string? code
    )
    {
        var builder = A.Project();
        var project = builder.At(ProjectState.HandedOver);
        var dates = new CorrectedDates(A.Day(acceptance), handover is null ? null : A.Day(handover));

        var refusal = project.CorrectDates(Sample.By(Roles.EngineeringHead), dates, "r", builder.Plan).Refusal;

        (refusal?.Code).ShouldBe(code);
        project.AcceptedOn.ShouldBe(code is null ? dates.Acceptance : Accepted);
    }

    [Fact, Trait("Rule", "P1")]
    public void Given_acceptance_When_its_date_is_corrected_Then_the_due_date_follows_and_reminders_start_over()
    {
        var project = A.Project().At(ProjectState.Accepted);
        project.MarkClearanceOverdue(A.Context(Someone.System("projects"), new DateOnly(2024, 3, 1))).ShouldBeNull();

        var change = project.CorrectDates(Sample.By(Roles.EngineeringHead), new(new(2024, 2, 20), null), "r", []);

        change.Required().IsChange.ShouldBeFalse();
        (project.ClearanceDueOn, project.ClearanceMarkedOverdueOn).ShouldBe((new DateOnly(2024, 3, 1), null));
    }

    [Fact, Trait("Rule", "P1")]
    public void Given_a_cleared_site_When_acceptance_is_corrected_past_the_clearance_Then_refused()
    {
        var project = A.Project().At(ProjectState.Accepted);
        Clear(project, "2024-02-08", true).ShouldBeNull();

        project
            .CorrectDates(Sample.By(Roles.EngineeringHead), new(new(2024, 2, 9), null), "r", [])
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("clearance-before-acceptance");
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public void Given_a_held_revisit_When_the_handover_is_corrected_past_it_Then_refused()
    {
        var builder = A.Revisit();
        builder.At(Revisits.Domain.RevisitState.Held);

        builder
            .Project.CorrectDates(Sample.By(Roles.EngineeringHead), new(Accepted, new(2024, 5, 1)), "r", builder.Plan)
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("held-outside-warranty");
    }

    [Fact, Trait("Rule", "P3.1.2"), Trait("Rule", "P2.1.1")]
    public void Given_handover_When_a_longer_term_is_committed_Then_the_plan_grows()
    {
        var builder = A.Project();
        var project = builder.At(ProjectState.HandedOver);
        var terms = new CommittedTerms("shanghai", 50, [new("roof", WarrantyLength.Years(8))], []);

        var change = project
            .ChangeCommitments(Sample.By(Roles.SalesManager), terms, "補充協議", builder.Plan)
            .Required();

        project.HorizonEndsOn.ShouldBe(new DateOnly(2032, 1, 31));
        (change.Added.Count, change.Moved, change.Cancelled).ShouldBe((6, 0, 0));
        project.PendingEvents.OfType<WarrantyChanged>().Single().WarrantyEndsOn.ShouldBe(new DateOnly(2032, 1, 31));
    }

    [Theory, Trait("Rule", "P3.1.2")]
    [InlineData("garden", "2035-01-31", "warranty-part-unknown")]
    [InlineData("roof", "2029-01-31", "goodwill-not-longer")]
    [InlineData("roof", "2224-02-01", "goodwill-too-long")]
    [InlineData("roof", "2224-01-31", null)]
    [InlineData("roof", "2029-02-01", null)]
    public void Given_handover_When_goodwill_is_granted_Then_longer_than_the_term_and_not_beyond_all_use(
        string part,
        string through,
        string? code
    )
    {
        var project = A.Project().At(ProjectState.HandedOver);

        var refusal = project.GrantGoodwill(Sample.By(Roles.GeneralManager), part, A.Day(through), "善意");

        (refusal?.Code).ShouldBe(code);
        project.ThroughOf("roof").ShouldBe(code is null ? A.Day(through) : new DateOnly(2029, 1, 31));
        project.HorizonEndsOn.ShouldBe(new DateOnly(2029, 1, 31), "the plan runs with the warranty");
    }

    [Theory, Trait("Rule", "P3.1.2")]
    [InlineData("2074-01-31", "warranty-runs")]
    [InlineData("2074-02-01", null)]
    public void Given_the_design_life_When_the_warranty_is_ended_Then_only_after_its_last_day(
        string today,
        string? code
    )
    {
        var project = A.Project().At(ProjectState.HandedOver);

        var refusal = project.EndWarranty(A.Context(Someone.System("projects"), A.Day(today)));

        (refusal?.Code).ShouldBe(code);
        (project.State == ProjectState.WarrantyEnded).ShouldBe(code is null);
    }

    [Theory, Trait("Rule", "P2.1.1")]
    [InlineData("2029-01-31", "not-in-breach")]
    [InlineData("2029-02-01", null)]
    public void Given_no_revisit_held_When_the_plan_has_ended_Then_it_is_a_breach_once(string today, string? code)
    {
        var project = A.Project().At(ProjectState.HandedOver);
        var context = A.Context(Someone.System("projects"), A.Day(today));

        (project.MarkBreach(context)?.Code).ShouldBe(code);

        project.PendingEvents.OfType<RevisitBreached>().Count().ShouldBe(code is null ? 1 : 0);
        project.MarkBreach(context).ShouldNotBeNull().Code.ShouldBe("not-in-breach");
    }

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P3.1.2")]
    public void Given_a_plan_that_is_right_When_regenerated_Then_nothing_is_written()
    {
        var builder = A.Project();
        var project = builder.At(ProjectState.HandedOver);
        var version = project.Version;

        project.RegeneratePlan(Sample.By(Roles.EngineeringHead), "r", builder.Plan).Required().IsChange.ShouldBeFalse();

        project.Version.ShouldBe(version);
    }

    [Fact, Trait("Rule", "P3.1.2"), Trait("Rule", "P3.1.1")]
    public void Given_a_part_of_a_subcontractor_When_asked_Then_the_ruling_names_term_and_unit()
    {
        var project = A.Project().At(ProjectState.HandedOver);
        var part = A.Policy.Warranty.Part("roof")!;

        var ruling = WarrantyRuling.Of(project.Basis, part, new(2029, 1, 31), A.Policy);

        (ruling.Covered, ruling.Until, ruling.Basis).ShouldBe((true, new DateOnly(2029, 1, 31), "prescribed"));
        ruling.Units.Select(u => u.Id).ShouldBe([Sample.Subcontractor]);
        WarrantyRuling.Of(project.Basis, part, new(2029, 2, 1), A.Policy).Covered.ShouldBeFalse();
        WarrantyRuling.Of(project.Basis, part, new(2024, 1, 30), A.Policy).Covered.ShouldBeFalse();
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public void Given_goodwill_When_the_term_is_over_Then_the_ruling_is_goodwill_until_its_last_day()
    {
        var project = A.Project().At(ProjectState.HandedOver);
        project.GrantGoodwill(Sample.By(Roles.EngineeringHead), "roof", new(2030, 1, 31), "r").ShouldBeNull();
        var part = A.Policy.Warranty.Part("roof")!;

        string Basis(DateOnly on) => WarrantyRuling.Of(project.Basis, part, on, A.Policy).Basis;

        Basis(new(2029, 1, 31)).ShouldBe("prescribed");
        Basis(new(2029, 2, 1)).ShouldBe("goodwill");
        Basis(new(2030, 1, 31)).ShouldBe("goodwill");
        Basis(new(2030, 2, 1)).ShouldBe("none");
    }

    [Theory, Trait("Rule", "P1"), Trait("Rule", "P2.1.1"), Trait("Rule", "P3.1.2")]
    [InlineData(ProjectState.Registered)]
    [InlineData(ProjectState.Accepted)]
    [InlineData(ProjectState.HandedOver)]
    [InlineData(ProjectState.WarrantyEnded)]
    internal void Given_any_project_When_a_deadline_is_asked_in_memory_and_as_a_query_Then_both_agree(
        ProjectState state
    )
    {
        var project = A.Project().At(state);
        int[] days = [3, 1];
        DateOnly[] edges =
        [
            new(2024, 2, 6),
            new(2024, 2, 7),
            new(2024, 2, 8),
            new(2024, 2, 9),
            new(2024, 2, 10),
            new(2024, 2, 11),
            new(2029, 1, 31),
            new(2029, 2, 1),
            new(2074, 1, 31),
            new(2074, 2, 1),
        ];
        foreach (var day in edges)
        {
            ProjectDeadlines
                .ClearanceOverdue(day)
                .Compile()(project)
                .ShouldBe(ProjectDeadlines.IsClearanceOverdue(project, day));
            ProjectDeadlines.InBreach(day).Compile()(project).ShouldBe(ProjectDeadlines.IsInBreach(project, day));
            ProjectDeadlines.NotInBreach(day).Compile()(project).ShouldBe(!ProjectDeadlines.IsInBreach(project, day));
            ProjectDeadlines
                .WarrantyOver(day)
                .Compile()(project)
                .ShouldBe(ProjectDeadlines.IsWarrantyOver(project, day));
            ProjectDeadlines
                .ClearanceReminderDue(days, day)
                .Compile()(project)
                .ShouldBe(ProjectDeadlines.IsClearanceReminderDue(project, days, day));
        }
    }

    private static Refusal? Clear(Project project, string on, bool landReturned) =>
        project.ClearSite(
            Sample.By(Roles.Engineering),
            new(A.Day(on), landReturned, [], null, [], Sample.Restored),
            new HashSet<Guid>()
        );
}
