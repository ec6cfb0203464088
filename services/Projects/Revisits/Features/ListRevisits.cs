using CustomerService.Projects.Data;
using CustomerService.Projects.Projects;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Revisits.Features;

internal static class ListRevisits
{
    private const int FewProjects = 1000;

    internal sealed record Query : PageQuery
    {
        /// <summary>The project.</summary>
        public Guid? ProjectId { get; init; }

        /// <summary>A part of the project's name, contract number, owner or address.</summary>
        public TextFilter? Search { get; init; }

        /// <summary>The owner.</summary>
        public Guid? OwnerId { get; init; }

        /// <summary>City code of the project.</summary>
        public TextFilter? City { get; init; }

        /// <summary>States, joined by commas.</summary>
        public EnumFilter<RevisitState>? State { get; init; }

        /// <summary>First date: revisits that are due from then on; cancelled ones only where `state` names
        /// them.</summary>
        public Day? DueFrom { get; init; }

        /// <summary>Last date; likewise.</summary>
        public Day? DueTo { get; init; }

        /// <summary>The planned date is over and the revisit was not held (P2.1.1).</summary>
        public bool? Overdue { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/revisits", Handle)
            .AsQuery()
            .WithSummary("Revisits by project, place, state and date")
            .WithDescription(
                "By planned date, the latest first. Walk on with `after`. A customer sees those of its own projects."
            )
            .Produces<Page<RevisitListItem>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ProjectsDb db,
        Caller caller,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var ownerId = await moves.StayedAsync(query.OwnerId, cancellation);
        var today = caller.Today;
        var revisits = db
            .Revisits.AsNoTracking()
            .VisibleTo(caller.Actor)
            .Where(query.ProjectId, id => r => r.ProjectId == id)
            .Where(ownerId, id => r => r.OwnerId == id)
            .Where(query.State, states => r => states.Contains(r.State))
            .Where(query.DueFrom, day => r => r.DueOn >= day)
            .Where(query.DueTo, day => r => r.DueOn <= day)
            .Where(
                query.Overdue,
                wanted => wanted ? RevisitDeadlines.Overdue(today) : RevisitDeadlines.NotOverdue(today)
            );
        if (query is { State: null } and ({ DueFrom: not null } or { DueTo: not null }))
        {
            // Due in these days as every report counts it.
            revisits = revisits.Where(RevisitDeadlines.DueIn(query.DueFrom?.Value, query.DueTo?.Value));
        }

        revisits = await OfProjectsAsync(revisits, query, db, cancellation);
        return await revisits.ToPageInTwoStepsByAsync(query, r => r.DueOn, LoadAsync, cancellation);

        async Task<IReadOnlyDictionary<Guid, RevisitListItem>> LoadAsync(IReadOnlyList<Guid> ids)
        {
            var rows = await db
                .Revisits.AsNoTracking()
                .Where(r => ids.Contains(r.Id))
                .Join(
                    db.Projects,
                    r => r.ProjectId,
                    p => p.Id,
                    (r, p) =>
                        new { Revisit = r, Project = new ProjectHeading(p.Id, p.Name, p.ContractNumber, p.OwnerName) }
                )
                .ToListAsync(cancellation);
            return rows.ToDictionary(
                row => row.Revisit.Id,
                row => RevisitListItem.From(row.Revisit, row.Project, caller)
            );
        }
    }

    private static async Task<IQueryable<Revisit>> OfProjectsAsync(
        IQueryable<Revisit> revisits,
        Query query,
        ProjectsDb db,
        CancellationToken cancellation
    )
    {
        if (query.Search is null && query.City is null)
        {
            return revisits;
        }

        var (projects, areMany) = query.Search is { } search
            ? await db.Projects.SearchAsync(db, search.Value, cancellation)
            : (db.Projects, false);
        projects = projects.Where(query.City, city => p => p.City == city);
        if (areMany && query.City is null)
        {
            return revisits.Where(r => projects.Any(p => p.Id == r.ProjectId));
        }

        // Few projects: filter by a list of identities. Many: a walk by date fills a page sooner.
        var few = await projects.Select(p => p.Id).Take(FewProjects + 1).ToListAsync(cancellation);
        return few.Count <= FewProjects
            ? revisits.Where(r => few.Contains(r.ProjectId))
            : revisits.Where(r => projects.Any(p => p.Id == r.ProjectId));
    }
}
