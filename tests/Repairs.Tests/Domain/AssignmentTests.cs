using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>The unit receives an order or objects; one that does not come is replaced at its cost (P3.1.1).</summary>
public sealed class AssignmentTests
{
    private static readonly DateOnly Monday = A.Day("2026-03-09");
    private static readonly RepairUnit Other = new(Guid.CreateVersion7(), "順達防水", UnitKind.Subcontractor);

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_an_issued_order_When_received_the_next_day_Then_in_time_and_announced()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        var unit = A.Context(Parties.UnitMan, A.At("2026-03-11 23:59"));

        order.Receive(unit).ShouldBeNull();

        order.Receipt.ShouldBe(new UnitReceipt(unit.Now, InTime: true, Stamp.Of(unit)));
        order
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(
                new RepairOrderReceived(
                    order.Id,
                    order.Version,
                    Parties.Owner,
                    Parties.Subcontractor,
                    unit.Now,
                    true,
                    false
                )
            );
        order.Receive(unit).ShouldNotBeNull().Code.ShouldBe("received-already");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_an_issued_order_When_received_after_the_due_day_Then_late()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);

        order.Receive(A.Context(Parties.UnitMan, A.At("2026-03-12 00:00"))).ShouldBeNull();

        order.Receipt!.InTime.ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_an_objection_When_open_Then_neither_briefed_nor_begun_and_engineering_decides()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        order.Object(A.Context(Parties.UnitMan), "not ours").ShouldBeNull();

        Refused.By(
            order.Start(A.Context(Parties.UnitMan)),
            "objection-open",
            "P3.1.1",
            ["decision-on-objection"],
            Roles.Engineering,
            Roles.EngineeringHead
        );
        order.WorkSteps(A.Context(Someone.System())).ShouldContain(step => step.Action == "overrule");

        var engineer = A.Context(Someone.InEngineering(), A.Today.AddDays(2));
        order.Overrule(engineer, "the contract says so").ShouldBeNull();
        order.OpenObjection.ShouldBeNull();
        order.ReceiptDueOn.ShouldBe(A.Today.AddDays(3));
        order.Start(A.Context(Parties.UnitMan, A.Today.AddDays(2))).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_an_objection_that_is_right_When_reassigned_Then_another_unit_has_it_with_clocks_of_its_own()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        order.Object(A.Context(Parties.UnitMan), "not ours").ShouldBeNull();
        var engineer = A.Context(Someone.InEngineering(), A.Today.AddDays(2));

        order.Reassign(engineer, A.DispatchInput() with { Unit = Other, UnitReason = "their scope" }).ShouldBeNull();

        (order.State, order.RepairUnitId, order.Briefing).ShouldBe((RepairOrderState.Dispatched, Other.Id, null));
        order.ReceiptDueOn.ShouldBe(A.Today.AddDays(3));
        var before = order.EarlierAssignments.ShouldHaveSingleItem();
        (before.UnitId, before.SteppedIn).ShouldBe((Parties.Subcontractor, false));
        order.ChargedUnitId.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_no_objection_When_reassigned_Then_refused() =>
        A.RepairOrder()
            .At(RepairOrderState.Dispatched)
            .Reassign(A.Context(Someone.InEngineering()), A.DispatchInput() with { Unit = Other, UnitReason = "x" })
            .ShouldNotBeNull()
            .Code.ShouldBe("no-objection");

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_unit_in_time_When_notice_is_given_or_another_steps_in_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        var head = A.Context(Someone.HeadOfEngineering());

        order.GiveNotice(head, NoticeChannel.Mail, "come", "Li").ShouldNotBeNull().Code.ShouldBe("unit-not-late");
        order.StepIn(head, A.DispatchInput() with { Unit = Other }).ShouldNotBeNull().Code.ShouldBe("unit-not-late");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_the_contractors_own_unit_When_it_is_late_Then_no_notice_but_another_may_be_sent()
    {
        var order = new RepairOrderBuilder { Warranty = A.Warranty(null) }.At(RepairOrderState.Dispatched);
        var late = A.Today.AddDays(9);

        order
            .GiveNotice(A.Context(Someone.HeadOfEngineering(), late), NoticeChannel.Mail, "come", "Li")
            .ShouldNotBeNull()
            .Code.ShouldBe("unit-is-own");
        order
            .Reassign(
                A.Context(Someone.InEngineering(), late),
                A.DispatchInput() with
                {
                    Unit = Other,
                    UnitReason = "own crew busy",
                }
            )
            .ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_late_unit_without_notice_When_another_steps_in_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);

        Refused.By(
            order.StepIn(
                A.Context(Someone.HeadOfEngineering(), A.Today.AddDays(2)),
                A.DispatchInput() with
                {
                    Unit = Other,
                }
            ),
            "notice-missing",
            "P3.1.1",
            ["written-notice"],
            Roles.EngineeringHead
        );
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_unit_that_received_and_does_not_begin_by_the_target_When_notified_Then_another_may_step_in()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        order.Receive(A.Context(Parties.UnitMan)).ShouldBeNull();
        var target = A.Context(Someone.HeadOfEngineering(), A.At("2026-03-14 00:00"));

        order
            .GiveNotice(
                A.Context(Someone.HeadOfEngineering(), A.At("2026-03-13 23:59")),
                NoticeChannel.Mail,
                "come",
                "Li"
            )
            .ShouldNotBeNull()
            .Code.ShouldBe("unit-not-late");
        order.GiveNotice(target, NoticeChannel.Mail, "come", "Li").ShouldBeNull();
        order
            .StepIn(target, A.DispatchInput() with { Unit = Parties.Unit })
            .ShouldNotBeNull()
            .Code.ShouldBe("same-unit");
        order.StepIn(target, A.DispatchInput() with { Unit = Other }).ShouldBeNull();
    }

    /// <summary>Worked case 9.</summary>
    [Fact]
    [Trait("Rule", "P3.1.1")]
    [Trait("Case", "9")]
    public void Given_an_order_issued_on_Monday_When_not_received_by_Tuesday_24_00_Then_another_repairs_at_its_cost()
    {
        var order = new RepairOrderBuilder { NotifiedOn = Monday.AddDays(-3) }.At(RepairOrderState.Approved);
        var engineer = A.Context(Someone.InEngineering(), Monday);
        var head = Someone.HeadOfEngineering();
        order.Dispatch(engineer, A.DispatchInput()).ShouldBeNull();

        // Tuesday is not over.
        var tuesday = A.At("2026-03-10 23:59");
        order.MarkReceiptOverdue(A.Context(Someone.System(), tuesday)).ShouldNotBeNull();
        order
            .GiveNotice(A.Context(head, tuesday), NoticeChannel.RegisteredLetter, "請即簽收", "李經理")
            .ShouldNotBeNull();

        var wednesday = A.Day("2026-03-11");
        order.MarkReceiptOverdue(A.Context(Someone.System(), wednesday)).ShouldBeNull();
        order.WorkSteps(A.Context(head, wednesday)).ShouldContain(step => step.Action == "give-notice");
        order
            .GiveNotice(
                A.Context(head, wednesday),
                NoticeChannel.RegisteredLetter,
                "另行安排，費用由貴司承擔",
                "李經理"
            )
            .ShouldBeNull();
        order.StepIn(A.Context(head, wednesday), A.DispatchInput() with { Unit = Other }).ShouldBeNull();
        (order.RepairUnitId, order.ChargedUnitId).ShouldBe((Other.Id, Parties.Subcontractor));
        order
            .PendingEvents.OfType<RepairUnitReplaced>()
            .ShouldHaveSingleItem()
            .FirstUnitId.ShouldBe(Parties.Subcontractor);

        var man = A.Context(Someone.InRepairUnit(Other.Id), wednesday);
        order.Brief(A.Context(head, wednesday), wednesday, "how", A.Crew(), A.Principles()).ShouldBeNull();
        order.Start(A.Context(Parties.UnitMan, wednesday)).ShouldNotBeNull().Code.ShouldBe("not-own-order");
        order.Start(man).ShouldBeNull();
        order.AddCost(man, CostKind.Labour, "人工", 1200.00m).ShouldBeNull();
        order.AddCost(man, CostKind.Material, "卷材", 350.00m).ShouldBeNull();
        order.Finish(man, A.Work(wednesday)).ShouldBeNull();
        order.CostTotal.ShouldBe(1550.00m);
        order.PassInspection(A.Context(Someone.InQuality(), wednesday), "ok").ShouldBeNull();
        order.Accept(A.Context(Parties.OwnerMan, wednesday), A.Decision()).ShouldBeNull();

        var charged = new ChargedOrder
        {
            Id = order.Id,
            Number = order.Number,
            ProjectId = order.ProjectId,
            ProjectName = order.ProjectName,
            PartCode = order.PartCode,
            UnitId = order.ChargedUnitId!.Value,
            UnitName = order.ChargedUnitName!,
            CostTotal = order.CostTotal,
        };
        var charge = ChargeBack.Propose(A.Context(head, wednesday), "KK-2026-000001", charged, null).Required();
        order.ChargeBack(A.Context(head, wednesday), charge.Id, null).ShouldBeNull();
        (charge.UnitId, charge.Amount).ShouldBe((Parties.Subcontractor, 1550.00m));
        (order.CostTotal - charge.Amount).ShouldBe(0.00m);
        order.AddCost(man, CostKind.Other, "later", 1m).ShouldNotBeNull().Code.ShouldBe("charged-back-already");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_costs_at_a_subcontractors_charge_When_returned_without_a_charge_back_Then_refused()
    {
        var order = new RepairOrderBuilder { Decision = A.DispatchInput() with { ChargeBack = true } }.At(
            RepairOrderState.Accepted
        );
        order.AddCost(A.Context(Someone.InEngineering()), CostKind.Labour, "人工", 100m).ShouldBeNull();

        Refused.By(
            order.Return(A.Context(Parties.UnitMan), null),
            "charge-back-not-proposed",
            "P3.1.1",
            ["charge-back"],
            Roles.EngineeringHead
        );

        order.StrikeCost(A.Context(Someone.InEngineering()), order.Costs[0].Id, "twice").ShouldBeNull();
        (order.CostTotal, order.Costs.Count).ShouldBe((0m, 1));
        order.Return(A.Context(Parties.UnitMan), null).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_no_costs_or_nobody_to_charge_When_charged_back_Then_refused()
    {
        var head = A.Context(Someone.HeadOfEngineering());
        var order = A.RepairOrder().At(RepairOrderState.Accepted);
        order.ChargeBack(head, Guid.CreateVersion7(), null).ShouldNotBeNull().Code.ShouldBe("nobody-to-charge");

        order = new RepairOrderBuilder { Decision = A.DispatchInput() with { ChargeBack = true } }.At(
            RepairOrderState.Accepted
        );
        order.ChargeBack(head, Guid.CreateVersion7(), null).ShouldNotBeNull().Code.ShouldBe("no-costs");
        order.StrikeCost(head, Guid.CreateVersion7(), "x").ShouldNotBeNull().Code.ShouldBe("cost-unknown");
    }
}

/// <summary>The clocks of an issued order, with pauses by reason (P3.2.2).</summary>
public sealed class ClockTests
{
    [Theory]
    [Trait("Rule", "P3.2.2")]
    // Friday 2026-11-27; the first day is not counted, the first instant past the last day is told.
    [InlineData(DefectSeverity.Major, "2026-12-01 00:00", "2026-12-08 00:00")]
    [InlineData(DefectSeverity.Minor, "2026-12-05 00:00", "2026-12-18 00:00")]
    [InlineData(DefectSeverity.Emergency, "2026-11-27 14:00", null)]
    public void Given_a_severity_When_issued_Then_start_and_end_are_due(object severity, string start, string? finish)
    {
        var order = Issued((DefectSeverity)severity);

        (order.StartDueAt, order.FinishDueAt).ShouldBe((A.At(start), finish is null ? null : A.At(finish)));
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_the_target_of_the_start_When_it_passes_Then_marked_once_and_announced()
    {
        var order = Issued(DefectSeverity.Major);

        order
            .MarkStartOverdue(A.Context(Someone.System(), A.At("2026-11-30 23:59")))
            .ShouldNotBeNull()
            .Code.ShouldBe("start-not-due");
        order.MarkStartOverdue(A.Context(Someone.System(), A.At("2026-12-01 00:00"))).ShouldBeNull();

        order
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBeOfType<RepairOrderStartOverdue>()
            .StartDueAt.ShouldBe(A.At("2026-12-01 00:00"));
        order
            .MarkStartOverdue(A.Context(Someone.System(), A.At("2026-12-02 00:00")))
            .ShouldNotBeNull()
            .Code.ShouldBe("target-marked-already");
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_the_target_of_the_end_When_it_passes_while_at_work_Then_marked_and_announced()
    {
        var order = A.RepairOrder().At(RepairOrderState.InRepair);

        order.MarkFinishOverdue(A.Context(Someone.System(), A.At("2026-03-20 23:59"))).ShouldNotBeNull();
        order.MarkFinishOverdue(A.Context(Someone.System(), A.At("2026-03-21 00:00"))).ShouldBeNull();

        order.PendingEvents.ShouldHaveSingleItem().ShouldBeOfType<RepairOrderCompletionOverdue>();
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_a_pause_over_two_midnights_When_resumed_Then_targets_move_by_two_days_and_stood_still()
    {
        var order = Issued(DefectSeverity.Major);
        order.Pause(At("2026-11-29 18:00"), RepairPauseReason.Weather, "rain").ShouldBeNull();

        order
            .MarkStartOverdue(A.Context(Someone.System(), A.At("2026-12-09 00:00")))
            .ShouldNotBeNull()
            .Code.ShouldBe("start-not-due");
        order
            .Pause(At("2026-11-30 18:00"), RepairPauseReason.Weather, null)
            .ShouldNotBeNull()
            .Code.ShouldBe("paused-already");
        order.Resume(At("2026-12-01 08:00")).ShouldBeNull();

        (order.StartDueAt, order.FinishDueAt).ShouldBe((A.At("2026-12-03 00:00"), A.At("2026-12-10 00:00")));
        order.Resume(At("2026-12-01 09:00")).ShouldNotBeNull().Code.ShouldBe("not-paused");
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_an_emergency_When_paused_for_an_hour_Then_the_target_moves_by_an_hour()
    {
        var order = Issued(DefectSeverity.Emergency);
        order.Pause(At("2026-11-27 11:00"), RepairPauseReason.NoAccess, null).ShouldBeNull();
        order.Resume(At("2026-11-27 12:00")).ShouldBeNull();

        order.StartDueAt.ShouldBe(A.At("2026-11-27 15:00"));
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_an_emergency_When_somebody_is_on_site_Then_the_target_is_met_and_the_order_received()
    {
        var order = Issued(DefectSeverity.Emergency);
        var arrived = A.At("2026-11-27 13:30");

        order.Arrive(A.Context(Parties.UnitMan, A.At("2026-11-27 13:40")), arrived).ShouldBeNull();

        (order.ArrivedAt, order.ReceivedAt).ShouldBe((arrived, arrived));
        order.FieldSteps.ShouldHaveSingleItem().ArrivedAt.ShouldBe(A.At("2026-11-27 13:40"));
        order
            .MarkStartOverdue(A.Context(Someone.System(), A.At("2026-11-27 18:00")))
            .ShouldNotBeNull()
            .Code.ShouldBe("start-not-due");
    }

    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData("2026-11-27 09:59")]
    [InlineData("2026-11-28 10:01")]
    public void Given_a_time_before_the_issue_or_to_come_When_told_Then_refused(string doneAt) =>
        Issued(DefectSeverity.Major)
            .Receive(A.Context(Parties.UnitMan, A.At("2026-11-28 10:00")), A.At(doneAt))
            .ShouldNotBeNull()
            .Code.ShouldBe("done-at-impossible");

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_a_failed_attempt_When_recorded_Then_it_is_the_owners_time_until_work_begins()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        order.Attempt(At("2026-03-11 09:00"), "nobody", null).ShouldBeNull();
        order.WaitsFor.ShouldBe(WaitingParty.Owner);

        order.Start(A.Context(Parties.UnitMan, A.At("2026-03-13 09:00"))).ShouldBeNull();

        order.Attempts.Count.ShouldBe(1);
        order.WaitsFor.ShouldBe(WaitingParty.RepairUnit);
        order.Waiting.Times.Single(t => t.Party == WaitingParty.Owner).Seconds.ShouldBe(2 * 24 * 3600);
        order.FinishDueAt.ShouldBe(A.At("2026-03-23 00:00"));
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_a_life_When_returned_Then_every_waiting_time_is_told_by_party()
    {
        var order = A.RepairOrder().At(RepairOrderState.Accepted);
        order.Return(A.Context(Parties.UnitMan, A.Today.AddDays(1)), null).ShouldBeNull();

        order
            .PendingEvents.OfType<RepairOrderReturned>()
            .Single()
            .Waited.ShouldNotBeNull()
            .Single(t => t.For == "engineering")
            .Seconds.ShouldBe(24 * 3600);
        order.WaitsFor.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_the_day_before_the_last_one_When_reminded_Then_once_and_announced()
    {
        var order = A.RepairOrder().Build();
        var tomorrow = A.Context(Someone.System(), A.Today.AddDays(1));

        order
            .RemindOfConfirmation(A.Context(Someone.System(), A.Today))
            .ShouldNotBeNull()
            .Code.ShouldBe("no-reminder-due");
        order.RemindOfConfirmation(tomorrow).ShouldBeNull();

        order.PendingEvents.ShouldHaveSingleItem().ShouldBeOfType<RepairOrderConfirmationDue>().DaysLeft.ShouldBe(1);
        order.RemindOfConfirmation(tomorrow).ShouldNotBeNull();
    }

    private static CommandContext At(string local) => A.Context(Someone.InEngineering(), A.At(local));

    private static RepairOrder Issued(DefectSeverity severity)
    {
        var issue = A.Context(Someone.InEngineering(), A.At("2026-11-27 10:00"));
        var order = new RepairOrderBuilder
        {
            Severity = severity,
            EmergencyReason = severity == DefectSeverity.Emergency ? EmergencyReason.Safety : null,
        }.At(RepairOrderState.Approved);
        order.Dispatch(issue, A.DispatchInput()).ShouldBeNull();
        order.MarkSaved();
        return order;
    }
}

/// <summary>Photos before and after the work, as many as the policy wants (P3.2.3).</summary>
public sealed class PhotoTests
{
    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData(1, 3, "photos-before")]
    [InlineData(2, 2, "photos-after")]
    [InlineData(2, 3, null)]
    public void Given_a_policy_that_wants_photos_When_done_Then_only_with_as_many(
        int before,
        int after,
        string? missing
    )
    {
        var policy = A.Policy with { Repairs = A.Policy.Repairs with { PhotosBefore = 2, PhotosAfter = 3 } };
        var order = A.RepairOrder().At(RepairOrderState.InRepair);
        var photos = A.Photos(before, after);

        var refusal = order.Finish(A.Context(Parties.UnitMan, policy: policy), A.Work() with { Photos = photos });

        if (missing is null)
        {
            refusal.ShouldBeNull();
            order.WorkReports[^1].Photos.ShouldBe(photos.All);
        }
        else
        {
            Refused.By(refusal, "photos-missing", "P3.2.3", [missing], Roles.RepairUnit, Roles.Repair);
        }
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_the_policies_as_published_When_work_is_reported_without_photos_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.InRepair);

        var refusal = order.Finish(A.Context(Parties.UnitMan), A.Work() with { Photos = WorkPhotos.None });

        (refusal?.Code).ShouldBe("photos-missing");
    }

    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_work_that_came_back_When_its_photos_are_counted_Then_only_new_ones_of_this_round(bool refused)
    {
        var order = A.RepairOrder().At(refused ? RepairOrderState.Inspected : RepairOrderState.Done);
        order.RoundBegunAt.ShouldBeNull();
        var back = A.Moment.AddDays(1);
        (
            refused
                ? order.Refuse(A.Context(Parties.OwnerMan, back), A.Decision())
                : order.FailInspection(A.Context(Someone.InQuality(), back), "收口不嚴")
        ).ShouldBeNull();
        WorkPhoto Photo(bool before, string content, double hours) =>
            new(Guid.CreateVersion7(), before, content, back.AddHours(hours));
        var (old, again, fresh) = (Photo(true, "a", -1), Photo(true, "a", 1), Photo(true, "b", 1));
        var (done, twice) = (Photo(false, "c", 2), Photo(false, "c", 3));

        order.RoundBegunAt.ShouldBe(back);
        var photos = WorkPhotos.Of([old, again, fresh, done, twice], order.RoundBegunAt);

        photos.Before.ShouldBe([fresh.Id]);
        photos.After.ShouldBe([done.Id]);
        WorkPhotos.Of([old, again], null).Before.ShouldBe([old.Id]);
    }
}

/// <summary>Where steps are taken, and who is told that it is far away (P3.2.3).</summary>
public sealed class FieldPlaceTests
{
    private static readonly GeoPoint Site = new(31.2304, 121.4737);

    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData(31.2304, 1, false)]
    [InlineData(31.2384, 1, false)]
    [InlineData(31.2404, 1, true)]
    [InlineData(31.2404, 2, false)]
    public void Given_a_place_When_it_is_kept_Then_far_only_beyond_what_the_policy_calls_near(
        double latitude,
        double nearKm,
        bool far
    )
    {
        var policy = A.Policy.Repairs with { FarAwayKm = nearKm };

        FieldPlace.Of(new(latitude, Site.Longitude), Site, policy)!.FarAway.ShouldBe(far);
        FieldPlace
            .Of(new(latitude, Site.Longitude), null, policy)!
            .ShouldSatisfyAllConditions(
                place => place.FarAway.ShouldBeFalse(),
                place => place.DistanceKm.ShouldBeNull()
            );
        FieldPlace.Of(null, Site, policy).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_an_arrival_far_away_When_told_Then_taken_and_kept_until_the_next_issue()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        var place = FieldPlace.Of(new(22.54, 114.06), Site, A.Policy.Repairs);

        order.Attempt(A.Context(Parties.UnitMan), "敲門無人應", null, place: place).ShouldBeNull();
        order.Arrive(A.Context(Parties.UnitMan, A.Moment.AddHours(1)), place: place).ShouldBeNull();

        order.ArrivalPlace!.FarAway.ShouldBeTrue();
        order.ArrivalPlace.DistanceKm!.Value.ShouldBeInRange(1000, 1500);
        order.Attempts[0].Place.ShouldBe(place);
    }
}

/// <summary>For whom an order waits while its days are not fixed (P2.1.2).</summary>
public sealed class WaitingForPlanTests
{
    [Fact]
    [Trait("Rule", "P2.1.2")]
    public void Given_an_approved_order_without_days_When_it_waits_Then_that_is_productions_time()
    {
        var order = new RepairOrderBuilder { Unplanned = true }.At(RepairOrderState.Approved);
        order.WaitsFor.ShouldBe(WaitingParty.Production);
        order.Waiting.For.ShouldBe(WaitingParty.Production);

        order
            .PlanDays(A.Context(Someone.InProduction(), A.Moment.AddHours(5)), A.Today, A.Today.AddDays(3))
            .ShouldBeNull();

        order.WaitsFor.ShouldBe(WaitingParty.Engineering);
        order
            .Waiting.Times.Single(time => time.Party == WaitingParty.Production)
            .Seconds.ShouldBe((long)TimeSpan.FromHours(5).TotalSeconds);
    }
}

/// <summary>Cause, lesson and countermeasures of construction faults, and what comes back (P2.2.3).</summary>
public sealed class LessonsTests
{
    private static readonly CommandContext Engineer = A.Context(Someone.InEngineering());

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_no_lessons_When_the_record_is_returned_Then_refused()
    {
        var order = new RepairOrderBuilder { WithoutLessons = true }.At(RepairOrderState.Accepted);

        Refused.By(
            order.Return(A.Context(Parties.UnitMan), null),
            "lessons-missing",
            "P2.2.3",
            ["lesson", "corrective-measure", "countermeasure"],
            Roles.Engineering,
            Roles.EngineeringHead,
            Roles.CustomerService,
            Roles.Qc
        );
        order.WorkSteps(Engineer).ShouldContain(step => step.Action == "draw-lessons");
    }

    [Theory]
    [Trait("Rule", "P2.2.3")]
    [InlineData(FaultLiability.Contractor, false)]
    [InlineData(FaultLiability.Subcontractor, false)]
    [InlineData(FaultLiability.Owner, true)]
    [InlineData(FaultLiability.ThirdParty, true)]
    public void Given_a_text_that_is_missing_When_it_is_a_construction_fault_Then_refused(object liability, bool may) =>
        (
            A.RepairOrder()
                .At(RepairOrderState.Analysed)
                .DrawLessons(
                    Engineer,
                    A.Lessons((FaultLiability)liability) with
                    {
                        Countermeasure = null,
                    },
                    FaultCounts.None
                )
            is null
        ).ShouldBe(may);

    [Theory]
    [Trait("Rule", "P2.2.3")]
    [InlineData(0, 0, null)]
    [InlineData(1, 0, RepairCapaGround.RecursInProject)]
    [InlineData(0, 1, null)]
    [InlineData(0, 2, RepairCapaGround.RecursInProjects)]
    public void Given_earlier_faults_of_part_and_cause_When_lessons_are_drawn_Then_a_capa_is_asked_for_from_the_limit_on(
        int inProject,
        int others,
        object? ground
    )
    {
        var order = A.RepairOrder().At(RepairOrderState.Analysed);

        order.DrawLessons(Engineer, A.Lessons(), new(inProject, others)).ShouldBeNull();

        order.CapaGround.ShouldBe((RepairCapaGround?)ground);
        order.PendingEvents.OfType<RepairCapaRequested>().Count().ShouldBe(ground is null ? 0 : 1);
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_a_systemic_fault_When_quality_says_so_Then_one_capa_is_asked_for_and_others_may_not()
    {
        var order = A.RepairOrder().At(RepairOrderState.Analysed);

        order
            .DrawLessons(Engineer, A.Lessons(systemic: true), FaultCounts.None)
            .ShouldNotBeNull()
            .Code.ShouldBe("systemic-by-quality");
        var quality = A.Context(Someone.InQuality());
        order.DrawLessons(quality, A.Lessons(systemic: true), FaultCounts.None).ShouldBeNull();
        order.DrawLessons(quality, A.Lessons(systemic: true), FaultCounts.None).ShouldBeNull();

        order.PendingEvents.OfType<RepairCapaRequested>().ShouldHaveSingleItem().Ground.ShouldBe("systemic");
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_a_defect_that_came_back_When_opened_Then_announced_and_on_qualitys_list()
    {
        var earlier = new EarlierOrder(Guid.CreateVersion7(), "WX-2026-000007", A.Today.AddDays(-20));
        var order = RepairOrder
            .Open(
                A.Context(Someone.InCustomerService()),
                "WX-2026-000008",
                A.Notice() with
                {
                    RecurrenceOf = earlier,
                },
                A.Warranty(null)
            )
            .Required();

        order.PendingEvents.OfType<RepairOrderRecurred>().ShouldHaveSingleItem().EarlierNumber.ShouldBe(earlier.Number);
        var step = order.WorkSteps(Engineer).Single(s => s.Action == "judge-recurrence");
        step.Includes(Someone.InQuality()).ShouldBeTrue();
        order.JudgeRecurrence(A.Context(Someone.InQuality()), true, "the same").ShouldBeNull();
        order.WorkSteps(Engineer).ShouldNotContain(s => s.Action == "judge-recurrence");
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_no_warranty_any_more_When_a_defect_comes_back_Then_it_is_no_recurrence() =>
        RepairOrder
            .Open(
                A.Context(Someone.InCustomerService()),
                "WX-2026-000008",
                A.Notice() with
                {
                    RecurrenceOf = new(Guid.CreateVersion7(), "WX-2026-000007", A.Today),
                },
                A.Warranty(null) with
                {
                    Covered = WarrantyCover.No,
                }
            )
            .Required()
            .RecurrenceOf.ShouldBeNull();

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_customer_When_they_open_an_order_Then_only_on_a_project_of_theirs()
    {
        var open = (Actor actor) =>
            RepairOrder.Open(A.Context(actor), "WX-1", A.Notice(), A.Warranty(null)).Refusal?.Code;

        open(Parties.OwnerMan).ShouldBeNull();
        open(Someone.AtCustomer(Guid.CreateVersion7())).ShouldBe("project-unknown");
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_the_same_defect_twice_When_merged_and_taken_apart_Then_both_keep_number_and_history()
    {
        var service = A.Context(Someone.InCustomerService());
        var order = A.RepairOrder().At(RepairOrderState.Confirmed);
        var into = A.RepairOrder().At(RepairOrderState.Analysed);

        order.Merge(service, new(into.Id, into.Number, into.ProjectId, IsOpen: true)).ShouldBeNull();
        into.Absorb(service, order);

        (order.State, order.MergedIntoId).ShouldBe((RepairOrderState.Merged, into.Id));
        into.MergedOrders.ShouldHaveSingleItem().Number.ShouldBe(order.Number);
        order.WorkSteps(service).ShouldBeEmpty();

        order.Unmerge(service).ShouldBeNull();
        into.Release(service, order);
        (order.State, order.MergedIntoId, into.MergedOrders.Count).ShouldBe((RepairOrderState.Opened, null, 0));
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_itself_another_project_or_a_closed_order_When_merged_Then_refused()
    {
        var service = A.Context(Someone.InCustomerService());
        var order = A.RepairOrder().Build();
        var code = (MergeInto into) => order.Merge(service, into)?.Code;

        code(new(order.Id, "WX", order.ProjectId, true)).ShouldBe("not-the-same-defect");
        code(new(Guid.CreateVersion7(), "WX", Guid.CreateVersion7(), true)).ShouldBe("not-the-same-defect");
        code(new(Guid.CreateVersion7(), "WX", order.ProjectId, false)).ShouldBe("merge-into-closed");
    }
}

/// <summary>The user of a unit of the building decides inside it, with the owner told (P3.2.3).</summary>
public sealed class UserAcceptanceTests
{
    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData(null, "owner-not-told")]
    [InlineData("2026-03-11", "owner-not-told")]
    [InlineData("2026-03-09", "owner-not-told")]
    [InlineData("2026-03-10", null)]
    public void Given_a_user_When_they_accept_Then_only_with_the_owner_told_since_the_inspection(
        string? told,
        string? code
    )
    {
        var order = A.RepairOrder().At(RepairOrderState.Inspected);
        var decision = A.Word() with { User = new("李女士", "2-301", told is null ? null : A.Day(told), WordBy.Phone) };

        (order.Accept(A.Context(Someone.InCustomerService()), decision)?.Code).ShouldBe(code);
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_a_user_When_they_accept_Then_kept_and_announced_as_theirs()
    {
        var order = A.RepairOrder().At(RepairOrderState.Inspected);
        var user = new UserAcceptance("李女士", "2-301", A.Today, WordBy.Phone);

        order.Accept(A.Context(Someone.InCustomerService()), A.Word() with { User = user }).ShouldBeNull();

        order.OwnerResponses[^1].User.ShouldBe(user);
        order.PendingEvents.ShouldHaveSingleItem().ShouldBeOfType<RepairOrderOwnerResponded>().By.ShouldBe("user");
    }
}
