using CustomerService.Rules;

namespace CustomerService.Complaints.YearReports.Domain;

/// <summary>The statistics are internal: staff see them, others do not.</summary>
internal static class YearReportAccess
{
    public static IQueryable<YearReport> VisibleTo(this IQueryable<YearReport> reports, Actor actor) =>
        actor.IsStaff() ? reports : reports.Where(_ => false);
}
