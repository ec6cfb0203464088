using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Projects.Features;

internal static class ListProjects
{
    /// <summary>Whether the site is cleared.</summary>
    internal enum ClearanceFilter
    {
        /// <summary>Accepted and not cleared.</summary>
        Open,

        /// <summary>Not cleared by its last day (P1).</summary>
        Overdue,
    }

    internal sealed record Query : PageQuery
    {
        /// <summary>A part of name, contract number, owner or address.</summary>
        public TextFilter? Search { get; init; }

        /// <summary>States, joined by commas.</summary>
        public EnumFilter<ProjectState>? State { get; init; }

        /// <summary>The owner.</summary>
        public Guid? OwnerId { get; init; }

        /// <summary>City code.</summary>
        public TextFilter? City { get; init; }

        /// <summary>First day of acceptance.</summary>
        public Day? AcceptedFrom { get; init; }

        /// <summary>Last day of acceptance.</summary>
        public Day? AcceptedTo { get; init; }

        /// <summary>First day of handover.</summary>
        public Day? HandedOverFrom { get; init; }

        /// <summary>Last day of handover.</summary>
        public Day? HandedOverTo { get; init; }

        /// <summary>open: accepted and not cleared; overdue: and the last day is over (P1).</summary>
        public EnumFilter<ClearanceFilter>? Clearance { get; init; }

        /// <summary>No revisit held and the plan has ended (P2.1.1).</summary>
        public bool? InBreach { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/projects", Handle)
            .AsQuery()
            .WithSummary("Projects by name, contract, owner, place, state and dates")
            .WithDescription(
                """
                The newest first; with a filter on handover or acceptance the latest of that day first. Walk on with
                `after`. A customer sees its own projects only.
                """
            )
            .Produces<Page<ProjectListItem>>();

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
        var projects = db
            .Projects.AsNoTracking()
            .VisibleTo(caller.Actor)
            .Where(query.State, states => p => states.Contains(p.State))
            .Where(ownerId, id => p => p.OwnerId == id)
            .Where(query.City, city => p => p.City == city)
            .Where(query.AcceptedFrom, day => p => p.AcceptedOn >= day)
            .Where(query.AcceptedTo, day => p => p.AcceptedOn <= day)
            .Where(query.HandedOverFrom, day => p => p.HandedOverOn >= day)
            .Where(query.HandedOverTo, day => p => p.HandedOverOn <= day)
            .Where(
                query.Clearance,
                wanted =>
                    wanted.Contains(ClearanceFilter.Open)
                        ? p => p.ClearanceDueOn != null && p.Clearance == null
                        : ProjectDeadlines.ClearanceOverdue(today)
            )
            .Where(
                query.InBreach,
                wanted => wanted ? ProjectDeadlines.InBreach(today) : ProjectDeadlines.NotInBreach(today)
            );
        if (query.Search is { } search)
        {
            (projects, _) = await projects.SearchAsync(db, search.Value, cancellation);
        }

        // A filter on a day gives the order, so that an index gives the page at once.
        return (query.HandedOverFrom ?? query.HandedOverTo) is not null
                ? await projects.ToPageInTwoStepsByAsync(query, p => p.HandedOverOn!.Value, LoadAsync, cancellation)
            : (query.AcceptedFrom ?? query.AcceptedTo) is not null
                ? await projects.ToPageInTwoStepsByAsync(query, p => p.AcceptedOn!.Value, LoadAsync, cancellation)
            : await projects.ToPageInTwoStepsAsync(query, LoadAsync, cancellation);

        async Task<IReadOnlyDictionary<Guid, ProjectListItem>> LoadAsync(IReadOnlyList<Guid> ids) =>
            await db
                .Projects.AsNoTracking()
                .AsSplitQuery()
                .Where(p => ids.Contains(p.Id))
                .ToDictionaryAsync(p => p.Id, p => ProjectListItem.From(p, caller), cancellation);
    }
}
