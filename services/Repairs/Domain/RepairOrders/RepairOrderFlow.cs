using CustomerService.Rules;
using Builder = CustomerService.Rules.FlowBuilder<
    CustomerService.Repairs.Domain.RepairOrders.RepairOrder,
    CustomerService.Repairs.Domain.RepairOrders.RepairOrderState,
    CustomerService.Repairs.Domain.RepairOrders.RepairOrderAction
>;
using Do = CustomerService.Repairs.Domain.RepairOrders.RepairOrderAction;
using In = CustomerService.Repairs.Domain.RepairOrders.RepairOrderState;

namespace CustomerService.Repairs.Domain.RepairOrders;

/// <summary>The life of a construction repair order, rules P3.1.1, P3.2.1, P3.2.2, P3.2.3 and P3.3.</summary>
internal static class RepairOrderFlow
{
    /// <summary>Code of the refusal that is told together with the units among which to choose.</summary>
    public const string UnitChoiceNeeded = "repair-unit-choice-needed";

    private static readonly string[] Authors =
    [
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.CustomerService,
        Roles.Qc,
    ];
    private static readonly string[] Reviewers = [Roles.EngineeringHead, Roles.QcHead];
    private static readonly string[] Approvers = [Roles.UnitLeader, Roles.GeneralManager];
    private static readonly string[] Issuers = [Roles.Engineering, Roles.EngineeringHead];
    private static readonly string[] Repairers = [Roles.RepairUnit, Roles.Repair];
    private static readonly string[] Inspectors = [Roles.Qc, Roles.QcHead];
    private static readonly string[] Signers = [Roles.Customer, Roles.CustomerService];

    private static readonly In[] BeforeWork =
    [
        In.Opened,
        In.Confirmed,
        In.Analysed,
        In.Reviewed,
        In.Approved,
        In.Dispatched,
        In.Briefed,
    ];
    private static readonly In[] Issued = [In.Dispatched, In.Briefed, In.InRepair, In.Done, In.Inspected, In.Accepted];

    public static Flow<RepairOrder, In, Do> Table { get; } = Build();

    private static Flow<RepairOrder, In, Do> Build()
    {
        var table = Flow<RepairOrder, In, Do>
            .Named("repair-order")
            .Begins(
                Do.Open,
                In.Opened,
                "P3.2.1",
                Roles.System,
                Roles.CustomerService,
                Roles.Engineering,
                Roles.EngineeringHead
            )
            .On(In.Opened, Do.MarkOverdue, In.Opened, "P3.2.1", Roles.System)
            .When(
                (order, now) => Deadlines.IsOverdue(order.ConfirmDueOn, now.Today),
                "not-yet-due",
                "P3.2.1",
                ["due-day-over"],
                Roles.System
            )
            .When(
                (order, _) => order.ConfirmationOverdueOn is null,
                "marked-already",
                "P3.2.1",
                ["unmarked-order"],
                Roles.System
            )
            .On(
                In.Opened,
                Do.Confirm,
                In.Confirmed,
                "P3.2.1",
                Roles.CustomerService,
                Roles.Engineering,
                Roles.EngineeringHead
            )
            .Given<Confirmation>(
                (_, now, given) => given.On <= now.Today,
                "date-in-future",
                "P3.2.1",
                ["past-date"],
                Roles.CustomerService,
                Roles.Engineering
            )
            .Given<Confirmation>(
                (order, _, given) => given.On >= order.NotifiedOn,
                "before-notice",
                "P3.2.1",
                ["date-after-notice"],
                Roles.CustomerService,
                Roles.Engineering
            )
            .On(In.Confirmed, Do.Analyse, In.Analysed, "P3.2.1", Authors)
            .On(In.Analysed, Do.Analyse, In.Analysed, "P3.2.1", Authors)
            .On(In.Analysed, Do.Review, In.Reviewed, "P3.2.1", Reviewers)
            .NotTheAuthor()
            .On(In.Analysed, Do.SendBack, In.Confirmed, "P3.2.1", Reviewers)
            .NotTheAuthor()
            .On(In.Reviewed, Do.Approve, In.Approved, "P3.2.1", Approvers)
            .NotTheReviewer()
            .On(In.Reviewed, Do.SendBack, In.Confirmed, "P3.2.1", Approvers)
            .NotTheReviewer();

        // Everything before approval: only an emergency gets past it, and an emergency is still confirmed with
        // the owner first.
        foreach (var early in new[] { In.Confirmed, In.Analysed, In.Reviewed })
        {
            table
                .On(early, Do.Dispatch, In.Dispatched, "P3.2.2", Issuers)
                .When((order, _) => order.IsEmergency, "not-approved", "P3.2.1", ["approval"], Approvers)
                .Given<DispatchDecision>(
                    (order, _, given) => (order.EmergencyKind ?? given.EmergencyKind) is not null,
                    "emergency-unexplained",
                    "P3.2.1",
                    ["emergency-kind"],
                    Issuers
                )
                .Given<DispatchDecision>(
                    (order, _, given) =>
                        given.Emergencies?.Contains((order.EmergencyKind ?? given.EmergencyKind)!.Value) == true,
                    "emergency-not-listed",
                    "P3.2.1",
                    ["approval"],
                    Approvers
                )
                .Decided();
        }

        table.On(In.Approved, Do.Dispatch, In.Dispatched, "P3.2.2", Issuers).Decided();

        table
            .On(In.Dispatched, Do.Brief, In.Briefed, "P3.2.2", Roles.EngineeringHead)
            .Given<Briefing>(
                (_, now, given) => given.On <= now.Today,
                "date-in-future",
                "P3.2.2",
                ["past-date"],
                Roles.EngineeringHead
            )
            .Given<Briefing>(
                (order, _, given) => given.On >= order.Issue!.On,
                "before-dispatch",
                "P3.2.2",
                ["date-after-dispatch"],
                Roles.EngineeringHead
            )
            .Given<Briefing>(
                (_, _, given) => given.Participants.Any(p => p.Part == BriefingPart.Leader),
                "leader-not-briefed",
                "P3.2.2",
                ["leader-at-briefing"],
                Roles.EngineeringHead
            )
            .Given<Briefing>(
                (_, _, given) => given.ServicePrinciples,
                "principles-not-confirmed",
                "P3.2.2",
                ["service-principles"],
                Roles.EngineeringHead
            )
            .Given<Briefing>(
                (_, _, given) => given.CooperateWithOwner,
                "principles-not-confirmed",
                "P3.2.2",
                ["cooperate-with-owner"],
                Roles.EngineeringHead
            )
            .Given<Briefing>(
                (_, _, given) => given.SatisfyReasonableWishes,
                "principles-not-confirmed",
                "P3.2.2",
                ["satisfy-reasonable-wishes"],
                Roles.EngineeringHead
            )
            .Given<Briefing>(
                (_, _, given) => given.NeverQuarrel,
                "principles-not-confirmed",
                "P3.2.2",
                ["never-quarrel"],
                Roles.EngineeringHead
            )
            // Stands here to give the answer that helps: it names the briefing and who gives it.
            .On(In.Dispatched, Do.Start, In.Dispatched, "P3.2.2", Repairers)
            .OwnOrder()
            .When(
                (order, _) => order.Briefing is not null,
                "not-briefed",
                "P3.2.2",
                ["briefing"],
                Roles.EngineeringHead
            )
            .On(In.Briefed, Do.Start, In.InRepair, "P3.2.2", Repairers)
            .OwnOrder()
            .On(In.InRepair, Do.Finish, In.Done, "P3.2.3", Repairers)
            .OwnOrder()
            .Given<WorkReport>(
                (_, now, given) => given.FinishedOn <= now.Today,
                "date-in-future",
                "P3.2.3",
                ["past-date"],
                Repairers
            )
            .Given<WorkReport>(
                (order, _, given) => given.FinishedOn >= order.StartedOn,
                "before-start",
                "P3.2.3",
                ["date-after-start"],
                Repairers
            )
            .On(In.Done, Do.PassInspection, In.Inspected, "P3.2.3", Inspectors)
            .NotARepairer()
            .On(In.Done, Do.FailInspection, In.InRepair, "P3.2.3", Inspectors)
            .NotARepairer()
            // Worked case 7: the owner's acceptance before the inspection is refused, and the refusal names who
            // must inspect.
            .On(In.Done, Do.Accept, In.Done, "P3.2.3", Signers)
            .OwnersOwn()
            .When((order, _) => order.IsPassed, "not-inspected", "P3.2.3", ["passed-inspection"], Inspectors)
            .On(In.Inspected, Do.Accept, In.Accepted, "P3.2.3", Signers)
            .OwnersOwn()
            .Signed()
            .On(In.Inspected, Do.Refuse, In.InRepair, "P3.2.3", Signers)
            .OwnersOwn()
            .Signed()
            .On(In.Accepted, Do.Return, In.Closed, "P3.2.3", [.. Repairers, .. Issuers])
            .OwnOrderOrEngineering()
            .When((order, _) => order.Approval is not null, "not-ratified", "P3.2.1", ["ratification"], Approvers);

        // An emergency that was issued without approval is written up, reviewed and ratified while the work goes on.
        foreach (var state in Issued)
        {
            table
                .On(state, Do.Analyse, state, "P3.2.1", Authors)
                .NotYetApproved()
                .When((order, _) => order.Review is null, "reviewed-already", "P3.2.1", ["send-back"], Approvers)
                .On(state, Do.Review, state, "P3.2.1", Reviewers)
                .NotYetApproved()
                .Analysed()
                .When((order, _) => order.Review is null, "reviewed-already", "P3.2.1", ["send-back"], Approvers)
                .NotTheAuthor()
                .On(state, Do.SendBack, state, "P3.2.1", [.. Reviewers, .. Approvers])
                .NotYetApproved()
                .Analysed()
                .NotTheAuthor()
                .NotTheReviewer()
                .On(state, Do.Ratify, state, "P3.2.1", Approvers)
                .NotYetApproved()
                .Analysed()
                .When((order, _) => order.Review is not null, "not-reviewed", "P3.2.1", ["review"], Reviewers)
                .NotTheReviewer();
        }

        foreach (var state in BeforeWork)
        {
            table.On(
                state,
                Do.Withdraw,
                In.Withdrawn,
                "P3.2.1",
                Roles.CustomerService,
                Roles.Engineering,
                Roles.EngineeringHead
            );
        }

        foreach (var state in BeforeWork.Union(Issued))
        {
            table.On(
                state,
                Do.AskWarranty,
                state,
                "P3.1.1",
                Roles.System,
                Roles.CustomerService,
                Roles.Engineering,
                Roles.EngineeringHead,
                Roles.Production
            );
        }

        return table.EndsIn(In.Closed, In.Withdrawn).Build();
    }

    private static Builder NotTheAuthor(this Builder row) =>
        row.When(
            (order, now) => !order.WasWrittenBy(now.Actor),
            "reviewer-is-author",
            "P3.2.1",
            ["other-reviewer"],
            Reviewers
        );

    private static Builder NotTheReviewer(this Builder row) =>
        row.When(
            (order, now) => order.Review?.By.Id != now.Actor.Id,
            "approver-is-reviewer",
            "P3.2.1",
            ["other-approver"],
            Approvers
        );

    private static Builder NotYetApproved(this Builder row) =>
        row.When((order, _) => order.Approval is null, "approved-already", "P3.2.1", ["unapproved-record"], Approvers);

    private static Builder Analysed(this Builder row) =>
        row.When(
            (order, _) => order is { Analysis: not null, IsSentBack: false },
            "not-analysed",
            "P3.2.1",
            ["analysis"],
            Authors
        );

    private static Builder OwnOrder(this Builder row) =>
        row.When(
            (order, now) => order.IsRepairedBy(now.Actor),
            "not-own-order",
            "P3.2.3",
            ["assigned-unit"],
            Roles.RepairUnit
        );

    private static Builder OwnOrderOrEngineering(this Builder row) =>
        row.When(
            (order, now) => order.IsRepairedBy(now.Actor) || now.Actor.HasAny(Issuers),
            "not-own-order",
            "P3.2.3",
            ["assigned-unit"],
            [Roles.RepairUnit, .. Issuers]
        );

    private static Builder OwnersOwn(this Builder row) =>
        row.When(
            (order, now) => now.Actor.Has(Roles.CustomerService) || now.Actor.OrganisationId == order.OwnerId,
            "not-own-order",
            "P3.2.3",
            ["owner"],
            Signers
        );

    private static Builder NotARepairer(this Builder row) =>
        row.When(
            (order, now) => !order.WasRepairedBy(now.Actor),
            "inspector-is-repairer",
            "P3.2.3",
            ["other-inspector"],
            Inspectors
        );

    private static Builder Signed(this Builder row) =>
        row.Given<OwnerWord>(
                (_, now, given) => given.SignedOn is not null || IsOwner(now.Actor),
                "paper-not-dated",
                "P3.2.3",
                ["signed-on"],
                Roles.CustomerService
            )
            .Given<OwnerWord>(
                (_, now, given) => !(given.SignedOn > now.Today),
                "date-in-future",
                "P3.2.3",
                ["past-date"],
                Signers
            )
            .Given<OwnerWord>(
                (order, _, given) => !(given.SignedOn < order.Inspections[^1].On),
                "signed-before-inspection",
                "P3.2.3",
                ["date-after-inspection"],
                Signers
            );

    private static Builder Decided(this Builder row) =>
        row.Given<DispatchDecision>(
                (_, _, given) => given.Unit is not null,
                UnitChoiceNeeded,
                "P3.1.1",
                ["repair-unit"],
                Issuers
            )
            .Given<DispatchDecision>(
                (_, _, given) =>
                    given.Assigned.Count == 0
                    || given.Assigned.Any(unit => unit.Id == given.Unit!.Id)
                    || !string.IsNullOrWhiteSpace(given.UnitReason),
                "unit-departure-without-reason",
                "P3.1.1",
                ["unit-reason"],
                Issuers
            )
            .Given<DispatchDecision>(
                (order, _, given) =>
                    !given.ChargeBack || order.Warranty.ResponsibleUnitId is not null || !given.UnitIsOwn,
                "nobody-to-charge",
                "P3.1.1",
                ["subcontractor"],
                Roles.Engineering
            )
            .Given<DispatchDecision>(
                (_, _, given) =>
                    given.Proposed is null
                    || given.Proposed.IsFollowedBy(given.Leader)
                    || !string.IsNullOrWhiteSpace(given.LeaderReason),
                "leader-departure-without-reason",
                "P3.2.2",
                ["leader-reason"],
                Issuers
            );

    private static bool IsOwner(Actor actor) => !actor.Has(Roles.CustomerService);
}
