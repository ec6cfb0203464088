using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>The monthly report of repaired machines (C3.1.3).</summary>
public sealed class MonthlyReportTests
{
    private static CommandContext Checker => A.Context(Goods.Handler);

    [Fact]
    [Trait("Rule", "C3.1.3")]
    public void Given_a_month_that_is_not_over_When_it_is_counted_Then_that_is_refused()
    {
        var month = Figures(A.Today);
        MonthlyReport.Prepare(Goods.Service, "YJ-1", month, month, null, null).Failed(out var refusal, out _);
        refusal!.Code.ShouldBe("month-not-over");
    }

    [Fact]
    [Trait("Rule", "C3.1.3")]
    public void Given_no_text_When_it_is_checked_Then_the_text_is_missing() =>
        Prepared().Check(Checker, "ok")!.Code.ShouldBe("month-text-missing");

    [Fact]
    [Trait("Rule", "C3.1.3")]
    public void Given_the_person_who_counted_When_they_check_it_Then_that_is_refused() =>
        Written().Check(Goods.Service, "ok")!.Code.ShouldBe("checker-is-author");

    [Fact]
    [Trait("Rule", "C3.1.3")]
    public void Given_the_person_who_wrote_the_text_When_they_check_it_Then_that_is_refused()
    {
        var report = Prepared();
        report.Write(Checker, "x").ShouldBeNull();
        report.Check(Checker, "ok")!.Code.ShouldBe("checker-is-author");
    }

    [Fact]
    [Trait("Rule", "C3.1.3")]
    public void Given_an_unchecked_report_When_it_is_issued_Then_that_is_refused() =>
        Written().Issue(Checker)!.Code.ShouldBe("not-in-this-state");

    [Fact]
    [Trait("Rule", "C3.1.3")]
    public void Given_a_checked_report_When_it_is_issued_Then_others_are_told_its_hash()
    {
        var report = Issued();
        var told = report.PendingEvents.OfType<Contracts.Repairs.V1.MonthlyRepairReportIssued>().Single();
        (told.Number, told.Hash, told.Correction).ShouldBe(("YB-2026-0001", report.Figures.Hash(), 0));
        report.OpenMonth.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C3.1.3")]
    public void Given_an_issued_report_When_it_is_corrected_without_a_reason_Then_that_is_refused()
    {
        Correct(Issued(), null).Failed(out var refusal, out _);
        refusal!.Code.ShouldBe("month-issued");
    }

    [Fact]
    [Trait("Rule", "C3.1.3")]
    public void Given_an_issued_report_When_it_is_corrected_twice_Then_the_corrections_are_numbered()
    {
        var first = Issued();
        var second = Issue(Correct(first, "漏計一臺").Required(), "YB-2026-0002");
        var third = Correct(second, "型號更正").Required();
        (first.Correction, second.Correction, third.Correction).ShouldBe((0, 1, 2));
        third.Corrects!.Number.ShouldBe("YB-2026-0002");
    }

    [Fact]
    [Trait("Rule", "C3.1.3")]
    public void Given_frozen_figures_When_a_machine_more_counts_Then_hash_and_difference_show_it()
    {
        var (frozen, now) = (Figures(A.Today, 3), Figures(A.Today, 4));
        frozen.Hash().ShouldBe(Figures(A.Today, 3).Hash());
        now.Hash().ShouldNotBe(frozen.Hash());
        frozen.Differences(now).Select(d => (d.Figure, d.Frozen, d.Now)).ShouldContain(("settled", "3", "4"));
    }

    internal static MonthFigures Figures(DateOnly day, int settled = 3) =>
        new(
            day.Year,
            day.Month,
            5,
            settled,
            2,
            4.5,
            4,
            9,
            [new("CNY", 817m, 1)],
            [
                .. Enum.GetValues<MonthDimension>()
                    .Select(dimension => new MonthBreakdown(dimension, [new("DJ-200", settled, 4.5, 4)])),
            ]
        );

    internal static Result<MonthlyReport> Prepare(CommandContext context) =>
        MonthlyReport.Prepare(
            context,
            "YJ-2026-000001",
            Figures(context.Today.AddMonths(-1)),
            Figures(context.Today.AddMonths(-2)),
            null,
            null
        );

    private static MonthlyReport Prepared() => Prepare(Goods.Service).Required();

    private static MonthlyReport Written()
    {
        var report = Prepared();
        report.Write(Goods.Service, "本月修復三臺").ShouldBeNull();
        return report;
    }

    private static MonthlyReport Issued() => Issue(Prepared(), "YB-2026-0001");

    private static MonthlyReport Issue(MonthlyReport report, string number)
    {
        report.Write(Goods.Service, "本月修復三臺").ShouldBeNull();
        report.Check(Checker, "ok").ShouldBeNull();
        report.Issue(Checker).ShouldBeNull();
        report.NumberForm(number);
        return report;
    }

    private static Result<MonthlyReport> Correct(MonthlyReport report, string? reason) =>
        MonthlyReport.Prepare(Goods.Service, "YJ-2", report.Figures, report.Before, report, reason);
}
