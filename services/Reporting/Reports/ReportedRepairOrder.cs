namespace CustomerService.Reporting.Reports;

/// <summary>A repair order as the monthly figures count it.</summary>
internal sealed record ReportedRepairOrder(
    Guid Id,
    string? Number,
    string State,
    Guid? ProjectId,
    string? ProjectName,
    string? PartCode,
    string? Severity,
    string? Source,
    string? RepairUnitName,
    string? UnderWarranty,
    DateOnly? NotifiedOn,
    DateOnly? ReturnedOn,
    DateOnly? WithdrawnOn
);
