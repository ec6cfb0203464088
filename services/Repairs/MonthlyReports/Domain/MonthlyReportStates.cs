namespace CustomerService.Repairs.MonthlyReports.Domain;

/// <summary>States of a monthly repair report, in the order of its life (C3.1.3).</summary>
internal enum MonthlyReportState
{
    /// <summary>The figures are frozen; the text is written.</summary>
    Prepared,

    /// <summary>A second person has checked it.</summary>
    Checked,

    /// <summary>It has its number; what changes later makes a correction.</summary>
    Issued,

    /// <summary>Given up before it was issued.</summary>
    Dropped,
}

/// <summary>Each but the start is also the last part of the route under which it is called.</summary>
internal enum MonthlyReportAction
{
    Prepare,
    Recount,
    Write,
    Check,
    SendBack,
    Issue,
    Drop,
}
