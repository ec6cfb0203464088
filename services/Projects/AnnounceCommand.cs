using System.Globalization;
using CustomerService.Contracts;
using CustomerService.Projects.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects;

/// <summary>
/// The command <c>announce</c>: tells the present state of every organisation, person and project to a service that
/// came later or has lost its copies (S3). A copy that is as new passes it over by the version.
/// </summary>
internal sealed class AnnounceCommand : IServiceCommand
{
    private const int Batch = 200;

    public string Name => "announce";

    public async Task<int> RunAsync(
        string[] args,
        IServiceProvider services,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var (organisations, people, projects) = (
            await AnnounceAsync(
                services,
                db => db.Organisations,
                o => [o.Announcement(), .. AsList(o.MergeAnnouncement(null))],
                cancellationToken
            ),
            await AnnounceAsync(
                services,
                db => db.People,
                p => [p.Announcement(), .. AsList(p.MergeAnnouncement())],
                cancellationToken
            ),
            await AnnounceAsync(services, db => db.Projects, p => [p.Announcement()], cancellationToken)
        );
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{organisations} organisations, {people} people, {projects} projects announced"
            )
        );
        return 0;
    }

    private static IReadOnlyList<IIntegrationEvent> AsList(IIntegrationEvent? announcement) =>
        announcement is null ? [] : [announcement];

    private static async Task<int> AnnounceAsync<T>(
        IServiceProvider services,
        Func<ProjectsDb, IQueryable<T>> records,
        Func<T, IReadOnlyList<IIntegrationEvent>> announcements,
        CancellationToken cancellation
    )
        where T : Aggregate
    {
        var (announced, after) = (0, Guid.Empty);
        while (true)
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ProjectsDb>();
            var batch = await records(db)
                .AsNoTracking()
                .Where(r => r.Id > after)
                .OrderBy(r => r.Id)
                .Take(Batch)
                .ToListAsync(cancellation);
            foreach (var record in batch)
            {
                foreach (var announcement in announcements(record))
                {
                    db.Enqueue(announcement);
                }
            }

            await db.SaveChangesAsync(cancellation);
            announced += batch.Count;
            if (batch.Count < Batch)
            {
                return announced;
            }

            after = batch[^1].Id;
        }
    }
}
