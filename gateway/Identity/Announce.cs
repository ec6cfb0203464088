using System.Globalization;
using CustomerService.Identity.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity;

/// <summary>
/// <c>announce</c>: tells once more how every department and account is, for a service that came later. What is known
/// already changes nothing, because it has the same version. The running service sends it.
/// </summary>
internal sealed class Announce : IServiceCommand
{
    private const int AtOnce = 200;

    public string Name => "announce";

    public async Task<int> RunAsync(
        string[] args,
        IServiceProvider services,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var db = services.GetRequiredService<IdentityDb>();
        var departments = await EachAsync(db, db.Departments, d => db.Enqueue(d.Changed()), cancellationToken);
        var users = await EachAsync(db, db.Users, u => db.Enqueue(u.Changed()), cancellationToken);
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"Announced: {departments} departments, {users} accounts.")
        );
        return 0;
    }

    private static async Task<int> EachAsync<T>(
        IdentityDb db,
        IQueryable<T> all,
        Action<T> announce,
        CancellationToken cancellationToken
    )
        where T : Aggregate
    {
        var (count, after) = (0, Guid.Empty);
        while (true)
        {
            var some = await all.AsNoTracking()
                .Where(r => r.Id > after)
                .OrderBy(r => r.Id)
                .Take(AtOnce)
                .ToListAsync(cancellationToken);
            if (some.Count == 0)
            {
                return count;
            }

            some.ForEach(announce);
            await db.SaveChangesAsync(cancellationToken);
            (count, after) = (count + some.Count, some[^1].Id);
        }
    }
}
