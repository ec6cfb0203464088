using System.Globalization;
using System.Net;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.MonthlyReports;
using CustomerService.Repairs.MonthlyReports.Features;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>The monthly report over HTTP: counted in SQL, checked by another, issued, corrected (C3.1.3).</summary>
public sealed class MonthlyReportApiTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "C3.1.3")]
    public async Task A_month_is_counted_checked_issued_and_corrected()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var rma = await it.ReceivedAsync(it.Serial(1), it.Serial(2), it.Serial(3));
        var units = await it.UnitsAsync(rma.Id);
        // A month of their own, long before those of other tests.
        var year = 2001 + (int)(DateTime.UtcNow.Ticks % 20);
        var month = new DateOnly(year, 3, 1);
        await SettleAsync(units[0], month.AddDays(2), month.AddDays(4), passed: true);
        // The last day of the month in the company's time.
        await SettleAsync(units[1], month.AddDays(2), month.AddDays(30), passed: false);
        await SettleAsync(units[2], month.AddDays(2), month.AddMonths(1), passed: true);

        var prepared = (
            await it.Service.PostAsync("/v1/monthly-reports", new PrepareMonthlyReport.Request(year, 3))
        ).Ok();
        var figures = prepared["figures"]!;
        figures["received"]!.GetValue<int>().ShouldBe(3);
        figures["settled"]!.GetValue<int>().ShouldBe(2);
        figures["open"]!.GetValue<int>().ShouldBe(1);
        figures["meanDays"]!.GetValue<double>().ShouldBe(15.0);
        var results = figures["breakdowns"]!.AsArray().Single(b => b!["dimension"]!.ToString() == "result")!["counts"]!;
        results
            .AsArray()
            .Select(count => $"{count!["key"]} {count["quantity"]}")
            .ShouldBe(["repaired 1", "returned-unrepaired 1"]);
        (await it.Service.PostAsync("/v1/monthly-reports", new PrepareMonthlyReport.Request(year, 3))).Refused(
            "month-in-preparation",
            "C3.1.3"
        );

        var path = $"/v1/monthly-reports/{prepared.Id}";
        (await it.Service.ChangeAsync(path, "write", new ReviewMonthlyReport.WriteRequest("修復一臺"))).Ok();
        (await it.Service.ChangeAsync(path, "check", new ReviewMonthlyReport.CheckRequest("符"))).Refused(
            "checker-is-author",
            "C3.1.3"
        );
        (await it.Handler.ChangeAsync(path, "check", new ReviewMonthlyReport.CheckRequest("符"))).Ok();
        var issued = (await it.Handler.ChangeAsync(path, "issue")).Ok();
        issued.Text("formNumber").ShouldStartWith("YB-");

        // Afterwards it turns out that the third was passed a day earlier.
        await SettleAsync(units[2], month.AddDays(2), month.AddDays(30), passed: true);
        var changes = (await it.Service.GetAsync($"{path}/changes")).Ok();
        changes["differences"]!.AsArray().ShouldContain(d => d!["figure"]!.ToString() == "settled");
        (await it.Service.GetAsync(path)).Ok()["figures"]!["settled"]!.GetValue<int>().ShouldBe(2, "frozen");
        (await it.Service.PostAsync("/v1/monthly-reports", new PrepareMonthlyReport.Request(year, 3))).Refused(
            "month-issued",
            "C3.1.3"
        );
        var correction = (
            await it.Service.PostAsync("/v1/monthly-reports", new PrepareMonthlyReport.Request(year, 3, "漏計一臺"))
        ).Ok();
        correction["correction"]!.GetValue<int>().ShouldBe(1);
        var corrected = $"/v1/monthly-reports/{correction.Id}";
        (await it.Service.ChangeAsync(corrected, "write", new ReviewMonthlyReport.WriteRequest("修復二臺"))).Ok();
        (await it.Handler.ChangeAsync(corrected, "check", new ReviewMonthlyReport.CheckRequest("符"))).Ok();
        var later = (await it.Handler.ChangeAsync(corrected, "issue")).Ok();
        (await it.Service.GetAsync(path)).Ok()["correctedBy"]!["number"]!.ToString().ShouldBe(later.Text("formNumber"));

        var (_, workbook) = await it.Service.DownloadAsync($"{corrected}/report.xlsx");
        workbook.AsSpan(0, 2).SequenceEqual("PK"u8).ShouldBeTrue();
        await RmaStoryTests.PrintAsync(it, $"monthly-reports/{correction.Id}/forms/report");
        (await it.Customer.GetAsync(path)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    [Trait("Rule", "C3.1.3")]
    public async Task A_month_that_is_over_is_prepared_once_by_itself_and_on_the_list_of_those_who_write()
    {
        var it = await GoodsCase.NewAsync(Fixture);
        var rma = await it.ReceivedAsync(it.Serial(1));
        var last = new DateOnly(Fixture.Today.Year, Fixture.Today.Month, 1).AddMonths(-1);
        await SettleAsync((await it.UnitsAsync(rma.Id))[0], last, last.AddDays(1), passed: true);

        await Task.WhenAll(PrepareAsync(), PrepareAsync(), PrepareAsync());

        var month = last.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var report = (await it.Service.GetAsync($"/v1/monthly-reports?month={month}"))
            .Ok()
            .Items.ShouldHaveSingleItem();
        report["state"]!.ToString().ShouldBe("prepared");
        (await it.Service.GetAsync("/v1/work-items?kind=monthly-report&limit=200"))
            .Ok()
            .Items.Where(item => item["id"]!.ToString() == report["id"]!.ToString())
            .Select(item => item["action"]!.ToString())
            .ShouldContain("write");
    }

    private async Task PrepareAsync()
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<MonthPreparation>().PrepareAsync(default) is not null)
        {
            await scope.ServiceProvider.GetRequiredService<ICommandStore>().CommitAsync(null, default);
        }
    }

    // The days are long past: no clock is turned back for them.
    private async Task SettleAsync(Guid unit, DateOnly received, DateOnly settled, bool passed)
    {
        using var scope = Fixture.Service.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
        DateOnly? passedOn = passed ? settled : null;
        await db
            .RmaUnits.Where(u => u.Id == unit)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.ReceivedOn, received)
                    .SetProperty(u => u.SettledOn, settled)
                    .SetProperty(u => u.PassedOn, passedOn)
            );
    }
}
