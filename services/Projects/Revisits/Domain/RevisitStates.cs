namespace CustomerService.Projects.Revisits.Domain;

internal enum RevisitState
{
    /// <summary>Has a date.</summary>
    Planned,

    /// <summary>Production has opened the file and fixed the date (P2.1.2).</summary>
    Opened,

    /// <summary>Took place (P2.2.1); findings and the owner's opinion are recorded.</summary>
    Held,

    /// <summary>Quality has decided cause and liability (P2.2.3).</summary>
    Assessed,

    /// <summary>Engineering has decided what is done.</summary>
    DispositionDecided,

    /// <summary>Form 3.3.1 is complete.</summary>
    Closed,

    Cancelled,
}

internal enum RevisitAction
{
    Plan,
    Add,
    FollowPlan,
    Move,
    Cancel,
    Open,
    Remind,
    MarkOverdue,
    Hold,
    RecordFinding,
    FollowUp,
    Sign,
    RecordOpinion,
    AssessLiability,
    SetDisposition,
    Close,
}
