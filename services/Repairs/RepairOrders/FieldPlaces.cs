using System.Linq.Expressions;
using CustomerService.Records;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>A photo that was taken far from the site.</summary>
internal sealed record FarPhoto(Guid FileId, string FileName, string Purpose, DateTimeOffset At, double DistanceKm);

/// <summary>How far steps and photos are from the site of the project (P3.2.3).</summary>
internal sealed class FieldPlaces(RepairsDb db, Files files)
{
    /// <summary>Both numbers as a place; null where they are not said.</summary>
    public static GeoPoint? PointOf(double? latitude, double? longitude) =>
        (latitude, longitude) is ({ } north, { } east) ? new GeoPoint(north, east) : null;

    /// <summary>Where a step is taken; null where the phone does not say.</summary>
    public async Task<FieldPlace?> PlaceAsync(
        RepairOrder order,
        GeoPoint? here,
        CommandContext context,
        CancellationToken cancellation
    ) =>
        here is null
            ? null
            : FieldPlace.Of(here, await SiteAsync(order.ProjectId, cancellation), context.Policy.Repairs);

    /// <summary>The photos of an order that say that they were taken far from its site.</summary>
    public async Task<IReadOnlyList<FarPhoto>> FarPhotosAsync(
        RepairOrder order,
        RepairPolicy policy,
        CancellationToken cancellation
    )
    {
        if (await SiteAsync(order.ProjectId, cancellation) is not { } site)
        {
            return [];
        }

        var far = new List<FarPhoto>();
        foreach (var file in await files.ListAsync(order.Id, cancellation))
        {
            var place = FieldPlace.Of(PointOf(file.Latitude, file.Longitude), site, policy);
            if (place is { FarAway: true, DistanceKm: { } distance })
            {
                far.Add(new(file.Id, file.Name, file.Purpose, file.TakenAt ?? file.UploadedAt, distance));
            }
        }

        return far;
    }

    private async Task<GeoPoint?> SiteAsync(Guid project, CancellationToken cancellation) =>
        (await db.SitePlaces.AsNoTracking().FirstOrDefaultAsync(place => place.Id == project, cancellation))?.Point;
}

/// <summary>What is asked of a place in a request: both numbers or none, and a point on earth.</summary>
internal static class PlaceRules
{
    public static void RulesForPlace<T>(
        this AbstractValidator<T> validator,
        Expression<Func<T, double?>> latitude,
        Expression<Func<T, double?>> longitude
    )
    {
        var (north, east) = (latitude.Compile(), longitude.Compile());
        validator.RuleFor(latitude).InclusiveBetween(-90, 90);
        validator.RuleFor(longitude).InclusiveBetween(-180, 180);
        validator.RuleFor(latitude).NotNull().When(request => east(request) is not null);
        validator.RuleFor(longitude).NotNull().When(request => north(request) is not null);
    }
}
