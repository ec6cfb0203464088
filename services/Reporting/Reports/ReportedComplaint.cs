namespace CustomerService.Reporting.Reports;

/// <summary>A complaint as the annual figures count it.</summary>
internal sealed record ReportedComplaint(
    Guid Id,
    string? Number,
    string State,
    string? CustomerName,
    string? Subject,
    string? Severity,
    string? Channel,
    string? Liability,
    string? Department,
    DateOnly? RegisteredOn,
    DateOnly? ClosedOn
);
