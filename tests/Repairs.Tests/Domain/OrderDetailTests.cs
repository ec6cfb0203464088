using System.Linq.Expressions;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>What is told, kept and listed with the steps of an order, one by one.</summary>
public sealed class OrderDetailTests
{
    private static readonly RepairUnit Other = new(Guid.CreateVersion7(), "順達防水", UnitKind.Subcontractor);

    private static CommandContext System => A.Context(Someone.System());

    [Fact]
    [Trait("Rule", "P3.1.1")]
    [Trait("Rule", "P3.2.2")]
    public void Given_any_order_at_any_time_When_asked_what_is_overdue_Then_the_database_says_the_same()
    {
        foreach (var order in Situations())
        {
            DateTimeOffset?[] edges = [order.StartDueAt, order.FinishDueAt, A.Moment];
            var times = edges.OfType<DateTimeOffset>().SelectMany(edge => new[] { edge.AddTicks(-1), edge });
            foreach (var now in times)
            {
                var (start, finish) = (
                    RepairOrderDeadlines.IsStartOverdue(order, now),
                    RepairOrderDeadlines.IsFinishOverdue(order, now)
                );
                Says(order, RepairOrderDeadlines.StartOverdue(true, now)).ShouldBe(start, $"{order.State} at {now:O}");
                Says(order, RepairOrderDeadlines.StartOverdue(false, now)).ShouldBe(!start);
                Says(order, RepairOrderDeadlines.FinishOverdue(true, now))
                    .ShouldBe(finish, $"{order.State} at {now:O}");
                Says(order, RepairOrderDeadlines.FinishOverdue(false, now)).ShouldBe(!finish);
            }

            for (var day = 0; day <= 3; day++)
            {
                var today = A.Today.AddDays(day);
                var receipt = RepairOrderDeadlines.IsReceiptOverdue(order, today);
                Says(order, RepairOrderDeadlines.ReceiptOverdue(true, today)).ShouldBe(receipt, $"{today:O}");
                Says(order, RepairOrderDeadlines.ReceiptOverdue(false, today)).ShouldBe(!receipt);
            }
        }

        static bool Says(RepairOrder order, Expression<Func<RepairOrder, bool>> query) => query.Compile()(order);
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(-1, false, false)]
    [InlineData(0, false, true)]
    [InlineData(1, false, true)]
    [InlineData(2, false, true)]
    [InlineData(3, false, false)]
    [InlineData(1, true, false)]
    public void Given_an_unconfirmed_order_When_due_in_so_many_days_Then_among_those_to_remind_of(
        int days,
        bool remindedToday,
        bool found
    )
    {
        var order = new RepairOrderBuilder { NotifiedOn = A.Today.AddDays(-1) }.Build();
        var today = order.ConfirmDueOn.AddDays(-days);
        if (remindedToday)
        {
            order.RemindOfConfirmation(A.Context(Someone.System(), today)).ShouldBeNull();
            var tomorrow = RepairOrderDeadlines.ReminderDue(2, today.AddDays(1)).Compile();
            tomorrow(order).ShouldBeTrue("it was reminded of the day before");
        }

        RepairOrderDeadlines.ReminderDue(2, today).Compile()(order).ShouldBe(found);
        RepairOrderDeadlines
            .ReminderDue(2, today)
            .Compile()(A.RepairOrder().At(RepairOrderState.Confirmed))
            .ShouldBeFalse();
    }

    [Theory]
    [Trait("Rule", "S4")]
    [InlineData(RepairOrderState.InRepair, true)]
    [InlineData(RepairOrderState.Accepted, false)]
    public void Given_an_organisation_that_is_another_one_When_moved_Then_found_there_and_what_was_signed_keeps_its_words(
        object state,
        bool renamed
    )
    {
        var order = Charged().At((RepairOrderState)state);
        var (owner, unit, leader) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

        order.MoveOwner(System, owner, "新業主", null, null);
        order.MoveUnit(System, Parties.Subcontractor, unit, "新防水");
        order.MoveLeader(System, leader, "李經理");

        (order.OwnerId, order.OwnerName).ShouldBe((owner, renamed ? "新業主" : Parties.Project.OwnerName));
        (order.Contact, order.Phone).ShouldBe((Parties.Project.Contact!, Parties.Project.Phone!));
        (order.RepairUnitId, order.RepairUnitName).ShouldBe((unit, renamed ? "新防水" : Parties.Unit.Name));
        (order.ChargedUnitId, order.ChargedUnitName).ShouldBe((unit, renamed ? "新防水" : Parties.Unit.Name));
        (order.Warranty.ResponsibleUnitId, order.Warranty.ResponsibleUnitName).ShouldBe(
            renamed ? (unit, "新防水") : (Parties.Subcontractor, Parties.Unit.Name)
        );
        (order.DispatchRecord!.Leader.PersonId, order.DispatchRecord.Leader.PersonName).ShouldBe((leader, "李經理"));
        var at = ((RepairOrderState)state).ToKebab();
        order
            .PendingEntries.Select(entry => (entry.Action, entry.From, entry.To, entry.Why))
            .ShouldBe([
                ("owner-merged", at, at, "新業主"),
                ("unit-merged", at, at, "新防水"),
                ("leader-merged", at, at, "李經理"),
            ]);
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_another_organisation_When_it_is_moved_Then_owner_contact_and_units_stay()
    {
        var order = Charged().At(RepairOrderState.InRepair);

        order.MoveUnit(System, Guid.CreateVersion7(), Guid.CreateVersion7(), "別人");
        order.MoveOwner(System, Parties.Owner, "業主", "趙", "021-1");

        (order.RepairUnitId, order.RepairUnitName).ShouldBe((Parties.Subcontractor, Parties.Unit.Name));
        (order.ChargedUnitId, order.ChargedUnitName).ShouldBe((Parties.Subcontractor, Parties.Unit.Name));
        order.Warranty.ResponsibleUnitName.ShouldBe(Parties.Unit.Name);
        (order.Contact, order.Phone).ShouldBe(("趙", "021-1"));
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_several_subcontractors_of_a_part_When_one_is_another_one_Then_only_that_one_moves()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var standing = A.Warranty(first, new PartUnit(first, "甲", null), new PartUnit(second, "乙", "屋面"));
        var to = Guid.CreateVersion7();

        standing.WithUnit(second, to, "丙").Units.ShouldBe([new(first, "甲", null), new(to, "丙", "屋面")]);
        (
            standing.WithUnit(second, to, "丙").ResponsibleUnitId,
            standing.WithUnit(first, to, "丙").ResponsibleUnitId
        ).ShouldBe((first, to));
        standing.WithUnit(second, to, "丙").ResponsibleUnitName.ShouldBe(Parties.Unit.Name);
        standing.WithUnit(first, to, "丙").ResponsibleUnitName.ShouldBe("丙");
    }

    [Theory]
    [Trait("Rule", "P3.1.2")]
    [InlineData(true, AskProblem.NoAnswer, true)]
    [InlineData(true, AskProblem.PartUnknown, false)]
    [InlineData(false, null, false)]
    public void Given_what_Projects_said_When_it_was_away_Then_only_that_is_asked_again(
        bool unanswered,
        object? problem,
        bool pending
    )
    {
        var standing = unanswered ? A.NoAnswer((AskProblem)problem!) : A.Warranty(null);

        standing.IsPending.ShouldBe(pending);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_customer_When_they_name_anothers_project_Then_it_is_as_if_it_were_not_there()
    {
        var stranger = A.Context(Someone.AtCustomer(Guid.CreateVersion7()));

        foreach (
            var refusal in new[]
            {
                RepairOrder.CheckProject(stranger, Parties.Project).Refusal,
                RepairOrder.Open(stranger, "WX-1", A.Notice(), A.Warranty(null)).Refusal,
                RepairOrder
                    .Open(
                        A.Context(Parties.OwnerMan),
                        "WX-1",
                        A.Notice() with
                        {
                            Source = OrderSource.Complaint,
                        },
                        A.Warranty(null)
                    )
                    .Refusal,
            }
        )
        {
            refusal.ShouldNotBeNull();
            (refusal.Kind, refusal.Code, refusal.Rule, refusal.Missing.Single()).ShouldBe(
                (RefusalKind.Invalid, "project-unknown", "S3", "project")
            );
        }

        RepairOrder.CheckProject(A.Context(Parties.OwnerMan), Parties.Project).Required().ShouldBe(Parties.Project);
        RepairOrder.CheckProject(A.Context(Someone.InSales()), Parties.Project).Required().ShouldBe(Parties.Project);
        RepairOrder.CheckOpen(stranger).ShouldBeNull();
        RepairOrder.Open(A.Context(Parties.OwnerMan), "WX-1", A.Notice(), A.Warranty(null)).Refusal.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void Given_an_order_When_listed_Then_called_by_number_project_place_and_the_beginning_of_its_text()
    {
        var order = RepairOrder
            .Open(
                A.Context(Someone.InCustomerService()),
                "WX-2026-000007",
                A.Notice() with
                {
                    Description = new string('漏', 61),
                },
                A.Warranty(null)
            )
            .Required();

        order.WorkSubject.ShouldBe(new("WX-2026-000007", $"濱江花園，屋面：{new string('漏', 59)}…", "major"));
        order.Kind.ShouldBe("repair-order");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_unit_that_does_not_come_When_told_and_replaced_Then_each_is_announced_with_its_ground()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        var late = A.Context(Someone.HeadOfEngineering(), A.Today.AddDays(2));

        order.GiveNotice(late, NoticeChannel.Mail, "come", "Li").ShouldBeNull();
        order.StepIn(late, A.DispatchInput() with { Unit = Other }).ShouldBeNull();

        var notified = order.PendingEvents.OfType<RepairUnitNotified>().Single();
        (notified.RepairUnitId, notified.Ground).ShouldBe((Parties.Subcontractor, "not-received"));
        var replaced = order.PendingEvents.OfType<RepairUnitReplaced>().Single();
        (replaced.FirstUnitId, replaced.FirstUnitName, replaced.RepairUnitId, replaced.RepairUnitName).ShouldBe(
            (Parties.Subcontractor, Parties.Unit.Name, Other.Id, Other.Name)
        );
        var before = order.EarlierAssignments.Single();
        (before.Why, before.SteppedIn).ShouldBe(("come", true));
        order.PendingEntries.Last().Why.ShouldBe("come");
        order.DispatchRecord!.ChargeBack.ShouldBeTrue();
        (order.ChargedUnitId, order.ChargedUnitName).ShouldBe((Parties.Subcontractor, Parties.Unit.Name));
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_unit_that_received_and_does_not_begin_When_told_and_replaced_for_a_reason_Then_the_reason_is_kept()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        order.Receive(A.Context(Parties.UnitMan)).ShouldBeNull();
        var late = A.Context(Someone.HeadOfEngineering(), order.StartDueAt!.Value);

        order.GiveNotice(late, NoticeChannel.Mail, "come", "Li").ShouldBeNull();
        order.StepIn(late, A.DispatchInput() with { Unit = Other, UnitReason = "gone" }).ShouldBeNull();

        order.PendingEvents.OfType<RepairUnitNotified>().Single().Ground.ShouldBe("not-started");
        order.EarlierAssignments.Single().Why.ShouldBe("gone");
        order.PendingEntries.Last().Why.ShouldBe("gone");
    }

    [Theory]
    [Trait("Rule", "P3.1.1")]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Given_an_objection_that_is_told_late_When_made_by_its_day_Then_the_receipt_was_not_missed(
        int days,
        bool inTime
    )
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        order.MarkReceiptOverdue(A.Context(Someone.System(), A.Today.AddDays(2))).ShouldBeNull();
        var told = A.Context(Parties.UnitMan, A.Today.AddDays(3));

        order.Object(told, "not ours", A.Moment.AddDays(days)).ShouldBeNull();

        order.ReceiptOverdueOn.ShouldBe(inTime ? null : A.Today.AddDays(2));
        var objected = order.PendingEvents.OfType<RepairOrderObjected>().Single();
        (objected.Reason, objected.ObjectedOn).ShouldBe(("not ours", A.Today.AddDays(days)));
        order.WaitsFor.ShouldBe(WaitingParty.Engineering);
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_an_objection_When_another_unit_is_named_Then_decided_without_words_and_kept_with_the_first()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        order.Object(A.Context(Parties.UnitMan), "not ours").ShouldBeNull();

        order
            .Reassign(
                A.Context(Someone.InEngineering("wu")),
                A.DispatchInput() with
                {
                    Unit = Other,
                    UnitReason = "theirs",
                }
            )
            .ShouldBeNull();

        var before = order.EarlierAssignments.Single();
        before.Why.ShouldBe("theirs");
        (before.Objections.Single().Decision, before.Objections.Single().DecidedBy!.ActorId).ShouldBe((null, "wu"));
        order.WaitsFor.ShouldBe(WaitingParty.RepairUnit);
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_two_costs_When_one_is_struck_Then_only_that_one_counts_no_more_and_each_total_is_announced()
    {
        var order = Charged().At(RepairOrderState.InRepair);
        order.AddCost(A.Context(Parties.UnitMan), CostKind.Labour, "工時", 300m).ShouldBeNull();
        order.AddCost(A.Context(Parties.UnitMan), CostKind.Material, "卷材", 200m).ShouldBeNull();
        var (labour, material) = (order.Costs[0].Id, order.Costs[1].Id);

        order.StrikeCost(A.Context(Someone.InEngineering()), labour, "twice").ShouldBeNull();

        order.Costs.Select(cost => cost.StruckWhy).ShouldBe(["twice", null]);
        order.PendingEvents.OfType<RepairCostChanged>().Select(e => e.CostTotal).ShouldBe([300m, 500m, 200m]);
        foreach (var unknown in new[] { labour, Guid.CreateVersion7() })
        {
            Refused.By(
                order.StrikeCost(A.Context(Someone.InEngineering()), unknown, "again"),
                "cost-unknown",
                "P3.1.1",
                ["cost"],
                Roles.Engineering,
                Roles.EngineeringHead
            );
        }

        order.Costs[1].Id.ShouldBe(material);
    }

    [Theory]
    [Trait("Rule", "P3.1.1")]
    [InlineData("at once", "at once")]
    [InlineData(null, "宏達防水")]
    public void Given_a_charge_back_When_proposed_and_withdrawn_Then_on_the_record_with_its_reason(
        string? reason,
        string kept
    )
    {
        var order = Charged().At(RepairOrderState.InRepair);
        order.AddCost(A.Context(Parties.UnitMan), CostKind.Labour, "工時", 300m).ShouldBeNull();
        order.Finish(A.Context(Parties.UnitMan), A.Work()).ShouldBeNull();
        order.PassInspection(A.Context(Someone.InQuality()), "ok").ShouldBeNull();
        order.Accept(A.Context(Parties.OwnerMan), A.Decision()).ShouldBeNull();
        var id = Guid.CreateVersion7();

        order.ChargeBack(A.Context(Someone.HeadOfEngineering()), id, reason).ShouldBeNull();
        order.PendingEntries.Last().Why.ShouldBe(kept);
        order.DropChargeBack(System, Guid.CreateVersion7(), "another");
        order.ChargeBackId.ShouldBe(id);
        order.DropChargeBack(System, id, "wrong unit");

        var last = order.PendingEntries.Last();
        (last.Action, last.From, last.To, last.Why).ShouldBe(
            ("drop-charge-back", "accepted", "accepted", "wrong unit")
        );
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_the_same_defect_When_merged_and_parted_Then_both_records_and_the_events_say_so()
    {
        var (one, other) = (A.RepairOrder().Build(), A.RepairOrder().Build());
        var context = A.Context(Someone.InCustomerService());

        one.Merge(context, new(other.Id, "WX-2", other.ProjectId, IsOpen: true)).ShouldBeNull();
        other.Absorb(context, one);
        one.Unmerge(context).ShouldBeNull();
        other.Release(context, one);

        var merged = one.PendingEvents.OfType<RepairOrderMerged>().Single();
        (merged.IntoId, merged.IntoNumber).ShouldBe((other.Id, "WX-2"));
        one.PendingEvents.OfType<RepairOrderUnmerged>().Single().FromId.ShouldBe(other.Id);
        other
            .PendingEntries.Select(entry => (entry.Action, entry.From, entry.To, entry.Why))
            .ShouldBe([("absorb", "opened", "opened", one.Number), ("let-go", "opened", "opened", one.Number)]);
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_a_CAPA_for_a_group_or_by_the_revisit_When_noted_Then_on_the_record_of_each_order()
    {
        var (grouped, found) = (A.RepairOrder().Build(), A.RepairOrder().Build());

        grouped.JoinFaultGroup(System, "屋面");
        found.NoteCapa(System, A.Today);
        found.NoteCapa(System, A.Today.AddDays(1));

        var joined = grouped.PendingEntries.Single();
        (joined.Action, joined.Why, grouped.CapaGround).ShouldBe(("request-capa", "屋面", RepairCapaGround.Group));
        (found.PendingEntries.Single().Action, found.CapaRequestedOn).ShouldBe(("note-capa", A.Today));
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void Given_parties_that_take_turns_When_added_up_Then_each_has_its_seconds_in_the_order_of_the_parties()
    {
        var times = new WaitingTimes(WaitingParty.CustomerService, A.Moment, [])
            .Turn(WaitingParty.Quality, A.Moment.AddSeconds(10))
            .Turn(WaitingParty.Engineering, A.Moment.AddSeconds(30))
            .Turn(WaitingParty.Quality, A.Moment.AddSeconds(60))
            // Told late: before the turn that was told before it.
            .Turn(WaitingParty.CustomerService, A.Moment.AddSeconds(50));

        times.Turn(WaitingParty.CustomerService, A.Moment.AddSeconds(70)).ShouldBeSameAs(times);
        times.Since.ShouldBe(A.Moment.AddSeconds(60));
        times
            .UpTo(A.Moment.AddSeconds(65))
            .ShouldBe([
                new(WaitingParty.CustomerService, 15),
                new(WaitingParty.Engineering, 30),
                new(WaitingParty.Quality, 20),
            ]);
        times.Turn(null, A.Moment.AddSeconds(65)).UpTo(A.Moment.AddYears(1)).Sum(time => time.Seconds).ShouldBe(65);
    }

    [Theory]
    [Trait("Rule", "P2.2.3")]
    [InlineData(FaultLiability.Owner, FaultCause.Jointing, null)]
    [InlineData(FaultLiability.Subcontractor, FaultCause.Other, null)]
    [InlineData(FaultLiability.Subcontractor, FaultCause.Jointing, RepairCapaGround.RecursInProject)]
    public void Given_a_part_that_failed_often_When_the_construction_is_not_at_fault_Then_no_CAPA(
        object liability,
        object cause,
        object? ground
    ) =>
        new FaultCounts(50, 50)
            .GroundOf(A.Lessons((FaultLiability)liability, (FaultCause)cause), A.Policy.Revisits.Recurrence)
            .ShouldBe((RepairCapaGround?)ground);

    [Theory]
    [Trait("Rule", "P2.2.3")]
    [InlineData("l", "c", "", false)]
    [InlineData("l", " ", "m", false)]
    [InlineData(null, "c", "m", false)]
    [InlineData("l", "c", "m", true)]
    public void Given_a_construction_fault_When_one_of_its_texts_is_missing_Then_incomplete(
        string? lesson,
        string? corrective,
        string? counter,
        bool complete
    ) =>
        (
            A.Lessons() with
            {
                Lesson = lesson,
                CorrectiveMeasure = corrective,
                Countermeasure = counter,
            }
        ).IsComplete.ShouldBe(complete);

    [Theory]
    [Trait("Rule", "P2.1.2")]
    [InlineData(1, 1)]
    [InlineData(40, null)]
    public void Given_planned_days_and_a_target_When_the_beginning_is_due_Then_by_the_earlier_of_both(
        int plannedIn,
        int? dueIn
    )
    {
        var order = new RepairOrderBuilder { Unplanned = true }.At(RepairOrderState.Reviewed);
        var first = A.Today.AddDays(plannedIn);
        order.PlanDays(A.Context(Someone.InProduction()), first, first.AddDays(1)).ShouldBeNull();
        order.Approve(A.Context(Someone.UnitLeader()), "ok").ShouldBeNull();
        order.Dispatch(A.Context(Someone.InEngineering()), A.DispatchInput()).ShouldBeNull();
        order.Receive(A.Context(Parties.UnitMan)).ShouldBeNull();

        var due = order.WorkSteps(System).Single(step => step.Action == "brief").DueAt;

        due.ShouldBe(dueIn is { } days ? A.Zone.EndOf(A.Today.AddDays(days)) : order.StartDueAt);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_an_order_When_read_by_staff_unit_and_owner_Then_only_the_owner_does_not_see_the_work()
    {
        var order = A.RepairOrder().At(RepairOrderState.InRepair);

        new[] { Someone.InSales(), Parties.UnitMan, Parties.OwnerMan }
            .Select(reader => RepairOrderRelease.To(reader, order).SeesWork)
            .ShouldBe([true, true, false]);
    }

    [Theory]
    [Trait("Rule", "P3.2.2")]
    [InlineData("rain", "rain")]
    [InlineData(null, "weather")]
    public void Given_a_pause_When_begun_late_and_the_work_goes_to_another_unit_Then_ended_with_its_reason_kept(
        string? note,
        string why
    )
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        order.Pause(A.Context(Parties.UnitMan), RepairPauseReason.Weather, note).ShouldBeNull();
        order.PendingEntries.Last().Why.ShouldBe(why);
        order.Object(A.Context(Parties.UnitMan), "not ours").ShouldBeNull();

        order
            .Reassign(
                A.Context(Someone.InEngineering()),
                A.DispatchInput() with
                {
                    Unit = Other,
                    UnitReason = "theirs",
                }
            )
            .ShouldBeNull();

        (order.PausedSince, order.Pauses.Single().To).ShouldBe((null, A.Moment));
        order.EarlierAssignments.Single().SteppedIn.ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_a_pause_When_the_unit_arrives_or_finishes_Then_the_pause_is_over()
    {
        var arrived = A.RepairOrder().At(RepairOrderState.Briefed);
        arrived.Pause(A.Context(Parties.UnitMan), RepairPauseReason.Weather, null).ShouldBeNull();
        arrived.Arrive(A.Context(Parties.UnitMan, A.Moment.AddHours(1))).ShouldBeNull();
        var finished = A.RepairOrder().At(RepairOrderState.InRepair);
        finished.Pause(A.Context(Parties.UnitMan), RepairPauseReason.Weather, null).ShouldBeNull();
        finished.Finish(A.Context(Parties.UnitMan, A.Moment.AddHours(1)), A.Work()).ShouldBeNull();

        (arrived.PausedSince, arrived.Pauses.Single().To).ShouldBe((null, A.Moment.AddHours(1)));
        (finished.PausedSince, finished.Pauses.Single().To).ShouldBe((null, A.Moment.AddHours(1)));
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void Given_an_issued_order_When_its_steps_are_listed_Then_only_those_that_are_open()
    {
        var (fresh, received, objected, paused) = (Issued(), Issued(), Issued(), Issued());
        received.Receive(A.Context(Parties.UnitMan)).ShouldBeNull();
        objected.Object(A.Context(Parties.UnitMan), "not ours").ShouldBeNull();
        paused.Pause(A.Context(Parties.UnitMan), RepairPauseReason.Weather, null).ShouldBeNull();
        var late = Issued();
        late.Receive(A.Context(Parties.UnitMan)).ShouldBeNull();
        var target = A.Context(Someone.System(), late.StartDueAt!.Value);
        late.MarkStartOverdue(target).ShouldBeNull();
        string[] some = ["receive", "overrule", "resume", "give-notice", "plan"];

        StepsOf(fresh, System).Intersect(some).ShouldBe(["receive"]);
        StepsOf(received, System).Intersect(some).ShouldBeEmpty();
        StepsOf(objected, System).Intersect(some).ShouldBe(["overrule"]);
        StepsOf(paused, System).Intersect(some).ShouldBe(["receive", "resume"], ignoreOrder: true);
        StepsOf(late, target).Intersect(some).ShouldBe(["give-notice"]);

        static RepairOrder Issued() => A.RepairOrder().At(RepairOrderState.Dispatched);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_that_went_out_first_When_its_steps_are_listed_Then_it_is_written_and_planned_once()
    {
        var order = new RepairOrderBuilder { Severity = DefectSeverity.Emergency, BeforeApproval = true }.At(
            RepairOrderState.Dispatched
        );
        string[] some = ["analyse", "plan"];

        StepsOf(order, System).Intersect(some).ShouldBe(["analyse", "plan"], ignoreOrder: true);
        order.Analyse(A.Context(Someone.InEngineering()), "f", "c", "m", ["x"]).ShouldBeNull();
        StepsOf(order, System).Intersect(some).ShouldBe(["plan"]);
        order.SendBack(A.Context(Someone.HeadOfEngineering()), "again").ShouldBeNull();
        StepsOf(order, System).Intersect(some).ShouldBe(["analyse", "plan"], ignoreOrder: true);
        order.PlanDays(A.Context(Someone.InProduction()), A.Today, A.Today).ShouldBeNull();
        StepsOf(order, System).Intersect(some).ShouldBe(["analyse"]);
    }

    private static IEnumerable<string> StepsOf(RepairOrder order, CommandContext context) =>
        order.WorkSteps(context).SelectMany(step => step.Alternatives.Prepend(step.Action));

    private static RepairOrderBuilder Charged() => new() { Decision = A.DispatchInput() with { ChargeBack = true } };

    // An order in each state that has clocks, an emergency and one that is paused, objected to or received among them.
    private static List<RepairOrder> Situations()
    {
        var orders = new List<RepairOrder>();
        foreach (var severity in new[] { DefectSeverity.Major, DefectSeverity.Emergency })
        {
            orders.AddRange(
                new[]
                {
                    RepairOrderState.Opened,
                    RepairOrderState.Approved,
                    RepairOrderState.Dispatched,
                    RepairOrderState.Briefed,
                    RepairOrderState.InRepair,
                    RepairOrderState.Done,
                }.Select(state => A.RepairOrder(severity).At(state))
            );
            Add(severity, RepairOrderState.Dispatched, order => order.Receive(A.Context(Parties.UnitMan)));
            Add(severity, RepairOrderState.Dispatched, order => order.Object(A.Context(Parties.UnitMan), "no"));
            Add(severity, RepairOrderState.Dispatched, order => order.Arrive(A.Context(Parties.UnitMan)));
            foreach (var state in new[] { RepairOrderState.Briefed, RepairOrderState.InRepair })
            {
                Add(severity, state, order => order.Pause(A.Context(Parties.UnitMan), RepairPauseReason.Weather, null));
            }
        }

        return orders;

        void Add(DefectSeverity severity, RepairOrderState state, Func<RepairOrder, Refusal?> step)
        {
            var order = A.RepairOrder(severity).At(state);
            step(order).ShouldBeNull();
            orders.Add(order);
        }
    }
}
