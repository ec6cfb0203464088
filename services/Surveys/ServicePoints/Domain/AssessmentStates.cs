namespace CustomerService.Surveys.ServicePoints.Domain;

internal enum AssessmentState
{
    /// <summary>To be held by its day.</summary>
    Planned,

    /// <summary>Every item is scored.</summary>
    Scored,

    /// <summary>The assessor has signed.</summary>
    SignedByAssessor,

    /// <summary>Items failed; the site corrects them.</summary>
    Correcting,

    /// <summary>Signed, and nothing is left to correct.</summary>
    Closed,

    /// <summary>Given up, with a reason.</summary>
    Cancelled,
}

internal enum AssessmentAction
{
    /// <summary>Of a round that the site knows of.</summary>
    Plan,

    /// <summary>A mystery visit: the site does not learn who came.</summary>
    PlanMystery,

    Score,
    SignByAssessor,

    /// <summary>The site signs; items failed.</summary>
    AcceptFindings,

    /// <summary>The site signs; nothing failed.</summary>
    SignBySite,

    /// <summary>The site has corrected a failed item.</summary>
    Correct,

    /// <summary>A correction is seen to work.</summary>
    Verify,

    /// <summary>A correction does not work.</summary>
    SendBack,

    /// <summary>All corrections are verified.</summary>
    Close,

    Cancel,
}
