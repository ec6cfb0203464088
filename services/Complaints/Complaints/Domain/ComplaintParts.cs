using CustomerService.Complaints.Capas.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>How a complaint reached the company.</summary>
internal enum Channel
{
    Phone,
    Mail,
    Visit,
    Revisit,
    Other,

    /// <summary>Registered by the customer on the portal.</summary>
    Portal,

    /// <summary>A survey response with an item graded 不滿意 (C5.9); by event only.</summary>
    Survey,
}

/// <summary>Kind of the record that a complaint comes from.</summary>
internal enum OriginKind
{
    Revisit,
    RepairOrder,
    Enquiry,
    Complaint,

    /// <summary>A survey response (C5.9); by event only.</summary>
    SurveyResponse,
}

/// <summary>Why the resolution target stands still. The first response never does (C1).</summary>
internal enum PauseReason
{
    WaitingForCustomer,
    WaitingForSample,
    WaitingForSupplier,
    ForceMajeure,

    /// <summary>Set by the system: the customer considered an answer and then objected.</summary>
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

/// <summary>Why a complaint goes to the management and the department heads meet (C5.5.1, C5.5.2).</summary>
internal enum EscalationReason
{
    NotImprovableInTime,
    CauseUnknown,
    LiabilityUnclear,
    MajorQualityProblem,
}

/// <summary>What the complaint is about: works or goods, as far as it is known.</summary>
internal sealed record Reference(
    Guid? ProjectId,
    string? ProjectName,
    string? ProductModel,
    string? SerialNumber,
    string? OrderNumber
)
{
    public static Reference None { get; } = new(null, null, null, null, null);
}

/// <summary>The record that the complaint comes from.</summary>
internal sealed record Origin(OriginKind Kind, Guid? Id, string? Number)
{
    /// <summary>Codes of the items that were graded 不滿意, for a survey response.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];
}

/// <summary>The first response to the customer (C1).</summary>
internal sealed record FirstResponse(string Message, bool InTime, Stamp By);

/// <param name="On">The company's date.</param>
internal sealed record Triage(TriageOutcome Outcome, string Note, DateOnly On, Stamp By);

/// <param name="On">The company's date.</param>
internal sealed record LiabilityRuling(
    Liability Liability,
    string? Department,
    string? CauseCode,
    string Findings,
    DateOnly On,
    Stamp By
);

/// <summary>What went back to the customer (C5.6.1).</summary>
internal sealed record CustomerAnswer(string Cause, string Traceability, string Conclusion, Stamp By);

/// <summary>The customer's confirmation, with the opinion that came with it (C5.6.1).</summary>
internal sealed record Confirmation(Signature Signature, string? Opinion, Stamp RecordedBy);

/// <summary>The customer did not accept this conclusion (C5.6.1).</summary>
internal sealed record Objection(string Reason, string RejectedConclusion, Stamp By);

/// <param name="To">Null while the pause lasts.</param>
internal sealed record ComplaintPause(
    DateTimeOffset From,
    DateTimeOffset? To,
    PauseReason Reason,
    string? Note,
    Stamp By
);

/// <summary>Reported to the sales manager or the general manager (C5.5).</summary>
/// <param name="Rule"><c>C5.5.1</c> or <c>C5.5.2</c>.</param>
/// <param name="EscalatedTo">Role.</param>
/// <param name="Round">Round of the complaint.</param>
internal sealed record Escalation(
    string Rule,
    EscalationReason Reason,
    string Note,
    string EscalatedTo,
    int Round,
    Stamp By
);

/// <summary>The department heads met (C5.5).</summary>
/// <param name="Reasons">The grounds that it dealt with.</param>
/// <param name="Departments">Codes of the departments that were there.</param>
/// <param name="Round">Round of the complaint.</param>
internal sealed record Meeting(
    IReadOnlyList<EscalationReason> Reasons,
    DateOnly HeldOn,
    string Chair,
    IReadOnlyList<string> Departments,
    IReadOnlyList<MeetingDecision> Decisions,
    int Round,
    Stamp By
);

/// <param name="Department">Code of the department that carries it out, where there is one.</param>
/// <param name="DueOn">By when.</param>
internal sealed record MeetingDecision(string What, string? Department, DateOnly? DueOn);

/// <summary>What a meeting is recorded with.</summary>
internal sealed record MeetingRecord(
    DateOnly HeldOn,
    string Chair,
    IReadOnlyList<string> Departments,
    IReadOnlyList<MeetingDecision> Decisions
);

/// <summary>What makes it a major quality problem, or not (C5.5.2).</summary>
/// <param name="Safety">People can be harmed.</param>
/// <param name="FaultCode">What is wrong with the product, as a code.</param>
/// <param name="Cost">What it costs the company, in yuan, as far as is known.</param>
internal sealed record Assessment(bool Safety, string? FaultCode, decimal? Cost, string Note, Stamp By);

/// <summary>What the complaint knows of a CAPA of its own. Saved in the same commit as the CAPA.</summary>
internal sealed record CapaSummary(Guid Id, string Number, string Department, CapaState State, DateOnly? DueOn)
{
    public bool IsOpen => State != CapaState.Closed;

    public bool IsReviewed => State is not (CapaState.Unassigned or CapaState.Analysis or CapaState.Review);

    public static CapaSummary Of(Capa capa) => new(capa.Id, capa.Number, capa.Department!, capa.State, capa.DueOn);
}

/// <summary>What was said between registration, or reopening, and closing, kept when the fault recurred.</summary>
internal sealed record ComplaintRound(
    int Number,
    DateTimeOffset OpenedAt,
    FirstResponse? Response,
    Triage? Triage,
    LiabilityRuling? Ruling,
    CustomerAnswer? Answer,
    Confirmation? Confirmation,
    Assessment? Assessment,
    DateOnly ClosedOn,
    string ReopenReason,
    DateOnly ReopenedOn,
    Stamp ReopenedBy
);

/// <summary>An organisation of the registry.</summary>
/// <param name="MayComplain">It is an owner or a product customer.</param>
internal sealed record Customer(string Name, bool MayComplain);

/// <summary>A project of the registry.</summary>
internal sealed record Works(string Name, Guid OwnerId);

/// <summary>What a complaint is registered with, as the caller or the event says it.</summary>
internal sealed record Intake
{
    /// <summary>Null for a customer: the own organisation.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The customer as the registry knows it, or that it does not (S3). An event brings the name
    /// itself.</summary>
    public Result<Customer>? Customer { get; init; }

    /// <summary>What the customer is called, where it comes by event.</summary>
    public string? CustomerName { get; init; }

    /// <summary>The project of the reference as the registry knows it, or that it does not.</summary>
    public Result<Works>? Works { get; init; }

    public required string Contact { get; init; }

    public required string Phone { get; init; }

    /// <summary>Null for a customer: the portal.</summary>
    public Channel? Channel { get; init; }

    public required string Subject { get; init; }

    public required string Description { get; init; }

    /// <summary>Null for a customer: minor.</summary>
    public Severity? Severity { get; init; }

    public Reference Reference { get; init; } = Reference.None;

    public Origin? Origin { get; init; }

    /// <summary>When it reached the company; null: now.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }
}

internal sealed record ConfirmInput(string? ConfirmedBy);

internal sealed record CloseInput(string? WithoutConfirmationReason);

/// <param name="HeldOn">Day of the meeting.</param>
internal sealed record MeetingInput(DateOnly HeldOn);
