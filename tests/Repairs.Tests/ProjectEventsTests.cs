using System.Net;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CustomerService.Repairs.Tests;

/// <summary>What Projects announces: findings that need repair, and the projects themselves.</summary>
public sealed class ProjectEventsTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P2.2.3")]
    public async Task Given_a_finding_delivered_three_times_under_two_message_ids_When_consumed_Then_one_order()
    {
        var it = Case.Of(Fixture);
        var finding = Finding(it, "major");
        var id = await Fixture.PublishAsync(finding);
        await Fixture.PublishAsync(finding, id);
        var again = await Fixture.PublishAsync(finding);
        await Fixture.ConsumedAsync(id);
        await Fixture.ConsumedAsync(again);

        var order = (await it.Around(await OnlyOrderAsync(it)).ReadAsync()).Ok();

        order.Text("source").ShouldBe("revisit");
        order.Text("sourceId").ShouldBe(finding.FindingId.ToString());
        order.Text("revisitId").ShouldBe(finding.RevisitId.ToString());
        order.Text("projectName").ShouldBe("濱江花園");
        order.Text("openedBy").ShouldBe("repairs");
        order["warranty"]["covered"]!.ToString().ShouldBe("yes");
        order.Text("confirmDueOn").ShouldBe(RepairsFixture.Iso(finding.FoundOn.AddDays(2)));
        (await Fixture.OrderEventAsync(order.Id, "opened")).Text("source").ShouldBe("revisit");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_a_finding_of_a_project_that_Projects_no_longer_knows_When_consumed_Then_on_file_all_the_same()
    {
        var it = Case.Of(Fixture);
        Fixture.Projects.Projects.TryRemove(it.ProjectId, out _);

        await Fixture.DeliverAsync(Finding(it, "major"));

        var order = (await it.Around(await OnlyOrderAsync(it)).ReadAsync()).Ok();
        order["warranty"]["covered"]!.ToString().ShouldBe("unknown");
        order["warranty"]["problem"]!.ToString().ShouldBe("project-unknown");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_an_emergency_of_a_revisit_When_issued_before_approval_Then_only_with_the_reason()
    {
        var it = Case.Of(Fixture);
        await Fixture.DeliverAsync(Finding(it, "emergency"));
        it.Around(await OnlyOrderAsync(it));
        (await it.DoAsync("confirm")).Ok();

        (await it.DoAsync("dispatch")).Code.ShouldBe("emergency-unexplained");

        var explained = it.Dispatching() with { EmergencyReason = EmergencyReason.Structure };
        (await it.Engineer.ChangeAsync(it.Record, "dispatch", explained))
            .Ok()
            .Text("emergencyReason")
            .ShouldBe("structure");
    }

    [Fact]
    public async Task Given_a_finding_with_a_severity_that_is_none_When_consumed_Then_kept_as_a_dead_letter_and_no_order()
    {
        var it = Case.Of(Fixture);

        await Fixture.PublishAsync(Finding(it, "terrible"));
        await Fixture.DeliverAsync(Finding(it, "minor"));

        var severity = (await it.Around(await OnlyOrderAsync(it)).ReadAsync()).Text("severity");
        severity.ShouldBe("minor");
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_an_announced_project_When_an_order_is_opened_by_its_id_alone_Then_named_by_the_announcement()
    {
        var it = Case.Of(Fixture);
        var byId = it.Notice() with { Project = null };
        (await it.OpenAsync(byId)).Code.ShouldBe("project-not-known-here");

        await Fixture.DeliverAsync(Registered(it, 3, "城東學校"));
        await Fixture.DeliverAsync(Registered(it, 2, "舊名"));
        (await it.OpenAsync(byId)).Ok().Text("projectName").ShouldBe("城東學校");

        var buyer = Guid.CreateVersion7();
        await Fixture.DeliverAsync(Revised(it, 5, "城東實驗學校") with { OwnerId = buyer });
        await Fixture.DeliverAsync(Revised(it, 4, "晚到"));
        var revised = (await it.OpenAsync(byId)).Ok();
        (revised.Text("projectName"), revised.Text("ownerId")).ShouldBe(("城東實驗學校", buyer.ToString()));
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_an_announced_project_When_the_caller_claims_another_owner_Then_the_announcement_decides()
    {
        var it = Case.Of(Fixture);
        await Fixture.DeliverAsync(Registered(it, 1, "城東學校"));
        var details = new OpenRepairOrder.ProjectDetails("x", "y", Guid.CreateVersion7(), "z");

        var opened = (await it.OpenAsync(it.Notice() with { Project = details })).Ok();

        (opened.Text("ownerId"), opened.Text("contractNumber")).ShouldBe((it.OwnerId.ToString(), "HT-9"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "P3.3")]
    public async Task Given_a_withdrawn_project_When_an_order_is_opened_on_it_Then_refused_whatever_came_first(
        bool registeredFirst
    )
    {
        var it = Case.Of(Fixture);
        var registered = Registered(it, 1, "城東學校");
        var withdrawn = new ProjectWithdrawn(it.ProjectId, 2, it.OwnerId, "輸入錯誤");
        await Fixture.DeliverAsync(registeredFirst ? registered : withdrawn);
        await Fixture.DeliverAsync(registeredFirst ? withdrawn : registered);
        // Its owner may be called otherwise later: that does not bring it back.
        await Fixture.DeliverAsync(Revised(it, 3, "城東學校"));

        foreach (var notice in new[] { it.Notice(), it.Notice() with { Project = null } })
        {
            var refused = await it.OpenAsync(notice);
            (refused.Status, refused.Code, refused.Rule).ShouldBe(
                (HttpStatusCode.BadRequest, "project-unknown", "P3.3")
            );
        }
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_two_revisions_consumed_at_once_When_the_older_one_is_saved_last_Then_the_newer_one_stays()
    {
        var it = Case.Of(Fixture);
        await Fixture.DeliverAsync(Registered(it, 1, "城東學校"));
        await using var holder = Fixture.Store<RepairsDb>();
        await using var watcher = Fixture.Store<RepairsDb>();

        // Both read version 1 and wait to write; the one that waits first writes first.
        await using var held = await holder.Db.Database.BeginTransactionAsync();
        await holder.Db.Database.ExecuteSqlAsync($"select from projects where id = {it.ProjectId} for update");
        var newer = await Fixture.PublishAsync(Revised(it, 3, "城東實驗學校"));
        await Eventually.IsTrue(() => AreWaitingAsync(watcher.Db.Database, 1), "the newer revision waits");
        var older = await Fixture.PublishAsync(Revised(it, 2, "城東中學"));
        await Eventually.IsTrue(() => AreWaitingAsync(watcher.Db.Database, 2), "the older revision waits");
        await held.CommitAsync();
        await Fixture.ConsumedAsync(newer);
        await Fixture.ConsumedAsync(older);

        var opened = (await it.OpenAsync(it.Notice() with { Project = null })).Ok();

        opened.Text("projectName").ShouldBe("城東實驗學校");
    }

    private static async Task<bool> AreWaitingAsync(DatabaseFacade database, int expected) =>
        await database
            .SqlQuery<int>(
                $"""select count(*)::int as "Value" from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%update projects%'"""
            )
            .SingleAsync() == expected;

    private static ProjectRegistered Registered(Case it, long version, string name) =>
        new(it.ProjectId, version, "HT-9", name, it.OwnerId, "教育局", "beijing", 1000m, "frame");

    private static ProjectRevised Revised(Case it, long version, string name) =>
        new(it.ProjectId, version, "HT-9", name, it.OwnerId, "教育局", "beijing", 1000m, "frame");

    private RepairRequested Finding(Case it, string severity) =>
        new(
            Guid.CreateVersion7(),
            4,
            Guid.CreateVersion7(),
            it.ProjectId,
            "濱江花園",
            "HT-2024-018",
            it.OwnerId,
            "濱江業主委員會",
            "王先生",
            "021-5555",
            "roof",
            "3 號樓屋面",
            "屋面滲漏",
            severity,
            Fixture.Today
        );

    private static async Task<Guid> OnlyOrderAsync(Case it) =>
        Guid.Parse(
            (await it.Service.GetAsync($"/v1/repair-orders?projectId={it.ProjectId}"))
                .Ok()
                .Items.ShouldHaveSingleItem()["id"]!.ToString()
        );
}
