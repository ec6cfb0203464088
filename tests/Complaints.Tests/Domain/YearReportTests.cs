using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using static CustomerService.Complaints.YearReports.Domain.YearReportState;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>The complaint statistics of a year.</summary>
public sealed class YearReportTests
{
    private static CommandContext Desk => A.Context(Someone.InCustomerService());

    [Fact]
    public void The_flow_of_a_years_statistics_is_sound() =>
        FlowChecks.Problems(YearReportFlow.Table, ComplaintsTexts.Manager, Texts.Common).ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_only_the_table_changes_a_years_statistics() =>
        new FlowWalk<YearReport, YearReportState, YearReportAction>(YearReportFlow.Table)
            .Start(
                YearReportAction.Freeze,
                move => YearReport.Freeze(move.Context, "NB-2026-000001", move.Context.Today.Year, _ => [], _ => [])
            )
            .On(YearReportAction.WriteAnalysis, (r, move) => r.WriteAnalysis(move.Context, "cause", "so"))
            .On(YearReportAction.Submit, (r, move) => r.Submit(move.Context))
            .On(YearReportAction.Receive, (r, move) => r.Receive(move.Context))
            .On(
                YearReportAction.Decide,
                (r, move) => r.Decide(move.Context, "so", Decisions(move.Context, move.Pick(5, -1)))
            )
            .Run(walks: 200);

    [Fact]
    [Trait("Rule", "C5.7")]
    public void Given_complaints_of_a_year_When_frozen_Then_every_figure_is_the_number_of_the_cases_that_it_opens()
    {
        var cases = Cases();

        var figures = YearFigures.Of(2026, cases);

        figures.Total.ShouldBe(cases.Count);
        foreach (var breakdown in figures.Breakdowns)
        {
            breakdown.Counts.Sum(count => count.Count).ShouldBe(cases.Count, breakdown.Dimension.ToString());
            foreach (var count in breakdown.Counts)
            {
                cases
                    .Count(YearFigures.Has(breakdown.Dimension, count.Key).Compile())
                    .ShouldBe(count.Count, $"{breakdown.Dimension} {count.Key}");
            }
        }

        var causes = figures.Breakdowns.Single(b => b.Dimension == YearDimension.Cause).Counts;
        causes.Select(count => (count.Key, count.Count)).ShouldBe([("W-03", 2), ("U-01", 1), ("unknown", 1)]);
        causes[1].Cumulated.ShouldBe(75.0);
        (figures.RepeatedPercent, figures.ResponseInTimePercent).ShouldBe((0.0, 100.0));
    }

    [Fact]
    [Trait("Rule", "C5.7")]
    public void Given_frozen_figures_When_frozen_again_from_the_same_rows_Then_they_are_the_same() =>
        YearFigures
            .Of(2026, Cases())
            .Breakdowns.SelectMany(b => b.Counts)
            .ShouldBe(YearFigures.Of(2026, Cases()).Breakdowns.SelectMany(b => b.Counts));

    [Fact]
    [Trait("Rule", "C5.7")]
    public void Given_frozen_figures_When_submitted_Then_the_analysis_comes_first_and_the_review_decides_with_owners()
    {
        var report = YearReport.Freeze(Desk, "NB-2026-000001", A.Today.Year, _ => Cases(), _ => []).Required();
        var representative = A.Context(Someone.ManagementRepresentative());
        report.Submit(Desk).Refused("analysis-missing", "C5.7");
        report.WriteAnalysis(Desk, "cause", "搭接不足占一半。").ShouldBeNull();
        report.WriteAnalysis(Desk, "cause", "搭接不足占五成。").ShouldBeNull();
        report.Submit(Desk).ShouldBeNull();
        report.Receive(representative).ShouldBeNull();

        report.Decide(representative, "同意", []).Refused("year-decision-incomplete", "C5.7");
        report.Decide(representative, "同意", Decisions(representative, 30)).ShouldBeNull();

        (report.State, report.Chapters.ShouldHaveSingleItem().Text).ShouldBe((Decided, "搭接不足占五成。"));
        report.LastYear.Total.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "C5.7")]
    public void Given_a_year_to_come_When_frozen_Then_refused() =>
        YearReport.Freeze(Desk, "NB-1", A.Today.Year + 1, _ => [], _ => []).Refusal.Refused("year-to-come", "C5.7");

    private static IReadOnlyList<YearDecision> Decisions(CommandContext context, int days) =>
        [new("增加首件檢驗", "production", null, null, context.Today.AddDays(days))];

    private static IReadOnlyList<YearCase> Cases() =>
        [
            .. new[]
            {
                A.Complaint().Ours().At(ComplaintState.Closed),
                A.Complaint().At(ComplaintState.OurLiability),
                A.Complaint().At(ComplaintState.Closed),
                A.Complaint().At(ComplaintState.Explained),
            }.Select(complaint => YearCase.Of(Guid.Empty, complaint)),
        ];
}
