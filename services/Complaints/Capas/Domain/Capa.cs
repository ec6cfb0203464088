using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;

namespace CustomerService.Complaints.Domain;

/// <summary>What the responsible department proposes (C5.4).</summary>
/// <param name="Disposition">What happens to the goods or the works concerned.</param>
/// <param name="Cause">Main cause.</param>
/// <param name="Correction">Corrective action: against the cause of what happened.</param>
/// <param name="Prevention">Preventive action: so that it does not recur.</param>
internal sealed record Proposal(
    string Disposition,
    string Cause,
    string Correction,
    string Prevention,
    Person By,
    DateOnly On
);

internal sealed record Review(bool Approved, string Opinion, Person By, DateOnly On);

internal sealed record Execution(string Record, DateOnly On, bool InTime, Person By);

internal sealed record Verification(bool Effective, string Evidence, Person By, DateOnly On);

/// <summary>A pass that did not last: sent back, ineffective, or recurred after "effective".</summary>
internal sealed record ActionRound(
    int Number,
    DateOnly? DueOn,
    Proposal? Proposal,
    Review? Review,
    Execution? Execution,
    Verification? Verification,
    string EndedBy,
    string Reason,
    DateOnly EndedOn
);

internal sealed record RecurrenceInput(DateOnly? DueOn);

/// <summary>What a finding of a revisit tells (P2.2.2).</summary>
internal sealed record Finding(
    Guid FindingId,
    Guid ProjectId,
    string ProjectName,
    string ContractNumber,
    string PartCode,
    string Location,
    string Description
);

/// <summary>A corrective action (CAPA), C5.4 and C5.6.2.</summary>
internal sealed class CorrectiveAction : Aggregate<CorrectiveAction, CorrectiveActionState, CorrectiveActionStep>
{
    public const string Form = "CAPA";
    public const string FromComplaint = "complaint";
    public const string FromRevisit = "revisit";

    private CorrectiveAction() { }

    protected override Flow<CorrectiveAction, CorrectiveActionState, CorrectiveActionStep> Table =>
        CorrectiveActionFlow.Table;

    public override string Kind => "corrective-action";

    public string Number { get; private set; } = "";

    public int PolicyVersion { get; private set; }

    /// <summary><c>complaint</c> or <c>revisit</c>.</summary>
    public string Source { get; private set; } = "";

    /// <summary>The complaint or the finding.</summary>
    public Guid SourceId { get; private set; }

    /// <summary>Number of the complaint or of the contract, for people.</summary>
    public string SourceNumber { get; private set; } = "";

    public Guid? ComplaintId { get; private set; }

    public Guid? ProjectId { get; private set; }

    public string Subject { get; private set; } = "";

    public string Description { get; private set; } = "";

    public string? Department { get; private set; }

    public DateOnly OpenedOn { get; private set; }

    /// <summary>Last day of execution that is in time.</summary>
    public DateOnly? DueOn { get; private set; }

    public Proposal? Proposal { get; private set; }

    public Review? Review { get; private set; }

    public Execution? Execution { get; private set; }

    public Verification? Verification { get; private set; }

    /// <summary>How often the effect was not there.</summary>
    public int Ineffective { get; private set; }

    /// <summary>How often it came back after it had been found effective.</summary>
    public int Recurrences { get; private set; }

    public DateOnly? ClosedOn { get; private set; }

    public IReadOnlyList<ActionRound> Rounds { get; private set; } = [];

    public static (CorrectiveAction? Action, Refusal? Refusal) OpenFor(
        Complaint complaint,
        FlowContext context,
        string number,
        string department,
        DateOnly dueOn,
        string description
    )
    {
        var action = new CorrectiveAction { Id = Guid.CreateVersion7(context.Now) };
        if (action.Begin(CorrectiveActionStep.OpenForComplaint, context, description) is { } refusal)
        {
            return (null, refusal);
        }

        action.Number = number;
        action.PolicyVersion = context.PolicyVersion;
        action.Source = FromComplaint;
        action.SourceId = complaint.Id;
        action.SourceNumber = complaint.Number;
        action.ComplaintId = complaint.Id;
        action.ProjectId = complaint.ProjectId;
        action.Subject = complaint.Subject;
        action.Description = description;
        action.Department = department;
        action.OpenedOn = context.Today;
        action.DueOn = dueOn;
        action.Announce();
        return (action, null);
    }

    public static (CorrectiveAction? Action, Refusal? Refusal) OpenFor(
        Finding finding,
        FlowContext context,
        string number
    )
    {
        var action = new CorrectiveAction { Id = Guid.CreateVersion7(context.Now) };
        if (action.Begin(CorrectiveActionStep.OpenForFinding, context, finding.Description) is { } refusal)
        {
            return (null, refusal);
        }

        action.Number = number;
        action.PolicyVersion = context.PolicyVersion;
        action.Source = FromRevisit;
        action.SourceId = finding.FindingId;
        action.SourceNumber = finding.ContractNumber;
        action.ProjectId = finding.ProjectId;
        action.Subject = $"{finding.ProjectName} · {finding.Location}";
        action.Description = finding.Description;
        action.OpenedOn = context.Today;
        action.Announce();
        return (action, null);
    }

    public Refusal? Assign(FlowContext context, string department, DateOnly dueOn, string? reason) =>
        Apply(
            CorrectiveActionStep.Assign,
            context,
            dueOn,
            reason ?? department,
            () =>
            {
                Department = department;
                DueOn = dueOn;
                Raise(new CorrectiveActionAssigned(Id, Version, SourceId, department, dueOn, context.Today));
            }
        );

    public Refusal? Propose(
        FlowContext context,
        string disposition,
        string cause,
        string correction,
        string prevention
    ) =>
        Apply(
            CorrectiveActionStep.Propose,
            context,
            why: cause,
            change: () =>
            {
                Proposal = new(disposition, cause, correction, prevention, Person.Of(context.Actor), context.Today);
                Review = null;
                Raise(new CorrectiveActionAnalysed(Id, Version, SourceId, context.Today));
            }
        );

    public Refusal? Approve(FlowContext context, string opinion) =>
        Apply(
            CorrectiveActionStep.Approve,
            context,
            why: opinion,
            change: () =>
            {
                Review = new(true, opinion, Person.Of(context.Actor), context.Today);
                Raise(new CorrectiveActionReviewed(Id, Version, SourceId, true, context.Today));
            }
        );

    public Refusal? SendBack(FlowContext context, string reason) =>
        Apply(
            CorrectiveActionStep.SendBack,
            context,
            why: reason,
            change: () =>
            {
                Review = new(false, reason, Person.Of(context.Actor), context.Today);
                EndRound("sent-back", reason, context.Today);
                Raise(new CorrectiveActionReviewed(Id, Version, SourceId, false, context.Today));
            }
        );

    public Refusal? Execute(FlowContext context, string record, DateOnly executedOn) =>
        Apply(
            CorrectiveActionStep.Execute,
            context,
            executedOn,
            record,
            () =>
            {
                Execution = new(record, executedOn, executedOn <= DueOn, Person.Of(context.Actor));
                Raise(new CorrectiveActionExecuted(Id, Version, SourceId, executedOn, Execution.InTime));
            }
        );

    public Refusal? VerifyEffective(FlowContext context, string evidence) =>
        Apply(
            CorrectiveActionStep.VerifyEffective,
            context,
            why: evidence,
            change: () =>
            {
                Verification = new(true, evidence, Person.Of(context.Actor), context.Today);
                ClosedOn = context.Today;
                Raise(new CorrectiveActionVerified(Id, Version, SourceId, true, context.Today));
            }
        );

    public Refusal? VerifyIneffective(FlowContext context, string evidence, DateOnly dueOn) =>
        Apply(
            CorrectiveActionStep.VerifyIneffective,
            context,
            dueOn,
            evidence,
            () =>
            {
                Verification = new(false, evidence, Person.Of(context.Actor), context.Today);
                Ineffective++;
                EndRound("ineffective", evidence, context.Today);
                DueOn = dueOn;
                Raise(new CorrectiveActionVerified(Id, Version, SourceId, false, context.Today, dueOn));
            }
        );

    public Refusal? Reopen(FlowContext context, string reason, DateOnly? dueOn) =>
        Apply(
            CorrectiveActionStep.Reopen,
            context,
            new RecurrenceInput(dueOn),
            reason,
            () =>
            {
                Recurrences++;
                EndRound("recurred", reason, context.Today);
                DueOn = dueOn;
                ClosedOn = null;
                Raise(new CorrectiveActionReopened(Id, Version, SourceId, reason, context.Today, dueOn));
            }
        );

    private void Announce() =>
        Raise(new CorrectiveActionOpened(Id, Version, Number, Source, SourceId, Department, OpenedOn, DueOn));

    private void EndRound(string endedBy, string reason, DateOnly on)
    {
        Rounds =
        [
            .. Rounds,
            new(Rounds.Count + 1, DueOn, Proposal, Review, Execution, Verification, endedBy, reason, on),
        ];
        (Proposal, Review, Execution, Verification) = (null, null, null, null);
    }
}
