using System.Text.Json.Serialization;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.MonthlyReports.Features;

/// <summary>A monthly repair report.</summary>
internal sealed record MonthlyReportView
{
    public required Guid Id { get; init; }

    /// <summary>Number of the record; that of the form comes with the issue.</summary>
    public required string Number { get; init; }

    public required MonthlyReportState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now; each is the last part of the route under which it is called.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>For example <c>YB-2026-0001</c>, without gaps.</summary>
    public string? FormNumber { get; init; }

    /// <summary>For example <c>2026-10</c>.</summary>
    public required string Month { get; init; }

    /// <summary>0 for the report, 1, 2 … for its corrections.</summary>
    public required int Correction { get; init; }

    /// <summary>What a correction corrects, and why.</summary>
    public CorrectedReport? Corrects { get; init; }

    /// <summary>The correction that holds instead of this one.</summary>
    public CorrectedReport? CorrectedBy { get; init; }

    /// <summary>As they stood when they were frozen.</summary>
    public required MonthFigures Figures { get; init; }

    /// <summary>SHA-256 over the figures.</summary>
    public required string Hash { get; init; }

    /// <summary>The month before.</summary>
    public required MonthFigures Before { get; init; }

    public required string PreparedBy { get; init; }

    public required DateTimeOffset PreparedAt { get; init; }

    public string? Text { get; init; }

    public string? WrittenBy { get; init; }

    public string? CheckedBy { get; init; }

    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>What the check found, or why it was sent back.</summary>
    public string? Opinion { get; init; }

    public string? IssuedBy { get; init; }

    public DateTimeOffset? IssuedAt { get; init; }

    public static MonthlyReportView From(MonthlyReport report, Caller caller) =>
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
            Corrects = report.Corrects,
            CorrectedBy = report.CorrectedBy,
            Figures = report.Figures,
            Hash = report.Hash,
            Before = report.Before,
            PreparedBy = report.PreparedBy.Name,
            PreparedAt = report.PreparedBy.At,
            Text = report.Text?.Text,
            WrittenBy = report.Text?.By.Name,
            CheckedBy = report.CheckedBy?.Name,
            CheckedAt = report.CheckedBy?.At,
            Opinion = report.Opinion,
            IssuedBy = report.IssuedBy?.Name,
            IssuedAt = report.IssuedBy?.At,
        };
}
