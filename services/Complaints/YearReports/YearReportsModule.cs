using CustomerService.Complaints.Data;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.Complaints.YearReports.Features;
using CustomerService.Complaints.YearReports.Forms;
using CustomerService.Forms;
using CustomerService.Records;

namespace CustomerService.Complaints.YearReports;

/// <summary>Yearly complaint statistics (C5.7).</summary>
internal static class YearReportsModule
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Year reports");
        FreezeYear.Map(routes);
        ListYearReports.Map(routes);
        GetYearReport.Map(routes);
        ListYearCases.Map(routes);
        ReviewYear.Map(routes);
        // No outsider sees the statistics.
        routes.MapRecords<ComplaintsDb, YearReport>(
            "year-reports",
            (reports, actor) => reports.VisibleTo(actor),
            report => report.Number
        );
        routes.MapForm<YearReportForm>(
            "year-reports",
            "report",
            "The yearly complaint statistics",
            "Rule C5.7; staff. The frozen figures beside those of the year before, with analysis and decisions."
        );
    }
}
