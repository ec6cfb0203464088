using CsCheck;
using CustomerService.Rules;

namespace CustomerService.Projects.Tests.Domain;

public sealed class GreatCircleTests
{
    [Theory]
    [Trait("Rule", "P3.2.2")]
    [InlineData(39.9042, 116.4074, 31.2304, 121.4737, 1067)]
    [InlineData(23.1291, 113.2644, 22.5431, 114.0579, 104)]
    [InlineData(0, 179.5, 0, -179.5, 111)]
    [InlineData(90, 0, -90, 0, 20015)]
    public void Distances_run_along_the_surface_and_across_the_date_line(
        double latA,
        double lonA,
        double latB,
        double lonB,
        double km
    ) => GreatCircle.DistanceKm(new(latA, lonA), new(latB, lonB)).ShouldBe(km, 1.5);

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Distance_is_symmetric_zero_to_itself_and_no_detour_is_shorter()
    {
        var point = Gen.Select(Gen.Double[-90, 90], Gen.Double[-180, 180]).Select((lat, lon) => new GeoPoint(lat, lon));

        Gen.Select(point, point, point)
            .Sample(
                (a, b, c) =>
                    Math.Abs(GreatCircle.DistanceKm(a, b) - GreatCircle.DistanceKm(b, a)) < 1e-6
                    && GreatCircle.DistanceKm(a, a) < 1e-6
                    && GreatCircle.DistanceKm(a, c)
                        <= GreatCircle.DistanceKm(a, b) + GreatCircle.DistanceKm(b, c) + 1e-3
            );
    }

    [Theory]
    [InlineData(90.1, 0)]
    [InlineData(0, -180.1)]
    [InlineData(double.NaN, 0)]
    public void A_place_off_the_map_is_seen(double latitude, double longitude) =>
        new GeoPoint(latitude, longitude).IsValid.ShouldBeFalse();
}
