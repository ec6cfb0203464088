using CustomerService.Repairs.Components.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Components.Features;

internal static class ListMakerClaims
{
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<MakerClaimState>? State { get; init; }

        /// <summary>The maker, however it is written.</summary>
        public TextFilter? Maker { get; init; }

        /// <summary>The customer's RMA.</summary>
        public Guid? RmaId { get; init; }

        /// <summary>The customer's unit.</summary>
        public Guid? UnitId { get; init; }

        /// <summary>Sent, and not answered by the expected day.</summary>
        public bool? Overdue { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/maker-claims", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("What was sent to makers, the newest first")
            .WithDescription("Rule C3.1.1. `overdue=true` is the list to chase. 400: bad-filter, bad-cursor.")
            .Produces<Page<MakerClaimListItem>>();
        routes
            .MapGet("/maker-claims/{id:guid}", GetMakerClaim)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("A component or machine that goes to its maker")
            .WithDescription("Rule C3.1.1.")
            .Produces<MakerClaimView>();
    }

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var today = caller.Today;
        var maker = query.Maker is { } named ? TextFolding.Key(named.Value) : null;
        return db
            .MakerClaims.VisibleTo(caller.Actor)
            .Where(query.State, states => claim => states.Contains(claim.State))
            .Where(claim => maker == null || claim.MakerKey == maker)
            .Where(query.RmaId, id => claim => claim.RmaId == id)
            .Where(query.UnitId, id => claim => claim.UnitId == id)
            .Where(
                query.Overdue,
                overdue => claim => (claim.State == MakerClaimState.Sent && claim.ExpectedOn < today) == overdue
            )
            .ToPageAsync(query, claim => MakerClaimListItem.From(claim, caller), cancellation);
    }

    private static Task<QueryResult> GetMakerClaim(
        Guid id,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ReadAsync(db.MakerClaims.VisibleTo(caller.Actor), id, MakerClaimView.From, cancellation);
}
