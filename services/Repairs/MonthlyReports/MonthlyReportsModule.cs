using CustomerService.Forms;
using CustomerService.Records;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Repairs.MonthlyReports.Features;
using CustomerService.Repairs.MonthlyReports.Jobs;
using CustomerService.Work;

namespace CustomerService.Repairs.MonthlyReports;

/// <summary>Monthly repair reports (C3.1.3): routes.</summary>
internal static class MonthlyReportsModule
{
    internal static void Add(IServiceCollection services) =>
        services
            .AddScoped<MonthCounter>()
            .AddScoped<MonthPreparation>()
            .AddScoped<IScannable, ScannedReports>()
            .AddHostedService<PrepareMonths>();

    internal static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Monthly reports");
        PrepareMonthlyReport.Map(routes);
        ReviewMonthlyReport.Map(routes);
        ListMonthlyReports.Map(routes);
        GetMonthlyReport.Map(routes);
        routes.MapForm<MonthlyReportPrint>(
            "monthly-reports",
            "report",
            "The monthly repair report 維修月報",
            "Rule C3.1.3. For staff. Before the issue it has no number."
        );
        // No outsider sees the reports.
        routes
            .MapRecords<RepairsDb, MonthlyReport>(
                "monthly-reports",
                (reports, actor) => reports.VisibleTo(actor),
                report => report.Number
            )
            .WithFiles(new());
        v1.MapAssignment<RepairsDb, MonthlyReport, MonthlyReportView>(
            "monthly-reports",
            (db, actor) => db.MonthlyReports.VisibleTo(actor),
            MonthlyReportView.From
        );
    }
}
