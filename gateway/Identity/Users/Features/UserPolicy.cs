using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity.Users.Features;

/// <summary>The conditions on accounts that only the store can answer.</summary>
internal sealed class UserPolicy(IdentityDb db, IdentitySettings settings)
{
    public async Task<Refusal?> CheckAsync(Assignment assignment, CancellationToken cancellationToken)
    {
        if (UserRules.Check(assignment) is { } refusal)
        {
            return refusal;
        }

        return
            assignment.Department is { } code
            && !await db.Departments.AnyAsync(d => d.Code == code && d.Active, cancellationToken)
            ? Refusal.Invalid("department-unknown", UserRules.Rule, "department").With("department", code)
            : null;
    }

    public Refusal? CheckPassword(string userName, string password) =>
        password.Length < settings.PasswordLength
            ? Refusal.Invalid("password-too-short", UserRules.Rule, "password").With("length", settings.PasswordLength)
        : password.Contains(userName, StringComparison.OrdinalIgnoreCase)
            ? Refusal.Invalid("password-has-user-name", UserRules.Rule, "password")
        : null;

    /// <summary>Somebody must be left who can manage accounts.</summary>
    public async Task<Refusal?> CheckAdministratorStaysAsync(User leaving, CancellationToken cancellationToken) =>
        leaving is not { Active: true }
        || !leaving.Roles.Contains(Roles.Administrator)
        || await db.Users.AnyAsync(
            u => u.Id != leaving.Id && u.Active && u.Roles.Contains(Roles.Administrator),
            cancellationToken
        )
            ? null
            : Refusal.ByRule("last-administrator", UserRules.Rule, ["administrator"], Roles.Administrator);
}
