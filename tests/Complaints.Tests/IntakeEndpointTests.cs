using System.Net;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.YearReports.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Tests;

/// <summary>Duplicates while entering, search, split, clocks, measured effects, a year's statistics by HTTP.</summary>
public sealed class IntakeEndpointTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_complaints_When_one_like_them_is_entered_Then_serial_customer_and_text_find_them_in_any_script()
    {
        var f = Fixture;
        var (customer, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var serial = "SN-" + Guid.CreateVersion7().ToString("N")[^8..];
        var known = (
            await f.Sales.PostAsync(
                "/v1/complaints",
                Steps.Intake(await f.CustomerAsync(customer)) with
                {
                    Subject = $"變頻器{serial}開機後無反應",
                    Description = "指示燈不亮，更換電源線後仍無反應。",
                    Reference = new(null, "M-200", serial, null),
                }
            )
        ).Ok();
        await f.RegisteredAsync(other);

        var bySerial = await f.Desk.GetAsync($"/v1/complaints/similar?serialNumber={serial.ToLowerInvariant()}");
        var byCustomer = await f.Desk.GetAsync($"/v1/complaints/similar?customerId={customer}");
        var byText = await f.Desk.GetAsync(
            "/v1/complaints/similar?text=" + Uri.EscapeDataString($"变频器{serial}开机后无反应,指示灯不亮")
        );

        foreach (var (answer, by) in new[] { (bySerial, "serial"), (byCustomer, "customer"), (byText, "text") })
        {
            var first = answer.Ok()["items"][0]!;
            first["number"]!.ToString().ShouldBe(known.Number, by);
            first["similarBy"]!.AsArray().Select(one => one!.ToString()).ShouldBe([by]);
        }

        (await f.Customer(customer).GetAsync($"/v1/complaints/similar?customerId={customer}")).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );

        // Of last year: the same customer says nothing any more, the same words do.
        await using (var store = f.Store<ComplaintsDb>())
        {
            await store.Db.Database.ExecuteSqlAsync(
                $"UPDATE complaints SET registered_on = registered_on - 400 WHERE id = {known.Id}"
            );
        }

        (await f.Desk.GetAsync($"/v1/complaints/similar?customerId={customer}")).Ok().Items.ShouldBeEmpty();
        (
            await f.Desk.GetAsync(
                "/v1/complaints/similar?text=" + Uri.EscapeDataString($"变频器{serial}开机后无反应,指示灯不亮")
            )
        ).Ok()["items"][0]!["number"]!
            .ToString()
            .ShouldBe(known.Number);
        foreach (var search in new[] { $"变频器{serial}", serial.ToLowerInvariant(), known.Number })
        {
            (await f.Desk.GetAsync("/v1/complaints?search=" + Uri.EscapeDataString(search)))
                .Ok()
                .Items.Select(item => item["number"]!.ToString())
                .ShouldContain(known.Number, search);
        }

        (await f.Customer(other).GetAsync($"/v1/complaints?search={serial}")).Ok().Items.ShouldBeEmpty();
        (await f.Desk.GetAsync($"/v1/complaints?serialNumber={serial}")).Ok().Items.Count.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public async Task Given_a_complaint_about_two_matters_When_it_is_split_Then_the_part_is_a_complaint_of_the_same_customer()
    {
        var complaint = await Fixture.RegisteredAsync(Guid.CreateVersion7());

        var part = await Fixture.Desk.DoAsync(
            Steps.Complaint(complaint),
            "split",
            new SplitComplaint.Request("外牆裂縫", "同時反映外牆裂縫。", Severity.Minor)
        );

        (part.Text("customerId"), part["targets"]["openedAt"]!.ToString()).ShouldBe(
            (complaint.Text("customerId"), complaint["targets"]["openedAt"]!.ToString())
        );
        part["origin"]["kind"]!.ToString().ShouldBe("complaint");
        (await Fixture.Desk.GetAsync(Steps.Complaint(part) + "/clocks")).Ok()["clocks"].AsArray().Count.ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public async Task Given_a_watched_effect_When_the_fault_recurs_Then_the_CAPA_goes_back_by_itself_and_the_8D_tells_it()
    {
        var f = Fixture;
        var model = "M-" + Guid.CreateVersion7().ToString("N")[^6..];
        var complaint = await f.OursAsync();
        await f.Qc.DoAsync(
            Steps.Complaint(complaint),
            "assess",
            new AssessComplaint.Request(false, model, "E-07", null, "附註")
        );
        var capa = await f.CapaAsync(complaint);
        await f.Production.DoAsync(
            Steps.Capa(capa),
            "propose",
            Steps.Proposal with
            {
                Whys = [new("為何虛焊?", "溫度不足", "爐溫記錄")],
                Fishbone = [new(CauseCategory.Machine, "爐溫不均", null, true)],
                Effect = new(EffectMetric.RecurrencesOfFault, null, 0, 30),
            }
        );
        await f.Representative.DoAsync(Steps.Capa(capa), "approve", new ReviewCapa.Request("同意。"));
        await f.ProductionHead.DoAsync(Steps.Capa(capa), "execute", new ExecuteCapa.Request("已調整爐溫。", null));
        (await f.Qc.ChangeAsync(Steps.Capa(capa), "verify-effective", new VerifyEffective.Request("好。"))).Refused(
            HttpStatusCode.Conflict,
            "watch-window-open",
            "C5.6.2"
        );

        var again = await f.RegisteredAsync(Guid.CreateVersion7());
        await f.Desk.DoAsync(
            Steps.Complaint(again),
            "assess",
            new AssessComplaint.Request(false, model, "E-07", null, "附註")
        );

        var seen = (await f.Qc.GetAsync(Steps.Capa(capa))).Ok();
        (seen.State, seen["rounds"][0]!["endedBy"]!.ToString()).ShouldBe(("analysis", "measured"));
        (await f.Qc.GetAsync(Steps.Complaint(complaint))).Ok()["capas"][0]!["state"]!.ToString().ShouldBe("analysis");
        var report = (await f.Qc.GetAsync(Steps.Capa(capa) + "/forms/8d", language: "zh-Hant")).Ok();
        report.Text("title").ShouldBe("8D 報告");
        (await f.Qc.GetAsync(Steps.Capa(capa) + "/forms/8d.pdf")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Rule", "C5.7")]
    public async Task Given_a_year_When_it_is_frozen_Then_its_figures_open_their_cases_and_later_changes_change_nothing()
    {
        var f = Fixture;
        await f.OursAsync();
        var frozen = (await f.Desk.PostAsync("/v1/year-reports", new FreezeYear.Request(f.Today.Year))).Ok();
        var report = "/v1/year-reports/" + frozen.Id;
        var total = frozen["figures"]["total"]!.GetValue<int>();
        total.ShouldBeGreaterThan(0);
        await f.OursAsync();

        (await f.Desk.GetAsync(report)).Ok()["figures"]["total"]!.GetValue<int>().ShouldBe(total);
        foreach (var breakdown in frozen["figures"]["breakdowns"]!.AsArray())
        {
            var count = breakdown!["counts"]!.AsArray()[^1]!;
            if (count["count"]!.GetValue<int>() > 200)
            {
                continue;
            }

            var opened = (
                await f.Desk.GetAsync(
                    $"{report}/cases?limit=200&dimension={breakdown["dimension"]}&key="
                        + Uri.EscapeDataString(count["key"]!.ToString())
                )
            ).Ok();
            opened.Items.Count.ShouldBe(count["count"]!.GetValue<int>(), breakdown["dimension"]!.ToString());
        }

        // Last year's figures stand beside them, and open theirs.
        var before = await f.RegisteredAsync();
        await using (var store = f.Store<ComplaintsDb>())
        {
            await store.Db.Database.ExecuteSqlAsync(
                $"UPDATE complaints SET registered_on = make_date({f.Today.Year - 1}, 6, 1) WHERE id = {before.Id}"
            );
        }

        var again = (await f.Desk.PostAsync("/v1/year-reports", new FreezeYear.Request(f.Today.Year))).Ok();
        var lastYear = $"/v1/year-reports/{again.Id}/cases?limit=200&year={f.Today.Year - 1}";
        var cases = (await f.Desk.GetAsync(lastYear)).Ok().Items;
        cases.Count.ShouldBe(again["lastYear"]!["total"]!.GetValue<int>());
        cases.Select(one => one["complaintId"]!.ToString()).ShouldContain(before.Id.ToString());
        (await f.Desk.GetAsync(lastYear + "&dimension=month&key=06")).Ok().Items.Count.ShouldBeGreaterThan(0);
        (await f.Desk.GetAsync($"/v1/year-reports/{again.Id}/cases?year=2001")).Refused(
            HttpStatusCode.BadRequest,
            "bad-filter"
        );

        await f.Desk.DoAsync(report, "write-analysis", new ReviewYear.AnalysisRequest("cause", "搭接不足為主。"));
        await f.Desk.DoAsync(report, "submit", new { });
        await f.Representative.DoAsync(report, "receive", new { });
        var decided = await f.Representative.DoAsync(
            report,
            "decide",
            new ReviewYear.DecideRequest("同意。", [new("增加首件檢驗。", "production", null, f.Today.AddDays(30))])
        );

        decided.State.ShouldBe("decided");
        (await f.Production.GetAsync($"/v1/action-items?sourceId={frozen.Id}")).Ok().Items.Count.ShouldBe(1);
        (await f.Desk.GetAsync(report + "/forms/report.pdf")).Status.ShouldBe(HttpStatusCode.OK);
        var (book, bytes) = await f.Desk.DownloadAsync(report + "/cases.xlsx");
        (book.Status, bytes[0], bytes[1]).ShouldBe((HttpStatusCode.OK, (byte)'P', (byte)'K'));
        (await f.Customer(Guid.CreateVersion7()).GetAsync(report)).Status.ShouldBe(HttpStatusCode.NotFound);
        await f.EventAsync(frozen.Id, "submitted.v1");
    }

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public async Task Given_one_text_for_many_customers_When_it_is_looked_at_and_sent_Then_each_reads_its_own()
    {
        var f = Fixture;
        var (one, other) = (await f.RegisteredAsync(), await f.RegisteredAsync());
        var answered = await f.NotOursAsync();
        await f.ReleasedAsync(answered);
        BulkLineRequest Line(ApiAnswer complaint) => new(complaint.Id, complaint["version"].GetValue<long>());
        async Task<ApiAnswer> PostAsync(string what, string text, params ApiAnswer[] complaints) =>
            await f.Desk.PostAsync(
                "/v1/complaints/bulk/" + what,
                new BulkComplaints.RespondRequest([.. complaints.Select(Line)], text)
            );
        (await PostAsync("respond", "{number}：{whatever}", one)).Refused(HttpStatusCode.BadRequest, "validation");
        const string text = "{contact}您好：{number} 已收到。";

        var preview = (await PostAsync("preview", text, one, other)).Ok();

        preview
            .Items.Select(item => item["text"]!.ToString())
            .ShouldBe([$"王小姐您好：{one.Number} 已收到。", $"王小姐您好：{other.Number} 已收到。"]);
        (await f.Desk.GetAsync(Steps.Complaint(one))).State.ShouldBe("registered", "nothing was changed");
        var empty = (await PostAsync("preview", "{serial}", one)).Ok().Items.ShouldHaveSingleItem();
        (empty["code"]!.ToString(), empty["text"]).ShouldBe(("placeholder-empty", null));
        (await PostAsync("respond", text, one, other)).Ok()["done"].GetValue<int>().ShouldBe(2);
        (await f.Desk.GetAsync(Steps.Complaint(one))).Ok()["response"]["message"]!
            .ToString()
            .ShouldBe($"王小姐您好：{one.Number} 已收到。");
        answered = (await f.Desk.GetAsync(Steps.Complaint(answered))).Ok();
        var sent = (await PostAsync("answer", "{number}：{conclusion}如有問題請來電。", answered, one)).Ok();
        sent.Items.Select(item => item["code"]?.ToString()).ShouldBe([null, "stale-version"]);
        var told = (await f.Desk.GetAsync(Steps.Complaint(answered))).Ok();
        told.State.ShouldBe("answered");
        told["answer"]["conclusion"]!.ToString().ShouldStartWith($"{answered.Number}：");
    }

    [Fact]
    [Trait("Rule", "C3.1.4")]
    public async Task Given_many_complaints_When_one_is_stale_and_one_unknown_Then_each_line_has_its_own_outcome()
    {
        var f = Fixture;
        var (good, stale) = (await f.RegisteredAsync(), await f.RegisteredAsync());
        var responded = await f.RespondedAsync();
        BulkLineRequest Line(ApiAnswer complaint, long more = 0) =>
            new(complaint.Id, complaint["version"].GetValue<long>() + more);

        var answer = (
            await f.Desk.PostAsync(
                "/v1/complaints/bulk/respond",
                new BulkComplaints.RespondRequest(
                    [Line(good), Line(stale, 1), Line(responded), new(Guid.CreateVersion7(), 1)],
                    "已收到。"
                )
            )
        ).Ok();

        (answer["done"].GetValue<int>(), answer["refused"].GetValue<int>()).ShouldBe((1, 3));
        answer
            .Items.Select(item => item["code"]?.ToString())
            .ShouldBe([null, "stale-version", "not-in-this-state", "not-found"]);
        (await f.Desk.GetAsync(Steps.Complaint(good))).State.ShouldBe("responded");
        (await f.Desk.GetAsync(Steps.Complaint(stale))).State.ShouldBe("registered");
        var passed = (
            await f.Desk.PostAsync(
                "/v1/complaints/bulk/pass-on",
                new BulkComplaints.PassOnRequest(
                    [Line(stale)],
                    new("請提供出貨批次。", "production", null, f.Today.AddDays(2))
                )
            )
        ).Ok();
        passed["done"].GetValue<int>().ShouldBe(1);
        (
            await f.Desk.PostAsync(
                "/v1/complaints/bulk/assign-to",
                new BulkComplaints.AssignRequest([Line(good)], Guid.CreateVersion7())
            )
        ).Refused(HttpStatusCode.Conflict, "account-unknown", "S3");
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Given_every_read_of_the_service_When_a_foreign_customer_or_a_repair_unit_asks_Then_nothing_is_shown()
    {
        var f = Fixture;
        var own = Guid.CreateVersion7();
        var complaint = await f.OursAsync(own);
        var capa = await f.CapaAsync(complaint);
        await f.RemediedAsync(complaint);
        var record = Steps.Complaint(complaint);
        string[] internals =
        [
            Steps.Capa(capa),
            Steps.Capa(capa) + "/forms/8d",
            record + "/clocks",
            "/v1/complaints/similar?customerId=" + own,
        ];
        string[] lists = ["/v1/capas", "/v1/action-items", "/v1/meetings", "/v1/year-reports", "/v1/enquiries"];
        var foreign = f.Customer(Guid.CreateVersion7());
        var unit = f.As(Someone.InRepairUnit(Guid.CreateVersion7()));
        foreach (var outsider in new[] { foreign, unit })
        {
            foreach (var path in internals.Append(record).Append(record + "/forms/fm004"))
            {
                (await outsider.GetAsync(path)).Status.ShouldBeOneOf(
                    [HttpStatusCode.NotFound, HttpStatusCode.Forbidden],
                    path
                );
            }

            foreach (var list in lists.Append("/v1/complaints"))
            {
                var answer = await outsider.GetAsync(list);
                (answer.Status == HttpStatusCode.Forbidden || answer.Items.Count == 0).ShouldBeTrue(list);
            }
        }

        foreach (var path in internals)
        {
            (await f.Customer(own).GetAsync(path)).Status.ShouldBeOneOf(
                [HttpStatusCode.NotFound, HttpStatusCode.Forbidden],
                path
            );
        }

        foreach (var list in lists)
        {
            var answer = await f.Customer(own).GetAsync(list);
            (answer.Status == HttpStatusCode.Forbidden || answer.Items.Count == 0).ShouldBeTrue(list);
        }
    }
}
