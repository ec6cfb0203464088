using CustomerService.Reporting.Figures;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Views;

/// <summary>The views for BI tools, see docs/bi.md: the sets of <c>bi.sql</c>, over them the cases of all figures, and of each
/// what an account of a BI tool may read.</summary>
internal sealed class BiViews(CompanyClock clock) : IDerivedSchema
{
    private const string ZoneOfTheCompany = "company_zone";

    /// <summary>The schema of the sets with every row.</summary>
    public const string Schema = "bi_all";

    public string Drop => "DROP SCHEMA IF EXISTS bi CASCADE; DROP SCHEMA IF EXISTS bi_all CASCADE";

    public string Create =>
        Zoned("bi.sql")
        + FigureView.Sql
        + Read("accounts.sql")
            .Replace("figures_without_department", Without("department"), StringComparison.Ordinal)
            .Replace("figures_without_region", Without("region"), StringComparison.Ordinal)
        + Read("grants.sql")
        + Zoned("sums.sql")
        + FigureSums.Begin;

    private string Zoned(string file) =>
        Read(file)
            .Replace(
                ZoneOfTheCompany,
                clock.Zone.Id.Replace("'", "''", StringComparison.Ordinal),
                StringComparison.Ordinal
            );

    // Codes of figures have no quotes.
    private static string Without(string dimension) =>
        string.Join(
            ", ",
            FigureCatalogue.All.Where(figure => !figure.Covers(dimension)).Select(figure => $"'{figure.Code}'")
        );

    private static string Read(string file)
    {
        using var reader = new StreamReader(
            typeof(BiViews).Assembly.GetManifestResourceStream("CustomerService.Reporting.Views." + file)!
        );
        return reader.ReadToEnd();
    }
}
