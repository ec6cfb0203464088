namespace CustomerService.Reporting.Reports;

/// <summary>A revisit as the figures of compliance count it.</summary>
/// <param name="Ordinal">Which of its project's.</param>
/// <param name="PlannedOn">First planned date.</param>
/// <param name="DueOn">Planned date now.</param>
internal sealed record ReportedRevisit(
    Guid Id,
    int? Ordinal,
    string State,
    Guid? ProjectId,
    string? ProjectName,
    DateOnly? PlannedOn,
    DateOnly? DueOn,
    DateOnly? HeldOn
);
