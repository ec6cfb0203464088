using System.Text.Json.Serialization;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Capas.Features;

/// <summary>A CAPA in a list.</summary>
internal sealed record CapaListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required CapaState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required CapaSource Source { get; init; }

    /// <summary>The complaint, the finding, the form …</summary>
    public required Guid SourceId { get; init; }

    /// <summary>Number of the complaint, of the contract …</summary>
    public required string SourceNumber { get; init; }

    public Guid? ComplaintId { get; init; }

    public Guid? ProjectId { get; init; }

    public required string Subject { get; init; }

    /// <summary>Code of the responsible department; null until QC has assigned one.</summary>
    public string? Department { get; init; }

    public required DateOnly OpenedOn { get; init; }

    /// <summary>Last day of execution that is in time.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Not executed by the due day.</summary>
    public required bool Overdue { get; init; }

    /// <summary>How often the effect was not there.</summary>
    public required int Ineffective { get; init; }

    /// <summary>How often the fault came back after the CAPA had been found effective.</summary>
    public required int Recurrences { get; init; }

    public DateOnly? ClosedOn { get; init; }

    public static CapaListItem From(Capa capa, Caller caller) =>
        new()
        {
            Id = capa.Id,
            Number = capa.Number,
            State = capa.State,
            Version = capa.Version,
            Actions = capa.AllowedActions(caller.Context(capa)),
            Source = capa.Source,
            SourceId = capa.SourceId,
            SourceNumber = capa.SourceNumber,
            ComplaintId = capa.ComplaintId,
            ProjectId = capa.ProjectId,
            Subject = capa.Subject,
            Department = capa.Department,
            OpenedOn = capa.OpenedOn,
            DueOn = capa.DueOn,
            Overdue = CapaDeadlines.IsOverdue(capa.State, capa.DueOn, caller.Today),
            Ineffective = capa.Ineffective,
            Recurrences = capa.Recurrences,
            ClosedOn = capa.ClosedOn,
        };
}
