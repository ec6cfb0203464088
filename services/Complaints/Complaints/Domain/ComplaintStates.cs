namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>States of a complaint.</summary>
internal enum ComplaintState
{
    /// <summary>Taken; the customer has no answer yet.</summary>
    Registered,

    /// <summary>The customer got the first response; customer service triages (C5.2).</summary>
    Responded,

    /// <summary>Not our liability: explained and assisted.</summary>
    Explained,

    /// <summary>Our liability, solved by customer service alone.</summary>
    Solved,

    /// <summary>QC investigates (C5.3.1).</summary>
    WithQc,

    /// <summary>QC cannot say yet whose liability it is (C5.5.1).</summary>
    LiabilityUnclear,

    /// <summary>Customer service answers the customer (C5.3.2).</summary>
    NotOurLiability,

    /// <summary>The responsible department corrects (C5.4).</summary>
    OurLiability,

    /// <summary>Handled with another complaint, whose answer will be this one's, too (S4).</summary>
    Merged,

    /// <summary>Cause, traceability and conclusion went back to the customer (C5.6.1).</summary>
    Answered,

    /// <summary>The customer confirmed.</summary>
    Confirmed,

    Closed,
}

/// <summary>Each is also the last part of the route under which it is called; the last six are the system's
/// own.</summary>
internal enum ComplaintAction
{
    Register,
    Respond,

    /// <summary>The form was anonymous: there is nobody to answer (C5.9).</summary>
    WaiveResponse,
    Explain,
    Solve,
    SendToQc,
    DecideOurs,
    DecideNotOurs,
    DecideUnclear,
    OpenCapa,
    Answer,
    Confirm,
    Object,
    Close,
    Reopen,
    Pause,
    Resume,
    Reclassify,
    EscalateToSalesManager,
    EscalateToGeneralManager,
    Assess,
    CallMeeting,
    JoinCapa,
    PassOn,
    InformDepartment,
    ReceiveNotice,
    PlanRemedy,
    InspectLot,
    DisposeLot,
    Trace,
    ReleaseConclusion,
    MakeOutServiceReport,
    Promise,
    MergeInto,
    Unmerge,
    HoldMeeting,
    RequireMeeting,
    Remind,

    /// <summary>A promised date or a department's clock.</summary>
    RemindOfClocks,
    NoteRepeatedFault,
    AnswerWithParent,
    ExplainWithParent,
    SolveWithParent,
}
