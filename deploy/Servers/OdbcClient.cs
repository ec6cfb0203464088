namespace CustomerService.Servers;

/// <summary>The ODBC client of the distribution with its driver for PostgreSQL, by which tests read as a BI tool does.</summary>
public static class OdbcClient
{
    private const string Program = "/usr/bin/isql";
    private const string Drivers = "/usr/lib";

    /// <summary>Whether client and driver are installed.</summary>
    public static bool IsThere => File.Exists(Program) && HasDriver;

    private static bool HasDriver =>
        Directory.Exists(Drivers)
        && Directory
            .EnumerateDirectories(Drivers)
            .Any(folder => File.Exists(Path.Combine(folder, "odbc", "psqlodbcw.so")));

    /// <summary>Installs both where that is possible; says the line to run where it is not.</summary>
    public static async Task<bool> EnsureAsync(Action<string> say, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(say);
        try
        {
            if (!File.Exists(Program))
            {
                await DebianPackages.InstallAsync("unixodbc", "PATH", () => File.Exists(Program), say, cancellation);
            }

            if (!HasDriver)
            {
                await DebianPackages.InstallAsync("odbc-postgresql", "PATH", () => HasDriver, say, cancellation);
            }
        }
        catch (ServerUnavailableException missing)
        {
            say(missing.Message);
        }

        return IsThere;
    }
}
