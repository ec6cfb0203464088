using CustomerService.Projects.Data;
using CustomerService.Projects.People.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.People.Features;

internal static class ListPeople
{
    internal sealed record Query : PageQuery
    {
        /// <summary>A part of the name or of the staff number.</summary>
        public TextFilter? Search { get; init; }

        /// <summary>False: only those whom new records may name; true: only those that were merged into
        /// another.</summary>
        public bool? Merged { get; init; }

        /// <summary>Department code.</summary>
        public TextFilter? Department { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/people", Handle)
            .AsQuery()
            .WithSummary("People by name, staff number or department")
            .WithDescription("The newest first. Walk on with `after`. For staff only.")
            .Produces<Page<PersonListItem>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .People.VisibleTo(caller.Actor)
            .Where(query.Department, department => p => p.Department == department)
            .Where(query.Merged, merged => p => (p.MergedInto != null) == merged)
            .Where(query.Search, text => Lists.Has<Person>(p => p.SearchText, text))
            .ToPageAsync(query, p => PersonListItem.From(p, caller), cancellation);
}
