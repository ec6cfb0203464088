using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints;

/// <summary>Settings of this service.</summary>
/// <param name="SweepEvery"><c>Complaints:SweepSeconds</c>: how often is looked for liabilities that were unclear for
/// too long; default every 15 minutes, so that a day's turn is seen soon after midnight.</param>
internal sealed record ComplaintsSettings(TimeSpan SweepEvery)
{
    public static ComplaintsSettings From(IConfiguration configuration) =>
        new(TimeSpan.FromSeconds(Settings.Number(configuration, "Complaints:SweepSeconds", 900, 1, 86_400)));
}
