using CustomerService.Rules;

namespace CustomerService.Projects.Domain;

/// <summary>A new date, inside the limits of the project.</summary>
/// <param name="On">The date.</param>
/// <param name="From">Handover, or the horizon where that lies before it.</param>
/// <param name="Through">Horizon of the plan.</param>
/// <param name="IsExplained">Whether there is a reason for another date than the present one.</param>
internal sealed record PlannedDate(DateOnly On, DateOnly From, DateOnly Through, bool IsExplained = true);

/// <summary>A cancellation, with the number of revisits of the project that stand, this one among them.</summary>
internal sealed record Cancellation(int Standing);

/// <summary>A held record with what it is judged by.</summary>
internal sealed record Holding(HeldRecord Record, ProjectTeam Team, DateOnly From, DateOnly Through);

/// <summary>A judgement, with the packages of the project: a subcontractor answers for what it did.</summary>
internal sealed record Judging(Judgement Judgement, IReadOnlyList<SubcontractPackage> Packages);

/// <summary>What is asked for later about a finding, and how the finding stands then; a part that is null stays
/// as it was.</summary>
internal sealed record FollowingUp(
    Finding Before,
    bool? RepairWanted,
    bool? CorrectiveActionWanted,
    string? Explanation,
    string? ProposedSolution
)
{
    public Finding After =>
        Before with
        {
            RepairWanted = RepairWanted ?? Before.RepairWanted,
            CorrectiveActionWanted = CorrectiveActionWanted ?? Before.CorrectiveActionWanted,
            Explanation = Explanation ?? Before.Explanation,
            ProposedSolution = ProposedSolution ?? Before.ProposedSolution,
        };

    /// <summary>What was asked for runs in another service, where it is withdrawn.</summary>
    public bool TakesBack =>
        (Before.RepairWanted && RepairWanted == false)
        || (Before.CorrectiveActionWanted && CorrectiveActionWanted == false);

    public bool AsksForMore =>
        (!Before.RepairWanted && RepairWanted == true)
        || (!Before.CorrectiveActionWanted && CorrectiveActionWanted == true);
}

/// <summary>The owner's opinion and signature. What is signed is not changed any more.</summary>
internal sealed record Signing(string? Opinion, Signature Signature);

/// <summary>The life of a revisit (回訪), P2.1.1 to P2.2.3 and form 3.3.1.</summary>
internal static class RevisitFlow
{
    private static readonly string[] Planners = [Roles.Production, Roles.EngineeringHead];
    private static readonly string[] Recorders = [Roles.Engineering, Roles.EngineeringHead, Roles.Production];
    private static readonly string[] SignatureTakers =
    [
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.Production,
        Roles.CustomerService,
        Roles.Customer,
    ];
    private static readonly string[] Judges = [Roles.Qc, Roles.QcHead];
    private static readonly string[] Followers = [.. Recorders, .. Judges];

    public static Flow<Revisit, RevisitState, RevisitAction> Table { get; } =
        Flow<Revisit, RevisitState, RevisitAction>
            .Named("revisit")
            .Begins(
                RevisitAction.Plan,
                RevisitState.Planned,
                "P2.1.1",
                Roles.System,
                Roles.Production,
                Roles.Engineering,
                Roles.EngineeringHead,
                Roles.SalesManager
            )
            .Begins(RevisitAction.Add, RevisitState.Planned, "P2.1.2", Roles.Production)
            .On(RevisitState.Planned, RevisitAction.FollowPlan, RevisitState.Planned, "P2.1.1", Roles.System)
            .On(RevisitState.Planned, RevisitAction.Move, RevisitState.Planned, "P2.1.1", [.. Planners, Roles.System])
            .InsidePlan()
            .On(
                RevisitState.Planned,
                RevisitAction.Cancel,
                RevisitState.Cancelled,
                "P2.1.1",
                [.. Planners, Roles.System]
            )
            .NotTheLast()
            .On(RevisitState.Planned, RevisitAction.Open, RevisitState.Opened, "P2.1.2", Roles.Production)
            .InsidePlan()
            .On(RevisitState.Planned, RevisitAction.Remind, RevisitState.Planned, "P2.1.1", Roles.System)
            .ReminderDue()
            .On(RevisitState.Planned, RevisitAction.NoteOverdue, RevisitState.Planned, "P2.1.1", Roles.System)
            .Overdue()
            .On(RevisitState.Opened, RevisitAction.FollowPlan, RevisitState.Opened, "P2.1.1", Roles.System)
            .On(RevisitState.Opened, RevisitAction.Move, RevisitState.Opened, "P2.1.1", [.. Planners, Roles.System])
            .InsidePlan()
            .On(
                RevisitState.Opened,
                RevisitAction.Cancel,
                RevisitState.Cancelled,
                "P2.1.1",
                [.. Planners, Roles.System]
            )
            .NotTheLast()
            .On(RevisitState.Opened, RevisitAction.Remind, RevisitState.Opened, "P2.1.1", Roles.System)
            .ReminderDue()
            .On(RevisitState.Opened, RevisitAction.NoteOverdue, RevisitState.Opened, "P2.1.1", Roles.System)
            .Overdue()
            .On(RevisitState.Opened, RevisitAction.Hold, RevisitState.Held, "P2.2.1", Recorders)
            .Given<Holding>(
                (_, context, given) => given.Record.On <= context.Today,
                "date-in-future",
                "P2.2.1",
                ["past-date"],
                Recorders
            )
            .Given<Holding>(
                (_, _, given) => given.Record.On >= given.From,
                "revisit-before-handover",
                "P2.1.1",
                ["date-from-handover"],
                Recorders
            )
            .Given<Holding>(
                (_, _, given) => given.Record.On <= given.Through,
                "revisit-after-horizon",
                "P2.1.1",
                ["date-inside-warranty"],
                Recorders
            )
            .InSeat(Seat.Lead, "lead-missing", "lead")
            .InSeat(Seat.ChiefEngineer, "chief-engineer-missing", "chief-engineer")
            .InSeat(Seat.TechnicalHead, "technical-head-missing", "technical-head")
            .InSeat(Seat.EngineeringHead, "engineering-head-missing", "engineering-head")
            .InSeat(Seat.QualityHead, "quality-head-missing", "quality-head")
            .Given<Holding>(
                (_, _, given) => AreSubstitutesExplained(given),
                "substitute-reason-missing",
                "P2.2.1",
                ["substitute-reason"],
                Recorders
            )
            .Given<Holding>(
                (_, _, given) => given.Record.Findings.All(f => f.IsAnswered),
                "solution-missing",
                "P2.2.2",
                ["explanation", "proposed-solution"],
                Recorders
            )
            .On(RevisitState.Held, RevisitAction.RecordFinding, RevisitState.Held, "P2.2.2", Recorders)
            .When(
                (revisit, _) => revisit.OwnerSignature is null,
                "already-signed",
                "Form3.3.1",
                ["unsigned-record"],
                Recorders
            )
            .Given<Finding>(
                (_, _, finding) => finding.IsAnswered,
                "solution-missing",
                "P2.2.2",
                ["explanation", "proposed-solution"],
                Recorders
            )
            .On(RevisitState.Held, RevisitAction.FollowUp, RevisitState.Held, "P2.2.3", Followers)
            .FollowingUp()
            .On(RevisitState.Held, RevisitAction.Sign, RevisitState.Held, "Form3.3.1", SignatureTakers)
            .Signed()
            .On(RevisitState.Held, RevisitAction.DecideLiability, RevisitState.Judged, "P2.2.3", Roles.Qc, Roles.QcHead)
            .Judged()
            .On(RevisitState.Held, RevisitAction.Close, RevisitState.Closed, "Form3.3.1", Recorders)
            .When(
                (revisit, _) => revisit.Findings.Count == 0,
                "liability-missing",
                "P2.2.3",
                ["liability", "cause"],
                Roles.Qc,
                Roles.QcHead
            )
            .Complete()
            .On(RevisitState.Judged, RevisitAction.FollowUp, RevisitState.Judged, "P2.2.3", Followers)
            .FollowingUp()
            .On(RevisitState.Judged, RevisitAction.Sign, RevisitState.Judged, "Form3.3.1", SignatureTakers)
            .Signed()
            .On(RevisitState.Judged, RevisitAction.DecideLiability, RevisitState.Judged, "P2.2.3", Roles.QcHead)
            .Judged()
            .On(
                RevisitState.Judged,
                RevisitAction.SetDisposition,
                RevisitState.Disposed,
                "P2.2.3",
                Roles.EngineeringHead
            )
            .On(RevisitState.Disposed, RevisitAction.FollowUp, RevisitState.Disposed, "P2.2.3", Followers)
            .FollowingUp()
            .On(RevisitState.Disposed, RevisitAction.Sign, RevisitState.Disposed, "Form3.3.1", SignatureTakers)
            .Signed()
            .On(RevisitState.Disposed, RevisitAction.Close, RevisitState.Closed, "Form3.3.1", Recorders)
            .Complete()
            .EndsIn(RevisitState.Closed, RevisitState.Cancelled)
            .Build();

    private static FlowBuilder<Revisit, RevisitState, RevisitAction> InsidePlan(
        this FlowBuilder<Revisit, RevisitState, RevisitAction> flow
    ) =>
        flow.Given<PlannedDate>(
                (_, _, given) => given.On >= given.From,
                "revisit-before-handover",
                "P2.1.1",
                ["date-from-handover"],
                Planners
            )
            .Given<PlannedDate>(
                (_, _, given) => given.On <= given.Through,
                "revisit-after-horizon",
                "P2.1.1",
                ["date-inside-warranty"],
                Planners
            )
            .Given<PlannedDate>(
                (_, _, given) => given.IsExplained,
                "move-reason-missing",
                "P2.1.1",
                ["move-reason"],
                Planners
            );

    private static FlowBuilder<Revisit, RevisitState, RevisitAction> NotTheLast(
        this FlowBuilder<Revisit, RevisitState, RevisitAction> flow
    ) =>
        flow.Given<Cancellation>(
            (_, _, given) => RevisitPlan.CheckCancel(given.Standing) is null,
            "last-revisit",
            "P2.1.1",
            ["another-planned-revisit"],
            Planners
        );

    private static FlowBuilder<Revisit, RevisitState, RevisitAction> Overdue(
        this FlowBuilder<Revisit, RevisitState, RevisitAction> flow
    ) =>
        flow.When(
            (revisit, context) =>
                Deadlines.IsOverdue(revisit.DueOn, context.Today) && revisit.OverdueNotedFor != revisit.DueOn,
            "revisit-not-overdue",
            "P2.1.1",
            ["passed-due-date"],
            Roles.System
        );

    private static FlowBuilder<Revisit, RevisitState, RevisitAction> ReminderDue(
        this FlowBuilder<Revisit, RevisitState, RevisitAction> flow
    ) =>
        flow.Given<RevisitPolicy>(
            (revisit, context, policy) => revisit.IsReminderDue(policy, context.Today),
            "reminder-not-due",
            "P2.1.1",
            ["reminder-day"],
            Roles.System
        );

    private static FlowBuilder<Revisit, RevisitState, RevisitAction> Judged(
        this FlowBuilder<Revisit, RevisitState, RevisitAction> flow
    ) =>
        flow.When((revisit, _) => revisit.Findings.Count > 0, "finding-missing", "P2.2.2", ["finding"], Recorders)
            .Given<Judging>(
                (revisit, _, given) =>
                    revisit.Findings.All(f => given.Judgement.Findings.Any(j => j.FindingId == f.Id)),
                "finding-not-judged",
                "P2.2.3",
                ["liability", "cause"],
                Judges
            )
            .Given<Judging>(
                (revisit, _, given) =>
                    given.Judgement.Findings.All(j => revisit.Findings.Any(f => f.Id == j.FindingId)),
                "finding-unknown",
                "P2.2.3",
                ["finding"],
                Judges
            )
            .Given<Judging>(
                (_, _, given) =>
                    given.Judgement.Findings.DistinctBy(j => j.FindingId).Count() == given.Judgement.Findings.Count,
                "finding-judged-twice",
                "P2.2.3",
                ["liability", "cause"],
                Judges
            )
            .Given<Judging>(
                AreSubcontractorsOfTheirParts,
                "subcontractor-not-of-part",
                "P3.1.1",
                ["subcontractor"],
                Judges
            );

    private static FlowBuilder<Revisit, RevisitState, RevisitAction> FollowingUp(
        this FlowBuilder<Revisit, RevisitState, RevisitAction> flow
    ) =>
        flow.Given<FollowingUp>(
                (_, _, given) => !given.TakesBack,
                "follow-up-asked-for",
                "P2.2.3",
                ["withdrawal-there"],
                Followers
            )
            .Given<FollowingUp>(
                (_, _, given) => given.After.IsAnswered,
                "solution-missing",
                "P2.2.2",
                ["explanation", "proposed-solution"],
                Recorders
            );

    private static FlowBuilder<Revisit, RevisitState, RevisitAction> Signed(
        this FlowBuilder<Revisit, RevisitState, RevisitAction> flow
    ) =>
        flow.When(
                (revisit, _) => revisit.OwnerSignature is null,
                "already-signed",
                "Form3.3.1",
                ["unsigned-record"],
                SignatureTakers
            )
            // Somebody of the company cannot sign for the owner by writing his name.
            .Given<Signing>(
                (revisit, context, given) =>
                    given.Signature.ImageId is not null
                    || (context.Actor.Has(Roles.Customer) && context.Actor.OrganisationId == revisit.OwnerId),
                "signature-image-missing",
                "Form3.3.1",
                ["signature-image"],
                SignatureTakers
            )
            // It is what the signature stands under.
            .Given<Signing>(
                (revisit, _, given) => !string.IsNullOrWhiteSpace(given.Opinion ?? revisit.OwnerOpinion),
                "owner-opinion-missing",
                "P2.2.2",
                ["owner-opinion"],
                SignatureTakers
            );

    // Form 3.3.1 has no empty row when it goes to the files.
    private static FlowBuilder<Revisit, RevisitState, RevisitAction> Complete(
        this FlowBuilder<Revisit, RevisitState, RevisitAction> flow
    ) =>
        flow.When(
                (revisit, _) => revisit.AreFaultsAnswered,
                "solution-missing",
                "P2.2.2",
                ["explanation", "proposed-solution"],
                Recorders
            )
            .When(
                (revisit, _) => !string.IsNullOrWhiteSpace(revisit.OwnerOpinion),
                "owner-opinion-missing",
                "P2.2.2",
                ["owner-opinion"],
                SignatureTakers
            )
            .When(
                (revisit, _) => revisit.OwnerSignature is not null,
                "owner-signature-missing",
                "Form3.3.1",
                ["owner-signature"],
                SignatureTakers
            );

    private static FlowBuilder<Revisit, RevisitState, RevisitAction> InSeat(
        this FlowBuilder<Revisit, RevisitState, RevisitAction> flow,
        Seat seat,
        string code,
        string missing
    ) =>
        flow.Given<Holding>(
            (_, _, given) => given.Record.Attendees.Any(a => a.Seat == seat),
            code,
            "P2.2.1",
            [missing],
            Recorders
        );

    private static bool AreSubcontractorsOfTheirParts(Revisit revisit, FlowContext context, Judging given) =>
        given
            .Judgement.Findings.Where(j => j.Liability == Liability.Subcontractor)
            .All(j =>
                given.Packages.Any(p =>
                    p.SubcontractorId == j.ResponsibleUnitId
                    && p.Parts.Contains(revisit.Findings.First(f => f.Id == j.FindingId).Part)
                )
            );

    private static bool AreSubstitutesExplained(Holding given) =>
        given
            .Record.Attendees.Where(a => a.Seat != Seat.Other)
            .All(a => a.PersonId == given.Team.InSeat(a.Seat).Id || !string.IsNullOrWhiteSpace(a.SubstituteReason));
}
