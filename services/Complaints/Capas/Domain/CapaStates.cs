namespace CustomerService.Complaints.Capas.Domain;

/// <summary>States of a CAPA.</summary>
internal enum CapaState
{
    /// <summary>It comes from a finding; QC has not named the responsible department yet (P2.2.3).</summary>
    Unassigned,

    /// <summary>The responsible department looks for the cause and proposes (C5.4).</summary>
    Analysis,

    /// <summary>Proposed; the management representative reviews (C5.4).</summary>
    Review,

    /// <summary>Approved; the responsible unit acts within the deadline (C5.6.2).</summary>
    Execution,

    /// <summary>Carried out; QC and customer service each verify the effect (C5.6.2).</summary>
    Verification,

    /// <summary>One of the two found the effect; the other verifies.</summary>
    EffectiveForOne,

    /// <summary>One of the two found no effect; the other verifies, and then it is analysed again.</summary>
    IneffectiveForOne,

    /// <summary>Both found it effective.</summary>
    Closed,
}

/// <summary>Each but the starts and the last four, which are the system's own, is also the last part of the route
/// under which it is called.</summary>
internal enum CapaAction
{
    OpenForComplaint,
    OpenForFinding,
    OpenForOrder,
    OpenForResponse,
    OpenForAssessment,
    Assign,
    Propose,
    Approve,
    SendBack,
    Execute,
    VerifyEffective,
    VerifyIneffective,
    Reopen,
    JoinCase,

    /// <summary>The clock of the one whose turn it is.</summary>
    RemindOfClocks,
    Measure,
    Recur,
    ConfirmRate,
    FallShort,
}
