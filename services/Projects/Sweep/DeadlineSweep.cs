using CustomerService.Messaging;
using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.Projects.Sweep;

/// <summary>
/// Says what has become due or overdue by the mere passing of days: sites to be cleared soon and sites not
/// cleared (P1), revisits not held and plans that ended
/// without one (P2.1.1), revisits that come near, warranties that ended. What was said is remembered in the
/// record itself, in the same commit as the event,
/// under the record's version: however often and in however many replicas it runs, each thing is said once.
/// </summary>
internal sealed partial class DeadlineSweep(
    IServiceScopeFactory scopes,
    PolicyCatalogue policies,
    ILogger<DeadlineSweep> log
)
{
    private const int Batch = 100;
    private static readonly Actor Self = Actor.System("projects");

    /// <summary>Goes through everything once.</summary>
    /// <param name="now">The instant that goes into the audit trail, UTC.</param>
    /// <param name="today">The company's date.</param>
    /// <param name="cancellationToken">Ends it between two records.</param>
    /// <returns>How many things were said.</returns>
    public async Task<int> RunAsync(DateTimeOffset now, DateOnly today, CancellationToken cancellationToken)
    {
        FlowContext Context(int policyVersion) => new(Self, now, today, policyVersion);
        var said = 0;
        said += await ForEachAsync(
            store =>
                store
                    .Projects.Where(p =>
                        p.ClearanceDueOn != null
                        && p.ClearanceDueOn < today
                        && p.Clearance == null
                        && p.ClearanceOverdueNotedOn == null
                    )
                    .Select(p => p.Id),
            (store, id) =>
                ProjectAsync(store, id, p => p.NoteClearanceOverdue(Context(p.PolicyVersion)), cancellationToken),
            cancellationToken
        );
        foreach (var days in policies.Versions.SelectMany(p => p.Clearance.ReminderDays).Distinct())
        {
            var through = today.AddDays(days);
            said += await ForEachAsync(
                store =>
                    store
                        .Projects.Where(p =>
                            p.ClearanceDueOn >= today
                            && p.ClearanceDueOn <= through
                            && p.Clearance == null
                            && p.ClearanceOverdueNotedOn == null
                            && (
                                p.ClearanceRemindedOn == null
                                || p.ClearanceRemindedOn < p.ClearanceDueOn.Value.AddDays(-days)
                            )
                        )
                        .Select(p => p.Id),
                (store, id) =>
                    ProjectAsync(
                        store,
                        id,
                        p => p.RemindOfClearance(policies.Version(p.PolicyVersion).Clearance, Context(p.PolicyVersion)),
                        cancellationToken
                    ),
                cancellationToken
            );
        }

        said += await ForEachAsync(
            store =>
                store
                    .Projects.Where(p =>
                        p.HorizonEndsOn != null
                        && p.HorizonEndsOn < today
                        && p.HeldRevisits == 0
                        && p.BreachNotedOn == null
                    )
                    .Select(p => p.Id),
            (store, id) => ProjectAsync(store, id, p => p.NoteBreach(Context(p.PolicyVersion)), cancellationToken),
            cancellationToken
        );
        said += await ForEachAsync(
            store =>
                store
                    .Projects.Where(p => p.State == ProjectState.HandedOver && p.WarrantyEndsOn < today)
                    .Select(p => p.Id),
            (store, id) => ProjectAsync(store, id, p => p.EndWarranty(Context(p.PolicyVersion)), cancellationToken),
            cancellationToken
        );
        said += await ForEachAsync(
            store =>
                store
                    .Revisits.Where(r =>
                        (r.State == RevisitState.Planned || r.State == RevisitState.Opened)
                        && r.DueOn < today
                        && (r.OverdueNotedFor == null || r.OverdueNotedFor != r.DueOn)
                    )
                    .Select(r => r.Id),
            (store, id) => RevisitAsync(store, id, r => r.NoteOverdue(Context(r.PolicyVersion)), cancellationToken),
            cancellationToken
        );
        foreach (var days in policies.Versions.SelectMany(p => p.Revisits.ReminderDays).Distinct())
        {
            var through = today.AddDays(days);
            said += await ForEachAsync(
                store =>
                    store
                        .Revisits.Where(r =>
                            (r.State == RevisitState.Planned || r.State == RevisitState.Opened)
                            && r.DueOn >= today
                            && r.DueOn <= through
                            && (r.RemindedOn == null || r.RemindedOn < r.DueOn.AddDays(-days))
                        )
                        .Select(r => r.Id),
                (store, id) =>
                    RevisitAsync(
                        store,
                        id,
                        r => r.Remind(policies.Version(r.PolicyVersion).Revisits, Context(r.PolicyVersion)),
                        cancellationToken
                    ),
                cancellationToken
            );
        }

        return said;
    }

    private static async Task<bool> ProjectAsync(
        ProjectsDb store,
        Guid id,
        Func<Project, Refusal?> note,
        CancellationToken cancellationToken
    ) =>
        await store.Projects.FirstOrDefaultAsync(p => p.Id == id, cancellationToken) is { } project
        && note(project) is null;

    private static async Task<bool> RevisitAsync(
        ProjectsDb store,
        Guid id,
        Func<Revisit, Refusal?> note,
        CancellationToken cancellationToken
    ) =>
        await store.Revisits.FirstOrDefaultAsync(r => r.Id == id, cancellationToken) is { } revisit
        && note(revisit) is null;

    private async Task<int> ForEachAsync(
        Func<ProjectsDb, IQueryable<Guid>> due,
        Func<ProjectsDb, Guid, Task<bool>> note,
        CancellationToken cancellationToken
    )
    {
        var said = 0;
        var after = Guid.Empty;
        while (true)
        {
            List<Guid> ids;
            await using (var scope = scopes.CreateAsyncScope())
            {
                ids = await due(scope.ServiceProvider.GetRequiredService<ProjectsDb>())
                    .Where(id => id > after)
                    .OrderBy(id => id)
                    .Take(Batch)
                    .ToListAsync(cancellationToken);
            }

            if (ids.Count == 0)
            {
                return said;
            }

            after = ids[^1];
            foreach (var id in ids)
            {
                // A unit of work each: one record that somebody changes at this moment does not hold up the others.
                await using var scope = scopes.CreateAsyncScope();
                var store = scope.ServiceProvider.GetRequiredService<ProjectsDb>();
                try
                {
                    if (await note(store, id))
                    {
                        await store.SaveChangesAsync(cancellationToken);
                        said++;
                    }
                }
                catch (DbUpdateException changed)
                {
                    // Another replica was there first, or a person changed it: the next sweep looks again.
                    LogChanged(id, changed.InnerException?.Message ?? changed.Message);
                }
                catch (Exception broken) when (broken is not OperationCanceledException && !IsAway(broken))
                {
                    // One record that cannot be read or worked out does not keep all others from being told of.
                    LogBroken(id, broken);
                }
            }
        }
    }

    // Without its database the round ends: it would fail for every record.
    private static bool IsAway(Exception exception) =>
        exception is NpgsqlException { IsTransient: true } || (exception.InnerException is { } inner && IsAway(inner));

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Record {Id} could not be looked at; the sweep goes on with the others"
    )]
    private partial void LogBroken(Guid id, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Record {Id} was changed meanwhile: {Reason}")]
    private partial void LogChanged(Guid id, string reason);
}

/// <summary>Runs the sweep at the start and then every so often.</summary>
internal sealed partial class SweepService(
    DeadlineSweep sweep,
    CompanyClock clock,
    TimeSpan every,
    ILogger<SweepService> log
) : RecurringWork(every, clock.Time, log)
{
    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        if (await sweep.RunAsync(clock.Now, clock.Today, stoppingToken) is > 0 and var said)
        {
            LogSaid(Log, said);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The sweep announced {Count} things that became due")]
    private static partial void LogSaid(ILogger logger, int count);
}

/// <summary><c>sweep</c>: goes through the deadlines once, now.</summary>
internal sealed class SweepCommand : IServiceCommand
{
    public string Name => "sweep";

    public async Task<int> RunAsync(
        string[] args,
        IServiceProvider services,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var clock = services.GetRequiredService<CompanyClock>();
        var said = await services
            .GetRequiredService<DeadlineSweep>()
            .RunAsync(clock.Now, clock.Today, cancellationToken);
        await output.WriteLineAsync(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{said} announced")
        );
        return 0;
    }
}

internal static class SweepRegistration
{
    /// <summary>Adds the sweep. Setting <c>Sweep:Minutes</c>, default 15; 0 leaves it to the command.</summary>
    public static IServiceCollection AddDeadlineSweep(this IServiceCollection services, IConfiguration configuration)
    {
        var minutes = Settings.Number(configuration, "Sweep:Minutes", 15, 0, 24 * 60);
        services.AddSingleton<DeadlineSweep>();
        services.AddSingleton<IServiceCommand, SweepCommand>();
        if (minutes > 0)
        {
            services.AddHostedService(provider =>
                ActivatorUtilities.CreateInstance<SweepService>(provider, TimeSpan.FromMinutes(minutes))
            );
        }

        return services;
    }
}
