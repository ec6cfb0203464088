namespace CustomerService.Complaints.YearReports.Domain;

/// <summary>States of a year's complaint statistics (C5.7).</summary>
internal enum YearReportState
{
    /// <summary>The figures are frozen; the analysis is written.</summary>
    Frozen,

    /// <summary>Submitted to the management review.</summary>
    Submitted,

    /// <summary>The management representative has received it.</summary>
    Received,

    /// <summary>The review has decided; the decisions are on their owners' lists.</summary>
    Decided,
}

/// <summary>Each but the start is also the last part of the route under which it is called.</summary>
internal enum YearReportAction
{
    Freeze,
    WriteAnalysis,
    Submit,
    Receive,
    Decide,
}
