using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.MonthlyReports;

/// <summary>Staff see the monthly reports, others do not.</summary>
internal static class MonthlyReportAccess
{
    public static IQueryable<MonthlyReport> VisibleTo(this IQueryable<MonthlyReport> reports, Actor actor) =>
        actor.IsStaff() ? reports : reports.Where(_ => false);
}
