using System.Net;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Complaints.Data;
using CustomerService.Contracts;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Complaints.Tests;

/// <summary>What arrives by event, on the real broker: duplicates, races, disorder.</summary>
public sealed class EventTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    private static ResponseDissatisfied Response()
    {
        var response = Steps.Dissatisfied();
        return response with
        {
            DissatisfiedItems =
            [
                .. response.DissatisfiedItems,
                new("A.performance", "Performance", "性能", "性能", null),
            ],
        };
    }

    private static CapaRequested Request() =>
        new(
            Guid.CreateVersion7(),
            5,
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            "東湖花園二期",
            "HT-2024-018",
            Guid.CreateVersion7(),
            "東湖置業有限公司",
            "roof",
            "3 號樓屋面",
            "防水層起鼓滲漏",
            "major",
            new DateOnly(2026, 11, 18)
        );

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public async Task Given_CAPAs_that_watch_rates_When_responses_and_inspections_come_Then_each_counts_once()
    {
        var f = Fixture;
        var model = "M-" + Guid.CreateVersion7().ToString("N")[^6..];
        var item = "E." + Guid.CreateVersion7().ToString("N")[^6..];
        var (passes, satisfied) = (
            await ExecutedAsync(new(EffectMetric.FirstPassRate, model, 90, 30)),
            await ExecutedAsync(new(EffectMetric.SatisfactionOfItem, item, 90, 30))
        );
        var (good, bad) = (Inspected(model, passed: true), Inspected(model, passed: false));
        var order = new RepairOrderInspected(
            Guid.CreateVersion7(),
            7,
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            true,
            1,
            f.Today,
            0,
            model
        );
        var answer = new ResponseReceived(
            Guid.CreateVersion7(),
            1,
            Guid.CreateVersion7(),
            "B",
            Guid.CreateVersion7(),
            "東湖置業有限公司",
            null,
            "satisfied",
            [new(item, "rather-dissatisfied", null)],
            null,
            f.Today
        );

        foreach (
            var message in new IIntegrationEvent[]
            {
                good,
                good,
                bad with
                {
                    Round = 2,
                    Passed = true,
                },
                bad,
                order,
                answer,
            }
        )
        {
            await f.DeliverAsync(message);
        }

        await f.DeliverAsync(answer with { Version = 2 });
        await f.DeliverAsync(good with { UnitId = Guid.CreateVersion7(), InspectedOn = f.Today.AddDays(-1) });
        (await SamplesAsync(passes)).ShouldBe(
            [(good.UnitId, true), (bad.UnitId, false), (order.RepairOrderId, true)],
            ignoreOrder: true
        );
        (await SamplesAsync(satisfied)).ShouldBe([(answer.ResponseId, false)]);
        (await f.Qc.ChangeAsync(Steps.Capa(passes), "verify-effective", new VerifyEffective.Request("好"))).Refused(
            HttpStatusCode.Conflict,
            "watch-window-open",
            "C5.6.2"
        );
    }

    private async Task<ApiAnswer> ExecutedAsync(ProposeCapa.EffectRequest effect)
    {
        var capa = await Fixture.CapaAsync(await Fixture.OursAsync());
        await Fixture.Production.DoAsync(Steps.Capa(capa), "propose", Steps.Proposal with { Effect = effect });
        await Fixture.Representative.DoAsync(Steps.Capa(capa), "approve", new ReviewCapa.Request("同意。"));
        await Fixture.ProductionHead.DoAsync(Steps.Capa(capa), "execute", new ExecuteCapa.Request("已調整。", null));
        return capa;
    }

    private async Task<(Guid, bool)[]> SamplesAsync(ApiAnswer capa)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var samples = await scope
            .ServiceProvider.GetRequiredService<ComplaintsDb>()
            .EffectSamples.Where(sample => sample.CapaId == capa.Id)
            .ToListAsync();
        return [.. samples.Select(sample => (sample.SourceId, sample.Good))];
    }

    private RmaUnitInspected Inspected(string model, bool passed) =>
        new(
            Guid.CreateVersion7(),
            5,
            "RMA-2026-000001-01",
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            model,
            1,
            "E-07",
            true,
            passed,
            1,
            Fixture.Today,
            Fixture.Today
        );

    [Fact]
    [Trait("Rule", "C5.9")]
    [Trait("Rule", "C3.2.1")]
    public async Task Given_case_8_a_dissatisfied_response_When_it_comes_often_and_at_once_Then_it_makes_one_complaint()
    {
        var response = Response();
        var sameMessage = Guid.CreateVersion7();

        // The same message twice, and the same response under other message ids, all at once.
        var messages = await Task.WhenAll(
            Fixture.PublishAsync(response, sameMessage),
            Fixture.PublishAsync(response, sameMessage),
            Fixture.PublishAsync(response),
            Fixture.PublishAsync(response),
            Fixture.PublishAsync(response)
        );
        await Task.WhenAll(messages.Select(Fixture.ConsumedAsync));
        await Fixture.DeliverAsync(response);

        var complaint = await ComplaintOfAsync(response.ResponseId);
        (
            complaint.Text("channel"),
            complaint.State,
            complaint.Text("customerName"),
            complaint.Text("severity")
        ).ShouldBe(("survey", "registered", "西嶺電機廠", "minor"));
        complaint["origin"]["kind"]!.ToString().ShouldBe("survey-response");
        complaint.Text("subject").ShouldBe("對「服務態度、性能」不滿意（調查對象：WX-2026-000007）");
        complaint.Text("description").ShouldNotContain("E.attitude");
        complaint["origin"]["items"]!
            .AsArray()
            .Select(item => item!.ToString())
            .ShouldBe(["E.attitude", "A.performance"]);
        complaint.Text("description").ShouldContain("等了三天沒有人來。");
        complaint.Text("description").ShouldContain("希望加快。");
        await Fixture.EventAsync(complaint.Id, "registered.v1");
        Fixture.Seen.Count(e => e.Body["sourceId"]?.ToString() == response.ResponseId.ToString()).ShouldBe(1);
        var trail = (await Fixture.Desk.GetAsync("/v1/audit/" + complaint.Id)).Ok();
        trail["entries"][0]!["actorId"]!.ToString().ShouldBe("system:surveys");
        // It goes on like any other.
        await Fixture.Desk.DoAsync(
            Steps.Complaint(complaint),
            "respond",
            new RespondToComplaint.Request("抱歉，立即處理。")
        );
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public async Task Given_an_anonymous_form_When_it_comes_Then_it_is_triaged_at_once_and_closed_without_an_answer()
    {
        var form = Response() with
        {
            CustomerId = Guid.Empty,
            CustomerName = "",
            Contact = "",
            Phone = "",
            SourceNumber = null,
            Anonymous = true,
        };
        await Fixture.DeliverAsync(form);
        await Fixture.DeliverAsync(form);
        var found = await ComplaintOfAsync(form.ResponseId);
        found.State.ShouldBe("responded");
        var record = Steps.Complaint(found);

        var explained = await Fixture.Desk.DoAsync(
            record,
            "explain",
            new TriageComplaint.SettleRequest("已培訓人員。")
        );

        explained.Actions.ShouldContain("close");
        explained.Actions.ShouldNotContain("confirm");
        (await Fixture.Desk.DoAsync(record, "close", new CloseComplaint.Request(null))).State.ShouldBe("closed");
        (await Fixture.Desk.GetAsync("/v1/complaints?overdue=response&limit=200"))
            .Ok()
            .Items.Select(item => item["id"]!.ToString())
            .ShouldNotContain(found.Id.ToString());
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public async Task Given_case_8_a_response_that_only_warns_When_it_comes_Then_it_makes_no_complaint()
    {
        var customer = Guid.CreateVersion7();
        await Fixture.PublishAsync(
            new ResponseWarned(
                Guid.CreateVersion7(),
                2,
                Guid.CreateVersion7(),
                customer,
                [new("E.attitude", "rather-dissatisfied", null)],
                new DateOnly(2026, 11, 20)
            )
        );

        // No queue of this service takes it, so what comes after it proves nothing more than that it had its time.
        await Fixture.DeliverAsync(Response());

        (await Fixture.Desk.GetAsync($"/v1/complaints?customerId={customer}")).Items.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    [Trait("Rule", "C5.10")]
    public async Task Given_case_8_whatever_order_and_however_often_its_events_come_Then_one_complaint_and_one_CAPA()
    {
        var response = Response();
        var warned = Guid.CreateVersion7();
        var order = new CorrectiveOrderIssued(
            Guid.CreateVersion7(),
            2,
            "TB-2026-0007",
            "engineering",
            new DateOnly(2026, 1, 1),
            new DateOnly(2026, 6, 30),
            75.0m,
            70.0m,
            Fixture.Today.AddDays(30),
            Fixture.Today.AddDays(90),
            Fixture.Today
        );
        var same = Guid.CreateVersion7();

        // The later version first, the same message twice, and all of it crosswise.
        var messages = await Task.WhenAll(
            Fixture.PublishAsync(order with { Version = 5 }),
            Fixture.PublishAsync(response with { Version = 9 }),
            Fixture.PublishAsync(order, same),
            Fixture.PublishAsync(order, same),
            Fixture.PublishAsync(response),
            Fixture.PublishAsync(order),
            Fixture.PublishAsync(response)
        );
        await Task.WhenAll(messages.Distinct().Select(Fixture.ConsumedAsync));
        foreach (var _ in (int[])[1, 2])
        {
            await Fixture.PublishAsync(
                new ResponseWarned(
                    Guid.CreateVersion7(),
                    2,
                    Guid.CreateVersion7(),
                    warned,
                    [new("E.attitude", "rather-dissatisfied", null)],
                    new DateOnly(2026, 11, 20)
                )
            );
        }

        await Fixture.DeliverAsync(order);
        var capa = (await Fixture.Qc.GetAsync($"/v1/capas?source=corrective-order&department=engineering"))
            .Ok()
            .Items.Single(item => item["sourceId"]!.ToString() == order.EvaluationId.ToString());
        (capa["state"]!.ToString(), capa["dueOn"]!.ToString()).ShouldBe(("analysis", order.DueOn.Iso()));
        (await ComplaintOfAsync(response.ResponseId)).State.ShouldBe("registered");
        Fixture.Seen.Count(e => e.Body["sourceId"]?.ToString() == response.ResponseId.ToString()).ShouldBe(1);
        Fixture.Seen.Count(e => e.Body["sourceId"]?.ToString() == order.EvaluationId.ToString()).ShouldBe(1);
        (await Fixture.Desk.GetAsync($"/v1/complaints?customerId={warned}")).Items.ShouldBeEmpty();
        var text = (await Fixture.Qc.GetAsync("/v1/capas/" + capa["id"])).Ok().Text("description");
        text.ShouldContain("70.0 %");
        text.ShouldContain("75.0 %");
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public async Task Given_a_response_full_of_rare_characters_When_it_comes_Then_it_is_cut_between_them()
    {
        // Outside the basic plane each is two code units: an odd limit falls between the halves.
        var rare = string.Concat(Enumerable.Repeat("\U00020000", 3_000));
        var response = Response() with
        {
            DissatisfiedItems = [new("E.speed", rare, rare, rare, "x" + rare)],
            Suggestions = rare,
        };

        await Fixture.DeliverAsync(response);

        var complaint = await ComplaintOfAsync(response.ResponseId);
        foreach (var text in new[] { complaint.Text("subject"), complaint.Text("description") })
        {
            text.ShouldContain("…");
            text.EnumerateRunes().ShouldNotContain(System.Text.Rune.ReplacementChar);
        }
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public async Task Given_a_group_of_faults_When_its_CAPA_is_asked_for_often_Then_one_opens_and_names_all_of_them()
    {
        var finding = Request();
        GroupedFault[] faults =
        [
            new("repair-order", Guid.CreateVersion7(), "WX-2026-000031"),
            new("repair-order", Guid.CreateVersion7(), "WX-2026-000044"),
            new("finding", finding.FindingId, "HT-2024-018", finding.RevisitId, finding.FindingId),
        ];
        var request = new FaultGroupCapaRequested(
            Guid.CreateVersion7(),
            1,
            Guid.CreateVersion7(),
            "東湖花園二期",
            "同一部位：屋面防水",
            "三處收頭滲漏（WX-2026-000031、WX-2026-000044、HT-2024-018）",
            faults,
            Fixture.Today
        );
        var id = Guid.CreateVersion7();

        var messages = await Task.WhenAll(
            Fixture.PublishAsync(request, id),
            Fixture.PublishAsync(request, id),
            Fixture.PublishAsync(request),
            Fixture.PublishAsync(request)
        );
        await Task.WhenAll(messages.Select(Fixture.ConsumedAsync));
        // The file of the revisit asks, too: the group's CAPA serves the finding already.
        await Fixture.DeliverAsync(finding);

        var item = (await Fixture.Qc.GetAsync($"/v1/capas?caseId={finding.FindingId}"))
            .Ok()
            .Items.ShouldHaveSingleItem();
        var capa = (await Fixture.Qc.GetAsync("/v1/capas/" + item["id"])).Ok();
        (capa.State, capa.Text("source"), capa.Text("sourceId"), capa.Text("subject")).ShouldBe(
            ("unassigned", "repair", request.GroupId.ToString(), "東湖花園二期 · 同一部位：屋面防水")
        );
        capa.Text("description").ShouldContain("HT-2024-018");
        capa["serves"]
            .AsArray()
            .Select(served => (served!["kind"]!.ToString(), served["number"]!.ToString()))
            .ShouldBe(faults.Select(fault => (fault.Kind, fault.Number)));
        (await Fixture.Qc.GetAsync(Steps.Capa(capa) + "/links"))
            .Ok()
            .Items.Select(link => Guid.Parse(link["id"]!.ToString()))
            .ShouldBe([faults[0].Id, faults[1].Id, finding.RevisitId], ignoreOrder: true);
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public async Task Given_a_finding_with_a_CAPA_When_a_group_asks_for_it_Then_the_CAPA_is_for_the_others()
    {
        var finding = Request();
        await Fixture.DeliverAsync(finding);
        var order = new GroupedFault("repair-order", Guid.CreateVersion7(), "WX-2026-000061");
        var group = new FaultGroupCapaRequested(
            Guid.CreateVersion7(),
            1,
            Guid.CreateVersion7(),
            "東湖花園二期",
            "同一部位：屋面防水",
            "兩處",
            [order, new("finding", finding.FindingId, "HT-2024-018", finding.RevisitId, finding.FindingId)],
            Fixture.Today
        );

        await Fixture.DeliverAsync(group);

        var others = (await Fixture.Qc.GetAsync($"/v1/capas?sourceId={group.GroupId}")).Ok().Items;
        var capa = (await Fixture.Qc.GetAsync("/v1/capas/" + others.ShouldHaveSingleItem()["id"])).Ok();
        capa["serves"].AsArray().ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe(order.Id.ToString());
        (await Fixture.Qc.GetAsync($"/v1/capas?caseId={finding.FindingId}")).Ok().Items.ShouldHaveSingleItem()[
            "source"
        ]!
            .ToString()
            .ShouldBe("revisit");
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    [Trait("Rule", "C5.4")]
    public async Task Given_a_finding_that_must_not_recur_When_it_comes_often_Then_it_opens_one_CAPA_that_QC_assigns()
    {
        var request = Request();
        var id = Guid.CreateVersion7();

        var messages = await Task.WhenAll(
            Fixture.PublishAsync(request, id),
            Fixture.PublishAsync(request, id),
            Fixture.PublishAsync(request),
            Fixture.PublishAsync(request with { Version = 4 })
        );
        await Task.WhenAll(messages.Select(Fixture.ConsumedAsync));

        var item = (await Fixture.Qc.GetAsync($"/v1/capas?sourceId={request.FindingId}"))
            .Ok()
            .Items.ShouldHaveSingleItem();
        var capa = (await Fixture.Qc.GetAsync("/v1/capas/" + item["id"])).Ok();
        (capa.State, capa.Text("source"), capa.Text("sourceNumber"), capa.Text("subject")).ShouldBe(
            ("unassigned", "revisit", "HT-2024-018", "東湖花園二期 · 3 號樓屋面")
        );
        capa.Body!["department"].ShouldBeNull();
        (await Fixture.Production.ChangeAsync(Steps.Capa(capa), "propose", Steps.Proposal)).Refused(
            HttpStatusCode.Conflict,
            "not-in-this-state",
            "C5.4"
        );
        await Fixture.Qc.DoAsync(
            Steps.Capa(capa),
            "assign",
            new AssignCapa.Request("production", Fixture.Today.AddDays(9), null)
        );
        (await Fixture.VerifiedAsync(capa)).State.ShouldBe("closed");
        await Fixture.EventAsync(capa.Id, "verified.v1");
        Fixture
            .EventsOf(capa.Id)
            .Where(e => !e.RoutingKey.Contains(".work.", StringComparison.Ordinal))
            .Select(e => e.RoutingKey.Split('.')[2])
            .ShouldBe([
                "opened",
                "assigned",
                "analysed",
                "reviewed",
                "executed",
                "side-verified",
                "side-verified",
                "verified",
            ]);
    }

    private async Task<ApiAnswer> ComplaintOfAsync(Guid response)
    {
        // Of the consumers of an event another one may have been first.
        await Eventually.Holds(async () =>
            (await Fixture.Desk.GetAsync($"/v1/complaints?originId={response}")).Ok().Items.ShouldHaveSingleItem()
        );
        var item = (await Fixture.Desk.GetAsync($"/v1/complaints?originId={response}")).Ok().Items.Single();
        return (await Fixture.Desk.GetAsync("/v1/complaints/" + item["id"])).Ok();
    }
}
