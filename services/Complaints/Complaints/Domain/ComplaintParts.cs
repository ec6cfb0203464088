using CustomerService.Rules;

namespace CustomerService.Complaints.Domain;

/// <summary>How a complaint reached the company. One record whoever took it (C3.2.1).</summary>
internal enum Channel
{
    Phone,
    Mail,
    Visit,
    Revisit,
    Other,

    /// <summary>Registered by the customer himself.</summary>
    Portal,

    /// <summary>A form with an item graded 不滿意 (C5.9); by event only.</summary>
    Survey,
}

/// <summary>Why the resolution stands still. The first response never does (C1).</summary>
internal enum PauseReason
{
    WaitingForCustomer,
    WaitingForSample,
    WaitingForSupplier,
    ForceMajeure,

    /// <summary>Set by the system: the customer was thinking about an answer that he then objected to.</summary>
    WaitingForConfirmation,
}

/// <summary>Customer service's triage (C5.2).</summary>
internal enum TriageOutcome
{
    Explained,
    Solved,
    ToQc,
}

/// <summary>QC's ruling on liability (C5.3.1).</summary>
internal enum Liability
{
    Ours,
    NotOurs,
    Unclear,
}

/// <summary>Why the departments must meet (C5.5.1, C5.5.2).</summary>
internal enum MeetingGround
{
    NotImprovableInTime,
    CauseUnknown,
    LiabilityUnclear,
    MajorQualityProblem,
}

/// <summary>Who took part in something, as printed on the form.</summary>
internal sealed record Person(string Id, string Name, string? Department)
{
    public static Person Of(Actor actor) => new(actor.Id, actor.Name, actor.Department);
}

/// <summary>What the complaint is about: works or goods, as far as it is known.</summary>
internal sealed record Reference(
    Guid? ProjectId,
    string? ProjectName,
    string? ProductModel,
    string? SerialNumber,
    string? OrderNumber
);

/// <summary>Where the complaint comes from when it is not from a person's call: for example <c>survey-form</c>,
/// <c>revisit</c>, <c>repair-order</c>.</summary>
internal sealed record Origin(string Kind, Guid? Id, string? Number);

internal sealed record FirstResponse(DateTimeOffset At, Person By, string Message, bool InTime);

internal sealed record Triage(TriageOutcome Outcome, string Note, Person By, DateOnly On);

internal sealed record LiabilityRuling(
    Liability Liability,
    string? Department,
    string? CauseCode,
    string Findings,
    Person By,
    DateOnly On
);

/// <summary>What went back to the customer (C5.6.1).</summary>
internal sealed record Answer(string Cause, string Traceability, string Conclusion, Person By, DateTimeOffset At);

/// <summary>The customer's confirmation, with the opinion that came with it (C5.6.1).</summary>
internal sealed record Confirmation(Signature Signature, string? Opinion, Person RecordedBy);

internal sealed record Objection(string Reason, Person By, DateTimeOffset At, string RejectedConclusion);

internal sealed record ComplaintPause(
    DateTimeOffset From,
    DateTimeOffset? To,
    PauseReason Reason,
    string? Note,
    Person By
);

/// <summary>A report to the sales manager or the general manager after which the department heads meet
/// (C5.5).</summary>
internal sealed record MeetingReport(
    string Rule,
    MeetingGround Ground,
    string Note,
    string ReportedTo,
    Person By,
    DateTimeOffset At
);

/// <summary>A corrective action of this complaint as far as the complaint must know it. Changes in the same
/// commit as the action.</summary>
internal sealed record ActionLink(
    Guid Id,
    string Number,
    string Department,
    CorrectiveActionState State,
    DateOnly? DueOn
)
{
    public bool IsOpen => State != CorrectiveActionState.Closed;

    public bool IsReviewed =>
        State is CorrectiveActionState.Execution or CorrectiveActionState.Verification or CorrectiveActionState.Closed;
}

/// <summary>A life of the complaint that ended with closing and was followed by a recurrence.</summary>
internal sealed record ComplaintRound(
    int Number,
    DateTimeOffset OpenedAt,
    FirstResponse? Response,
    Triage? Triage,
    LiabilityRuling? Ruling,
    Answer? Answer,
    Confirmation? Confirmation,
    DateOnly ClosedOn,
    string ReopenReason,
    Person ReopenedBy,
    DateOnly ReopenedOn
);

/// <summary>What a complaint is registered with.</summary>
internal sealed record Intake(
    Guid CustomerId,
    string CustomerName,
    string Contact,
    string Phone,
    Channel Channel,
    string Subject,
    string Description,
    Severity Severity,
    Reference Reference,
    Origin? Origin,
    DateTimeOffset ReceivedAt
);

internal sealed record ClosingInput(string? WithoutConfirmationReason);

internal sealed record ReclassifyInput(Severity Severity, string Reason);
