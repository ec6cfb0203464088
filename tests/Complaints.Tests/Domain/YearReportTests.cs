using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.Complaints.YearReports.Forms;
using CustomerService.Forms;
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

    [Theory]
    [InlineData("zh-Hant")]
    [InlineData("en")]
    [Trait("Rule", "C5.7")]
    public void Given_frozen_figures_When_printed_Then_charts_show_both_years_the_months_in_order_and_the_share_cumulated(
        string language
    )
    {
        var report = YearReport.Freeze(Desk, "NB-2026-000001", A.Today.Year, _ => Cases(), _ => Cases()).Required();
        var names = new Dictionary<string, string> { ["Cause:W-03"] = "防水搭接不足", ["production"] = "生產部" };
        var document = YearReportForm.Fill(report, names, ComplaintFormTests.In(language));

        FormChart ChartOf(string section) =>
            document
                .Sections.Single(s => s.Key == section)
                .Rows.SelectMany(row => row.Cells)
                .Select(cell => cell.Chart)
                .OfType<FormChart>()
                .ShouldHaveSingleItem();

        var causes = ChartOf("by-cause");
        causes.Labels[0].ShouldBe("防水搭接不足");
        causes.Series.Select(series => (series.Name, series.Values[0])).ShouldBe([("2026", 2), ("2025", 2)]);
        causes.Cumulated.ShouldBe([50, 75, 100]);
        var months = ChartOf("by-month");
        (months.Labels.Count, months.Labels[2], months.Series[0].Values[2], months.Cumulated).ShouldBe(
            (12, "03", 4.0, null)
        );
        using var font = new FormFont(null);
        var printed = document.Print(font, new("…", "{0}/{1}"), A.Moment);
        System
            .Text.Encoding.Latin1.GetString(printed.Pdf)
            .Split("/Subtype /Image")
            .Length.ShouldBeGreaterThan(7, "a picture for each chart");
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
