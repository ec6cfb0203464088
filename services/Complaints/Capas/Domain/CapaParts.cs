using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.Capas.Domain;

/// <summary>Kind of the record that a CAPA comes from.</summary>
internal enum CapaSource
{
    Complaint,
    Revisit,

    /// <summary>A construction repair, or a group of them.</summary>
    Repair,

    /// <summary>The corrective order to a department below its satisfaction goal (C5.10).</summary>
    CorrectiveOrder,

    /// <summary>A form with an item graded 不滿意 (C5.9).</summary>
    SurveyResponse,

    /// <summary>Items of a service point that failed (T1 to T3).</summary>
    Assessment,
}

/// <summary>Who verifies the effect, each on its own (C5.6.2).</summary>
internal enum VerifyingSide
{
    Quality,
    CustomerService,
}

/// <summary>Why a pass through analysis, review and execution ended without lasting effect.</summary>
internal enum CapaRoundEnd
{
    SentBack,
    Ineffective,
    Recurred,

    /// <summary>The system counted more than the target within the window, or its rate fell short.</summary>
    Measured,
}

/// <summary>What the responsible department proposes (C5.4).</summary>
/// <param name="Disposition">What happens to the goods or the works concerned.</param>
/// <param name="Cause">Main cause.</param>
/// <param name="Correction">Corrective action: against the cause of what happened.</param>
/// <param name="Prevention">Preventive action: so that it does not recur.</param>
/// <param name="On">The company's date.</param>
internal sealed record CapaProposal(
    string Disposition,
    string Cause,
    string Correction,
    string Prevention,
    DateOnly On,
    Stamp By
)
{
    /// <summary>Actions, causes and plan of effect.</summary>
    public ProposalDetail Detail { get; init; } = ProposalDetail.None;
}

/// <summary>What a proposal says beside its four texts.</summary>
/// <param name="Actions">What is to be done, by whom, by when.</param>
/// <param name="Whys">5 why: each answer is asked again.</param>
/// <param name="Fishbone">Causes by category.</param>
/// <param name="Effect">How the effect will be measured; null where it cannot be.</param>
internal sealed record ProposalDetail(
    IReadOnlyList<ProposedAction> Actions,
    IReadOnlyList<Why> Whys,
    IReadOnlyList<FishboneCause> Fishbone,
    EffectPlan? Effect
)
{
    public static ProposalDetail None { get; } = new([], [], [], null);
}

/// <summary>An action with its owner and day (C5.6.2).</summary>
internal sealed record ProposedAction(
    ActionType Type,
    string What,
    string Department,
    string? OwnerId,
    string? OwnerName,
    DateOnly DueOn
);

/// <param name="Question">Why?</param>
/// <param name="Answer">Because.</param>
/// <param name="Evidence">What shows it.</param>
internal sealed record Why(string Question, string Answer, string? Evidence);

/// <summary>Categories of a fishbone diagram.</summary>
internal enum CauseCategory
{
    People,
    Machine,
    Material,
    Method,
    Measurement,
    Environment,
}

/// <param name="IsRoot">It is a root cause.</param>
internal sealed record FishboneCause(CauseCategory Category, string Cause, string? Evidence, bool IsRoot);

/// <summary>What the system counts to measure an effect (C5.6.2).</summary>
internal enum EffectMetric
{
    /// <summary>Complaints about the same model and fault.</summary>
    RecurrencesOfFault,

    /// <summary>Complaints of the same department and cause.</summary>
    RecurrencesOfCause,

    /// <summary>Survey responses that grade an item 不滿意.</summary>
    DissatisfiedItem,

    /// <summary>Share of the survey responses that grade an item at least 基本滿意.</summary>
    SatisfactionOfItem,

    /// <summary>Share of the repairs that pass QC's first inspection.</summary>
    FirstPassRate,
}

/// <summary>How an effect is measured within so many days after execution.</summary>
/// <param name="Item">Code of the survey item; for <see cref="EffectMetric.FirstPassRate"/> the model, or the part of
/// Table 3.1; null where the metric needs none.</param>
/// <param name="Target">At most so many; of a rate, at least so many percent.</param>
internal sealed record EffectPlan(EffectMetric Metric, string? Item, int Target, int WindowDays)
{
    /// <summary>It is a share, known when the window is over; the others count up to their target.</summary>
    public bool IsRate => Metric is EffectMetric.SatisfactionOfItem or EffectMetric.FirstPassRate;

    /// <summary>Whether the share reaches the target. Of nothing counted there is no share, and it does not fall
    /// short (C5.10).</summary>
    public bool IsReachedBy(EffectRate rate) => rate.Good * 100L >= (long)Target * rate.Counted;
}

/// <summary>What the system measured in a window.</summary>
/// <param name="Good">How many were as they should be.</param>
/// <param name="Counted">Of how many.</param>
/// <param name="On">Day of the measurement, the company's date.</param>
internal sealed record EffectRate(int Good, int Counted, DateOnly On)
{
    /// <summary>The share with one decimal; of nothing there is none (C5.10).</summary>
    public decimal? Percent() =>
        Counted == 0 ? null : Math.Round(100m * Good / Counted, 1, MidpointRounding.AwayFromZero);
}

/// <summary>What was counted against an effect.</summary>
internal sealed record Occurrence(Guid ComplaintId, string ComplaintNumber, DateOnly On);

/// <summary>What a CAPA serves: a complaint, a finding, a repair order, a form, an assessment, an evaluation.</summary>
/// <param name="Kind">Kind of the record, as its own service calls it; a finding is part of a revisit.</param>
internal sealed record ServedCase(string Kind, Guid Id, string Number, DateOnly Since);

/// <param name="Other">Number of the CAPA that serves it already, where one alone may.</param>
internal sealed record JoinCaseInput(ServedCase Served, string? Other);

/// <summary>The management representative's review (C5.4).</summary>
internal sealed record CapaReview(bool Approved, string Opinion, DateOnly On, Stamp By);

/// <param name="On">Day of execution.</param>
internal sealed record CapaExecution(string Record, DateOnly On, bool InTime, Stamp By);

/// <summary>One side's word on the effect (C5.6.2).</summary>
/// <param name="NewDueOn">Due day of what is to be done instead, where the effect is not there.</param>
internal sealed record CapaVerification(
    VerifyingSide Side,
    bool Effective,
    string Evidence,
    DateOnly On,
    DateOnly? NewDueOn,
    Stamp By
);

/// <summary>A pass that did not last.</summary>
internal sealed record CapaRound(
    int Number,
    DateOnly? DueOn,
    CapaProposal? Proposal,
    CapaReview? Review,
    CapaExecution? Execution,
    IReadOnlyList<CapaVerification> Verifications,
    CapaRoundEnd EndedBy,
    string Reason,
    DateOnly EndedOn
)
{
    /// <summary>What was counted against its effect.</summary>
    public IReadOnlyList<Occurrence> Occurrences { get; init; } = [];

    /// <summary>The rate that was measured at the end of its window; null where none was.</summary>
    public EffectRate? Rate { get; init; }
}

/// <summary>What is asked for when a CAPA is opened by QC.</summary>
/// <param name="Department">Responsible department; null: that of QC's ruling.</param>
/// <param name="DueOn">Last day of execution that is in time.</param>
/// <param name="Description">What must not recur.</param>
internal sealed record CapaRequest(string? Department, DateOnly DueOn, string Description);

/// <summary>What a finding of a revisit, or a repair, tells (P2.2.2).</summary>
/// <param name="ContractNumber">Number of the contract; of a repair, that of its record.</param>
internal sealed record Finding(
    Guid Id,
    Guid ProjectId,
    string ProjectName,
    string ContractNumber,
    string Location,
    string Description,
    CapaSource Source = CapaSource.Revisit
)
{
    /// <summary>What the CAPA serves where that is more than the finding, or another record.</summary>
    public IReadOnlyList<(string Kind, Guid Id, string Number)> Cases { get; init; } = [];
}

/// <summary>The corrective order to a department below its satisfaction goal (C5.10).</summary>
/// <param name="EvaluationId">The evaluation of the department.</param>
/// <param name="Notice">Number of the public criticism.</param>
/// <param name="DueOn">It has corrected by the end of this day.</param>
internal sealed record SatisfactionOrder(
    Guid EvaluationId,
    string Notice,
    string Department,
    DateOnly DueOn,
    string Subject,
    string Description
);

/// <summary>What is proposed, and what is known of fault and cause on that day.</summary>
internal sealed record ProposalInput(ProposalDetail Detail, string? FaultKey, string? CauseCode);

internal sealed record NewDueInput(DateOnly? DueOn);
