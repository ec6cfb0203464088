using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.Projects;

/// <summary>Where the site of a project is, as it was last announced.</summary>
internal sealed class SitePlace
{
    /// <summary>The project.</summary>
    public required Guid Id { get; init; }

    public long Version { get; private set; }

    public double? Latitude { get; private set; }

    public double? Longitude { get; private set; }

    /// <summary>The place; null where the last word was that it is not known.</summary>
    public GeoPoint? Point => (Latitude, Longitude) is ({ } north, { } east) ? new GeoPoint(north, east) : null;

    /// <summary>Takes a place, or that it is not known, unless a newer word is there.</summary>
    public void Apply(long version, double? latitude, double? longitude)
    {
        if (version > Version)
        {
            (Version, Latitude, Longitude) = (version, latitude, longitude);
        }
    }
}

internal sealed class SitePlaceMapping : IEntityTypeConfiguration<SitePlace>
{
    public void Configure(EntityTypeBuilder<SitePlace> place)
    {
        place.ToTable("site_places");
        place.Property(p => p.Id).ValueGeneratedNever();
        place.Ignore(p => p.Point);
    }
}
