using CustomerService.Contracts.Projects.V1;
using CustomerService.Repairs.Data;
using MassTransit;

namespace CustomerService.Repairs.Projects;

/// <summary>Keeps where the sites of projects are, for orders by distance.</summary>
internal sealed class TrackSites(RepairsDb db) : IConsumer<ProjectRegistered>, IConsumer<ProjectRevised>
{
    public Task Consume(ConsumeContext<ProjectRegistered> context)
    {
        var e = context.Message;
        return KeepAsync(e.ProjectId, e.Version, e.Latitude, e.Longitude, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<ProjectRevised> context)
    {
        var e = context.Message;
        return KeepAsync(e.ProjectId, e.Version, e.Latitude, e.Longitude, context.CancellationToken);
    }

    private async Task KeepAsync(
        Guid id,
        long version,
        double? latitude,
        double? longitude,
        CancellationToken cancellation
    )
    {
        var place = await db.SitePlaces.FindAsync([id], cancellation);
        if (place is null)
        {
            place = new SitePlace { Id = id };
            db.Add(place);
        }

        place.Apply(version, latitude, longitude);
    }
}
