using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>
/// A construction repair order, and at the same time the repair record (工程維修記錄表, form 3.3.2): from the notice
/// of a defect until the record is back with engineering. Towards the owner the contractor stays responsible, whichever
/// unit repairs (P3.1.1).
/// </summary>
internal sealed partial class RepairOrder : Aggregate<RepairOrder, RepairOrderState, RepairOrderAction>, IUnderPolicy
{
    /// <summary>What the owner's signature means.</summary>
    public const string AcceptanceMeaning = "owner-acceptance";

    public const string RefusalMeaning = "owner-refusal";

    /// <summary>Prefix of its numbers.</summary>
    public const string NumberKind = "WX";

    private RepairOrder() { }

    public override string Kind => "repair-order";

    public override WorkSubject WorkSubject =>
        new(Number, $"{ProjectName}，{Location}：{Description.Truncate(60, "…")}", Severity.ToKebab());

    protected override DateTimeOffset? DueOf(RepairOrderAction action, CommandContext context) =>
        action switch
        {
            RepairOrderAction.Confirm => context.Zone.EndOf(ConfirmDueOn),
            RepairOrderAction.Receive when ReceiptDueOn is { } day => context.Zone.EndOf(day),
            RepairOrderAction.Brief or RepairOrderAction.Start => Earlier(StartDueAt, EndOf(context, Plan?.From)),
            RepairOrderAction.Finish => Earlier(FinishDueAt, EndOf(context, Plan?.To)),
            _ => null,
        };

    public override Guid? OutsideOrganisation(string role) =>
        role switch
        {
            Roles.Customer => OwnerId,
            Roles.RepairUnit => RepairUnitId,
            _ => null,
        };

    protected override Flow<RepairOrder, RepairOrderState, RepairOrderAction> Table => RepairOrderFlow.Table;

    /// <summary>Number of the record, <c>WX-2026-000123</c>; per year, with gaps.</summary>
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

    /// <summary>The person whom the company calls for the owner.</summary>
    public string Contact { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public SiteContact? SiteContact { get; private set; }

    /// <summary>Part of Table 3.1.</summary>
    public string PartCode { get; private set; } = "";

    public string Location { get; private set; } = "";

    public string Description { get; private set; } = "";

    public DefectSeverity Severity { get; private set; }

    public EmergencyReason? EmergencyReason { get; private set; }

    public DateOnly NotifiedOn { get; private set; }

    public DateOnly OpenedOn { get; private set; }

    public Stamp OpenedBy { get; private set; } = null!;

    /// <summary>Last day on which confirming the defect with the owner is in time (P3.2.1).</summary>
    public DateOnly ConfirmDueOn { get; private set; }

    /// <summary>Day on which it was marked overdue.</summary>
    public DateOnly? ConfirmationOverdueOn { get; private set; }

    /// <summary>The policies under which the order runs: those in force when it was opened.</summary>
    public int PolicyVersion { get; private set; }

    public WarrantyStanding Warranty { get; private set; } = null!;

    public Confirmation? Confirmation { get; private set; }

    /// <summary>Every revision of the record, the last one is in force.</summary>
    public IReadOnlyList<Analysis> Analyses { get; private set; } = [];

    public Opinion? ReviewOpinion { get; private set; }

    public Opinion? Approval { get; private set; }

    public IReadOnlyList<Rejection> Rejections { get; private set; } = [];

    public RepairPlan? Plan { get; private set; }

    /// <summary>Unit that repairs, once dispatched.</summary>
    public Guid? RepairUnitId { get; private set; }

    public string? RepairUnitName { get; private set; }

    /// <summary>True when the contractor's own unit repairs.</summary>
    public bool RepairUnitIsOwn { get; private set; }

    public DispatchRecord? DispatchRecord { get; private set; }

    public Briefing? Briefing { get; private set; }

    public DateOnly? StartedOn { get; private set; }

    public Stamp? StartedBy { get; private set; }

    public IReadOnlyList<WorkReport> WorkReports { get; private set; } = [];

    public IReadOnlyList<Inspection> Inspections { get; private set; } = [];

    public IReadOnlyList<OwnerResponse> OwnerResponses { get; private set; } = [];

    public int FailedInspections { get; private set; }

    public int OwnerRefusals { get; private set; }

    public ReturnedRecord? Returned { get; private set; }

    public string? WithdrawalReason { get; private set; }

    /// <summary>The revision of the record that is in force.</summary>
    public Analysis? Analysis => Analyses.Count > 0 ? Analyses[^1] : null;

    public bool IsEmergency => Severity == DefectSeverity.Emergency;

    /// <summary>True when the revision in force was sent back and is to be written again.</summary>
    public bool IsSentBack => Rejections.Count > 0 && Rejections[^1].Revision == Analyses.Count;

    /// <summary>1 for the first repair, one more after each return to repair.</summary>
    public int Round => 1 + FailedInspections + OwnerRefusals;

    /// <summary>When the work came back to repair last: since then the round runs; null for the first.</summary>
    public DateTimeOffset? RoundBegunAt =>
        Inspections
            .Where(inspection => !inspection.Passed)
            .Select(inspection => inspection.By.At)
            .Concat(OwnerResponses.Where(response => !response.Accepted).Select(response => response.By.At))
            .Select(at => (DateTimeOffset?)at)
            .Max();

    /// <summary>True when the quality department has passed the work of this round.</summary>
    public bool IsPassed => Inspections.Count > 0 && Inspections[^1] is { Passed: true } last && last.Round == Round;

    /// <summary>The people of the unit that repairs; none before it is chosen.</summary>
    internal IReadOnlyList<Taker> RepairTakers =>
        RepairUnitId is not { } unit ? []
        : RepairUnitIsOwn ? [new(Roles.RepairUnit, OrganisationId: unit), new(Roles.Repair)]
        : [new(Roles.RepairUnit, OrganisationId: unit)];

    /// <summary>Who wrote a revision of the record since it was last sent back.</summary>
    internal IEnumerable<Stamp> Authors
    {
        get
        {
            var sentBack = Rejections.Count > 0 ? Rejections[^1].Revision : 0;
            return Analyses.Where(a => a.Revision > sentBack || a.Revision == Analyses.Count).Select(a => a.Author);
        }
    }

    /// <summary>Everybody who had no hand in the repair: no leader, no crew, nobody who started it or reported it done
    /// (P3.2.3).</summary>
    internal People AllButRepairers
    {
        get
        {
            var members = Briefing?.Participants.Where(p => p.Role != BriefingRole.Observer).ToList() ?? [];
            string?[] ids =
            [
                StartedBy?.ActorId,
                DispatchRecord?.Leader.PersonId?.ToString(),
                .. WorkReports.Select(report => report.By.ActorId),
                .. members.Select(member => member.PersonId),
            ];
            string?[] names =
            [
                DispatchRecord?.Leader.PersonName,
                .. WorkReports.SelectMany(report => report.Crew),
                .. members.Select(member => member.Name),
            ];
            return new()
            {
                ExceptIds = [.. ids.OfType<string>().Distinct()],
                ExceptNames = [.. names.OfType<string>().Distinct()],
            };
        }
    }

    /// <summary>Whether this person belongs to the unit that repairs.</summary>
    public bool IsRepairedBy(Actor actor) => RepairTakers.Any(taker => taker.Includes(actor));

    /// <summary>Whether this actor may open an order at all, before anything is looked up for it.</summary>
    public static Refusal? CheckOpen(CommandContext context) =>
        RepairOrderFlow.Table.CheckStart(RepairOrderAction.Open, context);

    /// <summary>The project on which an order is to be opened. To a customer another owner's is as if it were not there,
    /// before anything else is said of it or asked for it.</summary>
    public static Result<ProjectRef> CheckProject(CommandContext context, Result<ProjectRef> named)
    {
        Guid? owner = named.Failed(out _, out var project) ? null : project.OwnerId;
        return IsTheirs(context.Actor, owner) ? named : UnknownProject();
    }

    /// <summary>
    /// Opens an order. A person is told at once that Projects knows no such project or part; what a revisit found is
    /// put on file all the same.
    /// </summary>
    /// <param name="context">Who opens it, and under which policy.</param>
    /// <param name="number">Its number.</param>
    /// <param name="notice">What was said.</param>
    /// <param name="warranty">What Projects said about the warranty.</param>
    public static Result<RepairOrder> Open(
        CommandContext context,
        string number,
        Notice notice,
        WarrantyStanding warranty
    )
    {
        var order = new RepairOrder
        {
            Id = Guid.CreateVersion7(context.Now),
            Number = number,
            Source = notice.Source,
            SourceId = notice.SourceId,
            RevisitId = notice.RevisitId,
            ProjectId = notice.Project.Id,
            ProjectName = notice.Project.Name,
            ContractNumber = notice.Project.ContractNumber,
            OwnerId = notice.Project.OwnerId,
            OwnerName = notice.Project.OwnerName,
            Contact = notice.Project.Contact ?? notice.SiteContact?.Name ?? "",
            Phone = notice.Project.Phone ?? notice.SiteContact?.Phone ?? "",
            SiteContact = notice.SiteContact,
            PartCode = notice.PartCode,
            Location = notice.Location,
            Description = notice.Description,
            Severity = notice.Severity,
            EmergencyReason = notice.EmergencyReason,
            NotifiedOn = notice.NotifiedOn,
            OpenedOn = context.Today,
            OpenedBy = Stamp.Of(context),
            ConfirmDueOn = RepairOrderDeadlines.ConfirmationDue(context, notice.NotifiedOn),
            PolicyVersion = context.Policy.Version,
            Warranty = warranty,
            WarrantyPending = warranty.IsPending,
            FloorKey = Floors.Of(notice.Location),
            PlaceKey = TextFolding.ForSearch(notice.Location),
            // What the warranty does not cover any more is no recurrence of its repair.
            RecurrenceOf = warranty.Covered == WarrantyCover.No ? null : notice.RecurrenceOf,
            Waiting = new(WaitingParty.CustomerService, context.Now, []),
        };
        if (
            (order.Start(context, RepairOrderAction.Open, notice.Description) ?? Doubt(context, notice, warranty)) is
            { } refusal
        )
        {
            return refusal;
        }

        order.Raise(
            new RepairOrderOpened(
                order.Id,
                order.Version,
                order.Number,
                order.ProjectId,
                order.ProjectName,
                order.OwnerId,
                order.PartCode,
                order.Severity.ToKebab(),
                order.Source.ToKebab(),
                order.SourceId,
                order.RevisitId,
                order.NotifiedOn,
                order.ConfirmDueOn
            )
        );
        if (order.RecurrenceOf is { } earlier)
        {
            order.Raise(
                new RepairOrderRecurred(
                    order.Id,
                    order.Version,
                    order.Number,
                    order.ProjectId,
                    order.ProjectName,
                    order.OwnerId,
                    order.PartCode,
                    order.Location,
                    earlier.Id,
                    earlier.Number,
                    context.Today
                )
            );
        }

        return order;
    }

    /// <summary>
    /// The registry calls project, owner or repair unit otherwise: an order follows until the owner has accepted the
    /// repair (S3). What was signed keeps its words. Where nothing is called otherwise nothing is written.
    /// </summary>
    /// <param name="context">The system.</param>
    /// <param name="project">Project and owner as they are called now.</param>
    /// <param name="renamed">The organisation that is called otherwise: the unit that repairs, the one that is charged, or
    /// one whose part it is.</param>
    public Refusal? FollowRegistry(CommandContext context, ProjectRef project, CalledUnit? renamed)
    {
        if (CheckRole(context, RepairOrderAction.FollowRegistry) is { } refusal)
        {
            return refusal;
        }

        var (contact, phone) = (project.Contact ?? Contact, project.Phone ?? Phone);
        string? NameOf(Guid? id, string? name) => renamed is not null && id == renamed.Id ? renamed.Name : name;
        var (unit, charged) = (NameOf(RepairUnitId, RepairUnitName), NameOf(ChargedUnitId, ChargedUnitName));
        var warranty = renamed is null ? Warranty : Warranty.WithUnit(renamed.Id, renamed.Id, renamed.Name);
        (string Before, string After)[] names =
        [
            (ProjectName, project.Name),
            (ContractNumber, project.ContractNumber),
            (OwnerName, project.OwnerName),
            (Contact, contact),
            (Phone, phone),
            (RepairUnitName ?? "", unit ?? ""),
            (ChargedUnitName ?? "", charged ?? ""),
            (Warranty.ResponsibleUnitName ?? "", warranty.ResponsibleUnitName ?? ""),
            .. Warranty.Units.Zip(warranty.Units, (before, after) => (before.Name, after.Name)),
        ];
        var changed = names
            .Where(name => name.Before != name.After)
            .Select(name => $"{name.Before} → {name.After}")
            .Distinct();
        var why = string.Join("; ", changed);
        return why.Length == 0 && OwnerId == project.OwnerId
            ? null
            : Transition(
                context,
                RepairOrderAction.FollowRegistry,
                why: why,
                change: () =>
                {
                    (ProjectName, ContractNumber) = (project.Name, project.ContractNumber);
                    (OwnerId, OwnerName) = (project.OwnerId, project.OwnerName);
                    (Contact, Phone) = (contact, phone);
                    (RepairUnitName, ChargedUnitName, Warranty) = (unit, charged, warranty);
                }
            );
    }

    /// <summary>The owner turned out to be another organisation that is known, or not to be it after all (S4): the order is
    /// found under that one. Once the owner has accepted the repair it keeps its words.</summary>
    public void MoveOwner(CommandContext context, Guid ownerId, string name, string? contact, string? phone)
    {
        OwnerId = ownerId;
        if (FollowsRegistry)
        {
            (OwnerName, Contact, Phone) = (name, contact ?? Contact, phone ?? Phone);
        }

        Record(context, "owner-merged", State.ToKebab(), State.ToKebab(), name);
    }

    /// <summary>The same of the unit that repairs, and of the subcontractors of the part.</summary>
    public void MoveUnit(CommandContext context, Guid from, Guid to, string name)
    {
        if (RepairUnitId == from)
        {
            (RepairUnitId, RepairUnitName) = (to, FollowsRegistry ? name : RepairUnitName);
        }

        if (ChargedUnitId == from)
        {
            (ChargedUnitId, ChargedUnitName) = (to, FollowsRegistry ? name : ChargedUnitName);
        }

        if (EarlierAssignments.Any(before => before.UnitId == from))
        {
            EarlierAssignments =
            [
                .. EarlierAssignments.Select(before => before.UnitId == from ? before with { UnitId = to } : before),
            ];
        }

        if (FollowsRegistry)
        {
            Warranty = Warranty.WithUnit(from, to, name);
        }

        Record(context, "unit-merged", State.ToKebab(), State.ToKebab(), name);
    }

    /// <summary>The same of the person who leads the repair.</summary>
    public void MoveLeader(CommandContext context, Guid to, string name)
    {
        DispatchRecord = DispatchRecord! with
        {
            Leader = DispatchRecord.Leader with { PersonId = to, PersonName = name },
        };
        Record(context, "leader-merged", State.ToKebab(), State.ToKebab(), name);
    }

    private bool FollowsRegistry => RepairOrderFlow.FollowingStates.Contains(State);

    /// <summary>Keeps what Projects says now about warranty and responsible unit (P3.1.1).</summary>
    public Refusal? RecordWarranty(CommandContext context, WarrantyStanding answer) =>
        Transition(
            context,
            RepairOrderAction.AskWarranty,
            why: answer.Problem?.ToKebab() ?? answer.Covered.ToKebab(),
            change: () =>
            {
                Warranty = answer.After(Warranty);
                WarrantyPending = Warranty.IsPending;
            }
        );

    /// <summary>Projects was away at the issue and says now whom it would have proposed to lead (P3.2.2): kept beside the
    /// choice, which stays.</summary>
    public Refusal? NoteProposal(CommandContext context, LeaderProposals answer) =>
        Transition(
            context,
            RepairOrderAction.NoteProposal,
            why: answer.Problem?.ToKebab() ?? answer.Proposed?.PersonName,
            change: () =>
            {
                DispatchRecord = DispatchRecord! with { Proposed = answer.Proposed };
                LeaderPending = answer.Problem == AskProblem.NoAnswer;
            }
        );

    /// <summary>The deadline of P3.2.1 passed and the defect is not confirmed.</summary>
    public Refusal? MarkOverdue(CommandContext context) =>
        Transition(
            context,
            RepairOrderAction.MarkOverdue,
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
        CommandContext context,
        ConfirmationMethod method,
        DateOnly on,
        string ownerRepresentative,
        string reworkAgreed
    )
    {
        var inTime = !Deadlines.IsOverdue(ConfirmDueOn, on);
        var confirmation = new Confirmation(method, on, ownerRepresentative, reworkAgreed, inTime, Stamp.Of(context));
        return Transition(
            context,
            RepairOrderAction.Confirm,
            input: confirmation,
            why: reworkAgreed,
            change: () =>
            {
                EndPause(context, context.Now);
                Confirmation = confirmation;
                Raise(new RepairOrderConfirmed(Id, Version, OwnerId, on, inTime));
            }
        );
    }

    public Refusal? Analyse(
        CommandContext context,
        string facts,
        string causes,
        string mainCause,
        IReadOnlyList<string> measures
    ) =>
        Transition(
            context,
            RepairOrderAction.Analyse,
            why: mainCause,
            change: () =>
                Analyses = [
                    .. Analyses,
                    new Analysis(facts, causes, mainCause, measures, Analyses.Count + 1, Stamp.Of(context)),
                ]
        );

    public Refusal? Review(CommandContext context, string opinion) =>
        Transition(
            context,
            RepairOrderAction.Review,
            why: opinion,
            change: () => ReviewOpinion = new(opinion, context.Today, Stamp.Of(context))
        );

    public Refusal? SendBack(CommandContext context, string reason) =>
        Transition(
            context,
            RepairOrderAction.SendBack,
            why: reason,
            change: () =>
            {
                ReviewOpinion = null;
                Rejections = [.. Rejections, new Rejection(reason, Analyses.Count, Stamp.Of(context))];
            }
        );

    public Refusal? Approve(CommandContext context, string opinion) =>
        Approve(context, RepairOrderAction.Approve, opinion);

    /// <summary>Approves an emergency that was issued before approval.</summary>
    public Refusal? Ratify(CommandContext context, string opinion) =>
        Approve(context, RepairOrderAction.Ratify, opinion);

    /// <summary>Production fixes the days of the repair (P2.1.2): before it is issued, in an emergency after.</summary>
    public Refusal? PlanDays(CommandContext context, DateOnly from, DateOnly to)
    {
        var plan = new RepairPlan(from, to, Stamp.Of(context));
        return Transition(context, RepairOrderAction.Plan, input: plan, change: () => Plan = plan);
    }

    public Refusal? Dispatch(CommandContext context, DispatchInput input)
    {
        var decision = DispatchDecision.Of(Warranty, input);
        var beforeApproval = Approval is null;
        return Transition(
            context,
            RepairOrderAction.Dispatch,
            input: decision,
            why: input.LeaderReason ?? input.UnitReason,
            change: () =>
            {
                EmergencyReason ??= IsEmergency ? input.EmergencyReason : null;
                Issue(context, decision, beforeApproval);
            }
        );
    }

    public Refusal? Brief(
        CommandContext context,
        DateOnly on,
        string content,
        IReadOnlyList<BriefingParticipant> participants,
        BriefingPrinciples principles
    )
    {
        var briefing = new Briefing(on, content, participants, principles, Stamp.Of(context));
        return Transition(
            context,
            RepairOrderAction.Brief,
            input: briefing,
            why: content,
            change: () => Briefing = briefing
        );
    }

    /// <param name="context">Who begins.</param>
    /// <param name="doneAt">When it was done, where it is told later.</param>
    /// <param name="place">Where they are, where the phone says so.</param>
    public Refusal? Start(CommandContext context, DateTimeOffset? doneAt = null, FieldPlace? place = null) =>
        Transition(
            context,
            RepairOrderAction.Start,
            input: InField(context, doneAt),
            change: () =>
            {
                var at = Keep(context, RepairOrderAction.Start, doneAt);
                EndPauseBefore(context, at);
                // Who begins has the order and is there.
                KeepReceipt(context, at);
                if (ArrivedAt is null)
                {
                    (ArrivedAt, ArrivalPlace) = (at, place);
                }

                StartedOn = context.DateOf(at);
                StartedBy = Stamp.Of(context);
                TakeBackOverdueStart();
                Raise(
                    new RepairOrderStarted(Id, Version, OwnerId, RepairUnitId!.Value, StartedOn.Value, IsStartMissed)
                );
            }
        );

    public Refusal? Finish(CommandContext context, WorkInput work) =>
        Transition(
            context,
            RepairOrderAction.Finish,
            input: work,
            why: work.WorkDone,
            change: () =>
            {
                var at = Keep(context, RepairOrderAction.Finish, work.DoneAt);
                EndPause(context, at);
                if (context.Zone.EndOf(work.FinishedOn) <= FinishDueAt)
                {
                    // It was done by its target, and that was told after it.
                    FinishOverdueOn = null;
                }

                var report = new WorkReport(
                    Round,
                    work.WorkDone,
                    work.Materials,
                    work.TaskSheet,
                    work.Crew,
                    work.FinishedOn,
                    Stamp.Of(context),
                    work.Hours
                )
                {
                    Photos = work.Photos.All,
                };
                WorkReports = [.. WorkReports, report];
                var unit = RepairUnitId!.Value;
                var missed = FinishOverdueOn is not null;
                Raise(
                    new RepairOrderFinished(Id, Version, Number, OwnerId, unit, report.Round, work.FinishedOn, missed)
                );
            }
        );

    public Refusal? PassInspection(CommandContext context, string opinion) =>
        Inspect(context, RepairOrderAction.PassInspection, opinion);

    /// <summary>The work goes back to repair and the failure is counted.</summary>
    public Refusal? FailInspection(CommandContext context, string opinion) =>
        Inspect(context, RepairOrderAction.FailInspection, opinion);

    public Refusal? Accept(CommandContext context, OwnerDecision decision) =>
        Respond(context, RepairOrderAction.Accept, decision);

    /// <summary>The work goes back to repair and the refusal is counted.</summary>
    public Refusal? Refuse(CommandContext context, OwnerDecision decision) =>
        Respond(context, RepairOrderAction.Refuse, decision);

    public Refusal? Return(CommandContext context, string? remark) =>
        Transition(
            context,
            RepairOrderAction.Return,
            why: remark,
            change: () =>
            {
                var leader = DispatchRecord!.Leader.PersonName ?? "";
                Returned = new ReturnedRecord(context.Today, leader, remark, Stamp.Of(context));
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
                        Warranty.Covered.ToKebab(),
                        OpenedOn,
                        context.Today,
                        FailedInspections,
                        OwnerRefusals,
                        CostTotal,
                        [.. Waiting.UpTo(context.Now).Select(t => new WaitingTime(t.Party.ToKebab(), t.Seconds))]
                    )
                );
            }
        );

    public Refusal? Withdraw(CommandContext context, string reason) =>
        Transition(
            context,
            RepairOrderAction.Withdraw,
            why: reason,
            change: () =>
            {
                WithdrawalReason = reason;
                Raise(new RepairOrderWithdrawn(Id, Version, OwnerId, reason, context.Today));
            }
        );

    // Staff name every project, a customer their own; one without an owner is nobody's.
    private static bool IsTheirs(Actor actor, Guid? owner) =>
        actor.IsStaff() || !actor.Has(Roles.Customer) || (owner is not null && owner == actor.OrganisationId);

    private static Refusal UnknownProject() => Refusal.Invalid("project-unknown", "S3", "project");

    private static Refusal? Doubt(CommandContext context, Notice notice, WarrantyStanding warranty)
    {
        if (
            !IsTheirs(context.Actor, notice.Project.OwnerId)
            || (!context.Actor.IsStaff() && context.Actor.Has(Roles.Customer) && notice.Source != OrderSource.Notice)
        )
        {
            return UnknownProject();
        }

        if (notice.EmergencyReason is { } reason && !context.Policy.Repairs.Emergencies.Contains(reason))
        {
            return Refusal
                .ByRule("no-emergency", "P3.2.1", ["emergency-reason"], Roles.CustomerService, Roles.Engineering)
                .With("reason", reason.ToKebab());
        }

        // What a revisit found is put on file, whatever is not known yet.
        if (notice.Source == OrderSource.Revisit)
        {
            return null;
        }

        if (notice.Project.Contact is null && notice.SiteContact is null)
        {
            return Refusal.ByRule("nobody-to-reach", "S3", ["site-contact"], RepairOrderFlow.Openers);
        }

        return warranty.Problem switch
        {
            AskProblem.ProjectUnknown => Refusal.Invalid("project-unknown", "P3.1.2", "project"),
            AskProblem.PartUnknown => Refusal.Invalid("part-unknown", "P3.1.2", "part"),
            _ => null,
        };
    }

    private Refusal? Approve(CommandContext context, RepairOrderAction action, string opinion) =>
        Transition(
            context,
            action,
            why: opinion,
            change: () =>
            {
                Approval = new(opinion, context.Today, Stamp.Of(context));
                var ratified = action == RepairOrderAction.Ratify;
                Raise(new RepairOrderApproved(Id, Version, OwnerId, context.Today, ratified));
            }
        );

    private Refusal? Inspect(CommandContext context, RepairOrderAction action, string opinion)
    {
        var passed = action == RepairOrderAction.PassInspection;
        var inspection = new Inspection(Round, passed, opinion, context.Today, Stamp.Of(context));
        return Transition(
            context,
            action,
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
                        FailedInspections,
                        PartCode
                    )
                );
            }
        );
    }

    private Refusal? Respond(CommandContext context, RepairOrderAction action, OwnerDecision decision)
    {
        var accepted = action == RepairOrderAction.Accept;
        // An owner who signs in the system signs today; a word that was taken down has a day of its own.
        var on = decision.Recorded?.On ?? context.Today;
        var meaning = accepted ? AcceptanceMeaning : RefusalMeaning;
        var response = new OwnerResponse(
            Round,
            accepted,
            decision.Opinion,
            OwnerName,
            decision.PrintedName is { } name ? new Signature(name, context.Now, meaning) : null,
            decision.Recorded,
            on,
            Stamp.Of(context),
            decision.User
        )
        {
            Photos = decision.Photos,
        };
        return Transition(
            context,
            action,
            input: decision,
            why: decision.Opinion,
            change: () =>
            {
                OwnerResponses = [.. OwnerResponses, response];
                OwnerRefusals += accepted ? 0 : 1;
                var unit = RepairUnitId!.Value;
                Raise(
                    new RepairOrderOwnerResponded(
                        Id,
                        Version,
                        OwnerId,
                        unit,
                        accepted,
                        decision.Opinion,
                        on,
                        decision.User is null ? "owner" : "user",
                        OwnerRefusals
                    )
                );
            }
        );
    }
}
