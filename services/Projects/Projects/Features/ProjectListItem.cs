using System.Text.Json.Serialization;
using CustomerService.Projects.Projects.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Projects.Features;

/// <summary>A project in a list.</summary>
internal sealed record ProjectListItem
{
    public required Guid Id { get; init; }

    /// <summary>Contract number.</summary>
    public required string Number { get; init; }

    public required ProjectState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now, each the last part of a route.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string Name { get; init; }

    public required Guid OwnerId { get; init; }

    public required string OwnerName { get; init; }

    public required string City { get; init; }

    public required string SiteAddress { get; init; }

    /// <summary>Degrees, north positive.</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees, east positive.</summary>
    public required double Longitude { get; init; }

    public required string ManagerName { get; init; }

    public DateOnly? AcceptedOn { get; init; }

    /// <summary>Last day for clearing the site (P1).</summary>
    public DateOnly? ClearanceDueOn { get; init; }

    public DateOnly? ClearedOn { get; init; }

    public DateOnly? HandedOverOn { get; init; }

    /// <summary>Last day of the revisit plan (P2.1.1).</summary>
    public DateOnly? RevisitHorizonEndsOn { get; init; }

    public required int HeldRevisits { get; init; }

    /// <summary>No revisit was held and the plan has ended (P2.1.1).</summary>
    public required bool InBreach { get; init; }

    public static ProjectListItem From(Project project, Caller caller)
    {
        var context = caller.Context(project);
        return new()
        {
            Id = project.Id,
            Number = project.ContractNumber,
            State = project.State,
            Version = project.Version,
            Actions = project.AllowedActions(context),
            Name = project.Name,
            OwnerId = project.OwnerId,
            OwnerName = project.OwnerName,
            City = project.City,
            SiteAddress = project.SiteAddress,
            Latitude = project.Latitude,
            Longitude = project.Longitude,
            ManagerName = project.Team.Manager.Name,
            AcceptedOn = project.AcceptedOn,
            ClearanceDueOn = project.ClearanceDueOn,
            ClearedOn = project.Clearance?.On,
            HandedOverOn = project.HandedOverOn,
            RevisitHorizonEndsOn = project.HorizonEndsOn,
            HeldRevisits = project.HeldRevisits,
            InBreach = ProjectDeadlines.IsInBreach(project, context.Today),
        };
    }
}
