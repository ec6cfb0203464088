using CustomerService.Complaints.ActionItems.Domain;
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

    /// <summary>Set by the system: handled with another complaint.</summary>
    Merged,
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

    /// <summary>The customer disputed a second answer (C5.6.1).</summary>
    DisputedAgain,
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
internal sealed record FirstResponse(string Message, bool InTime, Stamp By)
{
    /// <summary>Hours of the target by which it was judged; null where it is older than this was kept.</summary>
    public double? TargetHours { get; init; }

    public string? Calendar { get; init; }
}

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
internal sealed record CustomerAnswer(string Cause, string Traceability, string Conclusion, Stamp By)
{
    /// <summary>What customer service added to the words that QC released.</summary>
    public IReadOnlyList<AnswerAddition> Added { get; init; } = [];

    /// <summary>Grounds that the heads dealt with when they met about the parent, whose answer it is (S4, C5.5).</summary>
    public IReadOnlyList<EscalationReason> MetWithParent { get; init; } = [];
}

/// <summary>The difference between an answer and what QC released (C5.6.1).</summary>
/// <param name="Part"><c>cause</c>, <c>traceability</c>, <c>conclusion</c>.</param>
/// <param name="Before">Text before the released words.</param>
/// <param name="After">Text behind them.</param>
internal sealed record AnswerAddition(string Part, string Before, string After);

/// <summary>What QC lets the customer be told (C5.6.1).</summary>
internal sealed record Release(string Cause, string Traceability, string Conclusion, Stamp By);

/// <summary>What an answer is given with; null is what QC released.</summary>
internal sealed record AnswerInput(string? Cause, string? Traceability, string? Conclusion);

/// <summary>QC told a department (C5.3.1); received by name.</summary>
internal sealed record DepartmentNotice(int Round, string Department, string Text, Stamp By, Stamp? Received);

/// <summary>What the complaint knows of an action item of its own. Saved in the same commit as the item.</summary>
internal sealed record ActionSummary(
    Guid Id,
    string Number,
    ActionPurpose Purpose,
    string Department,
    ActionItemState State,
    DateOnly DueOn,
    int Round
)
{
    /// <summary>The person to whom it was given, where one was named.</summary>
    public string? OwnerId { get; init; }

    /// <summary>Who carried it out; null while nobody has.</summary>
    public string? DoerId { get; init; }

    public bool IsOpen => State is not (ActionItemState.Settled or ActionItemState.Withdrawn);
}

/// <summary>The last reminder of a target that was told (C1).</summary>
internal sealed record ToldReminder(ComplaintTarget Target, int Level)
{
    /// <summary>When the target was to run out: reminders of a later end begin again.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>The target had run out.</summary>
    public bool IsOver { get; init; }
}

/// <summary>A date that was promised to the customer.</summary>
internal sealed record Promised(DateOnly Until, string What, Stamp By, int Round = 1)
{
    /// <summary>How often it was called to mind: once on its day, once when that is over.</summary>
    public int Reminders { get; init; }
}

/// <summary>How a failed lot is disposed of (C5.3.3, C7).</summary>
internal enum DispositionKind
{
    Rework,
    Concession,
    Scrap,
    ReturnToSupplier,
}

/// <summary>A lot that was inspected 100 % (C5.3.3).</summary>
/// <param name="No">Number within the complaint.</param>
/// <param name="Lot">Lot or serials, as the goods are marked.</param>
/// <param name="Quantity">What there is.</param>
/// <param name="Place">Where failed goods are segregated (C7).</param>
/// <param name="ReworkOf">The lot whose rework was inspected.</param>
internal sealed record InspectedLot(
    int No,
    string Lot,
    int Quantity,
    int Inspected,
    int Passed,
    int Failed,
    string? Place,
    string Note,
    int? ReworkOf,
    LotDisposition? Disposition,
    Stamp By
);

/// <summary>What becomes of the failed goods of a lot, by whoever has the authority (C7).</summary>
internal sealed record LotDisposition(DispositionKind Kind, string Reason, Stamp By);

/// <summary>Result of an inspection as it is handed in.</summary>
internal sealed record LotResult(
    string Lot,
    int Quantity,
    int Inspected,
    int Passed,
    int Failed,
    string? Place,
    string Note,
    int? ReworkOf
);

internal sealed record DisposeInput(int No, DispositionKind Kind);

/// <summary>What a line of the traceability table is about (C5.6.1).</summary>
internal enum TraceKind
{
    Lot,
    Serial,
    Stock,
    Production,
    Delivery,
    Project,
}

/// <summary>A line of the traceability table (C5.6.1): what is affected, whether it was checked, how it was
/// contained.</summary>
/// <param name="Identity">Lot, serial, order or contract number.</param>
/// <param name="CustomerId">The affected customer, where it is known.</param>
/// <param name="Checked">How many of the quantity were checked.</param>
/// <param name="Containment">How it was contained; null while it is not.</param>
internal sealed record TraceLine(
    TraceKind Kind,
    string Identity,
    string? Place,
    Guid? CustomerId,
    string? CustomerName,
    int Quantity,
    int Checked,
    string? Result,
    string? Containment,
    Stamp By
)
{
    /// <summary>Lines of the same kind and identity are the same line.</summary>
    public string Key => $"{Kind.ToKebab()}\n{TextFolding.Key(Identity)}";
}

/// <summary>Form FM005 維修服務報告, from data of the repair (C5.3.2).</summary>
internal sealed record ServiceReport(
    string? Number,
    string? Product,
    string? SerialNumber,
    string? RmaNumber,
    string? Fault,
    string? Work,
    IReadOnlyList<string> Parts,
    DateOnly? From,
    DateOnly? To,
    string? Engineer,
    string Result,
    Stamp By
)
{
    /// <summary>What only the repair can say and nobody has said.</summary>
    public IReadOnlyList<string> Missing =>
        [
            .. Product is null ? ["product"] : Array.Empty<string>(),
            .. Fault is null ? ["fault"] : Array.Empty<string>(),
            .. Work is null ? ["work"] : Array.Empty<string>(),
            .. From is null || To is null ? ["service-days"] : Array.Empty<string>(),
            .. Engineer is null ? ["engineer"] : Array.Empty<string>(),
        ];

    /// <summary>With what the repair says, where nobody said otherwise.</summary>
    public ServiceReport FilledBy(RepairOfCase repair) =>
        this with
        {
            Product = Product ?? repair.Product,
            SerialNumber = SerialNumber ?? repair.SerialNumber,
            RmaNumber = RmaNumber ?? repair.RmaNumber,
            Fault = Fault ?? repair.Fault,
            Work = Work ?? repair.Work,
            Parts = Parts.Count > 0 ? Parts : repair.Parts,
            From = From ?? repair.From,
            To = To ?? repair.To,
            Engineer = Engineer ?? repair.Engineer,
        };
}

/// <summary>What Repairs says of the goods of a complaint; nothing of what it does not know yet.</summary>
internal sealed record RepairOfCase
{
    public string? RmaNumber { get; init; }

    public string? Product { get; init; }

    public string? SerialNumber { get; init; }

    public string? Fault { get; init; }

    public string? Work { get; init; }

    public IReadOnlyList<string> Parts { get; init; } = [];

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public string? Engineer { get; init; }

    /// <summary>How many units the quality department has passed.</summary>
    public int Passed { get; init; }

    public int Units { get; init; }
}

internal sealed record ServiceReportInput(DateOnly? From, DateOnly? To);

/// <summary>The complaint with which this one is handled (S4).</summary>
internal sealed record MergedInto(Guid ParentId, string ParentNumber, Stamp By);

internal sealed record MergeInput(Guid ParentId, ComplaintState ParentState, bool ParentIsMerged);

/// <summary>The customer's confirmation, with the opinion that came with it (C5.6.1).</summary>
internal sealed record Confirmation(Signature Signature, string? Opinion, Stamp RecordedBy)
{
    /// <summary>What it rests on where staff recorded it; null where the customer confirmed in person or by a
    /// link.</summary>
    public ConfirmationProof? Proof { get; init; }
}

/// <summary>How somebody of the customer confirmed to staff.</summary>
internal enum ConfirmationChannel
{
    Phone,
    Letter,
    Mail,
    OnSite,

    /// <summary>Signed on paper, which a scan shows.</summary>
    Signed,
}

/// <summary>簽章或記錄: a signature that a scan shows, or an opinion that staff took down, as on form 3.3.1.</summary>
/// <param name="Method">How.</param>
/// <param name="On">When, the company's date.</param>
internal sealed record ConfirmationProof(ConfirmationChannel Method, DateOnly On)
{
    /// <summary>The scans that show it.</summary>
    public IReadOnlyList<Guid> Scans { get; init; } = [];
}

/// <summary>The customer did not accept this conclusion (C5.6.1).</summary>
internal sealed record Objection(string Reason, string RejectedConclusion, Stamp By)
{
    /// <summary>Round of the complaint.</summary>
    public int Round { get; init; } = 1;

    /// <summary>More disputes than the policy allows without a meeting.</summary>
    public bool IsOneTooMany { get; init; }
}

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
)
{
    /// <summary>The meeting with invitation and minutes.</summary>
    public Guid? MeetingId { get; init; }

    public string? Number { get; init; }
}

/// <param name="Department">Code of the department that carries it out, where there is one.</param>
/// <param name="DueOn">By when.</param>
internal sealed record MeetingDecision(string What, string? Department, DateOnly? DueOn);

/// <summary>What a meeting is recorded with.</summary>
/// <param name="Rule"><c>C5.5.1</c> or <c>C5.5.2</c>: about which grounds they met.</param>
internal sealed record MeetingRecord(
    string Rule,
    DateOnly HeldOn,
    string Chair,
    IReadOnlyList<string> Departments,
    IReadOnlyList<MeetingDecision> Decisions
)
{
    public Guid? MeetingId { get; init; }

    public string? Number { get; init; }

    /// <summary>Who led it, and recorded it.</summary>
    public Stamp? By { get; init; }
}

/// <summary>A meeting that is called and not held yet (C5.5).</summary>
internal sealed record CalledMeeting(Guid Id, string Number, string Rule, DateTimeOffset From);

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
    Release? Release,
    DateOnly ClosedOn,
    string ReopenReason,
    DateOnly ReopenedOn,
    Stamp ReopenedBy,
    ServiceReport? Report = null
)
{
    /// <summary>Severity at its end; the resolution was judged by it.</summary>
    public Severity? Severity { get; init; }

    public DateTimeOffset? ResponseDueAt { get; init; }

    public DateTimeOffset? ResolutionDueAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public bool? ResolvedInTime { get; init; }
}

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

    /// <summary>Language of the customer: <c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>.</summary>
    public string Language { get; init; } = "zh-Hant";

    /// <summary>What the customer wants: repair, exchange, refund …</summary>
    public string? RemedyWanted { get; init; }

    /// <summary>The service concerned, where it is not about goods or works.</summary>
    public string? ServiceConcerned { get; init; }

    /// <summary>Code of the product (C5.7).</summary>
    public string? ProductCode { get; init; }

    /// <summary>Code of the fault as it is reported.</summary>
    public string? FaultCode { get; init; }

    /// <summary>When it reached the company; null: now.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }
}

/// <param name="AllScansAreHere">The scans named are files of the complaint.</param>
internal sealed record ConfirmInput(
    string? ConfirmedBy,
    string? Opinion,
    ConfirmationProof? Proof,
    bool AllScansAreHere
);

internal sealed record CloseInput(string? WithoutConfirmationReason);

/// <param name="Rule">About which grounds they met.</param>
/// <param name="HeldOn">Day of the meeting.</param>
internal sealed record MeetingInput(string Rule, DateOnly HeldOn);
