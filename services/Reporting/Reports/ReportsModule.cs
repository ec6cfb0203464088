using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Reports;

/// <summary>The reports, for staff and BI readers.</summary>
internal static class ReportsModule
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var reports = routes
            .MapGroup("")
            .ForRoles([.. Roles.Staff, Roles.BiReader])
            .WithTags("Reports")
            .AddEndpointFilter(OneSnapshot.ReadAsync)
            .AddEndpointFilter(Freshness.WriteAsync);
        MonthlyRepairReport.Map(reports);
        ListReportedRepairOrders.Map(reports);
        AnnualComplaintReport.Map(reports);
        ListReportedComplaints.Map(reports);
        SatisfactionReport.Map(reports);
        RevisitComplianceReport.Map(reports);
        ListReportedRevisits.Map(reports);
    }
}
