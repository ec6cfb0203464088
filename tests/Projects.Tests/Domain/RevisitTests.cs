using CustomerService.Contracts.Projects.V1;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

public sealed class RevisitTests
{
    private static readonly DateOnly Due = new(2024, 4, 30);

    [Fact, Trait("Rule", "P2.1.2"), Trait("Rule", "P3.3")]
    public void Given_a_planned_revisit_When_production_opens_it_Then_the_file_gets_its_number()
    {
        var builder = A.Revisit();
        var revisit = builder.Build();

        revisit.Open(Sample.By(Roles.Production), null, "屋面", null, builder.Project).ShouldBeNull();

        (revisit.State, revisit.FileNumber, revisit.DueOn).ShouldBe((RevisitState.Opened, "JC-2024-001/HF-01", Due));
    }

    [Theory, Trait("Rule", "P2.1.2")]
    [InlineData(Roles.Engineering)]
    [InlineData(Roles.EngineeringHead)]
    [InlineData(Roles.Qc)]
    public void Given_a_planned_revisit_When_another_department_opens_it_Then_refused(string role)
    {
        var builder = A.Revisit();

        var refusal = builder.Build().Open(Sample.By(role), null, null, null, builder.Project);

        refusal.ShouldNotBeNull().Code.ShouldBe("role-missing");
    }

    [Theory, Trait("Rule", "P2.1.1")]
    [InlineData("2024-01-30", "r", "revisit-before-handover")]
    [InlineData("2029-02-01", "r", "revisit-after-horizon")]
    [InlineData("2024-05-06", null, "move-reason-missing")]
    [InlineData("2024-05-06", "r", null)]
    [InlineData("2024-04-30", null, null)]
    public void Given_a_planned_revisit_When_opened_on_another_day_Then_inside_the_plan_and_with_a_reason(
        string on,
        string? reason,
        string? code
    )
    {
        var builder = A.Revisit();
        var revisit = builder.Build();

        var refusal = revisit.Open(Sample.By(Roles.Production), A.Day(on), null, reason, builder.Project);

        (refusal?.Code).ShouldBe(code);
        revisit.DueOn.ShouldBe(code is null ? A.Day(on) : Due);
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public void Given_a_planned_revisit_When_moved_Then_the_event_tells_both_dates_and_it_is_reminded_of_again()
    {
        var builder = A.Revisit();
        var revisit = builder.Build();
        revisit.Remind(A.Context(Someone.System("projects"), new DateOnly(2024, 4, 16))).ShouldBeNull();

        revisit.Move(Sample.By(Roles.Production), new(2024, 5, 6), "假期", builder.Project).ShouldBeNull();

        var moved = revisit.PendingEvents.OfType<RevisitMoved>().Single();
        (moved.From, moved.To, moved.Reason).ShouldBe((Due, new DateOnly(2024, 5, 6), "假期"));
        (revisit.RemindedOn, revisit.IsMovedByHand).ShouldBe((null, true));
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public void Given_the_last_active_revisit_When_cancelled_Then_refused()
    {
        var builder = A.Revisit();
        var revisit = builder.Build();
        foreach (var other in builder.Plan.Skip(1))
        {
            other.Cancel(Sample.By(Roles.Production), "r", builder.Project).ShouldBeNull();
        }

        var refusal = revisit.Cancel(Sample.By(Roles.Production), "r", builder.Project);

        refusal.ShouldNotBeNull().Code.ShouldBe("last-revisit");
        builder.Project.ActiveRevisits.ShouldBe(1);
    }

    [Theory, Trait("Rule", "P2.1.1"), Trait("Rule", "P2.1.2")]
    [InlineData(ProjectState.Accepted, "2024-05-01", Roles.Production, "not-handed-over")]
    [InlineData(ProjectState.HandedOver, "2024-01-30", Roles.Production, "revisit-before-handover")]
    [InlineData(ProjectState.HandedOver, "2029-02-01", Roles.Production, "revisit-after-horizon")]
    [InlineData(ProjectState.Accepted, "2024-05-01", Roles.Engineering, "role-missing")]
    [InlineData(ProjectState.HandedOver, "2029-01-31", Roles.Production, null)]
    internal void Given_a_project_When_a_revisit_is_added_Then_inside_the_plan_by_production(
        ProjectState state,
        string on,
        string role,
        string? code
    )
    {
        var project = A.Project().At(state);
        var before = project.ActiveRevisits;

        var refusal = Revisit.Add(Sample.By(role), project, A.Day(on), ExtraVisit.OnRequest, "r").Refusal;

        (refusal?.Code).ShouldBe(code);
        project.ActiveRevisits.ShouldBe(before + (code is null ? 1 : 0));
    }

    [Theory, Trait("Rule", "P2.1.1")]
    [InlineData("2024-04-30", "revisit-not-overdue")]
    [InlineData("2024-05-01", null)]
    public void Given_a_planned_revisit_When_its_date_is_over_Then_it_is_overdue_once(string today, string? code)
    {
        var revisit = A.Revisit().Build();
        var context = A.Context(Someone.System("projects"), A.Day(today));

        (revisit.MarkOverdue(context)?.Code).ShouldBe(code);

        revisit.PendingEvents.OfType<RevisitOverdue>().Count().ShouldBe(code is null ? 1 : 0);
        revisit.MarkOverdue(context).ShouldNotBeNull().Code.ShouldBe("revisit-not-overdue");
    }

    [Theory, Trait("Rule", "P2.1.1")]
    [InlineData("2024-04-15", "reminder-not-due")]
    [InlineData("2024-04-16", null)]
    [InlineData("2024-05-01", "reminder-not-due")]
    public void Given_a_planned_revisit_When_reminded_Then_on_the_days_of_the_policy_and_once(
        string today,
        string? code
    )
    {
        var revisit = A.Revisit().Build();
        var context = A.Context(Someone.System("projects"), A.Day(today));

        (revisit.Remind(context)?.Code).ShouldBe(code);

        revisit.RemindedOn.ShouldBe(code is null ? A.Day(today) : null);
        revisit.Remind(context).ShouldNotBeNull().Code.ShouldBe("reminder-not-due");
    }

    [Theory, Trait("Rule", "P2.2.1")]
    [InlineData(Seat.Lead, "lead-missing")]
    [InlineData(Seat.ChiefEngineer, "chief-engineer-missing")]
    [InlineData(Seat.TechnicalHead, "technical-head-missing")]
    [InlineData(Seat.EngineeringHead, "engineering-head-missing")]
    [InlineData(Seat.QualityHead, "quality-head-missing")]
    internal void Given_an_empty_seat_When_held_Then_refused(Seat seat, string code)
    {
        var builder = A.Revisit();
        var revisit = builder.At(RevisitState.Opened);
        var record = Sample.Held(builder.Project, Due);

        var refusal = revisit.Hold(
            Sample.By(Roles.Engineering),
            record with
            {
                Attendees = [.. record.Attendees.Where(a => a.Seat != seat)],
            },
            builder.Project,
            null
        );

        refusal.ShouldNotBeNull().Code.ShouldBe(code);
        refusal.Missing.ShouldBe([seat.ToKebab()]);
    }

    [Theory, Trait("Rule", "P2.2.1")]
    [InlineData(null, "substitute-reason-missing")]
    [InlineData(" ", "substitute-reason-missing")]
    [InlineData("出差", null)]
    public void Given_a_substitute_When_held_Then_the_reason_is_needed(string? reason, string? code)
    {
        var builder = A.Revisit();
        var revisit = builder.At(RevisitState.Opened);
        var record = Sample.Held(builder.Project, Due);
        var substitute = new Attendee(Seat.Lead, null, "代理", reason);

        var refusal = revisit.Hold(
            Sample.By(Roles.Engineering),
            record with
            {
                Attendees = [substitute, .. record.Attendees.Where(a => a.Seat != Seat.Lead)],
            },
            builder.Project,
            null
        );

        (refusal?.Code).ShouldBe(code);
        (revisit.State == RevisitState.Held).ShouldBe(code is null);
    }

    [Theory, Trait("Rule", "P2.2.1"), Trait("Rule", "P2.1.1")]
    [InlineData("2026-11-25", "date-in-future")]
    [InlineData("2024-01-30", "revisit-before-handover")]
    public void Given_an_opened_revisit_When_held_outside_the_warranty_or_in_the_future_Then_refused(
        string on,
        string code
    )
    {
        var builder = A.Revisit();

        var refusal = builder
            .At(RevisitState.Opened)
            .Hold(Sample.By(Roles.Engineering), Sample.Held(builder.Project, A.Day(on)), builder.Project, null);

        refusal.ShouldNotBeNull().Code.ShouldBe(code);
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public void Given_an_opened_revisit_When_held_after_the_plan_has_ended_Then_refused()
    {
        var builder = A.Revisit();
        var revisit = builder.At(RevisitState.Opened);

        var refusal = revisit.Hold(
            Sample.On(new(2029, 3, 1), Roles.Engineering),
            Sample.Held(builder.Project, new(2029, 2, 1)),
            builder.Project,
            null
        );

        refusal.ShouldNotBeNull().Code.ShouldBe("revisit-after-horizon");
    }

    [Fact, Trait("Rule", "P2.2.2")]
    public void Given_a_construction_fault_without_explanation_When_held_Then_refused()
    {
        var builder = A.Revisit();

        var refusal = builder
            .At(RevisitState.Opened)
            .Hold(
                Sample.By(Roles.Engineering),
                Sample.Held(builder.Project, Due, A.Leak(capa: true)),
                builder.Project,
                null
            );

        refusal.ShouldNotBeNull().Code.ShouldBe("solution-missing");
    }

    [Fact, Trait("Rule", "P2.2.2"), Trait("Rule", "P2.2.3")]
    public void Given_findings_When_held_Then_each_is_announced_and_only_what_is_wanted_is_requested()
    {
        var builder = A.Revisit();
        var revisit = builder.At(RevisitState.Opened);
        Finding[] findings = [A.Leak(), A.Leak(repair: true), A.Leak(capa: true, explained: true)];

        revisit
            .Hold(
                Sample.By(Roles.Engineering),
                Sample.Held(builder.Project, Due, findings),
                builder.Project,
                Sample.Contact
            )
            .ShouldBeNull();

        revisit.PendingEvents.OfType<RevisitHeld>().Single().FindingCount.ShouldBe(3);
        revisit.PendingEvents.OfType<FindingRecorded>().Select(e => e.FindingId).ShouldBe(findings.Select(f => f.Id));
        var repair = revisit.PendingEvents.OfType<RepairRequested>().Single();
        (repair.FindingId, repair.Contact, repair.Phone, repair.FoundOn).ShouldBe(
            (findings[1].Id, "王經理", "021-5555 0101", Due)
        );
        revisit.PendingEvents.OfType<CapaRequested>().Single().FindingId.ShouldBe(findings[2].Id);
        builder.Project.HeldRevisits.ShouldBe(1);
    }

    [Fact, Trait("Rule", "P2.2.2")]
    public void Given_a_finding_of_no_part_When_recorded_Then_refused()
    {
        var builder = A.Revisit();

        builder
            .At(RevisitState.Held)
            .RecordFinding(Sample.By(Roles.Engineering), A.Leak() with { Part = "garden" }, builder.Project, null)
            .ShouldNotBeNull()
            .Code.ShouldBe("warranty-part-unknown");
    }

    [Theory, Trait("Rule", "P2.2.3")]
    [InlineData(true, null, 1, 0)]
    [InlineData(null, true, 0, 1)]
    [InlineData(null, null, 0, 0)]
    public void Given_a_finding_When_more_is_asked_for_later_Then_only_that_is_requested(
        bool? repair,
        bool? capa,
        int repairs,
        int capas
    )
    {
        var finding = A.Leak(explained: true);
        var builder = A.Revisit(finding);
        var revisit = builder.At(RevisitState.Assessed);

        revisit
            .FollowUp(Sample.By(Roles.Qc), new(finding.Id, repair, capa, "e", null), builder.Project, null)
            .ShouldBeNull();

        revisit.PendingEvents.OfType<FindingRecorded>().ShouldBeEmpty();
        revisit.PendingEvents.OfType<RepairRequested>().Count().ShouldBe(repairs);
        revisit.PendingEvents.OfType<CapaRequested>().Count().ShouldBe(capas);
        revisit.Finding(finding.Id)!.Explanation.ShouldBe("e");
    }

    [Fact, Trait("Rule", "P2.2.3")]
    public void Given_a_requested_repair_When_taken_back_Then_refused()
    {
        var finding = A.Leak(repair: true);
        var builder = A.Revisit(finding);

        builder
            .At(RevisitState.Held)
            .FollowUp(Sample.By(Roles.Qc), new(finding.Id, false, null, null, null), builder.Project, null)
            .ShouldNotBeNull()
            .Code.ShouldBe("follow-up-asked-for");
    }

    [Fact, Trait("Rule", "P2.2.3")]
    public void Given_no_such_finding_When_followed_up_Then_refused()
    {
        var builder = A.Revisit(A.Leak());

        builder
            .At(RevisitState.Held)
            .FollowUp(Sample.By(Roles.Qc), new(Guid.NewGuid(), true, null, null, null), builder.Project, null)
            .ShouldNotBeNull()
            .Code.ShouldBe("finding-unknown");
    }

    [Fact, Trait("Rule", "P2.2.2")]
    public void Given_an_unexplained_finding_When_a_capa_is_asked_for_Then_refused()
    {
        var finding = A.Leak();
        var builder = A.Revisit(finding);

        builder
            .At(RevisitState.Held)
            .FollowUp(Sample.By(Roles.Qc), new(finding.Id, null, true, null, null), builder.Project, null)
            .ShouldNotBeNull()
            .Code.ShouldBe("solution-missing");
    }

    [Fact, Trait("Rule", "P2.2.3")]
    public void Given_two_findings_When_one_is_left_out_Then_refused()
    {
        var builder = A.Revisit(A.Leak(), A.Leak());
        var revisit = builder.At(RevisitState.Held);

        Assess(builder, revisit, [.. Sample.Decided(revisit, Liability.Owner).Take(1)])
            .ShouldBe("finding-not-assessed");
    }

    [Fact, Trait("Rule", "P2.2.3")]
    public void Given_a_finding_When_assessed_twice_Then_refused()
    {
        var builder = A.Revisit(A.Leak());
        var revisit = builder.At(RevisitState.Held);
        var decided = Sample.Decided(revisit, Liability.Owner);

        Assess(builder, revisit, [.. decided, .. decided]).ShouldBe("finding-assessed-twice");
    }

    [Fact, Trait("Rule", "P2.2.3")]
    public void Given_a_finding_When_another_revisits_is_assessed_with_it_Then_refused()
    {
        var builder = A.Revisit(A.Leak());
        var revisit = builder.At(RevisitState.Held);
        var foreign = new FindingLiability(Guid.NewGuid(), Liability.Owner, "c", "u");

        Assess(builder, revisit, [.. Sample.Decided(revisit, Liability.Owner), foreign]).ShouldBe("finding-unknown");
    }

    [Fact, Trait("Rule", "P2.2.2")]
    public void Given_no_finding_When_assessed_Then_refused()
    {
        var builder = A.Revisit();

        Assess(builder, builder.At(RevisitState.Held), []).ShouldBe("finding-missing");
    }

    [Theory, Trait("Rule", "P3.1.1")]
    [InlineData(true, "", null)]
    [InlineData(false, "安固防水", null)]
    [InlineData(false, "別家", "subcontractor-not-of-part")]
    public void Given_a_subcontractor_When_found_liable_Then_it_is_one_that_did_the_part(
        bool byId,
        string name,
        string? code
    )
    {
        var builder = A.Revisit(A.Leak());
        var revisit = builder.At(RevisitState.Held);
        var decided = new FindingLiability(
            revisit.Findings[0].Id,
            Liability.Subcontractor,
            "c",
            name,
            byId ? Sample.Subcontractor : null
        );

        Assess(builder, revisit, [decided]).ShouldBe(code);

        (revisit.Assessment?.Findings[0].ResponsibleUnit).ShouldBe(code is null ? "安固防水" : null);
        (revisit.Assessment?.Findings[0].ResponsibleUnitId).ShouldBe(code is null ? Sample.Subcontractor : null);
    }

    [Theory, Trait("Rule", "P2.2.3")]
    [InlineData(Roles.Qc, false)]
    [InlineData(Roles.QcHead, true)]
    public void Given_an_assessment_When_decided_again_Then_only_by_the_head_of_quality(string role, bool may)
    {
        var builder = A.Revisit(A.Leak());
        var revisit = builder.At(RevisitState.Assessed);

        var refusal = revisit.AssessLiability(
            Sample.By(role),
            Sample.Decided(revisit, Liability.ThirdParty),
            null,
            builder.Project,
            []
        );

        (refusal is null).ShouldBe(may);
    }

    [Fact, Trait("Rule", "P2.2.3")]
    public void Given_findings_without_assessment_When_closed_Then_refused()
    {
        var builder = A.Revisit(A.Leak());
        var revisit = builder.At(RevisitState.Held);
        Sample.Signed(revisit, builder.Project).ShouldBeNull();

        revisit.Close(Sample.By(Roles.Engineering)).ShouldNotBeNull().Code.ShouldBe("liability-missing");
    }

    // P1 of the mutations: a subcontractor's fault needs its explanation as the contractor's own does.
    [Theory, Trait("Rule", "P2.2.2")]
    [InlineData(Liability.Contractor, "solution-missing")]
    [InlineData(Liability.Subcontractor, "solution-missing")]
    [InlineData(Liability.Owner, null)]
    [InlineData(Liability.ThirdParty, null)]
    internal void Given_a_finding_without_explanation_When_closed_Then_a_construction_fault_is_refused(
        Liability liability,
        string? code
    )
    {
        var builder = A.Revisit(A.Leak());
        var revisit = builder.At(RevisitState.Held);
        revisit
            .AssessLiability(
                Sample.By(Roles.Qc),
                Sample.Decided(revisit, liability, Sample.Subcontractor),
                null,
                builder.Project,
                []
            )
            .ShouldBeNull();
        revisit.SetDisposition(Sample.By(Roles.EngineeringHead), "返修").ShouldBeNull();
        Sample.Signed(revisit, builder.Project).ShouldBeNull();

        var refusal = revisit.Close(Sample.By(Roles.Engineering));

        (refusal?.Code).ShouldBe(code);
        (revisit.State == RevisitState.Closed).ShouldBe(code is null);
    }

    [Fact, Trait("Rule", "Form3.3.1")]
    public void Given_no_signature_When_closed_Then_refused() =>
        A.Revisit()
            .At(RevisitState.Held)
            .Close(Sample.By(Roles.Engineering))
            .ShouldNotBeNull()
            .Code.ShouldBe("owner-signature-missing");

    [Fact, Trait("Rule", "P2.2.2")]
    public void Given_no_opinion_When_closed_or_signed_Then_refused()
    {
        var builder = A.Revisit();
        var revisit = builder.At(RevisitState.Opened);
        revisit
            .Hold(
                Sample.By(Roles.Engineering),
                Sample.Held(builder.Project, Due) with
                {
                    OwnerOpinion = null,
                },
                builder.Project,
                null
            )
            .ShouldBeNull();

        revisit.Close(Sample.By(Roles.Engineering)).ShouldNotBeNull().Code.ShouldBe("owner-opinion-missing");
        Sign(builder, revisit, Roles.Engineering, Guid.NewGuid(), known: true, null).ShouldBe("owner-opinion-missing");
    }

    [Theory, Trait("Rule", "Form3.3.1")]
    [InlineData(Roles.Engineering, false, false, "signature-image-missing")]
    [InlineData(Roles.Engineering, true, false, "signature-image-unknown")]
    [InlineData(Roles.Engineering, true, true, null)]
    [InlineData(Roles.Customer, false, false, null)]
    [InlineData(Roles.Qc, true, true, "role-missing")]
    public void Given_a_held_revisit_When_signed_Then_staff_need_the_image_and_the_owner_does_not(
        string role,
        bool image,
        bool known,
        string? code
    )
    {
        var builder = A.Revisit();
        var revisit = builder.At(RevisitState.Held);

        Sign(builder, revisit, role, image ? Guid.NewGuid() : null, known, "滿意").ShouldBe(code);

        (revisit.OwnerSignature?.Meaning).ShouldBe(code is null ? Revisit.SignatureMeaning : null);
    }

    [Fact, Trait("Rule", "Form3.3.1")]
    public void Given_another_owner_When_signing_without_image_Then_refused()
    {
        var builder = A.Revisit();
        var revisit = builder.At(RevisitState.Held);
        var stranger = A.Context(Someone.AtCustomer(Guid.NewGuid()), Sample.Today);

        revisit
            .Sign(stranger, new SignInput("滿意", "x", null, false), builder.Project)
            .ShouldNotBeNull()
            .Code.ShouldBe("signature-image-missing");
    }

    [Fact, Trait("Rule", "Form3.3.1")]
    public void Given_a_signed_record_When_signed_or_added_to_Then_refused()
    {
        var builder = A.Revisit();
        var revisit = builder.At(RevisitState.Held);
        Sample.Signed(revisit, builder.Project).ShouldBeNull();

        Sample.Signed(revisit, builder.Project).ShouldNotBeNull().Code.ShouldBe("already-signed");
        revisit
            .RecordFinding(Sample.By(Roles.Engineering), A.Leak(), builder.Project, null)
            .ShouldNotBeNull()
            .Code.ShouldBe("already-signed");
    }

    [Fact, Trait("Rule", "P2.1.2")]
    public void Given_an_extra_visit_When_added_Then_it_keeps_its_kind_and_reason()
    {
        var project = A.Project().At(ProjectState.HandedOver);

        var revisit = Revisit
            .Add(Sample.By(Roles.Production), project, new(2024, 9, 15), ExtraVisit.Seasonal, "雨季後")
            .Required();

        (revisit.ExtraKind, revisit.ExtraReason, revisit.PlanSlot).ShouldBe((ExtraVisit.Seasonal, "雨季後", null));
        A.Revisit().Build().ExtraKind.ShouldBeNull();
    }

    [Theory, Trait("Rule", "P2.2.3")]
    [InlineData(Liability.Contractor, null, "c", "m", "lesson")]
    [InlineData(Liability.Subcontractor, "l", " ", null, "corrective-measure,countermeasure")]
    [InlineData(Liability.Contractor, null, null, "\u200B", "lesson,corrective-measure,countermeasure")]
    [InlineData(Liability.Contractor, "l", "c", "m", null)]
    [InlineData(Liability.Owner, null, null, null, null)]
    internal void Given_a_construction_fault_When_closed_Then_lesson_and_measures_are_on_record(
        Liability liability,
        string? lesson,
        string? corrective,
        string? counter,
        string? missing
    )
    {
        var finding = A.Leak(explained: true) with
        {
            Lesson = lesson,
            CorrectiveMeasure = corrective,
            Countermeasure = counter,
        };
        var (builder, revisit) = Decided(finding, liability);

        var refusal = revisit.Close(Sample.By(Roles.Engineering));

        (refusal?.Code).ShouldBe(missing is null ? null : "prevention-missing");
        (refusal?.Missing).ShouldBe(missing?.Split(','));
        if (refusal is not null)
        {
            refusal.SuppliedBy.ShouldContain(Roles.Qc);
            var named = refusal.Arguments["findings"].ShouldBeOfType<List<MissingOfFinding>>().ShouldHaveSingleItem();
            (named.FindingId, string.Join(',', named.Missing)).ShouldBe((finding.Id, missing));
            refusal.Arguments["numbers"].ShouldBe("1");
        }

        (revisit.State == RevisitState.Closed).ShouldBe(missing is null);
        builder.Project.HeldRevisits.ShouldBe(1);
    }

    [Theory, Trait("Rule", "P2.2.3")]
    // Systemic, whoever is liable.
    [InlineData(true, Liability.ThirdParty, CauseCode.Other, 1, 0, 0, CapaGround.Systemic)]
    // Twice in the project: in one revisit, or in two.
    [InlineData(false, Liability.Contractor, CauseCode.Jointing, 2, 0, 0, CapaGround.RecursInProject)]
    [InlineData(false, Liability.Subcontractor, CauseCode.Jointing, 1, 1, 0, CapaGround.RecursInProject)]
    [InlineData(false, Liability.Contractor, CauseCode.Jointing, 1, 0, 1, null)]
    // In three projects.
    [InlineData(false, Liability.Contractor, CauseCode.Jointing, 1, 0, 2, CapaGround.RecursInProjects)]
    // What is no construction fault, and causes that have nothing in common, do not recur.
    [InlineData(false, Liability.Owner, CauseCode.Jointing, 2, 5, 5, null)]
    [InlineData(false, Liability.Contractor, CauseCode.Other, 2, 5, 5, null)]
    internal void Given_a_fault_When_it_recurs_or_is_systemic_Then_a_capa_must_open(
        bool systemic,
        Liability liability,
        CauseCode cause,
        int times,
        int inProject,
        int otherProjects,
        CapaGround? ground
    )
    {
        var decided = new FindingLiability(Guid.NewGuid(), liability, "c", "u", null, cause, systemic);
        FaultRecurrence[] known = [new("roof", cause, inProject, otherProjects), new("decoration", cause, 9, 9)];

        FaultRecurrence.GroundOf(decided, "roof", times, known, A.Policy.Revisits.Recurrence).ShouldBe(ground);
    }

    [Fact, Trait("Rule", "P2.2.3")]
    public void Given_a_fault_twice_in_one_revisit_When_assessed_Then_both_need_a_capa_before_the_file_closes()
    {
        Finding[] findings = [A.Leak(explained: true), A.Leak(explained: true)];
        var builder = A.Revisit(findings);
        var revisit = builder.At(RevisitState.Held);
        var decided = Sample
            .Decided(revisit, Liability.Contractor)
            .Select(d => d with { CauseCode = CauseCode.Jointing })
            .ToList();
        revisit.AssessLiability(Sample.By(Roles.Qc), decided, null, builder.Project, []).ShouldBeNull();
        revisit.SetDisposition(Sample.By(Roles.EngineeringHead), "返修").ShouldBeNull();
        Sample.WithTexts(revisit, builder.Project).ShouldBeNull();
        Sample.Signed(revisit, builder.Project).ShouldBeNull();
        revisit.Assessment!.Findings.ShouldAllBe(d => d.CapaGround == CapaGround.RecursInProject);
        revisit
            .ConstructionFaults.Select(f => (f.Id, f.Part, f.Cause, f.FoundOn))
            .ShouldBe(findings.Select(f => (f.Id, "roof", CauseCode.Jointing, Due)));

        var refusal = revisit.Close(Sample.By(Roles.Engineering)).ShouldNotBeNull();

        (refusal.Code, refusal.Arguments["numbers"]).ShouldBe(("capa-missing", "1, 2"));
        foreach (var finding in findings)
        {
            revisit
                .FollowUp(Sample.By(Roles.Qc), new(finding.Id, null, true, null, null), builder.Project, null)
                .ShouldBeNull();
        }

        revisit.Close(Sample.By(Roles.Engineering)).ShouldBeNull();
    }

    [Theory, Trait("Rule", "Form3.3.1")]
    [InlineData(RevisitForm.Phone, "2024-05-01", null, null)]
    [InlineData(RevisitForm.Letter, "2024-05-01", null, null)]
    [InlineData(RevisitForm.Visit, "2024-05-01", null, "unsigned-reason-missing")]
    [InlineData(RevisitForm.Meeting, "2024-05-01", "\u200B ", "unsigned-reason-missing")]
    [InlineData(RevisitForm.Visit, "2024-05-01", "業主代表未到場", null)]
    [InlineData(RevisitForm.Phone, "2024-04-29", null, "opinion-before-visit")]
    [InlineData(RevisitForm.Phone, "2026-11-25", null, "date-in-future")]
    internal void Given_a_held_revisit_When_the_opinion_is_recorded_Then_it_serves_instead_of_a_signature(
        RevisitForm form,
        string on,
        string? why,
        string? code
    )
    {
        var builder = A.Revisit();
        var revisit = Held(builder, form);

        var refusal = Record(builder, revisit, on, why, Roles.CustomerService);

        (refusal?.Code).ShouldBe(code);
        (revisit.OpinionRecord?.TakenDown.ActorId).ShouldBe(code is null ? "test" : null);
        (revisit.Close(Sample.By(Roles.Engineering))?.Code).ShouldBe(code is null ? null : "owner-signature-missing");
    }

    [Fact, Trait("Rule", "Form3.3.1")]
    public void Given_a_recorded_opinion_When_signed_recorded_or_added_to_Then_refused()
    {
        var builder = A.Revisit();
        var revisit = Held(builder, RevisitForm.Phone);
        Record(builder, revisit, "2024-05-01", null, Roles.Engineering).ShouldBeNull();

        Record(builder, revisit, "2024-05-01", null, Roles.Engineering)!.Code.ShouldBe("already-signed");
        Sample.Signed(revisit, builder.Project)!.Code.ShouldBe("already-signed");
        revisit
            .RecordFinding(Sample.By(Roles.Engineering), A.Leak(), builder.Project, null)!
            .Code.ShouldBe("already-signed");
        Record(A.Revisit(), A.Revisit().At(RevisitState.Held), "2024-05-01", "w", Roles.Customer)!
            .Code.ShouldBe("role-missing", "an owner signs, and records nothing");
    }

    [Fact, Trait("Rule", "Form3.3.1")]
    public void Given_a_user_of_the_building_When_the_opinion_is_given_Then_the_revisit_names_whose_it_is()
    {
        var builder = A.Revisit();
        var revisit = builder.At(RevisitState.Held);
        var project = builder.Project;
        project
            .Revise(
                Sample.By(Roles.Engineering),
                Sample.DetailsOf(project) with
                {
                    Users = [new(Guid.Empty, "陳先生", "2 號樓 501", null, "139")],
                }
            )
            .ShouldBeNull();
        var user = project.Users.ShouldHaveSingleItem();

        SignInput By(Guid id) => new("滿意", "陳先生", Guid.NewGuid(), true, id);
        revisit.Sign(Sample.By(Roles.Engineering), By(Guid.NewGuid()), project)!.Code.ShouldBe("user-unknown");
        revisit.Sign(Sample.By(Roles.Engineering), By(user.Id), project).ShouldBeNull();

        revisit.OpinionOf.ShouldBe(user);
    }

    [Theory, Trait("Rule", "P2.1.1")]
    [InlineData(RevisitState.Planned)]
    [InlineData(RevisitState.Opened)]
    [InlineData(RevisitState.Held)]
    [InlineData(RevisitState.Cancelled)]
    internal void Given_any_revisit_When_a_deadline_is_asked_in_memory_and_as_a_query_Then_both_agree(
        RevisitState state
    )
    {
        var revisit = A.Revisit().At(state);
        int[] days = [14, 3];
        for (var day = Due.AddDays(-16); day <= Due.AddDays(2); day = day.AddDays(1))
        {
            RevisitDeadlines.Overdue(day).Compile()(revisit).ShouldBe(RevisitDeadlines.IsOverdue(revisit, day));
            RevisitDeadlines.DueIn(day, Due).Compile()(revisit).ShouldBe(RevisitDeadlines.IsDueIn(revisit, day, Due));
            RevisitDeadlines.IsDueIn(revisit, day, Due).ShouldBe(day <= Due && state != RevisitState.Cancelled);
            RevisitDeadlines.NotOverdue(day).Compile()(revisit).ShouldBe(!RevisitDeadlines.IsOverdue(revisit, day));
            RevisitDeadlines
                .ReminderDue(days, day)
                .Compile()(revisit)
                .ShouldBe(RevisitDeadlines.IsReminderDue(revisit, days, day));
        }
    }

    [Fact, Trait("Rule", "P3.3")]
    public void Given_events_out_of_order_When_a_linked_case_advances_Then_a_stale_one_changes_nothing()
    {
        var order = new LinkedCase { Kind = LinkedCase.RepairOrder, Id = Guid.CreateVersion7() };
        var finding = Guid.CreateVersion7();
        order.Advance(5, "dispatched", new(2026, 5, 5));
        order.Advance(1, "opened", new(2026, 5, 1));
        order.Identify(finding, "WX-2026-000001");
        order.Identify(null, null);
        (order.State, order.SourceId, order.Number).ShouldBe(("dispatched", finding, "WX-2026-000001"));

        order.Advance(9, "returned", new(2026, 5, 9), done: true);
        order.Advance(8, "owner-accepted", new(2026, 5, 8));

        (order.State, order.IsDone).ShouldBe(("returned", true));
    }

    [Fact, Trait("Rule", "P3.3.2"), Trait("Rule", "P2.2.3")]
    public void Given_a_fault_that_needs_a_CAPA_When_a_group_asks_for_one_for_it_Then_its_own_is_no_longer_missing()
    {
        var finding = A.Leak(explained: true);
        var builder = A.Revisit(finding);
        var revisit = builder.At(RevisitState.Held);
        var decided = Sample
            .Decided(revisit, Liability.Subcontractor, Sample.Subcontractor)
            .Select(d => d with { Systemic = true })
            .ToList();
        revisit.AssessLiability(Sample.By(Roles.Qc), decided, null, builder.Project, []).ShouldBeNull();
        revisit.WithoutCapa.ShouldHaveSingleItem().Id.ShouldBe(finding.Id);
        var told = revisit.PendingEvents.OfType<FindingAssessed>().ShouldHaveSingleItem();
        (told.FindingId, told.PartCode, told.Liability, told.Systemic, told.Version).ShouldBe(
            (finding.Id, finding.Part, "subcontractor", true, revisit.Version)
        );
        var group = Guid.CreateVersion7();

        revisit.JoinFaultGroup(Sample.By(Roles.System), finding.Id, group, "同一部位：屋面");
        revisit.JoinFaultGroup(Sample.By(Roles.System), finding.Id, Guid.CreateVersion7(), "同一原因：搭接");
        revisit.JoinFaultGroup(Sample.By(Roles.System), Guid.CreateVersion7(), group, "x");

        revisit.WithoutCapa.ShouldBeEmpty();
        revisit.Finding(finding.Id)!.CapaGroupId.ShouldBe(group);
        revisit.PendingEvents.OfType<CapaRequested>().ShouldBeEmpty();
    }

    private static (RevisitBuilder Builder, Revisit Revisit) Decided(Finding finding, Liability liability)
    {
        var builder = A.Revisit(finding);
        var revisit = builder.At(RevisitState.Held);
        var decided = Sample.Decided(revisit, liability, Sample.Subcontractor);
        revisit.AssessLiability(Sample.By(Roles.Qc), decided, null, builder.Project, []).ShouldBeNull();
        revisit.SetDisposition(Sample.By(Roles.EngineeringHead), "返修").ShouldBeNull();
        Sample.Signed(revisit, builder.Project).ShouldBeNull();
        return (builder, revisit);
    }

    private static Revisit Held(RevisitBuilder builder, RevisitForm form)
    {
        var revisit = builder.At(RevisitState.Opened);
        revisit
            .Hold(
                Sample.By(Roles.Engineering),
                Sample.Held(builder.Project, Due) with
                {
                    Form = form,
                },
                builder.Project,
                null
            )
            .ShouldBeNull();
        return revisit;
    }

    private static Refusal? Record(RevisitBuilder builder, Revisit revisit, string on, string? why, string role) =>
        revisit.RecordOpinion(
            Sample.By(role),
            new OpinionInput("滿意", "王建國", OpinionMethod.Phone, A.Day(on), why),
            builder.Project
        );

    private static string? Assess(RevisitBuilder builder, Revisit revisit, FindingLiability[] decided) =>
        revisit.AssessLiability(Sample.By(Roles.Qc), decided, null, builder.Project, [])?.Code;

    private static string? Sign(
        RevisitBuilder builder,
        Revisit revisit,
        string role,
        Guid? image,
        bool known,
        string? opinion
    ) =>
        revisit
            .Sign(
                A.Context(Someone.With("test", null, role) with { OrganisationId = revisit.OwnerId }, Sample.Today),
                new SignInput(opinion, "王建國", image, known),
                builder.Project
            )
            ?.Code;
}
