using CustomerService.Records;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.WorkLinks.Features;

internal static class ShowLinkedWork
{
    internal sealed record Query
    {
        /// <summary>Where the holder is, degrees, north positive; with longitude the nearest order comes first.</summary>
        public double? Latitude { get; init; }

        /// <summary>Degrees, east positive.</summary>
        public double? Longitude { get; init; }

        internal GeoPoint? Place =>
            Latitude is { } north && Longitude is { } east && new GeoPoint(north, east) is { IsValid: true } place
                ? place
                : null;
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-links/{token}", Handle)
            .ForLinkHolders()
            .AsQuery()
            .WithPage<LinkedWorkView>(_ => null, LinkedWorkSheet.Of)
            .WithSummary("The work behind a link")
            .WithDescription(
                """
                Rule P3.2.3. The order, or the unit's orders of the day, with what the work needs and the steps that the
                holder may take; by `latitude` and `longitude` of the phone the nearest first, which are not kept. A page where text/html is preferred. 404 when there is no such link; 410 link-expired or link-revoked.
                """
            )
            .Produces<LinkedWorkView>();

    private static async Task<QueryResult> Handle(
        string token,
        [AsParameters] Query query,
        RepairsDb db,
        Files files,
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
        var views = new List<(Guid Project, LinkedOrderView View)>();
        foreach (var order in orders)
        {
            var context = contexts.For(link.Holder, order);
            var view = LinkedOrderView.From(order, link, context);
            views.Add((order.ProjectId, view with { Photos = await PhotosAsync(order, context, files, cancellation) }));
        }

        return QueryResult.Of(
            new LinkedWorkView(
                link.UnitName,
                link.HolderName,
                link.ExpiresAt,
                query.Place is { } place
                    ? await ByDistanceAsync(views, place, db, cancellation)
                    : [.. views.Select(view => view.View)]
            )
        );
    }

    private static async Task<RoundPhotosView?> PhotosAsync(
        RepairOrder order,
        CommandContext context,
        Files files,
        CancellationToken cancellation
    ) =>
        order.State == RepairOrderState.InRepair
            ? RoundPhotosView.Of(await files.OfRoundAsync(order, cancellation), context.Policy.Repairs)
            : null;

    // What is due first stays first among those of one place, and those whose place is not known come last.
    private static async Task<IReadOnlyList<LinkedOrderView>> ByDistanceAsync(
        IReadOnlyList<(Guid Project, LinkedOrderView View)> orders,
        GeoPoint from,
        RepairsDb db,
        CancellationToken cancellation
    )
    {
        var projects = orders.Select(order => order.Project).Distinct().ToList();
        var places = await db
            .SitePlaces.AsNoTracking()
            .Where(place => projects.Contains(place.Id))
            .ToDictionaryAsync(place => place.Id, cancellation);
        return
        [
            .. orders
                .Select(order =>
                    places.GetValueOrDefault(order.Project)?.Point is { } place
                        ? order.View with
                        {
                            DistanceKm = Math.Round(GreatCircle.DistanceKm(from, place), 1),
                        }
                        : order.View
                )
                .OrderBy(view => view.DistanceKm ?? double.MaxValue),
        ];
    }
}
