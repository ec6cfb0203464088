namespace CustomerService.Surveys.Reviews.Domain;

internal enum HalfYearReviewState
{
    /// <summary>The figures stand; the chapters are being written.</summary>
    Drafted,

    /// <summary>Its measures are being carried out.</summary>
    Issued,

    /// <summary>All measures are verified.</summary>
    Closed,

    /// <summary>Given up before it was issued.</summary>
    Withdrawn,
}

internal enum HalfYearReviewAction
{
    Open,

    /// <summary>Writes what the company says to a chapter.</summary>
    Assess,

    /// <summary>Sets a measure of a chapter.</summary>
    SetMeasure,

    Issue,

    /// <summary>The department has carried a measure out.</summary>
    ReportDone,

    Verify,

    /// <summary>A measure does not work.</summary>
    SendBack,

    Close,
    Withdraw,
}
