using System.Text.Json.Serialization;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.YearReports.Features;

/// <summary>The frozen complaint statistics of a year.</summary>
internal sealed record YearReportView
{
    public required Guid Id { get; init; }

    /// <summary>For example <c>NB-2026-000001</c>; with gaps.</summary>
    public required string Number { get; init; }

    public required YearReportState State { get; init; }

    /// <summary>Its ETag.</summary>
    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required int Year { get; init; }

    /// <summary>As they stood when they were frozen; each count opens its cases (<c>cases</c>).</summary>
    public required YearFigures Figures { get; init; }

    /// <summary>The year before, counted on the same day.</summary>
    public required YearFigures LastYear { get; init; }

    public required string FrozenBy { get; init; }

    public required DateTimeOffset FrozenAt { get; init; }

    public required IReadOnlyList<YearChapterView> Chapters { get; init; }

    public string? SubmittedBy { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public string? ReceivedBy { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public string? DecidedBy { get; init; }

    /// <summary>What the management review said.</summary>
    public string? Review { get; init; }

    public required IReadOnlyList<YearDecisionView> Decisions { get; init; }

    public static YearReportView From(YearReport report, Caller caller) =>
        new()
        {
            Id = report.Id,
            Number = report.Number,
            State = report.State,
            Version = report.Version,
            Actions = report.AllowedActions(caller.Context(report)),
            Year = report.Year,
            Figures = report.Figures,
            LastYear = report.LastYear,
            FrozenBy = report.FrozenBy.Name,
            FrozenAt = report.FrozenBy.At,
            Chapters = [.. report.Chapters.Select(c => new YearChapterView(c.Chapter, c.Text, c.By.Name))],
            SubmittedBy = report.SubmittedBy?.Name,
            SubmittedAt = report.SubmittedBy?.At,
            ReceivedBy = report.ReceivedBy?.Name,
            ReceivedAt = report.ReceivedBy?.At,
            DecidedBy = report.DecidedBy?.Name,
            Review = report.Review,
            Decisions =
            [
                .. report.Decisions.Select(d => new YearDecisionView(d.What, d.Department, d.OwnerName, d.DueOn)),
            ],
        };
}

internal sealed record YearChapterView(string Chapter, string Text, string By);

internal sealed record YearDecisionView(string What, string Department, string? OwnerName, DateOnly DueOn);
