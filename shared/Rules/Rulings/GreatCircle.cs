namespace CustomerService.Rules;

/// <summary>A place on the earth.</summary>
/// <param name="Latitude">Degrees, north positive, −90 … 90.</param>
/// <param name="Longitude">Degrees, east positive, −180 … 180.</param>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>Whether it is a place at all; a service refuses input that is not.</summary>
    public bool IsValid => Latitude is >= -90 and <= 90 && Longitude is >= -180 and <= 180;
}

/// <summary>Distances, for finding who is near (P3.2.2).</summary>
public static class GreatCircle
{
    private const double EarthRadiusKm = 6371.0088;

    /// <summary>Kilometres along the surface of a sphere, within 0.6 % of the true earth: enough to choose who
    /// is near.</summary>
    /// <param name="a">One place.</param>
    /// <param name="b">The other.</param>
    public static double DistanceKm(GeoPoint a, GeoPoint b)
    {
        var (latA, latB) = (double.DegreesToRadians(a.Latitude), double.DegreesToRadians(b.Latitude));
        var (dLat, dLon) = (latB - latA, double.DegreesToRadians(b.Longitude - a.Longitude));
        var h = Math.Pow(Math.Sin(dLat / 2), 2) + (Math.Cos(latA) * Math.Cos(latB) * Math.Pow(Math.Sin(dLon / 2), 2));

        // Rounding can carry h a hair above 1 for points opposite each other.
        return 2 * EarthRadiusKm * Math.Asin(Math.Sqrt(Math.Min(1, h)));
    }
}
