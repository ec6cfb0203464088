using CustomerService.Rules;

namespace CustomerService.Complaints.Capas.Domain;

/// <summary>Kind of the record that a CAPA comes from.</summary>
internal enum CapaSource
{
    Complaint,
    Revisit,

    /// <summary>A construction repair, or a group of them.</summary>
    Repair,
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
);

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
);

/// <summary>What is asked for when a CAPA is opened for a complaint.</summary>
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
);

internal sealed record NewDueInput(DateOnly? DueOn);
