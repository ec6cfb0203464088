using CustomerService.Reporting.Figures;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Views;

/// <summary>The views for BI tools, see docs/bi.md: the sets of <c>bi.sql</c>, and over them the cases of all figures.</summary>
internal sealed class BiViews(CompanyClock clock) : IDerivedSchema
{
    private const string ZoneOfTheCompany = "company_zone";

    public string Drop => "DROP SCHEMA IF EXISTS bi CASCADE";

    public string Create =>
        Read("bi.sql")
            .Replace(
                ZoneOfTheCompany,
                clock.Zone.Id.Replace("'", "''", StringComparison.Ordinal),
                StringComparison.Ordinal
            )
        + FigureView.Sql
        + Read("grants.sql");

    private static string Read(string file)
    {
        using var reader = new StreamReader(
            typeof(BiViews).Assembly.GetManifestResourceStream("CustomerService.Reporting.Views." + file)!
        );
        return reader.ReadToEnd();
    }
}
