namespace CustomerService.Surveys.FollowUps.Domain;

internal enum ContactNoteState
{
    /// <summary>Sent to the department.</summary>
    Issued,

    /// <summary>The department has it, by name.</summary>
    Received,

    /// <summary>The department has said what it does.</summary>
    Answered,

    /// <summary>The department has done it.</summary>
    Done,

    /// <summary>Quality has seen that it works; customer service has not yet.</summary>
    VerifiedByQuality,

    /// <summary>Customer service has seen that it works; quality has not yet.</summary>
    VerifiedByService,

    /// <summary>Quality and customer service have both seen that it works.</summary>
    Verified,

    /// <summary>Withdrawn, with a reason.</summary>
    Withdrawn,
}

internal enum ContactNoteAction
{
    Issue,
    Receive,
    SetMeasures,
    ReportDone,

    /// <summary>Customer service gives the department more time.</summary>
    Extend,

    VerifyByQuality,
    VerifyByService,
    SendBack,
    Withdraw,
}
