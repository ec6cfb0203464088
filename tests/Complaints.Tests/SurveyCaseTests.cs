using System.Net;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Projects;
using CustomerService.Contracts;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Contracts.Retention;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Complaints.Tests;

/// <summary>CAPAs for forms that are dissatisfied and for what failed at a service point (C5.9, C5.4, T1 to T3).</summary>
public sealed class SurveyCaseTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "C5.9")]
    [Trait("Rule", "T1")]
    public async Task Given_a_form_and_an_assessment_When_QC_opens_and_joins_Then_one_CAPA_serves_both_in_view_chain_and_8D()
    {
        var f = Fixture;
        var (form, assessment) = (Form(f.Today), await f.AssessedAsync());
        await f.DeliverAsync(form);
        await f.DeliverAsync(form);
        var listed = (await f.Qc.GetAsync("/v1/survey-cases?withCapa=false&limit=200")).Ok().Items;
        var known = listed.Single(item => item["id"]!.ToString() == form.ResponseId.ToString());
        (known["source"]!.ToString(), known["number"]!.ToString(), known["items"]!.ToJsonString()).ShouldBe(
            ("survey-response", $"FM006 {f.Today:yyyy-MM-dd} WX-2026-000007", "[\"E.attitude\"]")
        );
        var request = new OpenCapaForCase.Request(form.ResponseId, "repair", f.Today.AddDays(9), "不再失約。");
        (await f.Desk.PostAsync("/v1/capas", request)).Refused(HttpStatusCode.Forbidden, "role-missing");
        (await f.Qc.PostAsync("/v1/capas", request with { DueOn = f.Today.AddDays(-1) })).Refused(
            HttpStatusCode.Conflict,
            "due-in-the-past",
            "C5.6.2"
        );
        (await f.Qc.PostAsync("/v1/capas", request with { CaseId = Guid.CreateVersion7() })).Refused(
            HttpStatusCode.BadRequest,
            "survey-case-unknown"
        );

        var capa = (await f.Qc.PostAsync("/v1/capas", request)).Ok();
        var joined = await f.Qc.DoAsync(Steps.Capa(capa), "join-case", new JoinCaseToCapa.Request(assessment));

        (capa.State, capa.Text("source"), capa.Text("sourceId"), capa.Text("department")).ShouldBe(
            ("analysis", "survey-response", form.ResponseId.ToString(), "repair")
        );
        joined["serves"]
            .AsArray()
            .Select(served => (served!["kind"]!.ToString(), Guid.Parse(served["id"]!.ToString())))
            .ShouldBe([("response", form.ResponseId), ("assessment", assessment)]);
        (await f.Qc.ChangeAsync(Steps.Capa(capa), "join-case", new JoinCaseToCapa.Request(assessment))).Refused(
            HttpStatusCode.Conflict,
            "case-served-already",
            "C5.4"
        );
        (await f.Qc.GetAsync($"/v1/capas?caseId={assessment}")).Ok().Items.ShouldHaveSingleItem()["id"]!
            .ToString()
            .ShouldBe(capa.Id.ToString());
        (await f.Qc.GetAsync(Steps.Capa(capa) + "/links"))
            .Ok()
            .Items.Select(link => (link["kind"]!.ToString(), Guid.Parse(link["id"]!.ToString())))
            .ShouldBe([("response", form.ResponseId), ("assessment", assessment)], ignoreOrder: true);
        var told = await f.EventAsync(capa.Id, "complaints.capa.case-joined.v1");
        (told.Text("kind"), told.Text("caseId"), told.Text("number")).ShouldBe(
            ("assessment", assessment.ToString(), capa.Text("number"))
        );
        var opened = await f.EventAsync(capa.Id, "complaints.capa.opened.v1");
        opened.Text("source").ShouldBe("survey-response");
        (await f.Qc.GetAsync("/v1/survey-cases?withCapa=false&limit=200"))
            .Ok()
            .Items.Select(item => item["id"]!.ToString())
            .ShouldNotContain(form.ResponseId.ToString());
        var report = (await f.Qc.GetAsync(Steps.Capa(capa) + "/forms/8d", language: "zh-Hant")).Ok();
        report.Readable().ShouldContain($"FM006 {f.Today:yyyy-MM-dd} WX-2026-000007, PG-2026-000003");
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    [Trait("Rule", "C5.4")]
    public async Task Given_a_CAPA_that_is_open_When_a_finding_and_a_repair_order_join_Then_it_serves_them_and_none_is_opened_again()
    {
        var f = Fixture;
        var (revisit, finding, order) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (project, owner) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var found = new FindingRecorded(
            revisit,
            2,
            finding,
            project,
            "東湖二期",
            owner,
            "roof",
            "3 號樓屋面",
            "起鼓滲漏",
            "major",
            f.Today,
            "HT-2024-7"
        );
        await f.DeliverAsync(found);
        await f.DeliverAsync(found with { Version = 3 });
        await f.DeliverAsync(
            new RepairOrderOpened(
                order,
                1,
                "WX-2026-000031",
                project,
                "東湖二期",
                owner,
                "roof",
                "major",
                "notice",
                null,
                null,
                f.Today,
                f.Today.AddDays(2)
            )
        );
        var listed = (await f.Qc.GetAsync("/v1/survey-cases?source=revisit,repair&limit=200")).Ok().Items;
        listed.Single(item => item["id"]!.ToString() == finding.ToString())["subject"]!
            .ToString()
            .ShouldBe("東湖二期 · 3 號樓屋面");
        (await f.Qc.GetAsync("/v1/survey-cases?limit=200"))
            .Ok()
            .Items.Select(item => item["id"]!.ToString())
            .ShouldNotContain(finding.ToString());
        var asked = new OpenCapaForCase.Request(finding, "repair", f.Today.AddDays(9), "不再滲漏。");
        (await f.Qc.PostAsync("/v1/capas", asked)).Refused(HttpStatusCode.BadRequest, "survey-case-unknown");
        var capa = await f.CapaAsync(await f.OursAsync());

        await f.Qc.DoAsync(Steps.Capa(capa), "join-case", new JoinCaseToCapa.Request(finding));
        var joined = await f.Qc.DoAsync(Steps.Capa(capa), "join-case", new JoinCaseToCapa.Request(order));

        joined["serves"]
            .AsArray()
            .Skip(1)
            .Select(served => (served!["kind"]!.ToString(), Guid.Parse(served["id"]!.ToString())))
            .ShouldBe([("finding", finding), ("repair-order", order)]);
        (await f.Qc.GetAsync(Steps.Capa(capa) + "/links"))
            .Ok()
            .Items.Select(link => (link["kind"]!.ToString(), Guid.Parse(link["id"]!.ToString())))
            .ShouldContain(("revisit", revisit));
        // The file of the revisit asks for a CAPA of the same finding later.
        await f.DeliverAsync(
            new CapaRequested(
                revisit,
                4,
                finding,
                project,
                "東湖二期",
                "HT-2024-7",
                owner,
                "東湖置業有限公司",
                "roof",
                "3 號樓屋面",
                "起鼓滲漏",
                "major",
                f.Today
            )
        );
        (await f.Qc.GetAsync($"/v1/capas?caseId={finding}")).Ok().Items.ShouldHaveSingleItem()["id"]!
            .ToString()
            .ShouldBe(capa.Id.ToString());
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    [Trait("Rule", "C5.4")]
    public async Task Given_orders_that_joined_a_CAPA_When_repairs_asks_for_one_later_Then_the_first_serves_them()
    {
        var f = Fixture;
        var (first, second) = (await OrderAsync(), await OrderAsync());
        var capa = await f.CapaAsync(await f.OursAsync());
        await f.Qc.DoAsync(Steps.Capa(capa), "join-case", new JoinCaseToCapa.Request(first.Id));
        await f.Qc.DoAsync(Steps.Capa(capa), "join-case", new JoinCaseToCapa.Request(second.Id));

        await f.DeliverAsync(Asks(first));
        await f.DeliverAsync(AsksTogether(first, second));

        (await ServingAsync(first.Id)).ShouldBe([capa.Id]);
        (await ServingAsync(second.Id)).ShouldBe([capa.Id]);
        var third = await OrderAsync();
        await f.DeliverAsync(AsksTogether(second, third));
        (await ServingAsync(second.Id)).ShouldBe([capa.Id]);
        (await ServingAsync(third.Id)).ShouldHaveSingleItem().ShouldNotBe(capa.Id);
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    [Trait("Rule", "C5.4")]
    public async Task Given_an_order_that_repairs_asked_a_CAPA_for_When_it_is_to_join_another_Then_refused_and_named()
    {
        var f = Fixture;
        var order = await OrderAsync();
        await f.DeliverAsync(Asks(order));
        var opened = (await f.Qc.GetAsync($"/v1/capas?caseId={order.Id}")).Ok().Items.ShouldHaveSingleItem();
        var other = await f.CapaAsync(await f.OursAsync());

        var refused = await f.Qc.ChangeAsync(Steps.Capa(other), "join-case", new JoinCaseToCapa.Request(order.Id));

        refused.Refused(HttpStatusCode.Conflict, "case-has-capa", "P2.2.3");
        refused.Text("capa").ShouldBe(opened["number"]!.ToString());
        (await ServingAsync(order.Id)).ShouldHaveSingleItem().ToString().ShouldBe(opened["id"]!.ToString());
        await f.DeliverAsync(Asks(order));
        (await ServingAsync(order.Id)).ShouldHaveSingleItem();
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Given_many_events_of_works_at_once_When_heard_together_Then_each_case_is_there_once_and_an_erased_one_is_not()
    {
        var (revisit, finding, known) = (Guid.CreateVersion7(), Guid.CreateVersion7(), await OrderAsync());
        var found = Found(revisit, finding);
        var orders = Enumerable.Range(0, 5).Select(_ => Opened(Guid.CreateVersion7())).ToList();
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();

        await db.HearOfWorksAsync(
            scope.ServiceProvider.GetRequiredService<CommandContexts>(),
            [.. orders, Opened(known.Id), found, orders[0], Erased("revisit", revisit), found with { Version = 3 }],
            CancellationToken.None
        );
        await db.SaveChangesAsync();

        var ids = orders.Select(order => order.RepairOrderId).Append(known.Id).Append(finding).ToList();
        var kept = await db.SurveyCases.AsNoTracking().Where(one => ids.Contains(one.Id)).ToListAsync();
        kept.Select(one => one.Id).ShouldBe(ids.Where(id => id != finding), ignoreOrder: true);
    }

    [Theory]
    [Trait("Rule", "C8")]
    [InlineData("finding", false)]
    [InlineData("finding", true)]
    [InlineData("repair-order", false)]
    [InlineData("repair-order", true)]
    [InlineData("response", false)]
    [InlineData("response", true)]
    [InlineData("assessment", false)]
    [InlineData("assessment", true)]
    public async Task Given_a_case_and_its_erasure_When_heard_in_either_order_and_twice_Then_nothing_that_it_said_is_kept(
        string kind,
        bool erasedFirst
    )
    {
        var (id, record) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        record = kind == "finding" ? record : id;
        IIntegrationEvent made = kind switch
        {
            "finding" => Found(record, id),
            "repair-order" => Opened(id),
            "response" => Form(Fixture.Today) with { ResponseId = id },
            _ => new ServicePointAssessed(
                id,
                3,
                "PG-1",
                Guid.CreateVersion7(),
                "東湖店",
                false,
                58m,
                true,
                ["P.smile"],
                Fixture.Today
            ),
        };
        IIntegrationEvent[] events = erasedFirst ? [Erased(kind, record), made] : [made, Erased(kind, record)];

        foreach (var e in events.Concat(events))
        {
            await Fixture.DeliverAsync(e);
        }

        await using var store = Fixture.Store<ComplaintsDb>();
        var kept = await store.Db.SurveyCases.AsNoTracking().Where(one => one.Id == id).ToListAsync();
        kept.Select(one => (one.IsErased, one.Subject)).ShouldBe(erasedFirst ? [] : [(true, "—")]);
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Given_an_erasure_heard_in_a_batch_before_the_case_or_in_an_earlier_one_Then_the_case_is_not_kept()
    {
        var (revisit, finding, order) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await HearAsync(Erased("revisit", revisit), Erased("revisit", revisit), Found(revisit, finding));
        await HearAsync(Erased("repair-order", order));

        await HearAsync(Opened(order), Found(revisit, Guid.CreateVersion7()), Found(revisit, finding));

        await using var store = Fixture.Store<ComplaintsDb>();
        (await store.Db.SurveyCases.AnyAsync(one => one.Id == order || one.RevisitId == revisit)).ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Given_a_case_that_is_about_to_be_kept_When_its_erasure_is_heard_at_that_moment_Then_it_waits_and_finds_it()
    {
        var (revisit, finding) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var keeping = Fixture.Service.Services.CreateAsyncScope();
        var db = keeping.ServiceProvider.GetRequiredService<ComplaintsDb>();
        var contexts = keeping.ServiceProvider.GetRequiredService<CommandContexts>();
        await db.HearOfWorksAsync(contexts, [Found(revisit, finding)], CancellationToken.None);

        var erasing = HearAsync(Erased("revisit", revisit));
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        erasing.IsCompleted.ShouldBeFalse();
        await db.SaveChangesAsync();
        await db.Database.CommitTransactionAsync();
        await erasing;

        await using var store = Fixture.Store<ComplaintsDb>();
        (await store.Db.SurveyCases.AsNoTracking().SingleAsync(one => one.Id == finding)).IsErased.ShouldBeTrue();
    }

    private async Task HearAsync(params IReadOnlyList<IIntegrationEvent> events)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        var contexts = scope.ServiceProvider.GetRequiredService<CommandContexts>();
        await db.HearOfWorksAsync(contexts, events, CancellationToken.None);
        await db.SaveChangesAsync();
        await db.Database.CommitTransactionAsync();
    }

    private IIntegrationEvent Erased(string kind, Guid record)
    {
        var erased = new ErasedRecord(
            kind,
            record,
            null,
            Fixture.Today,
            Fixture.Today,
            "保存期滿",
            "周管理",
            Fixture.Clock.GetUtcNow(),
            "00",
            []
        );
        return kind switch
        {
            "repair-order" => new RepairsRecordErased(record, 9, erased),
            "response" or "assessment" => new SurveysRecordErased(record, 9, erased),
            _ => new ProjectsRecordErased(record, 9, erased),
        };
    }

    private FindingRecorded Found(Guid revisit, Guid finding) =>
        new(
            revisit,
            2,
            finding,
            Project,
            "東湖二期",
            Project,
            "roof",
            "3 號樓屋面",
            "起鼓滲漏",
            "major",
            Fixture.Today,
            "HT-2024-7"
        );

    private async Task<IReadOnlyList<Guid>> ServingAsync(Guid id) =>
        [
            .. (await Fixture.Qc.GetAsync($"/v1/capas?caseId={id}"))
                .Ok()
                .Items.Select(capa => Guid.Parse(capa["id"]!.ToString())),
        ];

    private async Task<(Guid Id, string Number)> OrderAsync()
    {
        var id = Guid.CreateVersion7();
        var number = $"WX-2026-{id:N}"[..24];
        await Fixture.DeliverAsync(Opened(id) with { Number = number });
        return (id, number);
    }

    private RepairOrderOpened Opened(Guid id) =>
        new(
            id,
            1,
            "WX-2026-000031",
            Project,
            "東湖二期",
            Project,
            "roof",
            "major",
            "notice",
            null,
            null,
            Fixture.Today,
            Fixture.Today.AddDays(2)
        );

    private static Guid Project { get; } = Guid.CreateVersion7();

    private RepairCapaRequested Asks((Guid Id, string Number) order) =>
        new(
            order.Id,
            5,
            order.Id,
            order.Number,
            Project,
            "東湖二期",
            "HT-2024-7",
            Project,
            "roof",
            "3 號樓屋面",
            "收頭滲漏",
            "systemic",
            [order.Id],
            Fixture.Today
        );

    private FaultGroupCapaRequested AsksTogether(params (Guid Id, string Number)[] orders) =>
        new(
            Guid.CreateVersion7(),
            1,
            Project,
            "東湖二期",
            "同一部位：屋面防水",
            "收頭滲漏",
            [.. orders.Select(order => new GroupedFault("repair-order", order.Id, order.Number))],
            Fixture.Today
        );

    [Fact]
    [Trait("Rule", "T1")]
    [Trait("Rule", "C8")]
    public async Task Given_an_assessment_without_failed_items_or_an_erased_form_When_asked_for_Then_there_is_no_such_case()
    {
        var f = Fixture;
        var (form, good) = (Form(f.Today), Guid.CreateVersion7());
        await f.DeliverAsync(form);
        await f.DeliverAsync(
            new ServicePointAssessed(good, 3, "PG-1", Guid.CreateVersion7(), "店", false, 98m, true, [], f.Today)
        );
        await f.DeliverAsync(Erased("response", form.ResponseId));

        foreach (var gone in (Guid[])[form.ResponseId, good])
        {
            (await f.Qc.PostAsync("/v1/capas", new OpenCapaForCase.Request(gone, "repair", f.Today, "x"))).Refused(
                HttpStatusCode.BadRequest,
                "survey-case-unknown"
            );
        }
    }

    private static ResponseDissatisfied Form(DateOnly on) =>
        Steps.Dissatisfied() with
        {
            Suggestions = null,
            ReceivedOn = on,
        };
}
