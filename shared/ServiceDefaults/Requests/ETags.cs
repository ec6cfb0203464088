using System.Globalization;

namespace CustomerService.ServiceDefaults;

/// <summary>ETags are the version of the aggregate in quotes.</summary>
public static class ETags
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
