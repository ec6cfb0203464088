using CustomerService.ServiceDefaults;

namespace CustomerService.Projects;

/// <summary>Settings of this service.</summary>
/// <param name="SweepEvery"><c>Sweep:Minutes</c>: how often deadlines are checked, default 15; 0 leaves it to the
/// command <c>sweep</c>.</param>
internal sealed record ProjectsSettings(TimeSpan SweepEvery)
{
    public static ProjectsSettings From(IConfiguration configuration) =>
        new(TimeSpan.FromMinutes(Settings.Number(configuration, "Sweep:Minutes", 15, 0, 24 * 60)));
}
