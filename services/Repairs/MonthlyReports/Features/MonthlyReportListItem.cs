using System.Text.Json.Serialization;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.MonthlyReports.Features;

/// <summary>A monthly repair report in the list.</summary>
internal sealed record MonthlyReportListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required MonthlyReportState State { get; init; }

    public required long Version { get; init; }

    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Number of the issued form.</summary>
    public string? FormNumber { get; init; }

    public required string Month { get; init; }

    public required int Correction { get; init; }

    public required int Settled { get; init; }

    /// <summary>Number of the correction that holds instead of it.</summary>
    public string? CorrectedBy { get; init; }

    public static MonthlyReportListItem From(MonthlyReport report, Caller caller) =>
        new()
        {
            Id = report.Id,
            Number = report.Number,
            State = report.State,
            Version = report.Version,
            Actions = report.AllowedActions(caller.Context(report)),
            FormNumber = report.FormNumber,
            Month = report.Month,
            Correction = report.Correction,
            Settled = report.Figures.Settled,
            CorrectedBy = report.CorrectedBy?.Number,
        };
}
