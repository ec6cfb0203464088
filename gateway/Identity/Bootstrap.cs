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
        if (password.Length < settings.PasswordLength)
        {
            throw new SettingException(
                $"Setting Identity:Administrator:Password is too short, expected at least {settings.PasswordLength} characters."
            );
        }

        var context = services.GetRequiredService<CommandContexts>().ForSystem("identity");
        var hash = services.GetRequiredService<IPasswordHasher<User>>();
        var normalized = services.GetRequiredService<ILookupNormalizer>().NormalizeName(userName);
        var user = await db.Users.SingleOrDefaultAsync(u => u.NormalizedUserName == normalized, cancellationToken);
        if (user is null)
        {
            user = User.Create(context, userName, userName, null, new Assignment([Roles.Administrator], null, null));
            user.PasswordHash = hash.HashPassword(user, password);
            db.Users.Add(user);
        }
        else
        {
            user.Assign(context, new Assignment([Roles.Administrator], user.Department, null), "bootstrap");
            user.Activate(context, "bootstrap");
            user.ChangePassword(context, hash.HashPassword(user, password), byAdministrator: true);
        }

        await db.SaveChangesAsync(cancellationToken);
        return $"Administrator: {user.UserName}";
    }
}
