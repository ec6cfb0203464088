using System.Text.Json.Serialization;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.YearReports.Features;

/// <summary>A year's statistics in a list.</summary>
internal sealed record YearReportListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required YearReportState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required int Year { get; init; }

    public required int Total { get; init; }

    public required DateTimeOffset FrozenAt { get; init; }

    public static YearReportListItem From(YearReport report, Caller caller) =>
        new()
        {
            Id = report.Id,
            Number = report.Number,
            State = report.State,
            Version = report.Version,
            Actions = report.AllowedActions(caller.Context(report)),
            Year = report.Year,
            Total = report.Figures.Total,
            FrozenAt = report.FrozenBy.At,
        };
}
