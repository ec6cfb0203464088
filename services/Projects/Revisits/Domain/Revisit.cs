using CustomerService.Contracts.Projects.V1;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.Revisits.Domain;

/// <summary>One revisit (回訪) of a project, from its planned date to the complete form 3.3.1.</summary>
internal sealed class Revisit : Aggregate<Revisit, RevisitState, RevisitAction>, IUnderPolicy
{
    /// <summary>What the owner's signature on form 3.3.1 means.</summary>
    public const string SignatureMeaning = "owner-revisit-opinion";

    protected override Flow<Revisit, RevisitState, RevisitAction> Table => RevisitFlow.Table;

    public override string Kind => "revisit";

    public override WorkSubject WorkSubject =>
        new(FileNumber ?? ProjectNumber, Purpose is null ? ProjectName : $"{ProjectName}，{Purpose}");

    protected override DateTimeOffset? DueOf(RevisitAction action, CommandContext context) =>
        action is RevisitAction.Open or RevisitAction.Hold ? context.Zone.EndOf(DueOn) : null;

    public override Guid? OutsideOrganisation(string role) => role == Roles.Customer ? OwnerId : null;

    public Guid ProjectId { get; private set; }

    public Guid OwnerId { get; private set; }

    /// <summary>Contract number of the project.</summary>
    public string ProjectNumber { get; private set; } = "";

    /// <summary>Name of the project; an open revisit follows it.</summary>
    public string ProjectName { get; private set; } = "";

    /// <summary>1, 2, 3 … within the project.</summary>
    public int Ordinal { get; private set; }

    /// <summary>The date for which it is planned now.</summary>
    public DateOnly DueOn { get; private set; }

    /// <summary>The date that the plan gave it (P2.1.1); null for one that a person added.</summary>
    public DateOnly? PlanDate { get; private set; }

    /// <summary>Its place in the plan, from 1; null for one that a person added.</summary>
    public int? PlanSlot { get; private set; }

    /// <summary>True where a new plan had no use for it; a later plan may fill its place again.</summary>
    public bool IsCancelledByPlan { get; private set; }

    /// <summary>True once a person has chosen the date; a new plan then leaves it alone.</summary>
    public bool IsMovedByHand { get; private set; }

    public int PolicyVersion { get; private set; }

    /// <summary>Number of the revisit's file (P3.3), from when production opened it.</summary>
    public string? FileNumber { get; private set; }

    public string? Purpose { get; private set; }

    /// <summary>What an extra visit is for (P2.1.2); null for one of the plan.</summary>
    public ExtraVisit? ExtraKind { get; private set; }

    /// <summary>Why it was added to the plan.</summary>
    public string? ExtraReason { get; private set; }

    /// <summary>The due date for which it was marked overdue.</summary>
    public DateOnly? MarkedOverdueFor { get; private set; }

    /// <summary>The day of the last reminder.</summary>
    public DateOnly? RemindedOn { get; private set; }

    public DateOnly? HeldOn { get; private set; }

    public RevisitForm? Form { get; private set; }

    public IReadOnlyList<Attendee> Attendees { get; private set; } = [];

    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    public OwnerRepresentative? OwnerRepresentative { get; private set; }

    public string? OwnerOpinion { get; private set; }

    /// <summary>The user (用戶) whose opinion it is, as they were then; null for the owner's own.</summary>
    public ProjectUser? OpinionOf { get; private set; }

    public Signature? OwnerSignature { get; private set; }

    /// <summary>What stands in place of a signature.</summary>
    public OpinionRecord? OpinionRecord { get; private set; }

    /// <summary>The head of the form under which it was signed or recorded.</summary>
    public FormHeading? Heading { get; private set; }

    public LiabilityAssessment? Assessment { get; private set; }

    public Disposition? Disposition { get; private set; }

    public DateOnly? ClosedOn { get; private set; }

    public string? CancelReason { get; private set; }

    /// <summary>簽章或記錄: the opinion is signed, or recorded instead.</summary>
    public bool IsConfirmed => OwnerSignature is not null || OpinionRecord is not null;

    /// <summary>Cause and liability are told outside with the closed form, not before.</summary>
    public bool IsReleased => State == RevisitState.Closed;

    /// <summary>Whether every fault that quality puts down to the construction is explained, with a proposed
    /// solution (P2.2.2).</summary>
    public bool AreFaultsAnswered => FaultyFindings.All(finding => finding.IsExplained);

    /// <summary>Construction faults of which lesson, corrective measure or countermeasure is not on record
    /// (P2.2.3).</summary>
    public IEnumerable<Finding> WithoutTexts => FaultyFindings.Where(finding => finding.MissingTexts.Count > 0);

    /// <summary>Findings for which a CAPA must open and was not asked for (P2.2.3).</summary>
    public IEnumerable<Finding> WithoutCapa =>
        (Assessment?.Findings ?? [])
            .Where(decided => decided.CapaGround is not null)
            .Select(decided => Finding(decided.FindingId))
            .OfType<Finding>()
            .Where(finding => finding is { CapaWanted: false, CapaGroupId: null });

    /// <summary>Its construction faults as they are counted (P2.2.3).</summary>
    public IEnumerable<KnownFault> ConstructionFaults =>
        (Assessment?.Findings ?? [])
            .Where(decided => decided.IsConstructionFault)
            .Select(decided => new KnownFault
            {
                Id = decided.FindingId,
                RevisitId = Id,
                ProjectId = ProjectId,
                Part = Finding(decided.FindingId)!.Part,
                Cause = decided.CauseCode,
                FoundOn = HeldOn!.Value,
            });

    private IEnumerable<Finding> FaultyFindings =>
        (Assessment?.Findings ?? [])
            .Where(decided => decided.IsConstructionFault)
            .Select(decided => Finding(decided.FindingId))
            .OfType<Finding>();

    public bool IsOpen => State is RevisitState.Planned or RevisitState.Opened;

    /// <summary>The finding of this identity, or null.</summary>
    public Finding? Finding(Guid id) => Findings.FirstOrDefault(f => f.Id == id);

    /// <summary>A revisit of the plan.</summary>
    public static Revisit Generate(CommandContext context, Project project, int slot, DateOnly due)
    {
        var revisit = New(context, project, due, slot);
        EnsureAccepted(revisit.StartPlanned(context, RevisitAction.Plan, null));
        return revisit;
    }

    /// <summary>A revisit that a person adds to the plan.</summary>
    public static Result<Revisit> Add(
        CommandContext context,
        Project project,
        DateOnly due,
        ExtraVisit kind,
        string reason
    )
    {
        // Check the role first: do not reveal project state to unauthorised callers.
        if (RevisitFlow.Table.CheckStart(RevisitAction.Add, context) is { } forbidden)
        {
            return forbidden;
        }

        if (project is not { State: ProjectState.HandedOver, HandedOverOn: { } from, HorizonEndsOn: { } through })
        {
            return Refusal.ByRule("not-handed-over", "P2.1.1", ["handover"], Roles.Engineering, Roles.EngineeringHead);
        }

        if (due < from)
        {
            return Refusal.ByRule("revisit-before-handover", "P2.1.1", ["date-from-handover"], Roles.Production);
        }

        if (due > through)
        {
            return Refusal.ByRule("revisit-after-horizon", "P2.1.1", ["date-inside-warranty"], Roles.Production);
        }

        var revisit = New(context, project, due, null);
        (revisit.ExtraKind, revisit.ExtraReason) = (kind, reason);
        EnsureAccepted(revisit.StartPlanned(context, RevisitAction.Add, reason));
        return revisit;
    }

    public Refusal? Move(CommandContext context, DateOnly to, string reason, Project project) =>
        Move(context, to, reason, project, byHand: true);

    /// <summary>Takes the date that a new plan gives it; it moves with it unless a person has fixed another date
    /// that is still inside.</summary>
    public void FollowPlan(CommandContext context, DateOnly planDate, string reason, Project project)
    {
        if (!IsFixedIn(project) && DueOn != planDate)
        {
            PlanDate = planDate;
            EnsureAccepted(Move(context, planDate, reason, project, byHand: false));
        }
        else if (PlanDate != planDate)
        {
            EnsureAccepted(
                Transition(context, RevisitAction.FollowPlan, why: reason, change: () => PlanDate = planDate)
            );
        }
    }

    /// <summary>Whether a person has chosen its date, and the date is still inside: a new plan leaves it where
    /// it is.</summary>
    public bool IsFixedIn(Project project) =>
        (IsMovedByHand || State == RevisitState.Opened)
        && DueOn >= project.HandedOverOn
        && DueOn <= project.HorizonEndsOn;

    /// <summary>A new plan has no use for it. The last active one is moved to the plan's last day instead.</summary>
    public void LeavePlan(CommandContext context, string reason, Project project)
    {
        if (RevisitPlanning.MayCancel(project.ActiveRevisits))
        {
            IsCancelledByPlan = true;
            EnsureAccepted(Cancel(context, reason, project));
        }
        else if (DueOn != project.HorizonEndsOn)
        {
            EnsureAccepted(Move(context, project.HorizonEndsOn!.Value, reason, project, byHand: false));
        }
    }

    /// <summary>Reminds the people concerned; once for each of the policy's days, and again after the date was
    /// moved.</summary>
    public Refusal? Remind(CommandContext context) =>
        Transition(
            context,
            RevisitAction.Remind,
            change: () =>
            {
                RemindedOn = context.Today;
                Raise(
                    new RevisitReminderDue(
                        Id,
                        Version,
                        ProjectId,
                        OwnerId,
                        Ordinal,
                        DueOn,
                        DueOn.DayNumber - context.Today.DayNumber
                    )
                );
            }
        );

    public Refusal? Cancel(CommandContext context, string reason, Project project) =>
        Transition(
            context,
            RevisitAction.Cancel,
            new CancelInput(project.ActiveRevisits),
            reason,
            () =>
            {
                CancelReason = reason;
                project.CountCancelled(context, reason);
                Raise(new RevisitCancelled(Id, Version, ProjectId, OwnerId, reason));
            }
        );

    /// <summary>Production opens the file and fixes the date (P2.1.2).</summary>
    /// <param name="context">Who and when.</param>
    /// <param name="on">The date; null leaves the planned one.</param>
    /// <param name="purpose">What is to be looked at.</param>
    /// <param name="reason">Why the date differs from the planned one.</param>
    /// <param name="project">The project.</param>
    public Refusal? Open(CommandContext context, DateOnly? on, string? purpose, string? reason, Project project)
    {
        var date = on ?? DueOn;
        return Transition(
            context,
            RevisitAction.Open,
            DateIn(project, date, date == DueOn || !string.IsNullOrWhiteSpace(reason)),
            reason ?? purpose,
            () =>
            {
                FileNumber = $"{project.ContractNumber}/HF-{Ordinal:00}";
                Purpose = purpose;
                if (date != DueOn)
                {
                    Reschedule(date, reason!, byHand: true);
                }
            }
        );
    }

    /// <summary>The visit took place (P2.2.1, P2.2.2).</summary>
    public Refusal? Hold(CommandContext context, HeldRecord record, Project project, Contact? ownerContact) =>
        CheckRole(context, RevisitAction.Hold)
        ?? WarrantyTerms.CheckParts(record.Findings.Select(f => f.Part), context.Policy.Warranty)
        ?? project.CheckUser(record.UserId)
        ?? Transition(
            context,
            RevisitAction.Hold,
            new HoldInput(record, project.Team, project.HandedOverOn!.Value, project.HorizonEndsOn!.Value),
            change: () =>
            {
                HeldOn = record.On;
                Form = record.Form;
                Attendees = record.Attendees;
                Findings = record.Findings;
                OwnerRepresentative = record.Owner;
                OwnerOpinion = record.OwnerOpinion;
                OpinionOf = project.User(record.UserId);
                project.CountHeld(context);
                Raise(
                    new RevisitHeld(Id, Version, ProjectId, OwnerId, Ordinal, DueOn, record.On, record.Findings.Count)
                );
                foreach (var finding in record.Findings)
                {
                    Announce(finding, project, ownerContact);
                }
            }
        );

    public Refusal? RecordFinding(CommandContext context, Finding finding, Project project, Contact? ownerContact) =>
        CheckRole(context, RevisitAction.RecordFinding)
        ?? WarrantyTerms.CheckParts([finding.Part], context.Policy.Warranty)
        ?? Transition(
            context,
            RevisitAction.RecordFinding,
            finding,
            change: () =>
            {
                Findings = [.. Findings, finding];
                Announce(finding, project, ownerContact);
            }
        );

    /// <summary>Explains a finding, or asks for a repair or a CAPA after it was recorded: liability is often known
    /// later.</summary>
    public Refusal? FollowUp(CommandContext context, FollowUpInput input, Project project, Contact? ownerContact) =>
        Transition(
            context,
            RevisitAction.FollowUp,
            input,
            change: () =>
            {
                var before = Finding(input.FindingId)!;
                var after = input.After(before);
                Findings = [.. Findings.Select(f => f.Id == before.Id ? after : f)];
                if (after.RepairWanted && !before.RepairWanted)
                {
                    RequestRepair(after, project, ownerContact);
                }

                if (after.CapaWanted && !before.CapaWanted)
                {
                    RequestCapa(after, project);
                }
            }
        );

    /// <summary>Quality asked for one CAPA for several faults, this finding among them (P3.3.2): it needs none of its
    /// own.</summary>
    public void JoinFaultGroup(CommandContext context, Guid findingId, Guid groupId, string subject)
    {
        if (Finding(findingId) is not { CapaGroupId: null })
        {
            return;
        }

        Findings = [.. Findings.Select(f => f.Id == findingId ? f with { CapaGroupId = groupId } : f)];
        Record(context, "join-fault-group", StateName, StateName, subject);
    }

    /// <summary>The owner's opinion and signature on form 3.3.1.</summary>
    public Refusal? Sign(CommandContext context, SignInput input, Project project) =>
        CheckRole(context, RevisitAction.Sign)
        ?? project.CheckUser(input.UserId)
        ?? Transition(
            context,
            RevisitAction.Sign,
            input,
            change: () =>
            {
                OwnerOpinion = input.Opinion ?? OwnerOpinion;
                OpinionOf = project.User(input.UserId) ?? OpinionOf;
                Heading = FormHeading.Of(project);
                OwnerSignature = new Signature(
                    input.PrintedName,
                    context.Now,
                    SignatureMeaning,
                    input.ImageId?.ToString()
                );
            }
        );

    /// <summary>The opinion is recorded instead of signed (form 3.3.1, 簽章或記錄).</summary>
    public Refusal? RecordOpinion(CommandContext context, OpinionInput input, Project project) =>
        CheckRole(context, RevisitAction.RecordOpinion)
        ?? project.CheckUser(input.UserId)
        ?? Transition(
            context,
            RevisitAction.RecordOpinion,
            input,
            input.WhyUnsigned,
            () =>
            {
                OwnerOpinion = input.Opinion ?? OwnerOpinion;
                OpinionOf = project.User(input.UserId) ?? OpinionOf;
                Heading = FormHeading.Of(project);
                OpinionRecord = new(input.GivenBy, input.Method, input.On, input.WhyUnsigned, Stamp.Of(context));
            }
        );

    /// <summary>Quality decides cause and liability of every finding, and whether a CAPA must open (P2.2.3).</summary>
    /// <param name="context">Who and when.</param>
    /// <param name="findings">The decisions; a subcontractor is named by id or name.</param>
    /// <param name="remarks">Further words for the form.</param>
    /// <param name="project">The project.</param>
    /// <param name="known">What other revisits have found of the same parts and causes.</param>
    public Refusal? AssessLiability(
        CommandContext context,
        IReadOnlyList<FindingLiability> findings,
        string? remarks,
        Project project,
        IReadOnlyList<FaultRecurrence> known
    )
    {
        var assessment = new LiabilityAssessment(
            [
                .. findings
                    .Select(decided => WithSubcontractor(decided, project.Packages))
                    .Select(decided => WithGround(decided, findings, known, context.Policy.Revisits.Recurrence)),
            ],
            remarks,
            Stamp.Of(context)
        );
        return Transition(
            context,
            RevisitAction.AssessLiability,
            new AssessInput(assessment, project.Packages),
            remarks,
            () =>
            {
                Assessment = assessment;
                foreach (var decided in assessment.Findings)
                {
                    Raise(
                        new FindingAssessed(
                            Id,
                            Version,
                            decided.FindingId,
                            ProjectId,
                            OwnerId,
                            Finding(decided.FindingId)!.Part,
                            decided.Liability.ToKebab(),
                            decided.CauseCode.ToKebab(),
                            decided.ResponsibleUnit,
                            decided.ResponsibleUnitId,
                            decided.Systemic,
                            context.Today
                        )
                    );
                }
            }
        );
    }

    public Refusal? SetDisposition(CommandContext context, string text) =>
        Transition(
            context,
            RevisitAction.SetDisposition,
            why: text,
            change: () => Disposition = new Disposition(text, Stamp.Of(context))
        );

    public Refusal? Close(CommandContext context)
    {
        var refusal = Transition(
            context,
            RevisitAction.Close,
            new CloseInput(),
            change: () =>
            {
                ClosedOn = context.Today;
                Raise(new RevisitClosed(Id, Version, ProjectId, OwnerId, context.Today));
            }
        );
        return refusal?.Code switch
        {
            RevisitFlow.TextsMissing => NameEach(refusal, WithoutTexts, finding => finding.MissingTexts) with
            {
                Missing = [.. WithoutTexts.SelectMany(finding => finding.MissingTexts).Distinct()],
            },
            RevisitFlow.CapaMissing => NameEach(refusal, WithoutCapa, _ => refusal.Missing),
            _ => refusal,
        };
    }

    public Refusal? MarkOverdue(CommandContext context) =>
        Transition(
            context,
            RevisitAction.MarkOverdue,
            change: () =>
            {
                MarkedOverdueFor = DueOn;
                Raise(new RevisitOverdue(Id, Version, ProjectId, OwnerId, DueOn));
            }
        );

    /// <summary>The owner turned out to be another organisation that is known, or not to be it after all (S4). What was
    /// signed keeps its words.</summary>
    public void MoveOwner(CommandContext context, Guid ownerId, string name)
    {
        OwnerId = ownerId;
        Record(context, "owner-merged", State.ToKebab(), State.ToKebab(), name);
    }

    /// <summary>The project has another number or name now.</summary>
    public void FollowProject(CommandContext context, Project project)
    {
        (ProjectNumber, ProjectName) = (project.ContractNumber, project.Name);
        Record(context, "project-renamed", State.ToKebab(), State.ToKebab(), project.Name);
    }

    private static Revisit New(CommandContext context, Project project, DateOnly due, int? slot) =>
        new()
        {
            Id = Guid.CreateVersion7(context.Now),
            ProjectId = project.Id,
            OwnerId = project.OwnerId,
            ProjectNumber = project.ContractNumber,
            ProjectName = project.Name,
            PolicyVersion = project.PolicyVersion,
            Ordinal = slot is null ? project.CountAdded(context) : project.CountPlanned(),
            DueOn = due,
            PlanDate = slot is null ? null : due,
            PlanSlot = slot,
            IsMovedByHand = slot is null,
        };

    // Handed over after the longest finite term had ended, the project has its one planned revisit on that
    // term's last day.
    private static PlannedDate DateIn(Project project, DateOnly on, bool isExplained = true) =>
        new(
            on,
            project.HandedOverOn <= project.HorizonEndsOn ? project.HandedOverOn.Value : project.HorizonEndsOn!.Value,
            project.HorizonEndsOn!.Value,
            isExplained
        );

    // By its place on the form for a reader, by its identity for a program.
    private Refusal NameEach(
        Refusal refusal,
        IEnumerable<Finding> findings,
        Func<Finding, IReadOnlyList<string>> missing
    )
    {
        var each = findings.ToList();
        return refusal
            .With("numbers", string.Join(", ", each.Select(finding => Findings.ToList().IndexOf(finding) + 1)))
            .With("findings", each.Select(finding => new MissingOfFinding(finding.Id, missing(finding))).ToList());
    }

    private FindingLiability WithGround(
        FindingLiability decided,
        IReadOnlyList<FindingLiability> all,
        IReadOnlyList<FaultRecurrence> known,
        RecurrencePolicy policy
    )
    {
        var part = Finding(decided.FindingId)?.Part ?? "";
        var times = all.Count(other =>
            other.IsConstructionFault && other.CauseCode == decided.CauseCode && Finding(other.FindingId)?.Part == part
        );
        return decided with { CapaGround = FaultRecurrence.GroundOf(decided, part, times, known, policy) };
    }

    private static void EnsureAccepted(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException($"A plan that follows the rules is never refused: {refusal.Code}.");
        }
    }

    // Among the subcontractors of the part by id, else by name; of two with one name only the id tells which.
    private FindingLiability WithSubcontractor(FindingLiability decided, IReadOnlyList<SubcontractPackage> packages)
    {
        if (decided.Liability != Liability.Subcontractor || Finding(decided.FindingId)?.Part is not { } part)
        {
            return decided with { ResponsibleUnitId = null };
        }

        var units = packages
            .Where(p =>
                p.Parts.Contains(part)
                && (
                    decided.ResponsibleUnitId is { } id
                        ? p.SubcontractorId == id
                        : p.SubcontractorName == decided.ResponsibleUnit.Trim()
                )
            )
            .DistinctBy(p => p.SubcontractorId)
            .ToList();
        return units is [var unit]
            ? decided with
            {
                ResponsibleUnit = unit.SubcontractorName,
                ResponsibleUnitId = unit.SubcontractorId,
            }
            : decided with
            {
                ResponsibleUnitId = null,
            };
    }

    private Refusal? StartPlanned(CommandContext context, RevisitAction action, string? reason)
    {
        var refusal = Start(context, action, reason);
        if (refusal is null)
        {
            Raise(new RevisitPlanned(Id, Version, ProjectId, OwnerId, Ordinal, DueOn));
        }

        return refusal;
    }

    private Refusal? Move(CommandContext context, DateOnly to, string reason, Project project, bool byHand) =>
        Transition(context, RevisitAction.Move, DateIn(project, to), reason, () => Reschedule(to, reason, byHand));

    private void Reschedule(DateOnly to, string reason, bool byHand)
    {
        Raise(new RevisitMoved(Id, Version, ProjectId, OwnerId, DueOn, to, reason));
        DueOn = to;
        RemindedOn = null;
        IsMovedByHand = byHand;
    }

    private void Announce(Finding finding, Project project, Contact? contact)
    {
        Raise(
            new FindingRecorded(
                Id,
                Version,
                finding.Id,
                ProjectId,
                project.Name,
                OwnerId,
                finding.Part,
                finding.Location,
                finding.Description,
                finding.Severity.ToKebab(),
                HeldOn!.Value,
                project.ContractNumber
            )
        );
        if (finding.RepairWanted)
        {
            RequestRepair(finding, project, contact);
        }

        if (finding.CapaWanted)
        {
            RequestCapa(finding, project);
        }
    }

    private void RequestRepair(Finding finding, Project project, Contact? contact) =>
        Raise(
            new RepairRequested(
                Id,
                Version,
                finding.Id,
                ProjectId,
                project.Name,
                project.ContractNumber,
                OwnerId,
                project.OwnerName,
                OwnerRepresentative?.Name ?? contact?.Name ?? project.OwnerName,
                OwnerRepresentative?.Phone ?? contact?.Phone ?? "",
                finding.Part,
                finding.Location,
                finding.Description,
                finding.Severity.ToKebab(),
                HeldOn!.Value
            )
        );

    private void RequestCapa(Finding finding, Project project) =>
        Raise(
            new CapaRequested(
                Id,
                Version,
                finding.Id,
                ProjectId,
                project.Name,
                project.ContractNumber,
                OwnerId,
                project.OwnerName,
                finding.Part,
                finding.Location,
                finding.Description,
                finding.Severity.ToKebab(),
                HeldOn!.Value
            )
        );
}
