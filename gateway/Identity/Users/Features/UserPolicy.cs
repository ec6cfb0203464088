using CustomerService.Identity.Data;
using CustomerService.Identity.Departments.Domain;
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
        Passwords.Check(userName, password, settings.PasswordLength);

    /// <summary>Who leaves a department, or the company, is head or deputy of none any more.</summary>
    public async Task LeaveOfficesAsync(User user, CommandContext context, CancellationToken cancellationToken)
    {
        foreach (var department in await OfficesAsync(user, cancellationToken))
        {
            department.Vacate(context, user.Id);
        }
    }

    /// <summary>Departments name their head and deputy; they follow the person's name.</summary>
    public async Task RenameOfficesAsync(
        User user,
        string name,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (user.DisplayName != name)
        {
            foreach (var department in await OfficesAsync(user, cancellationToken))
            {
                department.Rename(context, new Holder(user.Id, name));
            }
        }
    }

    private Task<List<Department>> OfficesAsync(User user, CancellationToken cancellationToken) =>
        db.Departments.Where(d => d.HeadId == user.Id || d.DeputyId == user.Id).ToListAsync(cancellationToken);

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
