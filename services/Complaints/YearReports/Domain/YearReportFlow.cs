using CustomerService.Rules;
using static CustomerService.Complaints.YearReports.Domain.YearReportState;
using Do = CustomerService.Complaints.YearReports.Domain.YearReportAction;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Complaints.YearReports.Domain.YearReport,
    CustomerService.Complaints.YearReports.Domain.YearReportState,
    CustomerService.Complaints.YearReports.Domain.YearReportAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Complaints.YearReports.Domain.YearReport>;

namespace CustomerService.Complaints.YearReports.Domain;

/// <summary>The life of a year's complaint statistics, rule C5.7.</summary>
internal static class YearReportFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("year-report")
        .Start(Do.Freeze, Frozen, "C5.7", Writers)

        .In(Frozen)
            .MustStay(Do.WriteAnalysis,   "C5.7", Writers, LacksAnalysis)
        .From(Frozen)
            .On(Do.Submit,     Submitted, "C5.7", Writers, HasAnalysis)
        .From(Submitted)
            .On(Do.Receive,    Received,  "C5.7", Reviewers)
        .From(Received)
            .On(Do.Decide,     Decided,   "C5.7", Reviewers, DecisionsAhead)
        .Ends(Decided)
        .Build();

    private static readonly string[] Writers = [Roles.CustomerService, Roles.QcHead];
    private static readonly string[] Reviewers = [Roles.ManagementRepresentative];

    private static readonly Func<YearReport, bool> LacksAnalysis = report => report.Chapters.Count == 0;

    private static readonly Guard HasAnalysis = Guard.Require(
        (report, _) => report.Chapters.Count > 0,
        code: "analysis-missing",
        rule: "C5.7",
        missing: ["analysis"],
        suppliedBy: Writers
    );

    private static readonly Guard DecisionsAhead = Guard.RequireInput<YearDecisions>(
        (_, context, given) =>
            given.Decisions.Count > 0 && given.Decisions.All(decision => decision.DueOn >= context.Today),
        code: "year-decision-incomplete",
        rule: "C5.7",
        missing: ["decision-date"],
        suppliedBy: Reviewers
    );
}
