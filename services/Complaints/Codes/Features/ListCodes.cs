using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Codes.Features;

internal static class ListCodes
{
    /// <summary>Filters; all given ones must hold.</summary>
    internal sealed record Query : PageQuery
    {
        /// <summary>Catalogues, joined by commas.</summary>
        public EnumFilter<CodeKind>? Catalogue { get; init; }

        /// <summary>A part of the code or of one of its names.</summary>
        public TextFilter? Search { get; init; }

        /// <summary>May be entered today, or not.</summary>
        public bool? InForce { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/codes", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("Codes of products, faults and causes, the newest first")
            .WithDescription("Rule C5.7; staff. Those that ended are among them, so that old entries can be read.")
            .Produces<Page<CodeView>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var today = caller.Today;
        return db
            .Codes.Where(query.Catalogue, kinds => code => kinds.Contains(code.Catalogue))
            .Where(query.Search, text => Lists.Has<CatalogueCode>(c => c.SearchText, text))
            .Where(
                query.InForce,
                inForce =>
                    code =>
                        (code.ValidFrom <= today && (code.ValidThrough == null || code.ValidThrough >= today))
                        == inForce
            )
            .ToPageAsync(query, code => CodeView.From(code, caller), cancellation);
    }
}
