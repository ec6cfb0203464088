using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Reporting.Facts;

namespace CustomerService.Reporting.Tests.Domain;

/// <summary>What corrections and second rounds leave behind.</summary>
public sealed class FactTests
{
    private static readonly Guid Subject = Guid.CreateVersion7();
    private static readonly Guid Other = Guid.CreateVersion7();

    [Theory, Trait("Rule", "C5.8.2")]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_an_anonymous_form_When_its_events_come_in_either_order_Then_it_is_known_as_one(
        bool complaintFirst
    )
    {
        var form = new ResponseFact { Id = Subject };
        var received = new ResponseReceived(
            Subject,
            1,
            Guid.Empty,
            "D",
            Guid.Empty,
            "",
            null,
            "dissatisfied",
            [],
            null,
            new(2026, 1, 2),
            [],
            "anonymous"
        );
        var dissatisfied = new ResponseDissatisfied(
            Subject,
            2,
            Guid.Empty,
            "D",
            Guid.Empty,
            "",
            "",
            "",
            "campaign",
            Other,
            null,
            [],
            null,
            new(2026, 1, 2),
            Anonymous: true
        );
        if (complaintFirst)
        {
            form.Apply(dissatisfied);
            form.Mode.ShouldBe("anonymous", "no row of it may be seen before the other event is here");
            form.Apply(received);
        }
        else
        {
            form.Apply(received);
            form.Apply(dissatisfied);
        }

        form.Mode.ShouldBe("anonymous");
    }

    [Fact, Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_in_repair_When_it_is_ratified_Then_it_stays_in_repair()
    {
        var order = new RepairOrderFact { Id = Subject };
        order.Apply(new RepairOrderDispatched(Subject, 3, Other, Other, "unit", "leader", "yes", new(2026, 1, 2)));
        order.Apply(new RepairOrderStarted(Subject, 4, Other, Other, new(2026, 1, 3)));

        order.Apply(new RepairOrderApproved(Subject, 7, Other, new(2026, 1, 5), Ratified: true));

        (order.State, order.ApprovedOn).ShouldBe(("in-repair", new DateOnly(2026, 1, 5)));
    }

    [Theory, Trait("Rule", "P3.2.2")]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_missed_start_When_one_in_time_is_told_Then_not_missed_in_either_order(bool lateFirst)
    {
        var order = new RepairOrderFact { Id = Subject };
        var overdue = new RepairOrderStartOverdue(Subject, 5, "WX-1", Other, Other, "unit", DateTimeOffset.UnixEpoch);
        var started = new RepairOrderStarted(Subject, 6, Other, Other, new(2026, 1, 3), StartMissed: false);
        if (lateFirst)
        {
            order.Apply(started);
            order.Apply(overdue);
        }
        else
        {
            order.Apply(overdue);
            order.StartMissed.ShouldBeTrue();
            order.Apply(started);
        }

        order.StartMissed.ShouldBeFalse();
    }

    [Fact, Trait("Rule", "P3.1.1")]
    public void Given_misses_that_were_marked_When_receipt_and_end_in_time_are_told_Then_not_missed()
    {
        var order = new RepairOrderFact { Id = Subject };
        order.Apply(new RepairOrderReceiptOverdue(Subject, 4, "WX-1", Other, Other, "unit", new(2026, 1, 2)));
        order.Apply(
            new RepairOrderCompletionOverdue(Subject, 7, "WX-1", Other, Other, "unit", DateTimeOffset.UnixEpoch)
        );
        (order.ReceiptMissed, order.CompletionMissed).ShouldBe((true, true));

        order.Apply(
            new RepairOrderReceived(Subject, 5, Other, Other, DateTimeOffset.UnixEpoch, true, ReceiptMissed: false)
        );
        order.Apply(
            new RepairOrderFinished(Subject, 8, "WX-1", Other, Other, 1, new(2026, 1, 9), CompletionMissed: false)
        );

        (order.ReceiptMissed, order.CompletionMissed).ShouldBe((false, false));
    }

    [Fact, Trait("Rule", "P3.1.1")]
    public void Given_a_unit_that_missed_its_receipt_When_another_steps_in_and_is_in_time_Then_it_stays_the_firsts_in_any_order()
    {
        Action<RepairOrderFact>[] events =
        [
            order =>
                order.Apply(new RepairOrderReceiptOverdue(Subject, 4, "WX-1", Other, Other, "first", new(2026, 1, 2))),
            order =>
                order.Apply(
                    new RepairUnitReplaced(Subject, 6, "WX-1", Other, Other, "first", Other, "second", new(2026, 1, 4))
                ),
            order =>
                order.Apply(
                    new RepairOrderReceived(
                        Subject,
                        7,
                        Other,
                        Other,
                        DateTimeOffset.UnixEpoch,
                        true,
                        ReceiptMissed: false
                    )
                ),
            order =>
                order.Apply(
                    new RepairOrderCompletionOverdue(
                        Subject,
                        9,
                        "WX-1",
                        Other,
                        Other,
                        "second",
                        DateTimeOffset.UnixEpoch
                    )
                ),
        ];
        foreach (var shift in Enumerable.Range(0, events.Length))
        {
            foreach (var isBackwards in new[] { false, true })
            {
                var order = new RepairOrderFact { Id = Subject };
                var turned = events.Skip(shift).Concat(events.Take(shift));
                foreach (var apply in isBackwards ? turned.Reverse() : turned)
                {
                    apply(order);
                    apply(order);
                }

                (order.ReceiptMissed, order.ReceiptMissedByName).ShouldBe((true, "first"));
                (order.CompletionMissed, order.CompletionMissedByName).ShouldBe((true, null));
                order.StartMissed.ShouldBeFalse();
            }
        }
    }

    [Theory, Trait("Rule", "P3.2.2"), Trait("Rule", "P2.2.3")]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_attempts_pauses_and_lessons_When_told_in_any_order_Then_counted_with_the_last_lesson(
        bool backwards
    )
    {
        var at = DateTimeOffset.UnixEpoch;
        var order = new RepairOrderFact { Id = Subject };
        Action[] told =
        [
            () => order.Apply(new RepairOrderAttempted(Subject, 3, "WX-1", Other, Other, Other, "unit", at, 1)),
            () => order.Apply(new RepairOrderPaused(Subject, 3, "WX-1", Other, Other, Other, "no-access", at, 1)),
            () =>
                order.Apply(new RepairOrderResumed(Subject, 4, "WX-1", Other, Other, Other, "no-access", at, at, 3600)),
            () => order.Apply(new RepairOrderAttempted(Subject, 5, "WX-1", Other, Other, Other, "unit", at, 2)),
            () => order.Apply(new RepairOrderPaused(Subject, 5, "WX-1", Other, Other, Other, "no-access", at, 2)),
            () =>
                order.Apply(new RepairOrderResumed(Subject, 6, "WX-1", Other, Other, Other, "no-access", at, at, 9000)),
            () => order.Apply(Lessons(7, "owner", "use")),
            () => order.Apply(Lessons(8, "subcontractor", "jointing")),
        ];

        foreach (var tell in backwards ? told.Reverse() : told)
        {
            tell();
        }

        (order.Attempts, order.Pauses, order.PausedSeconds).ShouldBe((2, 2, 9000L));
        (order.FaultLiability, order.FaultCause, order.FaultSystemic).ShouldBe(("subcontractor", "jointing", false));
        order.LessonsOn.ShouldBe(new DateOnly(2026, 1, 8));
    }

    private static RepairLessonsDrawn Lessons(int version, string liability, string cause) =>
        new(Subject, version, "WX-1", Other, Other, "roof", liability, cause, false, null, new(2026, 1, version));

    [Fact, Trait("Rule", "P1")]
    public void Given_two_acceptances_out_of_order_When_applied_Then_the_corrected_due_day_stays()
    {
        var project = new ProjectFact { Id = Subject };
        project.Apply(new ProjectAccepted(Subject, 3, Other, new(2026, 1, 5), new(2026, 1, 15)));
        project.Apply(new ProjectAccepted(Subject, 2, Other, new(2026, 1, 1), new(2026, 1, 11)));

        (project.AcceptedOn, project.ClearanceDueOn).ShouldBe((new DateOnly(2026, 1, 5), new DateOnly(2026, 1, 15)));
    }

    [Fact, Trait("Rule", "P1")]
    public void Given_an_overdue_clearance_When_its_day_is_corrected_after_handover_Then_it_is_overdue_only_as_announced_for_that_day()
    {
        var project = new ProjectFact { Id = Subject };
        project.Apply(new ProjectAccepted(Subject, 2, Other, new(2026, 1, 1), new(2026, 1, 11)));
        project.Apply(
            new ProjectHandedOver(
                Subject,
                3,
                "works",
                Other,
                "owner",
                new(2026, 1, 1),
                new(2026, 1, 2),
                new(2031, 1, 1)
            )
        );
        project.Apply(new ClearanceOverdue(Subject, 4, Other, new(2026, 1, 11)));
        project.ClearanceOverdueSince.ShouldBe(new DateOnly(2026, 1, 11));

        project.Apply(
            new WarrantyChanged(
                Subject,
                5,
                Other,
                new(2026, 1, 2),
                new(2026, 1, 2),
                new(2031, 1, 2),
                "put right",
                new(2026, 1, 12)
            )
        );
        (project.ClearanceDueOn, project.ClearanceOverdueSince).ShouldBe((new DateOnly(2026, 1, 12), (DateOnly?)null));

        project.Apply(new ClearanceOverdue(Subject, 6, Other, new(2026, 1, 12)));
        project.ClearanceOverdueSince.ShouldBe(new DateOnly(2026, 1, 12));
        project.Apply(
            new WarrantyChanged(
                Subject,
                7,
                Other,
                new(2026, 1, 2),
                new(2026, 1, 2),
                new(2032, 1, 2),
                "longer commitment",
                new(2026, 1, 12)
            )
        );
        project.ClearanceOverdueSince.ShouldBe(
            new DateOnly(2026, 1, 12),
            "the day is the same, and it is not announced again"
        );
    }

    [Fact, Trait("Rule", "P3.3"), Trait("Rule", "P3.1.2")]
    public void Given_a_project_that_was_withdrawn_or_whose_warranty_ended_When_told_Then_its_state_says_so()
    {
        var (mistaken, ended) = (new ProjectFact { Id = Subject }, new ProjectFact { Id = Other });
        mistaken.Apply(new ProjectWithdrawn(Subject, 2, Other, "mistake"));
        mistaken.Apply(new ProjectRegistered(Subject, 1, "HT-1", "works", Other, "owner", "beijing", 100m, "frame"));
        ended.Apply(new WarrantyEnded(Other, 9, Other, new(2026, 1, 1)));

        (mistaken.State, mistaken.Name, ended.State).ShouldBe(("withdrawn", "works", "warranty-ended"));
    }

    [Fact, Trait("Rule", "C5.6.2")]
    public void Given_a_capa_When_it_is_found_ineffective_or_comes_back_Then_the_new_deadline_holds()
    {
        var action = new CapaFact { Id = Subject };
        action.Apply(
            new CapaOpened(
                Subject,
                1,
                "CAPA-2026-0001",
                "complaint",
                Other,
                "production",
                new(2026, 1, 1),
                new(2026, 1, 10)
            )
        );
        action.Apply(new CapaVerified(Subject, 5, Other, false, new(2026, 1, 12), new(2026, 1, 20)));
        (action.Department, action.DueOn).ShouldBe(("production", new DateOnly(2026, 1, 20)));
        action.Apply(new CapaVerified(Subject, 9, Other, true, new(2026, 1, 22)));
        action.DueOn.ShouldBe(new DateOnly(2026, 1, 20));
        action.Apply(new CapaReopened(Subject, 10, Other, "again", new(2026, 3, 1), new(2026, 3, 9)));
        action.DueOn.ShouldBe(new DateOnly(2026, 3, 9));
        action.Apply(new CapaReopened(Subject, 15, Other, "again", new(2026, 5, 1)));
        action.DueOn.ShouldBeNull("QC sets one; the one before is over");
    }

    [Fact, Trait("Rule", "C5.4")]
    public void Given_a_capa_that_other_cases_joined_When_it_is_counted_Then_each_counts_once_beside_its_own()
    {
        var action = new CapaFact { Id = Subject };
        // Told before the opening.
        action.Apply(new CapaCaseJoined(Subject, 3, "CAPA-2026-0001", "response", Other, new(2026, 1, 3)));
        action.Apply(new CapaOpened(Subject, 1, "CAPA-2026-0001", "complaint", Other, null, new(2026, 1, 1), null));
        action.Apply(new CapaCaseJoined(Subject, 4, "CAPA-2026-0001", "complaint", Subject, new(2026, 1, 4)));

        (action.Number, action.State, action.JoinedCases).ShouldBe(("CAPA-2026-0001", "opened", 2));
    }

    [Fact, Trait("Rule", "C1")]
    public void Given_a_complaint_that_is_reopened_When_the_new_targets_are_told_Then_they_hold()
    {
        var at = DateTimeOffset.UnixEpoch;
        var complaint = new ComplaintFact { Id = Subject };
        complaint.Apply(
            new ComplaintReopened(
                Subject,
                7,
                Other,
                "again",
                new(2026, 3, 1),
                "critical",
                at.AddDays(60),
                at.AddDays(61)
            )
        );
        complaint.Apply(
            new ComplaintRegistered(
                Subject,
                1,
                "FM004-2026-0001",
                Other,
                "customer",
                "phone",
                null,
                "leak",
                "major",
                new(2026, 1, 1),
                at,
                at.AddDays(1)
            )
        );

        (complaint.Severity, complaint.ResponseDueAt, complaint.ResolutionDueAt).ShouldBe(
            ("critical", at.AddDays(60), at.AddDays(61))
        );
        complaint.Apply(new ComplaintReopened(Subject, 9, Other, "again", new(2026, 5, 1)));
        complaint.ResponseDueAt.ShouldBe(at.AddDays(60), "an event of before they were told");
    }

    [Fact, Trait("Rule", "C5.7")]
    public void Given_a_ruling_and_a_later_round_When_told_in_any_order_Then_the_ruling_of_the_last_round_is_over()
    {
        var (inOrder, turned) = (new ComplaintFact { Id = Subject }, new ComplaintFact { Id = Subject });
        var ruled = new ComplaintLiabilityDecided(Subject, 4, Other, "not-ours", null, "W-01", new(2026, 1, 4));
        var reopened = new ComplaintReopened(Subject, 7, Other, "again", new(2026, 3, 1));

        var responded = new ComplaintResponded(Subject, 2, Other, DateTimeOffset.UnixEpoch, InTime: true);

        inOrder.Apply(responded);
        inOrder.Apply(ruled);
        inOrder.Apply(reopened);
        turned.Apply(reopened);
        turned.Apply(ruled);
        turned.Apply(responded);

        (inOrder.Liability, inOrder.CauseCode).ShouldBe((null, null));
        (turned.Liability, turned.CauseCode).ShouldBe((null, null));
        (inOrder.RespondedAt, inOrder.RespondedInTime).ShouldBe((null, null));
        (turned.RespondedAt, turned.RespondedInTime).ShouldBe((null, null));
    }

    [Fact, Trait("Rule", "C1")]
    public void Given_a_complaint_that_waits_When_its_clock_runs_again_Then_the_new_target_holds_and_the_response_never_moved()
    {
        var at = DateTimeOffset.UnixEpoch;
        var complaint = new ComplaintFact { Id = Subject };
        complaint.Apply(new ComplaintPaused(Subject, 3, Other, "waiting-for-sample", at.AddHours(3)));
        complaint.Apply(
            new ComplaintRegistered(
                Subject,
                1,
                "FM004-2026-0001",
                Other,
                "customer",
                "phone",
                null,
                "leak",
                "major",
                new(2026, 1, 1),
                at,
                at.AddDays(1)
            )
        );
        (complaint.Severity, complaint.ResponseDueAt, complaint.ResolutionDueAt).ShouldBe(
            ("major", at, (DateTimeOffset?)null)
        );

        complaint.Apply(new ComplaintResumed(Subject, 4, Other, at.AddDays(1), at.AddDays(2)));
        complaint.ResolutionDueAt.ShouldBe(at.AddDays(2));
        complaint.Apply(new ComplaintObjected(Subject, 7, Other, "no", new(2026, 1, 9), at.AddDays(5)));
        (complaint.ResponseDueAt, complaint.ResolutionDueAt).ShouldBe((at, at.AddDays(5)));
    }
}
