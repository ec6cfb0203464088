using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Views;

/// <summary>The views for BI tools, see docs/bi.md.</summary>
internal sealed class BiViews : IDerivedSchema
{
    public string Drop => "DROP SCHEMA IF EXISTS bi CASCADE";

    public string Create
    {
        get
        {
            using var reader = new StreamReader(
                typeof(BiViews).Assembly.GetManifestResourceStream("CustomerService.Reporting.Views.bi.sql")!
            );
            return reader.ReadToEnd();
        }
    }
}
