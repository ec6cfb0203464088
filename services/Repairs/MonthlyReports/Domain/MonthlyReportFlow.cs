using CustomerService.Rules;
using static CustomerService.Repairs.MonthlyReports.Domain.MonthlyReportAction;
using static CustomerService.Repairs.MonthlyReports.Domain.MonthlyReportState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Repairs.MonthlyReports.Domain.MonthlyReport,
    CustomerService.Repairs.MonthlyReports.Domain.MonthlyReportState,
    CustomerService.Repairs.MonthlyReports.Domain.MonthlyReportAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Repairs.MonthlyReports.Domain.MonthlyReport>;

namespace CustomerService.Repairs.MonthlyReports.Domain;

/// <summary>The life of a monthly repair report, rule C3.1.3: prepared, checked, issued.</summary>
internal static class MonthlyReportFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("monthly-report")
        .Start(Prepare, Prepared, "C3.1.3", Preparers)

        .From(Prepared) .Stay(Recount,           "C3.1.3", Writers)
        .From(Prepared) .MustStay(Write,         "C3.1.3", Writers, LacksText)
        .From(Prepared) .On(Check,     Checked,  "C3.1.3", Checkers, HasText, NotItsAuthor)
        .From(Checked)  .MayOn(SendBack, Prepared, "C3.1.3", Checkers)
        .From(Checked)  .On(Issue,     Issued,   "C3.1.3", Checkers)
        .From(Prepared, Checked)
                        .MayOn(Drop,   Dropped,  "C3.1.3", Writers)
        .Ends(Issued)
        .Abandons(Dropped)
        .Build();

    /// <summary>Who counts the month.</summary>
    public static readonly string[] Writers = [Roles.CustomerService, Roles.RepairGroup];

    // When the month is over the system counts it by itself, so that the report is on somebody's list.
    private static readonly string[] Preparers = [.. Writers, Roles.System];
    private static readonly string[] Checkers = [Roles.CustomerService, Roles.SalesManager];

    private static readonly Func<MonthlyReport, bool> LacksText = report => report.Text is null;

    private static readonly Guard HasText = Guard.Require(
        (report, _) => report.Text is not null,
        code: "month-text-missing",
        rule: "C3.1.3",
        missing: ["month-text"],
        suppliedBy: Writers
    );
    private static readonly Guard NotItsAuthor = Guard.RequirePeople(
        (report, _) => People.Not(report.PreparedBy, report.Text?.By),
        code: "checker-is-author",
        rule: "C3.1.3",
        missing: ["other-checker"],
        suppliedBy: Checkers
    );
}
