using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.WorkLinks.Features;

internal static class ShowLinkedWork
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-links/{token}", Handle)
            .AddEndpointFilter(HeldLink.ProtectAsync)
            .AllowAnonymous()
            .AsQuery()
            .WithSummary("The work behind a link")
            .WithDescription(
                """
                Rule P3.2.3. The order, or the unit's orders of the day, with what the work needs and the steps that the
                holder may take. 404 when there is no such link; 409 link-expired or link-revoked.
                """
            )
            .Produces<LinkedWorkView>();

    private static async Task<QueryResult> Handle(
        string token,
        RepairsDb db,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        if (await db.LinkOfAsync(token, cancellation) is not { } link)
        {
            return QueryResult.NotFound;
        }

        if (link.WhyClosed(contexts.Clock.Now) is { } closed)
        {
            return closed;
        }

        var orders = await db.OrdersAsync(link, cancellation);
        return QueryResult.Of(
            new LinkedWorkView(
                link.UnitName,
                link.HolderName,
                link.ExpiresAt,
                [.. orders.Select(o => LinkedOrderView.From(o, link, contexts.For(link.Holder, o)))]
            )
        );
    }
}
