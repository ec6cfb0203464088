using System.Text.Json.Serialization;
using CustomerService.Identity.Domain;

namespace CustomerService.Identity.Features.Users;

/// <summary>A user as an administrator sees it. Nothing of the password is ever shown.</summary>
/// <param name="LockedUntil">Set while too many wrong passwords have locked the account.</param>
internal sealed record UserView(
    Guid Id,
    string State,
    long Version,
    string UserName,
    string DisplayName,
    string? Email,
    IReadOnlyList<string> Roles,
    string? Department,
    Guid? OrganisationId,
    DateTimeOffset? LockedUntil,
    DateTimeOffset CreatedAt,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions
)
{
    public static UserView From(User user, DateTimeOffset now) =>
        new(
            user.Id,
            user.Active ? "active" : "inactive",
            user.Version,
            user.UserName,
            user.DisplayName,
            user.Email,
            user.Roles,
            user.Department,
            user.OrganisationId,
            user.LockoutEnd > now ? user.LockoutEnd : null,
            user.CreatedAt,
            ["change-profile", "assign", "reset-password", user.Active ? "deactivate" : "activate"]
        );
}
