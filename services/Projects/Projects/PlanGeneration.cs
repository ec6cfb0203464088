using System.Runtime.CompilerServices;
using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.Projects.Projects;

/// <summary>Which projects; of those, all that were handed over.</summary>
internal sealed record PlanSelection(string? City, Guid? OwnerId, int? PolicyVersion);

/// <summary>A project whose plan could not be generated; nothing of it was changed.</summary>
/// <param name="Code">Stable code of the refusal.</param>
/// <param name="Rule">Rule that refuses it.</param>
/// <param name="Message">In the caller's language.</param>
internal sealed record PlanFailure(Guid ProjectId, string ContractNumber, string Code, string Rule, string Message);

internal enum PlanLine
{
    /// <summary>A batch is done and committed.</summary>
    Progress,

    /// <summary>The last line: all are done.</summary>
    Summary,

    /// <summary>The last line: it ended before all were done, and can be taken up again after the last
    /// cursor.</summary>
    Stopped,
}

/// <summary>How far the generation of plans is. All numbers count from the beginning of this run.</summary>
internal sealed record PlanProgress
{
    /// <summary><c>progress</c> for each batch, and one last <c>summary</c> or <c>stopped</c>.</summary>
    public required PlanLine Line { get; init; }

    /// <summary>Projects gone through.</summary>
    public long Done { get; init; }

    /// <summary>Projects to go through, counted at the beginning.</summary>
    public required long Total { get; init; }

    /// <summary>Projects whose terms or plan were changed; in a dry run: would be.</summary>
    public long Changed { get; init; }

    /// <summary>Projects that were right already.</summary>
    public long Unchanged { get; init; }

    /// <summary>Projects that a rule refused, that others changed at every attempt, or that are faulty in a way that no
    /// rule foresees (<c>internal</c>, see the log).</summary>
    public long Failed { get; init; }

    /// <summary>Revisits that were added.</summary>
    public long Added { get; init; }

    /// <summary>Revisits that were moved.</summary>
    public long Moved { get; init; }

    /// <summary>Revisits that were cancelled.</summary>
    public long Cancelled { get; init; }

    /// <summary>The failures of this batch, with the rule.</summary>
    public IReadOnlyList<PlanFailure> Failures { get; init; } = [];

    /// <summary>Cursor: hand it in as <c>after</c> to go on behind this batch. Null before the first.</summary>
    public Guid? After { get; init; }

    /// <summary>Nothing is changed.</summary>
    public required bool DryRun { get; init; }

    /// <summary>Why it stopped: <c>unavailable</c> (the database went away) or <c>draining</c> (the service is being
    /// stopped); else null.</summary>
    public string? Code { get; init; }

    public PlanProgress With(PlanChange outcome) =>
        outcome.IsChange
            ? this with
            {
                Done = Done + 1,
                Changed = Changed + 1,
                Added = Added + outcome.Added.Count,
                Moved = Moved + outcome.Moved,
                Cancelled = Cancelled + outcome.Cancelled,
            }
            : this with
            {
                Done = Done + 1,
                Unchanged = Unchanged + 1,
            };

    /// <summary>The last line; failures were told with their batch.</summary>
    public PlanProgress Ended(PlanLine line, string? code = null) =>
        this with
        {
            Line = line,
            Code = code,
            Failures = [],
        };

    public PlanProgress With(PlanFailure failure) =>
        this with
        {
            Done = Done + 1,
            Failed = Failed + 1,
            Failures = [.. Failures, failure],
        };
}

/// <summary>
/// Generates the revisit plans of many projects (P2.1.1), by the rules of one project. It walks by identity in batches,
/// each with a context and one commit of its own: memory does not grow with the number of projects, and what was
/// committed stays when it ends early.
/// </summary>
internal sealed class PlanGeneration(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    Texts texts,
    IHostApplicationLifetime lifetime,
    ILogger<PlanGeneration> log
)
{
    /// <summary>Goes through the projects.</summary>
    /// <param name="selection">Which.</param>
    /// <param name="after">Cursor of an earlier run; null for the first.</param>
    /// <param name="batch">Projects a commit.</param>
    /// <param name="dryRun">Works everything out and changes nothing.</param>
    /// <param name="reason">Why, for the audit trail and the events.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">The caller has gone away: the batch in hand is rolled back.</param>
    public async IAsyncEnumerable<PlanProgress> RunAsync(
        PlanSelection selection,
        Guid? after,
        int batch,
        bool dryRun,
        string reason,
        Actor actor,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var progress = new PlanProgress
        {
            Line = PlanLine.Progress,
            Total = await CountAsync(selection, after, cancellationToken),
            After = after,
            DryRun = dryRun,
        };
        while (true)
        {
            if (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                yield return progress.Ended(PlanLine.Stopped, "draining");
                yield break;
            }

            if (
                await NextAsync(selection, progress with { Failures = [] }, batch, reason, actor, cancellationToken)
                is not { } next
            )
            {
                yield return progress.Ended(PlanLine.Stopped, "unavailable");
                yield break;
            }

            if (next.Done == progress.Done)
            {
                yield return progress.Ended(PlanLine.Summary);
                yield break;
            }

            progress = next;
            yield return progress;
        }
    }

    private static IQueryable<Project> Of(ProjectsDb store, PlanSelection selection, Guid? after)
    {
        var projects = store.Projects.Where(p => p.State == ProjectState.HandedOver);
        projects = selection.City is { Length: > 0 } city ? projects.Where(p => p.City == city) : projects;
        projects = selection.OwnerId is { } owner ? projects.Where(p => p.OwnerId == owner) : projects;
        projects = selection.PolicyVersion is { } version ? projects.Where(p => p.PolicyVersion == version) : projects;
        return after is { } last ? projects.Where(p => p.Id > last) : projects;
    }

    private async Task<long> CountAsync(PlanSelection selection, Guid? after, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Of(scope.ServiceProvider.GetRequiredService<ProjectsDb>(), selection, after)
            .LongCountAsync(cancellationToken);
    }

    // Null when the database went away: what was committed before stays, and the cursor says where to go on.
    private async Task<PlanProgress?> NextAsync(
        PlanSelection selection,
        PlanProgress before,
        int batch,
        string reason,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var store = scope.ServiceProvider.GetRequiredService<ProjectsDb>();
            var chosen = Of(store, selection, before.After).OrderBy(p => p.Id).Take(batch);
            var (progress, projects, isSound) = await PlanAsync(
                store,
                chosen,
                before,
                reason,
                actor,
                cancellationToken
            );
            if (projects.Count == 0)
            {
                return before;
            }

            progress = progress with { After = projects[^1] };
            if (
                before.DryRun
                || (
                    isSound && (progress.Changed == before.Changed || await SaveAsync(store, cancellationToken) is null)
                )
            )
            {
                return progress;
            }

            // One of them was changed at this moment, or something is wrong with one: take them one by one, so that
            // it does not hold up the others.
            progress = before with
            {
                After = projects[^1],
            };
            foreach (var id in projects)
            {
                progress = await OneAsync(id, progress, reason, actor, cancellationToken);
            }

            return progress;
        }
        catch (Exception gone) when (Unavailability.Is(gone) && !IsConflict(gone))
        {
            return null;
        }
    }

    private async Task<PlanProgress> OneAsync(
        Guid id,
        PlanProgress before,
        string reason,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var store = scope.ServiceProvider.GetRequiredService<ProjectsDb>();
            var (progress, _, isSound) = await PlanAsync(
                store,
                store.Projects.Where(p => p.Id == id),
                before,
                reason,
                actor,
                cancellationToken
            );
            if (
                !isSound
                || progress.Changed == before.Changed
                || await SaveAsync(store, cancellationToken) is not { } failed
            )
            {
                return progress;
            }

            var contract = store.Projects.Local.FirstOrDefault()?.ContractNumber ?? "";
            if (!IsConflict(failed))
            {
                return before.With(Fault(id, contract, failed));
            }

            if (attempt == 3)
            {
                return before.With(
                    new PlanFailure(
                        id,
                        contract,
                        "stale-version",
                        RuleCatalogue.Api,
                        texts.Find("stale-version") ?? "stale-version"
                    )
                );
            }
        }
    }

    private PlanFailure Fault(Guid id, string contract, Exception fault)
    {
        log.LogError(fault, "The revisit plan of project {Project} cannot be generated", id);
        return new PlanFailure(id, contract, "internal", RuleCatalogue.Api, texts.Find("internal") ?? "internal");
    }

    // `IsSound` is false if an aggregate was left half-changed; nothing tracked may be saved.
    private async Task<(PlanProgress Progress, IReadOnlyList<Guid> Projects, bool IsSound)> PlanAsync(
        ProjectsDb store,
        IQueryable<Project> chosen,
        PlanProgress progress,
        string reason,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var tracking = progress.DryRun ? QueryTrackingBehavior.NoTracking : QueryTrackingBehavior.TrackAll;
        var projects = await chosen.AsTracking(tracking).ToListAsync(cancellationToken);
        var ids = projects.ConvertAll(p => p.Id);
        var revisits = (
            await store
                .Revisits.AsTracking(tracking)
                .Where(r => ids.Contains(r.ProjectId))
                .OrderBy(r => r.Ordinal)
                .ToListAsync(cancellationToken)
        ).ToLookup(r => r.ProjectId);
        var isSound = true;
        foreach (var project in projects)
        {
            var outcome = PlanChange.None;
            Refusal? refusal;
            try
            {
                (refusal, outcome) = Regenerate(project, [.. revisits[project.Id]], reason, actor);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                isSound = false;
                if (!progress.DryRun && projects.Count > 1)
                {
                    // It is told when its turn comes alone.
                    break;
                }

                progress = progress.With(Fault(project.Id, project.ContractNumber, fault));
                continue;
            }

            progress = refusal is null
                ? progress.With(outcome)
                : progress.With(
                    new PlanFailure(
                        project.Id,
                        project.ContractNumber,
                        refusal.Code,
                        refusal.Rule,
                        texts.Find(refusal.Code, refusal.Arguments) ?? refusal.Code
                    )
                );
            if (!progress.DryRun)
            {
                store.AddRange(outcome.Added);
            }
        }

        return (progress, ids, isSound);
    }

    private (Refusal? Refusal, PlanChange Outcome) Regenerate(
        Project project,
        IReadOnlyList<Revisit> revisits,
        string reason,
        Actor actor
    )
    {
        if (contexts.Policies.Versions.All(p => p.Version != project.PolicyVersion))
        {
            var missing = Refusal
                .ByRule("policy-version-missing", "C9", ["policy-version"], Roles.Sales, Roles.Administrator)
                .With("version", project.PolicyVersion);
            return (missing, PlanChange.None);
        }

        return project
            .RegeneratePlan(contexts.For(actor, project), reason, revisits)
            .Failed(out var refusal, out var change)
            ? (refusal, PlanChange.None)
            : (null, change);
    }

    // Null when it is saved. A lost database is not the fault of a project and passes on; a deadlock, transient as it
    // is, is a conflict.
    private static async Task<Exception?> SaveAsync(ProjectsDb store, CancellationToken cancellationToken)
    {
        try
        {
            await store.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (Exception failed)
            when (IsConflict(failed) || (failed is DbUpdateException && !Unavailability.Is(failed)))
        {
            return failed;
        }
    }

    // However deep: the driver's retry wraps what it gave up on.
    internal static bool IsConflict(Exception? failed) =>
        failed switch
        {
            null => false,
            DbUpdateConcurrencyException => true,
            PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected } =>
                true,
            _ => IsConflict(failed.InnerException),
        };
}
