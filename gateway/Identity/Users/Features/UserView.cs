using System.Text.Json.Serialization;
using CustomerService.Identity.Users.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Identity.Users.Features;

/// <summary>Whether an account or a department is in use.</summary>
internal enum Standing
{
    Active,
    Inactive,
}

/// <summary>A user as an administrator sees it. Nothing of the password is ever shown.</summary>
internal sealed record UserView
{
    public required Guid Id { get; init; }

    public required Standing State { get; init; }

    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route under which it is called.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string UserName { get; init; }

    public required string DisplayName { get; init; }

    public string? Email { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Department code.</summary>
    public string? Department { get; init; }

    /// <summary>The owner of a customer, the unit of a repair unit.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>Codes of the sales regions of a salesperson.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>Set while too many wrong passwords have locked the name for an address that they came from, UTC.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static UserView From(User user, Caller caller) =>
        new()
        {
            Id = user.Id,
            State = user.Active ? Standing.Active : Standing.Inactive,
            Version = user.Version,
            Actions = ["change-profile", "assign", "reset-password", user.Active ? "deactivate" : "activate"],
            UserName = user.UserName,
            DisplayName = user.DisplayName,
            Email = user.Email,
            Roles = user.Roles,
            Department = user.Department,
            OrganisationId = user.OrganisationId,
            Regions = user.Regions,
            LockedUntil = user.LockoutEnd > caller.Now ? user.LockoutEnd : null,
            CreatedAt = user.CreatedAt,
        };
}
