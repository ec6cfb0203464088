using System.Text.Json.Serialization;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Revisits.Features;

/// <summary>A revisit in a list.</summary>
internal sealed record RevisitListItem
{
    public required Guid Id { get; init; }

    /// <summary>Number of the file (P3.3); null until production opened it.</summary>
    public string? Number { get; init; }

    public required RevisitState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now, each the last part of a route.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public required string ContractNumber { get; init; }

    public required Guid OwnerId { get; init; }

    public required string OwnerName { get; init; }

    /// <summary>1, 2, 3 … within the project.</summary>
    public required int Ordinal { get; init; }

    public required DateOnly DueOn { get; init; }

    public required bool Overdue { get; init; }

    public DateOnly? HeldOn { get; init; }

    public required int FindingCount { get; init; }

    public static RevisitListItem From(Revisit revisit, ProjectHeading project, Caller caller) =>
        new()
        {
            Id = revisit.Id,
            Number = revisit.FileNumber,
            State = revisit.State,
            Version = revisit.Version,
            Actions = revisit.AllowedActions(caller.Context(revisit)),
            ProjectId = revisit.ProjectId,
            ProjectName = project.Name,
            ContractNumber = project.ContractNumber,
            OwnerId = revisit.OwnerId,
            OwnerName = project.OwnerName,
            Ordinal = revisit.Ordinal,
            DueOn = revisit.DueOn,
            Overdue = RevisitDeadlines.IsOverdue(revisit, caller.Today),
            HeldOn = revisit.HeldOn,
            FindingCount = revisit.Findings.Count,
        };
}

/// <summary>What a list of revisits shows of the project.</summary>
internal sealed record ProjectHeading(Guid Id, string Name, string ContractNumber, string OwnerName);
