using System.Globalization;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs;

/// <summary>Settings of this service.</summary>
/// <param name="OwnUnit">
/// The contractor's own repair unit, which repairs what is no subcontractor's part. <c>Company:OrganisationId</c> is
/// also the organisation in its people's tokens; <c>Company:RepairUnitName</c> its name on the record, where the
/// registry has none.
/// </param>
/// <param name="AskTimeout"><c>Repairs:AskMilliseconds</c>: how long another service may take for an answer;
/// default 2000.</param>
/// <param name="SweepEvery"><c>Repairs:SweepSeconds</c>: how often is looked for overdue confirmations; default
/// every 15 minutes, so that a day's turn is seen soon after midnight.</param>
/// <param name="AskAgainEvery"><c>Repairs:AskAgainSeconds</c>: how often Projects is asked again what it did not answer;
/// default every minute.</param>
/// <param name="PublicUrl">See <see cref="ServiceDefaults.PublicUrl"/>.</param>
internal sealed record RepairsSettings(
    RepairUnit OwnUnit,
    TimeSpan AskTimeout,
    TimeSpan SweepEvery,
    TimeSpan AskAgainEvery,
    string PublicUrl
)
{
    /// <summary>The address of an order, for a QR code.</summary>
    public string AddressOf(Guid order) => $"{PublicUrl}/repair-orders/{order}";

    /// <summary>The link of a token.</summary>
    public string LinkOf(string token) => $"{PublicUrl}/api/repairs/v1/repair-links/{token}";

    /// <summary>The link of a customer's token.</summary>
    public string CustomerLinkOf(string token) => $"{PublicUrl}/api/repairs/v1/customer-links/{token}";

    /// <summary>What the QR code on a machine leads its customer to.</summary>
    public string MachineLinkOf(string token) => $"{PublicUrl}/api/repairs/v1/customer-links/{token}/machine";

    /// <summary>What the QR code of a unit or form leads to.</summary>
    public string ScanLink(string code) => $"{PublicUrl}/scan/{code}";

    private const string DefaultOrganisation = "00000000-0000-0000-0000-000000000001";

    public static RepairsSettings From(IConfiguration configuration)
    {
        var organisation = configuration["Company:OrganisationId"] is { Length: > 0 } set ? set : DefaultOrganisation;
        return new(
            new RepairUnit(
                Guid.TryParse(organisation, out var id)
                    ? id
                    : throw new SettingException(
                        $"Setting Company:OrganisationId is '{organisation}', expected a GUID."
                    ),
                configuration["Company:RepairUnitName"] is { Length: > 0 } name
                    ? name
                    : RepairsTexts.Manager.GetString("own-repair-unit", CultureInfo.GetCultureInfo("zh-Hant"))!,
                UnitKind.Own
            ),
            TimeSpan.FromMilliseconds(Settings.Number(configuration, "Repairs:AskMilliseconds", 2000, 50, 30_000)),
            TimeSpan.FromSeconds(Settings.Number(configuration, "Repairs:SweepSeconds", 900, 1, 86_400)),
            TimeSpan.FromSeconds(Settings.Number(configuration, "Repairs:AskAgainSeconds", 60, 1, 86_400)),
            ServiceDefaults.PublicUrl.From(configuration)
        );
    }
}
