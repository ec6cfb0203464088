using System.Resources;

namespace CustomerService.Reporting;

internal static class ReportingTexts
{
    public static ResourceManager Manager { get; } =
        new("CustomerService.Reporting.Resources.Texts", typeof(ReportingTexts).Assembly);
}
