using CustomerService.ServiceDefaults;

namespace CustomerService.Projects;

/// <summary>Settings of this service.</summary>
/// <param name="SweepEvery"><c>Sweep:Minutes</c>: how often deadlines are checked, default 15; 0 leaves it to the
/// command <c>sweep</c>.</param>
/// <param name="MaxMegabytes"><c>Attachments:MaxMegabytes</c>: largest file, default 10.</param>
/// <param name="MaxMegapixels"><c>Attachments:MaxMegapixels</c>: largest picture, default 25.</param>
internal sealed record ProjectsSettings(TimeSpan SweepEvery, int MaxMegabytes, int MaxMegapixels)
{
    public long MaxBytes => MaxMegabytes * 1024L * 1024L;

    public long MaxPixels => MaxMegapixels * 1_000_000L;

    public static ProjectsSettings From(IConfiguration configuration) =>
        new(
            TimeSpan.FromMinutes(Settings.Number(configuration, "Sweep:Minutes", 15, 0, 24 * 60)),
            Settings.Number(configuration, "Attachments:MaxMegabytes", 10, 1, 100),
            Settings.Number(configuration, "Attachments:MaxMegapixels", 25, 1, 200)
        );
}
