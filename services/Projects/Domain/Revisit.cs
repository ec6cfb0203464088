using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;

namespace CustomerService.Projects.Domain;

/// <summary>One revisit (回訪) of a project, from its planned date to the complete form 3.3.1.</summary>
internal sealed class Revisit : Aggregate<Revisit, RevisitState, RevisitAction>
{
    protected override Flow<Revisit, RevisitState, RevisitAction> Table => RevisitFlow.Table;

    public override string Kind => "revisit";

    public Guid ProjectId { get; private set; }

    public Guid OwnerId { get; private set; }

    /// <summary>1, 2, 3 … within the project.</summary>
    public int Number { get; private set; }

    /// <summary>The date for which it is planned now.</summary>
    public DateOnly DueOn { get; private set; }

    /// <summary>The date that the plan gave it (P2.1.1); null for one that a person added.</summary>
    public DateOnly? PlanDate { get; private set; }

    /// <summary>Its place in the plan, from 1; null for one that a person added.</summary>
    public int? PlanSlot { get; private set; }

    /// <summary>True where a new plan had no use for it; a plan that has may then plan its place anew.</summary>
    public bool IsCancelledByPlan { get; private set; }

    /// <summary>True once a person has chosen the date; a new plan then leaves it alone.</summary>
    public bool IsMovedByHand { get; private set; }

    public int PolicyVersion { get; private set; }

    /// <summary>Number of the revisit's file (P3.3), from when production opened it.</summary>
    public string? FileNumber { get; private set; }

    public string? Purpose { get; private set; }

    /// <summary>The due date for which its being overdue was announced.</summary>
    public DateOnly? OverdueNotedFor { get; private set; }

    /// <summary>The day of the last reminder.</summary>
    public DateOnly? RemindedOn { get; private set; }

    public DateOnly? HeldOn { get; private set; }

    public RevisitForm? Form { get; private set; }

    public IReadOnlyList<Attendee> Attendees { get; private set; } = [];

    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    public OwnerRepresentative? OwnerRepresentative { get; private set; }

    public string? OwnerOpinion { get; private set; }

    public Signature? OwnerSignature { get; private set; }

    public Judgement? Judgement { get; private set; }

    public Disposition? Disposition { get; private set; }

    public DateOnly? ClosedOn { get; private set; }

    public string? CancelReason { get; private set; }

    /// <summary>Whether every fault that quality puts down to the construction is explained, with a proposed
    /// solution (P2.2.2).</summary>
    public bool AreFaultsAnswered =>
        Judgement
            ?.Findings.Where(j => j.Liability is Liability.Contractor or Liability.Subcontractor)
            .All(j => Findings.FirstOrDefault(f => f.Id == j.FindingId)?.IsExplained != false) != false;

    public bool IsOpen => State is RevisitState.Planned or RevisitState.Opened;

    public FlowContext At(FlowContext context) => context with { PolicyVersion = PolicyVersion };

    /// <summary>A revisit of the plan.</summary>
    public static Revisit Generate(Project project, int slot, DateOnly due, FlowContext context)
    {
        var revisit = New(project, due, slot, context, record: false);
        return revisit.Start(RevisitAction.Plan, context, null) is { } refusal
            ? throw new InvalidOperationException($"Whoever hands over may plan revisits; refused: {refusal.Code}.")
            : revisit;
    }

    /// <summary>A revisit that a person adds to the plan.</summary>
    public static Refusal? Add(Project project, DateOnly due, string reason, FlowContext context, out Revisit revisit)
    {
        revisit = null!;
        // Who may not is told so before anything of the project, and the project counts nothing.
        if (new Revisit().Begin(RevisitAction.Add, context) is { } forbidden)
        {
            return forbidden;
        }

        if (project is not { State: ProjectState.HandedOver, HandedOverOn: { } from, HorizonEndsOn: { } through })
        {
            return Refusal.ByRule("not-handed-over", "P2.1.1", ["handover"], Roles.Engineering, Roles.EngineeringHead);
        }

        if (due < from || due > through)
        {
            return due < from
                ? Refusal.ByRule("revisit-before-handover", "P2.1.1", ["date-from-handover"], Roles.Production)
                : Refusal.ByRule("revisit-after-horizon", "P2.1.1", ["date-inside-warranty"], Roles.Production);
        }

        revisit = New(project, due, null, context, record: true);
        return revisit.Start(RevisitAction.Add, context, reason);
    }

    public Refusal? Move(DateOnly to, string reason, Project project, FlowContext context, bool byHand = true) =>
        Apply(RevisitAction.Move, At(context), DateIn(project, to), reason, () => Reschedule(to, reason, byHand));

    /// <summary>Takes the date that a new plan gives it; it moves with it where nobody has fixed another date
    /// that is still inside.</summary>
    public void FollowPlan(DateOnly planDate, string reason, Project project, FlowContext context)
    {
        if (!IsFixedIn(project) && DueOn != planDate)
        {
            PlanDate = planDate;
            Must(Move(planDate, reason, project, context, byHand: false));
        }
        else if (PlanDate != planDate)
        {
            Must(Apply(RevisitAction.FollowPlan, At(context), why: reason, change: () => PlanDate = planDate));
        }
    }

    /// <summary>Whether a person has chosen its date, and the date is still inside: a new plan leaves it where
    /// it is.</summary>
    public bool IsFixedIn(Project project) =>
        (IsMovedByHand || State == RevisitState.Opened)
        && DueOn >= project.HandedOverOn
        && DueOn <= project.HorizonEndsOn;

    /// <summary>A new plan has no use for it. The last one that stands is moved to the plan's last day
    /// instead.</summary>
    public void LeavePlan(string reason, Project project, FlowContext context)
    {
        if (project.StandingRevisits > 1)
        {
            IsCancelledByPlan = true;
            Must(Cancel(reason, project, context));
        }
        else if (DueOn != project.HorizonEndsOn)
        {
            Must(Move(project.HorizonEndsOn!.Value, reason, project, context, byHand: false));
        }
    }

    /// <summary>The people concerned are reminded; once for each of the policy's days, and anew after the date
    /// was moved.</summary>
    public Refusal? Remind(RevisitPolicy policy, FlowContext context) =>
        Apply(
            RevisitAction.Remind,
            At(context),
            policy,
            change: () =>
            {
                RemindedOn = context.Today;
                Raise(
                    new RevisitReminderDue(
                        Id,
                        Version,
                        ProjectId,
                        OwnerId,
                        Number,
                        DueOn,
                        DueOn.DayNumber - context.Today.DayNumber
                    )
                );
            }
        );

    /// <summary>Whether a reminder day has come for which nobody was reminded yet.</summary>
    public bool IsReminderDue(RevisitPolicy policy, DateOnly today) =>
        Deadlines.IsReminderDue(DueOn, policy.ReminderDays, RemindedOn, today);

    public Refusal? Cancel(string reason, Project project, FlowContext context) =>
        Apply(
            RevisitAction.Cancel,
            At(context),
            new Cancellation(project.StandingRevisits),
            reason,
            () =>
            {
                CancelReason = reason;
                project.CountCancelled(context, reason);
                Raise(new RevisitCancelled(Id, Version, ProjectId, OwnerId, reason));
            }
        );

    /// <summary>Production opens the file and fixes the date (P2.1.2).</summary>
    public Refusal? Open(DateOnly on, string? purpose, string? reason, Project project, FlowContext context) =>
        Apply(
            RevisitAction.Open,
            At(context),
            DateIn(project, on, on == DueOn || !string.IsNullOrWhiteSpace(reason)),
            reason ?? purpose,
            () =>
            {
                FileNumber = $"{project.ContractNumber}/HF-{Number:00}";
                Purpose = purpose;
                if (on != DueOn)
                {
                    Reschedule(on, reason!, byHand: true);
                }
            }
        );

    public Refusal? Hold(HeldRecord record, Project project, Contact? ownerContact, FlowContext context) =>
        Apply(
            RevisitAction.Hold,
            At(context),
            new Holding(record, project.Team, project.HandedOverOn!.Value, project.HorizonEndsOn!.Value),
            change: () =>
            {
                HeldOn = record.On;
                Form = record.Form;
                Attendees = record.Attendees;
                Findings = record.Findings;
                OwnerRepresentative = record.Owner;
                OwnerOpinion = record.OwnerOpinion;
                project.CountHeld(context);
                Raise(
                    new RevisitHeld(Id, Version, ProjectId, OwnerId, Number, DueOn, record.On, record.Findings.Count)
                );
                foreach (var finding in record.Findings)
                {
                    Announce(finding, project, ownerContact);
                }
            }
        );

    public Refusal? RecordFinding(Finding finding, Project project, Contact? ownerContact, FlowContext context) =>
        Apply(
            RevisitAction.RecordFinding,
            At(context),
            finding,
            change: () =>
            {
                Findings = [.. Findings, finding];
                Announce(finding, project, ownerContact);
            }
        );

    /// <summary>
    /// Explains a finding, or asks for a repair or a corrective action after it was recorded: liability is
    /// often known later. Whoever opens them takes one a
    /// finding, so that the finding can be announced again.
    /// </summary>
    public Refusal? FollowUp(FollowingUp asked, Project project, Contact? ownerContact, FlowContext context) =>
        Apply(
            RevisitAction.FollowUp,
            At(context),
            asked,
            change: () =>
            {
                Findings = [.. Findings.Select(f => f.Id == asked.Before.Id ? asked.After : f)];
                if (asked.AsksForMore)
                {
                    Announce(asked.After, project, ownerContact);
                }
            }
        );

    /// <summary>The owner's opinion and signature on form 3.3.1.</summary>
    public Refusal? Sign(Signing signing, FlowContext context) =>
        Apply(
            RevisitAction.Sign,
            At(context),
            signing,
            change: () =>
            {
                OwnerOpinion = signing.Opinion ?? OwnerOpinion;
                OwnerSignature = signing.Signature;
            }
        );

    public Refusal? DecideLiability(Judgement judgement, Project project, FlowContext context) =>
        Apply(
            RevisitAction.DecideLiability,
            At(context),
            new Judging(judgement, project.Packages),
            judgement.Remarks,
            () => Judgement = judgement
        );

    public Refusal? SetDisposition(Disposition disposition, FlowContext context) =>
        Apply(
            RevisitAction.SetDisposition,
            At(context),
            disposition,
            disposition.Text,
            () => Disposition = disposition
        );

    public Refusal? Close(FlowContext context) =>
        Apply(
            RevisitAction.Close,
            At(context),
            change: () =>
            {
                ClosedOn = context.Today;
                Raise(new RevisitClosed(Id, Version, ProjectId, OwnerId, context.Today));
            }
        );

    public Refusal? NoteOverdue(FlowContext context) =>
        Apply(
            RevisitAction.NoteOverdue,
            At(context),
            change: () =>
            {
                OverdueNotedFor = DueOn;
                Raise(new RevisitOverdue(Id, Version, ProjectId, OwnerId, DueOn));
            }
        );

    private static Revisit New(Project project, DateOnly due, int? slot, FlowContext context, bool record) =>
        new()
        {
            Id = Guid.CreateVersion7(context.Now),
            ProjectId = project.Id,
            OwnerId = project.OwnerId,
            PolicyVersion = project.PolicyVersion,
            Number = project.CountPlanned(context, record),
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

    private Refusal? Start(RevisitAction action, FlowContext context, string? reason)
    {
        var refusal = Begin(action, At(context), reason);
        if (refusal is null)
        {
            Raise(new RevisitPlanned(Id, Version, ProjectId, OwnerId, Number, DueOn));
        }

        return refusal;
    }

    private void Reschedule(DateOnly to, string reason, bool byHand)
    {
        Raise(new RevisitMoved(Id, Version, ProjectId, OwnerId, DueOn, to, reason));
        DueOn = to;
        RemindedOn = null;
        IsMovedByHand = byHand;
    }

    private static void Must(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException($"A plan that follows the rules is never refused: {refusal.Code}.");
        }
    }

    private void Announce(Finding finding, Project project, Contact? contact) =>
        Raise(
            new FindingRecorded(
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
                Spelling.Kebab(finding.Severity.ToString()),
                HeldOn!.Value,
                finding.RepairWanted,
                finding.CorrectiveActionWanted
            )
        );
}
