using CustomerService.Identity.Data;
using CustomerService.Identity.Keys;
using CustomerService.Identity.OpenId;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity;

/// <summary>
/// <c>migrate</c>: brings the schema up to date, then the clients, the keys and the first administrator. Safe
/// to run again;
/// where no administrator is left it is also the way back in.
/// </summary>
internal sealed class MigrateIdentity(IConfiguration configuration) : IServiceCommand
{
    public string Name => "migrate";

    public async Task<int> RunAsync(
        string[] args,
        IServiceProvider services,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var db = services.GetRequiredService<IdentityDb>();
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        await db.Database.MigrateAsync(cancellationToken);
        await output.WriteLineAsync(
            pending.Count == 0 ? "The database is up to date." : "Applied: " + string.Join(", ", pending)
        );

        await services.GetRequiredService<KeyRing>().RefreshAsync(cancellationToken);
        await services.GetRequiredService<Clients>().ApplyAsync(cancellationToken);
        await output.WriteLineAsync(await AdministratorAsync(services, db, cancellationToken));
        return 0;
    }

    private async Task<string> AdministratorAsync(
        IServiceProvider services,
        IdentityDb db,
        CancellationToken cancellationToken
    )
    {
        if (await db.Users.AnyAsync(u => u.Active && u.Roles.Contains(Roles.Administrator), cancellationToken))
        {
            return "There is an administrator.";
        }

        if (
            configuration["Identity:Administrator:UserName"] is not { Length: > 0 } userName
            || configuration["Identity:Administrator:Password"] is not { Length: > 0 } password
        )
        {
            return "No administrator yet: set Identity:Administrator:UserName and Identity:Administrator:Password and run migrate again.";
        }

        var settings = services.GetRequiredService<IdentitySettings>();
        if (UserNames.Check(userName) is not null)
        {
            throw new SettingException(
                "Setting Identity:Administrator:UserName is no user name, expected letters and digits, with '.', '_' "
                    + "or '-' between them."
            );
        }

        if (Passwords.Check(userName, password, settings.PasswordLength) is { } weak)
        {
            throw new SettingException(
                "Setting Identity:Administrator:Password "
                    + (
                        weak.Code == "password-too-short"
                            ? $"is too short, expected at least {settings.PasswordLength} characters."
                            : $"is easily guessed ({weak.Code}), expected another."
                    )
            );
        }

        var context = services.GetRequiredService<CommandContexts>().ForSystem("identity");
        var hash = services.GetRequiredService<IPasswordHasher<User>>();
        var normalized = UserNames.Fold(userName);
        var user = await db.Users.SingleOrDefaultAsync(u => u.NormalizedUserName == normalized, cancellationToken);
        if (user is null)
        {
            user = User.Create(
                context,
                userName,
                userName,
                null,
                new Assignment([Roles.Administrator], null, null, [])
            );
            user.PasswordHash = hash.HashPassword(user, password);
            db.Users.Add(user);
        }
        else
        {
            user.Restore(
                context,
                new Assignment([Roles.Administrator], user.Department, null, []),
                hash.HashPassword(user, password),
                "bootstrap"
            );
        }

        await db.SaveChangesAsync(cancellationToken);
        return $"Administrator: {user.UserName}";
    }
}
