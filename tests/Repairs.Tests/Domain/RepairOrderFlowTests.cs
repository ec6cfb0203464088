using System.Collections;
using System.Globalization;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>The table itself, its texts, and random walks over it.</summary>
public sealed class RepairOrderFlowTests
{
    private static readonly CultureInfo[] Languages =
    [
        CultureInfo.InvariantCulture,
        CultureInfo.GetCultureInfo("zh-Hant"),
        CultureInfo.GetCultureInfo("zh-Hans"),
    ];

    [Fact]
    public void The_flow_table_is_sound() =>
        FlowChecks.Problems(RepairOrderFlow.Table, RepairsTexts.Manager, Texts.Common).ShouldBeEmpty();

    [Fact]
    public void What_a_refusal_can_name_as_missing_has_a_text_in_three_languages()
    {
        var named = RepairOrderFlow
            .Table.Rows.SelectMany(row => row.Guards)
            .SelectMany(guard => guard.Info.Missing)
            .Concat(Spelling.WordsOf<RepairOrderState>().Select(state => "state:" + state))
            .Distinct()
            .ToList();
        foreach (var language in Languages)
        {
            named.Where(name => !Keys(language).Contains("missing." + name)).ShouldBeEmpty(language.Name);
        }
    }

    [Fact]
    public void The_three_languages_have_the_same_texts()
    {
        Keys(Languages[1]).SetEquals(Keys(Languages[0])).ShouldBeTrue();
        Keys(Languages[2]).SetEquals(Keys(Languages[0])).ShouldBeTrue();
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_only_the_table_changes_a_repair_order() =>
        new FlowWalk<RepairOrder, RepairOrderState, RepairOrderAction>(RepairOrderFlow.Table)
            .Start(RepairOrderAction.Open, Open)
            .On(
                RepairOrderAction.AskWarranty,
                (order, move) => order.RecordWarranty(move.Context, move.OneIn(2) ? A.NoAnswer() : A.Warranty(null))
            )
            .On(
                RepairOrderAction.FollowRegistry,
                (order, move) =>
                    order.FollowRegistry(
                        move.Context,
                        Parties.Project with
                        {
                            OwnerName = $"業主 {Guid.CreateVersion7()}",
                        },
                        move.Pick<CalledUnit?>(null, new(Parties.Unit.Id, $"宏達 {Guid.CreateVersion7()}"))
                    )
            )
            .On(RepairOrderAction.MarkOverdue, (order, move) => order.MarkOverdue(move.Context))
            .On(RepairOrderAction.Confirm, Confirm)
            .On(RepairOrderAction.Analyse, (order, move) => order.Analyse(move.Context, "f", "c", "m", ["x"]))
            .On(RepairOrderAction.Review, (order, move) => order.Review(move.Context, "fine"))
            .On(RepairOrderAction.SendBack, (order, move) => Seldom(move, 4) ?? order.SendBack(move.Context, "why"))
            .On(RepairOrderAction.Approve, (order, move) => order.Approve(move.Context, "ok"))
            .On(RepairOrderAction.Ratify, (order, move) => Seldom(move, 12) ?? order.Ratify(move.Context, "ok"))
            .On(RepairOrderAction.Plan, (order, move) => Seldom(move, 2) ?? Plan(order, move))
            .On(RepairOrderAction.Dispatch, Dispatch)
            .On(RepairOrderAction.RemindOfConfirmation, (order, move) => order.RemindOfConfirmation(move.Context))
            .On(RepairOrderAction.Receive, (order, move) => Seldom(move, 2) ?? order.Receive(move.Context, Told(move)))
            .On(
                RepairOrderAction.Object,
                (order, move) => Seldom(move, 3) ?? order.Object(move.Context, "not ours", Told(move))
            )
            .On(RepairOrderAction.Overrule, (order, move) => order.Overrule(move.Context, "yours"))
            .On(
                RepairOrderAction.Reassign,
                (order, move) => Seldom(move, 2) ?? order.Reassign(move.Context, Decided(move))
            )
            .On(
                RepairOrderAction.GiveNotice,
                (order, move) => order.GiveNotice(move.Context, NoticeChannel.Mail, "come", "Li")
            )
            .On(RepairOrderAction.StepIn, (order, move) => Seldom(move, 3) ?? order.StepIn(move.Context, Decided(move)))
            .On(RepairOrderAction.MarkReceiptOverdue, (order, move) => order.MarkReceiptOverdue(move.Context))
            .On(RepairOrderAction.MarkStartOverdue, (order, move) => order.MarkStartOverdue(move.Context))
            .On(
                RepairOrderAction.NoteProposal,
                (order, move) => order.NoteProposal(move.Context, new(Parties.OriginalManager, [], null))
            )
            .On(RepairOrderAction.MarkFinishOverdue, (order, move) => order.MarkFinishOverdue(move.Context))
            .On(RepairOrderAction.Arrive, (order, move) => Seldom(move, 3) ?? order.Arrive(move.Context, Told(move)))
            .On(
                RepairOrderAction.Attempt,
                (order, move) => Seldom(move, 12) ?? order.Attempt(move.Context, "nobody", null, Told(move))
            )
            .On(
                RepairOrderAction.Pause,
                (order, move) =>
                    Seldom(move, 8)
                    ?? order.Pause(
                        move.Context,
                        move.Pick(Enum.GetValues<RepairPauseReason>()),
                        move.OneIn(2) ? "rain" : null,
                        Told(move)
                    )
            )
            .On(RepairOrderAction.Resume, (order, move) => order.Resume(move.Context, Told(move)))
            .On(
                RepairOrderAction.AddCost,
                (order, move) =>
                    Seldom(move, 2) ?? order.AddCost(move.Context, CostKind.Labour, "work", 100m, doneAt: Told(move))
            )
            .On(
                RepairOrderAction.StrikeCost,
                (order, move) => order.StrikeCost(move.Context, CostOf(order, move), "twice")
            )
            .On(
                RepairOrderAction.ChargeBack,
                (order, move) => order.ChargeBack(move.Context, Guid.CreateVersion7(), null)
            )
            .On(RepairOrderAction.DrawLessons, Learn)
            .On(
                RepairOrderAction.JudgeRecurrence,
                (order, move) => Seldom(move, 10) ?? order.JudgeRecurrence(move.Context, move.OneIn(2), "again")
            )
            .On(
                RepairOrderAction.Merge,
                (order, move) => Seldom(move, 9) ?? order.Merge(move.Context, Into(order, move))
            )
            .On(RepairOrderAction.Unmerge, (order, move) => order.Unmerge(move.Context))
            .On(RepairOrderAction.Brief, Brief)
            .On(RepairOrderAction.Start, (order, move) => order.Start(move.Context, Told(move)))
            .On(
                RepairOrderAction.Finish,
                (order, move) => order.Finish(move.Context, A.Work(DayNear(move, order.StartedOn)))
            )
            .On(RepairOrderAction.PassInspection, (order, move) => order.PassInspection(move.Context, "o"))
            .On(
                RepairOrderAction.FailInspection,
                (order, move) => Seldom(move, 3) ?? order.FailInspection(move.Context, "o")
            )
            .On(RepairOrderAction.Accept, (order, move) => order.Accept(move.Context, Signed(order, move)))
            .On(
                RepairOrderAction.Refuse,
                (order, move) => Seldom(move, 2) ?? order.Refuse(move.Context, Signed(order, move))
            )
            .On(RepairOrderAction.Return, (order, move) => order.Return(move.Context, null))
            .On(RepairOrderAction.Withdraw, (order, move) => Seldom(move, 15) ?? order.Withdraw(move.Context, "twice"))
            .By(
                Someone.InCustomerService(),
                Someone.InEngineering(),
                Someone.HeadOfEngineering(),
                Someone.UnitLeader(),
                Someone.InProduction(),
                Someone.HeadOfQuality(),
                Parties.UnitMan,
                Parties.OwnerMan,
                Someone.InQuality(),
                Someone.System("repairs"),
                // The same people in other roles: a reviewer must not approve, an author not review.
                Someone.InEngineering().As(Roles.EngineeringHead),
                Someone.HeadOfEngineering().As(Roles.UnitLeader),
                Someone.With("張經理", null, Roles.Qc),
                Someone.InRepair()
            )
            .Every(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromHours(3), TimeSpan.FromDays(1), TimeSpan.FromDays(5))
            .Under(A.Policy with { Repairs = A.Policy.Repairs with { Emergencies = [EmergencyReason.Safety] } })
            .Holds(TheRulesOfTheRepair)
            // Rare within a walk; each has a test of its own.
            .Never(
                "charge-back",
                "owner-not-told",
                "charge-back-not-proposed",
                "objection-open",
                "no-costs",
                "photos-missing",
                "merge-into-closed",
                "before-inspection",
                "charged-back-already",
                "lessons-missing"
            )
            .Run(walks: 350, steps: 400);

    // What leads back or out is tried seldom, or no walk would come far.
    private static Refusal? Seldom(Move move, int oneIn) =>
        move.OneIn(oneIn) ? null : Refusal.ByRule("not-tried", "P3.2.1", []);

    private static Result<RepairOrder> Open(Move move)
    {
        var severity = move.Pick(DefectSeverity.Emergency, DefectSeverity.Major);
        // Often enough that a walk comes to a part of several units of which none is named.
        Guid? unit = move.OneIn(3) ? null : Parties.Subcontractor;
        PartUnit[] units =
            move.OneIn(6) || move.OneIn(5)
                ? [new(Parties.Subcontractor, "a", null), new(Guid.CreateVersion7(), "b", null)]
                : [];
        return RepairOrder.Open(
            move.Context,
            "WX-2026-000001",
            A.Notice(severity, move.Context.Today) with
            {
                RecurrenceOf = move.OneIn(2) ? new(Guid.CreateVersion7(), "WX-1", move.Context.Today) : null,
            },
            A.Warranty(unit, units)
        );
    }

    private static Refusal? Confirm(RepairOrder order, Move move) =>
        order.Confirm(move.Context, ConfirmationMethod.Phone, DayNear(move, order.NotifiedOn), "owner", "redo");

    // Mostly now, sometimes told later, or from another day.
    private static DateTimeOffset? Told(Move move) =>
        move.Pick<DateTimeOffset?>(
            null,
            null,
            null,
            move.Context.Now,
            move.Context.Now.AddHours(1),
            move.Context.Now.AddDays(-90)
        );

    private static Guid CostOf(RepairOrder order, Move move) =>
        order.Costs.Count == 0 || move.OneIn(4) ? Guid.Empty : order.Costs[move.Choice % order.Costs.Count].Id;

    private static Refusal? Learn(RepairOrder order, Move move)
    {
        var lessons = A.Lessons(systemic: move.OneIn(5));
        return order.DrawLessons(
            move.Context,
            move.OneIn(3) ? lessons with { Lesson = null } : lessons,
            new(move.Choice % 3, move.Choice % 4)
        );
    }

    private static MergeInto Into(RepairOrder order, Move move) =>
        new(move.OneIn(4) ? order.Id : Guid.CreateVersion7(), "WX-2", order.ProjectId, IsOpen: move.Choice % 5 != 1);

    private static Refusal? Dispatch(RepairOrder order, Move move) => order.Dispatch(move.Context, Decided(move));

    private static DispatchInput Decided(Move move) =>
        A.DispatchInput() with
        {
            EmergencyReason = move.Pick<EmergencyReason?>(
                EmergencyReason.Safety,
                EmergencyReason.Safety,
                EmergencyReason.Safety,
                null,
                EmergencyReason.Structure,
                EmergencyReason.EssentialFunction
            ),
            Unit = move.Pick(null, Parties.Unit, Parties.OwnUnit, new(Parties.Owner, "業主", UnitKind.Other)),
            ChargeBack = !move.OneIn(3),
            Proposals = move.OneIn(5)
                ? new(new(LeaderBasis.NearestProject, Guid.CreateVersion7(), "李經理"), [], null)
                : LeaderProposals.None(AskProblem.NoAnswer),
        };

    private static Refusal? Plan(RepairOrder order, Move move)
    {
        var from = DayNear(move, order.NotifiedOn);
        return order.PlanDays(move.Context, from, from.AddDays(move.OneIn(4) ? -1 : 2));
    }

    private static Refusal? Brief(RepairOrder order, Move move) =>
        order.Brief(
            move.Context,
            DayNear(move, order.DispatchRecord?.On),
            "how",
            move.OneIn(6) ? [] : A.Crew(),
            A.Principles() with
            {
                NeverQuarrel = !move.OneIn(5),
            }
        );

    // Mostly as it must be: the owner signs, customer service takes the word down.
    private static OwnerDecision Signed(RepairOrder order, Move move)
    {
        var told = new UserAcceptance("李女士", "2-301", move.Pick<DateOnly?>(null, move.Context.Today), WordBy.Phone);
        var takenDown = move.Context.Actor.Has(Roles.CustomerService) != move.OneIn(6);
        var today = move.Context.Today;
        var inspected = order.Inspections.LastOrDefault()?.On ?? today;
        var decision = takenDown
            ? A.Word(move.Pick(today, today, today, today.AddDays(1), inspected.AddDays(-1)))
            : A.Decision();
        return move.OneIn(3) ? decision with { User = told } : decision;
    }

    // Mostly today; sometimes tomorrow, or the day before what it must not precede.
    private static DateOnly DayNear(Move move, DateOnly? first)
    {
        var today = move.Context.Today;
        return move.Pick(today, today, today, today.AddDays(1), (first ?? today).AddDays(-1));
    }

    private static void TheRulesOfTheRepair(RepairOrder order, CommandContext context)
    {
        order.FailedInspections.ShouldBe(order.Inspections.Count(i => !i.Passed));
        order.OwnerRefusals.ShouldBe(order.OwnerResponses.Count(r => !r.Accepted));
        if (order.State is >= RepairOrderState.InRepair and < RepairOrderState.Withdrawn)
        {
            order.Briefing.ShouldNotBeNull();
        }

        if (order.State is RepairOrderState.Dispatched && !order.IsEmergency)
        {
            order.Approval.ShouldNotBeNull();
            order.Plan.ShouldNotBeNull();
        }

        order.CostTotal.ShouldBe(order.Costs.Where(cost => cost.Counts).Sum(cost => cost.Amount));
        order.Pauses.Count(pause => pause.To is null).ShouldBe(order.PausedSince is null ? 0 : 1);
        order.Waiting.For.ShouldBe(order.WaitsFor);
        foreach (var replaced in order.EarlierAssignments.Where(before => before.SteppedIn))
        {
            replaced.Notice.ShouldNotBeNull();
        }

        if (order.State is RepairOrderState.Accepted or RepairOrderState.Closed)
        {
            order.IsPassed.ShouldBeTrue();
            order.OwnerResponses[^1].Accepted.ShouldBeTrue();
        }

        foreach (var response in order.OwnerResponses)
        {
            (response.Signature is null).ShouldBe(response.Recorded is not null, "signed or recorded, never neither");
        }

        if (order.State == RepairOrderState.Closed)
        {
            order.Plan.ShouldNotBeNull();
            order.HasLessons.ShouldBeTrue();
            order.OwesChargeBack.ShouldBeFalse();
            order.Approval.ShouldNotBeNull().By.ActorId.ShouldNotBe(order.ReviewOpinion!.By.ActorId);
            order.ReviewOpinion.By.ActorId.ShouldNotBe(order.Analysis!.Author.ActorId);
        }
    }

    private static HashSet<string> Keys(CultureInfo language) =>
        [
            .. RepairsTexts
                .Manager.GetResourceSet(language, true, false)!
                .Cast<DictionaryEntry>()
                .Select(entry => (string)entry.Key),
        ];
}
