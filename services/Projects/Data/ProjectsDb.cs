using CustomerService.Messaging;
using CustomerService.Projects.CalendarFeeds.Domain;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.Projects.PlanSheets.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Data;

/// <summary>The store of this service.</summary>
internal sealed class ProjectsDb(DbContextOptions<ProjectsDb> options) : ServiceDbContext(options)
{
    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Person> People => Set<Person>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<Revisit> Revisits => Set<Revisit>();

    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    public DbSet<KnownFault> KnownFaults => Set<KnownFault>();

    public DbSet<PlanSheet> PlanSheets => Set<PlanSheet>();

    public DbSet<LinkedCase> LinkedCases => Set<LinkedCase>();

    public DbSet<ServedCase> ServedCases => Set<ServedCase>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.AddMovedReferences();
        modelBuilder.AddRecords();
    }

    protected override IReadOnlyCollection<Type> PartsInTables => [typeof(PartTerm)];

    /// <summary>The project of a revisit.</summary>
    public Task<Project> ProjectOfAsync(Revisit revisit, CancellationToken cancellation) =>
        Projects.FirstAsync(p => p.Id == revisit.ProjectId, cancellation);

    /// <summary>All revisits of a project, in the order of their numbers.</summary>
    public async Task<IReadOnlyList<Revisit>> RevisitsOfAsync(Guid projectId, CancellationToken cancellation) =>
        await Revisits.Where(r => r.ProjectId == projectId).OrderBy(r => r.Ordinal).ToListAsync(cancellation);

    /// <summary>Adds the revisits of a new plan; passes a refusal on.</summary>
    public Refusal? AddPlan(Result<PlanChange> result)
    {
        if (result.Failed(out var refusal, out var change))
        {
            return refusal;
        }

        AddRange(change.Added);
        return null;
    }

    /// <summary>What is saved now relies on this record as it was read: when it is changed meanwhile, for example a
    /// project's plan is shortened, nothing is saved. One that is saved itself is compared anyway.</summary>
    public void RequireUnchanged<T>(Guid id)
        where T : Aggregate
    {
        if (Set<T>().Local.FindEntry(id) is { State: EntityState.Unchanged } entry)
        {
            entry.Property(record => record.Version).IsModified = true;
        }
    }

    /// <summary>What became of these findings in other services.</summary>
    public async Task<IReadOnlyList<LinkedCase>> LinkedCasesOfAsync(Revisit revisit, CancellationToken cancellation)
    {
        var sources = revisit
            .Findings.SelectMany(f => new Guid?[] { f.Id, f.CapaGroupId })
            .Where(source => source is not null)
            .ToList();
        if (sources.Count == 0)
        {
            return [];
        }

        var linked = await LinkedCases
            .AsNoTracking()
            .Where(c => sources.Contains(c.SourceId))
            .ToListAsync(cancellation);
        // A CAPA serves findings that joined it later, and those whose repair orders it serves.
        var cases = revisit
            .Findings.Select(f => f.Id)
            .Concat(linked.Where(c => c.Kind == LinkedCase.RepairOrder).Select(c => c.Id))
            .ToList();
        var served = await ServedCases.AsNoTracking().Where(s => cases.Contains(s.CaseId)).ToListAsync(cancellation);
        var others = served.Select(s => s.CapaId).Except(linked.Select(c => c.Id)).ToList();
        if (others.Count > 0)
        {
            linked.AddRange(
                await LinkedCases
                    .AsNoTracking()
                    .Where(c => c.Kind == LinkedCase.Capa && others.Contains(c.Id))
                    .ToListAsync(cancellation)
            );
        }

        linked.ForEach(c => c.Serve(served.Where(s => s.CapaId == c.Id).Select(s => s.CaseId)));
        return linked;
    }

    /// <summary>Notes that a CAPA serves these cases.</summary>
    public async Task ServeAsync(Guid capa, IEnumerable<Guid> cases, CancellationToken cancellation)
    {
        foreach (var id in cases.Distinct())
        {
            if (await ServedCases.FindAsync([id, capa], cancellation) is null)
            {
                Add(new ServedCase(capa, id));
            }
        }
    }

    /// <summary>The CAPA of an event; a new one where it is not known yet.</summary>
    public async Task<LinkedCase> LinkedCapaAsync(Guid id, CancellationToken cancellation)
    {
        if (await LinkedCases.FindAsync([LinkedCase.Capa, id], cancellation) is { } known)
        {
            return known;
        }

        var linked = new LinkedCase { Kind = LinkedCase.Capa, Id = id };
        Add(linked);
        return linked;
    }
}

/// <summary>For <c>dotnet ef</c>.</summary>
internal sealed class DesignTime : DesignTimeFactory<ProjectsDb>;
