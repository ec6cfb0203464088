using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Organisations.Features;

internal static class ListOrganisations
{
    internal sealed record Query : PageQuery
    {
        /// <summary>Kinds, joined by commas.</summary>
        public EnumFilter<OrganisationKind>? Kind { get; init; }

        /// <summary>A part of the name or of the code.</summary>
        public TextFilter? Search { get; init; }

        /// <summary>False: only those that new records may name; true: only those that were merged into
        /// another.</summary>
        public bool? Merged { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/organisations", Handle)
            .AsQuery()
            .WithSummary("Organisations by kind and name")
            .WithDescription(
                """
                The newest first. Walk on with `after`. One that was merged into another is found by its name and number
                and points to it (`mergedInto`, S4). A customer sees its own organisation only.
                """
            )
            .Produces<Page<OrganisationListItem>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .Organisations.VisibleTo(caller.Actor)
            .Where(query.Kind, kinds => o => kinds.Contains(o.OrganisationKind))
            .Where(query.Merged, merged => o => (o.MergedInto != null) == merged)
            .Where(query.Search, text => Lists.Has<Organisation>(o => o.SearchText, text))
            .ToPageAsync(query, o => OrganisationListItem.From(o, caller), cancellation);
}
