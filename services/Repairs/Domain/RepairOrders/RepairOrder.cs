using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;

namespace CustomerService.Repairs.Domain.RepairOrders;

/// <summary>
/// A construction repair order, and at the same time the repair record (工程維修記錄表, form 3.3.2): from the notice
/// of a defect until
/// the record is back with engineering. Towards the owner the contractor stays responsible, whoever repairs (P3.1.1).
/// </summary>
internal sealed class RepairOrder : Aggregate<RepairOrder, RepairOrderState, RepairOrderAction>
{
    /// <summary>What the owner's signature means.</summary>
    public const string AcceptanceMeaning = "owner-acceptance";

    public const string RefusalMeaning = "owner-refusal";

    private RepairOrder() { }

    public override string Kind => "repair-order";

    protected override Flow<RepairOrder, RepairOrderState, RepairOrderAction> Table => RepairOrderFlow.Table;

    /// <summary>Number of the record, <c>WX-2026-0001</c>; per year, without gaps.</summary>
    public string Number { get; private set; } = "";

    public OrderSource Source { get; private set; }

    /// <summary>The finding or complaint; at most one order comes from it.</summary>
    public Guid? SourceId { get; private set; }

    public Guid? RevisitId { get; private set; }

    public Guid ProjectId { get; private set; }

    public string ProjectName { get; private set; } = "";

    public string ContractNumber { get; private set; } = "";

    public Guid OwnerId { get; private set; }

    public string OwnerName { get; private set; } = "";

    public string Contact { get; private set; } = "";

    public string Phone { get; private set; } = "";

    /// <summary>Part of Table 3.1.</summary>
    public string PartCode { get; private set; } = "";

    public string Location { get; private set; } = "";

    public string Description { get; private set; } = "";

    public DefectSeverity Severity { get; private set; }

    public EmergencyKind? EmergencyKind { get; private set; }

    public DateOnly NotifiedOn { get; private set; }

    public DateOnly OpenedOn { get; private set; }

    public Person OpenedBy { get; private set; } = null!;

    /// <summary>Last day on which confirming the defect with the owner is in time (P3.2.1).</summary>
    public DateOnly ConfirmDueOn { get; private set; }

    /// <summary>Day on which the sweep found it overdue.</summary>
    public DateOnly? ConfirmationOverdueOn { get; private set; }

    /// <summary>The policies under which the order runs: those in force when it was opened.</summary>
    public int PolicyVersion { get; private set; }

    public WarrantyStanding Warranty { get; private set; } = null!;

    public Confirmation? Confirmation { get; private set; }

    /// <summary>Every revision of the record, the last one is in force.</summary>
    public IReadOnlyList<Analysis> Analyses { get; private set; } = [];

    public Opinion? Review { get; private set; }

    public Opinion? Approval { get; private set; }

    public IReadOnlyList<SentBack> SentBacks { get; private set; } = [];

    /// <summary>Unit that repairs, once dispatched.</summary>
    public Guid? RepairUnitId { get; private set; }

    public string? RepairUnitName { get; private set; }

    /// <summary>True when the contractor's own unit repairs.</summary>
    public bool RepairUnitIsOwn { get; private set; }

    public Issue? Issue { get; private set; }

    public Briefing? Briefing { get; private set; }

    public DateOnly? StartedOn { get; private set; }

    public Person? StartedBy { get; private set; }

    public IReadOnlyList<WorkReport> WorkReports { get; private set; } = [];

    public IReadOnlyList<Inspection> Inspections { get; private set; } = [];

    public IReadOnlyList<OwnerResponse> OwnerResponses { get; private set; } = [];

    public int FailedInspections { get; private set; }

    public int OwnerRefusals { get; private set; }

    public ReturnedRecord? Returned { get; private set; }

    public string? WithdrawnBecause { get; private set; }

    /// <summary>The revision of the record that is in force.</summary>
    public Analysis? Analysis => Analyses.Count > 0 ? Analyses[^1] : null;

    public bool IsEmergency => Severity == DefectSeverity.Emergency;

    /// <summary>True when the revision in force was sent back and is to be written anew.</summary>
    public bool IsSentBack => SentBacks.Count > 0 && SentBacks[^1].Revision == Analyses.Count;

    /// <summary>1 for the first repair, one more after each return to repair.</summary>
    public int Round => 1 + FailedInspections + OwnerRefusals;

    /// <summary>True when the quality department has passed the work of this round.</summary>
    public bool IsPassed => Inspections.Count > 0 && Inspections[^1] is { Passed: true } last && last.Round == Round;

    /// <summary>Whether this person belongs to the unit that repairs.</summary>
    public bool IsRepairedBy(Actor actor) =>
        RepairUnitId is { } unit
        && (
            (actor.Has(Roles.RepairUnit) && actor.OrganisationId == unit)
            || (actor.Has(Roles.Repair) && RepairUnitIsOwn)
        );

    /// <summary>Whether this person wrote a revision of the record since it was last sent back.</summary>
    public bool WasWrittenBy(Actor actor)
    {
        var sentBack = SentBacks.Count > 0 ? SentBacks[^1].Revision : 0;
        return Analyses.Any(a => (a.Revision > sentBack || a.Revision == Analyses.Count) && a.Author.Id == actor.Id);
    }

    /// <summary>Whether this person had a hand in the repair: leader, crew, who started it or reported it done
    /// (P3.2.3).</summary>
    public bool WasRepairedBy(Actor actor) =>
        StartedBy?.Id == actor.Id
        || WorkReports.Any(report => report.By.Id == actor.Id || report.Crew.Any(member => IsSame(null, member, actor)))
        || IsSame(Issue?.Leader.PersonId?.ToString(), Issue?.Leader.PersonName, actor)
        || (
            Briefing?.Participants.Any(p => p.Part != BriefingPart.Observer && IsSame(p.PersonId, p.Name, actor))
            ?? false
        );

    /// <summary>
    /// Begins the order: who may is checked here. It has no number and tells nobody until <see cref="Enter"/>,
    /// because a number is
    /// taken only for an order that comes into being.
    /// </summary>
    public static Refusal? Open(FlowContext context, Notice notice, DateOnly confirmDueOn, out RepairOrder order)
    {
        order = new RepairOrder
        {
            Id = Guid.CreateVersion7(context.Now),
            Source = notice.Source,
            SourceId = notice.SourceId,
            RevisitId = notice.RevisitId,
            ProjectId = notice.Project.Id,
            ProjectName = notice.Project.Name,
            ContractNumber = notice.Project.ContractNumber,
            OwnerId = notice.Project.OwnerId,
            OwnerName = notice.Project.OwnerName,
            Contact = notice.Contact,
            Phone = notice.Phone,
            PartCode = notice.PartCode,
            Location = notice.Location,
            Description = notice.Description,
            Severity = notice.Severity,
            EmergencyKind = notice.EmergencyKind,
            NotifiedOn = notice.NotifiedOn,
            OpenedOn = context.Today,
            OpenedBy = Person.From(context.Actor),
            ConfirmDueOn = confirmDueOn,
            PolicyVersion = context.PolicyVersion,
        };
        return order.Begin(RepairOrderAction.Open, context, notice.Description);
    }

    /// <summary>Enters the opened order into the register under its number, with what Projects said about the
    /// warranty.</summary>
    public void Enter(string number, WarrantyStanding warranty)
    {
        Number = number;
        Warranty = warranty;
        Raise(
            new RepairOrderOpened(
                Id,
                Version,
                Number,
                ProjectId,
                ProjectName,
                OwnerId,
                PartCode,
                Code(Severity),
                Code(Source),
                SourceId,
                RevisitId,
                NotifiedOn,
                ConfirmDueOn
            )
        );
    }

    /// <summary>Keeps what Projects says now about warranty and responsible unit (P3.1.1).</summary>
    public Refusal? KeepWarranty(FlowContext context, WarrantyStanding answer) =>
        Apply(
            RepairOrderAction.AskWarranty,
            context,
            why: answer.Problem ?? Code(answer.Covered),
            change: () => Warranty = answer.After(Warranty)
        );

    /// <summary>The deadline of P3.2.1 passed and the defect is not confirmed.</summary>
    public Refusal? MarkOverdue(FlowContext context) =>
        Apply(
            RepairOrderAction.MarkOverdue,
            context,
            change: () =>
            {
                ConfirmationOverdueOn = context.Today;
                Raise(
                    new RepairOrderConfirmationOverdue(
                        Id,
                        Version,
                        Number,
                        ProjectId,
                        ProjectName,
                        OwnerId,
                        NotifiedOn,
                        ConfirmDueOn
                    )
                );
            }
        );

    public Refusal? Confirm(
        FlowContext context,
        ConfirmationWay way,
        DateOnly on,
        string ownerRepresentative,
        string reworkAgreed
    )
    {
        var confirmation = new Confirmation(
            way,
            on,
            ownerRepresentative,
            reworkAgreed,
            Person.From(context.Actor),
            context.Now,
            !Deadlines.IsOverdue(ConfirmDueOn, on)
        );
        return Apply(
            RepairOrderAction.Confirm,
            context,
            input: confirmation,
            why: reworkAgreed,
            change: () =>
            {
                Confirmation = confirmation;
                Raise(new RepairOrderConfirmed(Id, Version, OwnerId, on, confirmation.InTime));
            }
        );
    }

    public Refusal? Analyse(
        FlowContext context,
        string facts,
        string causes,
        string mainCause,
        IReadOnlyList<string> measures
    ) =>
        Apply(
            RepairOrderAction.Analyse,
            context,
            why: mainCause,
            change: () =>
                Analyses = [
                    .. Analyses,
                    new Analysis(
                        facts,
                        causes,
                        mainCause,
                        measures,
                        Person.From(context.Actor),
                        context.Now,
                        Analyses.Count + 1
                    ),
                ]
        );

    public Refusal? GiveReview(FlowContext context, string opinion) =>
        Apply(
            RepairOrderAction.Review,
            context,
            why: opinion,
            change: () => Review = new(Person.From(context.Actor), context.Now, context.Today, opinion)
        );

    public Refusal? SendBack(FlowContext context, string reason) =>
        Apply(
            RepairOrderAction.SendBack,
            context,
            why: reason,
            change: () =>
            {
                Review = null;
                SentBacks =
                [
                    .. SentBacks,
                    new SentBack(Person.From(context.Actor), context.Now, reason, Analyses.Count),
                ];
            }
        );

    public Refusal? Approve(FlowContext context, string opinion) =>
        Approve(RepairOrderAction.Approve, context, opinion);

    public Refusal? Ratify(FlowContext context, string opinion) => Approve(RepairOrderAction.Ratify, context, opinion);

    public Refusal? Dispatch(FlowContext context, DispatchDecision decision)
    {
        var beforeApproval = Approval is null;
        return Apply(
            RepairOrderAction.Dispatch,
            context,
            input: decision,
            why: decision.LeaderReason ?? decision.UnitReason,
            change: () =>
            {
                EmergencyKind ??= IsEmergency ? decision.EmergencyKind : null;
                RepairUnitId = decision.Unit!.Id;
                RepairUnitName = decision.Unit.Name;
                RepairUnitIsOwn = decision.UnitIsOwn;
                Issue = new Issue(
                    decision.Leader,
                    decision.Proposed,
                    decision.LeaderReason,
                    decision.UnitReason,
                    decision.ChargeBack,
                    beforeApproval,
                    Person.From(context.Actor),
                    context.Today
                );
                Raise(
                    new RepairOrderDispatched(
                        Id,
                        Version,
                        OwnerId,
                        decision.Unit.Id,
                        decision.Unit.Name,
                        decision.Leader.PersonName ?? "",
                        Code(Warranty.Covered),
                        context.Today
                    )
                );
            }
        );
    }

    public Refusal? Brief(FlowContext context, Briefing briefing) =>
        Apply(
            RepairOrderAction.Brief,
            context,
            input: briefing,
            why: briefing.Content,
            change: () => Briefing = briefing
        );

    public Refusal? Start(FlowContext context) =>
        Apply(
            RepairOrderAction.Start,
            context,
            change: () =>
            {
                StartedOn = context.Today;
                StartedBy = Person.From(context.Actor);
                Raise(new RepairOrderStarted(Id, Version, OwnerId, RepairUnitId!.Value, context.Today));
            }
        );

    public Refusal? Finish(
        FlowContext context,
        string workDone,
        string? materials,
        string? taskSheet,
        IReadOnlyList<string> crew,
        DateOnly finishedOn
    )
    {
        var report = new WorkReport(
            Round,
            workDone,
            materials,
            taskSheet,
            crew,
            finishedOn,
            Person.From(context.Actor),
            context.Now
        );
        return Apply(
            RepairOrderAction.Finish,
            context,
            input: report,
            why: workDone,
            change: () => WorkReports = [.. WorkReports, report]
        );
    }

    public Refusal? Inspect(FlowContext context, bool passed, string opinion)
    {
        var inspection = new Inspection(Round, passed, opinion, context.Today, Person.From(context.Actor), context.Now);
        return Apply(
            passed ? RepairOrderAction.PassInspection : RepairOrderAction.FailInspection,
            context,
            why: opinion,
            change: () =>
            {
                Inspections = [.. Inspections, inspection];
                FailedInspections += passed ? 0 : 1;
                Raise(
                    new RepairOrderInspected(
                        Id,
                        Version,
                        OwnerId,
                        RepairUnitId!.Value,
                        passed,
                        inspection.Round,
                        context.Today,
                        FailedInspections
                    )
                );
            }
        );
    }

    public Refusal? Accept(FlowContext context, OwnerWord word) => Respond(RepairOrderAction.Accept, context, word);

    public Refusal? Refuse(FlowContext context, OwnerWord word) => Respond(RepairOrderAction.Refuse, context, word);

    public Refusal? Return(FlowContext context, string? remark) =>
        Apply(
            RepairOrderAction.Return,
            context,
            why: remark,
            change: () =>
            {
                Returned = new ReturnedRecord(
                    context.Today,
                    Issue!.Leader.PersonName ?? "",
                    remark,
                    Person.From(context.Actor)
                );
                Raise(
                    new RepairOrderReturned(
                        Id,
                        Version,
                        Number,
                        ProjectId,
                        ProjectName,
                        OwnerId,
                        OwnerName,
                        Contact,
                        Phone,
                        PartCode,
                        RepairUnitId!.Value,
                        RepairUnitName!,
                        Code(Warranty.Covered),
                        OpenedOn,
                        context.Today,
                        FailedInspections,
                        OwnerRefusals
                    )
                );
            }
        );

    public Refusal? Withdraw(FlowContext context, string reason) =>
        Apply(
            RepairOrderAction.Withdraw,
            context,
            why: reason,
            change: () =>
            {
                WithdrawnBecause = reason;
                Raise(new RepairOrderWithdrawn(Id, Version, OwnerId, reason, context.Today));
            }
        );

    private Refusal? Approve(RepairOrderAction action, FlowContext context, string opinion) =>
        Apply(
            action,
            context,
            why: opinion,
            change: () =>
            {
                Approval = new(Person.From(context.Actor), context.Now, context.Today, opinion);
                Raise(
                    new RepairOrderApproved(
                        Id,
                        Version,
                        OwnerId,
                        context.Today,
                        Ratified: action == RepairOrderAction.Ratify
                    )
                );
            }
        );

    private Refusal? Respond(RepairOrderAction action, FlowContext context, OwnerWord word)
    {
        var accepted = action == RepairOrderAction.Accept;
        // Who signs here signs today; only a paper can carry an earlier day.
        var onPaper = context.Actor.Has(Roles.CustomerService);
        var on = onPaper && word.SignedOn is { } signedOn ? signedOn : context.Today;
        var response = new OwnerResponse(
            Round,
            accepted,
            word.Opinion,
            new Signature(word.PrintedName, context.Now, accepted ? AcceptanceMeaning : RefusalMeaning, word.ScanId),
            on,
            onPaper,
            Person.From(context.Actor)
        );
        return Apply(
            action,
            context,
            input: word,
            why: word.Opinion,
            change: () =>
            {
                OwnerResponses = [.. OwnerResponses, response];
                OwnerRefusals += accepted ? 0 : 1;
                Raise(
                    new RepairOrderOwnerResponded(Id, Version, OwnerId, RepairUnitId!.Value, accepted, word.Opinion, on)
                );
            }
        );
    }

    // The leader is known by the registry's id, which is no token subject; a crew often by name only. So either
    // the identity or the
    // printed name is enough: a namesake leaves the inspection to another, but nobody inspects his own work.
    private static bool IsSame(string? id, string? name, Actor actor) =>
        string.Equals(id, actor.Id, StringComparison.OrdinalIgnoreCase)
        || (name is not null && string.Equals(name.Trim(), actor.Name.Trim(), StringComparison.OrdinalIgnoreCase));

    private static string Code<T>(T value)
        where T : struct, Enum => Spelling.Kebab(value.ToString());
}
