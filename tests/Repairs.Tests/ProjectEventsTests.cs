using System.Net;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Trips.Features;
using CustomerService.Repairs.WorkLinks.Features;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>What Projects announces: findings that need repair, and the projects themselves.</summary>
public sealed class ProjectEventsTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.3")]
    public async Task Given_words_on_where_a_site_is_When_they_come_in_any_order_Then_the_newest_holds()
    {
        var id = Guid.CreateVersion7();
        ProjectRevised Revised(long version, double? latitude) =>
            new(
                id,
                version,
                "HT-" + id,
                "濱江花園",
                Guid.CreateVersion7(),
                "業主",
                "beijing",
                1,
                "frame",
                latitude,
                latitude
            );

        await Fixture.DeliverAsync(Revised(3, 31));
        await Fixture.DeliverAsync(
            new ProjectRegistered(
                id,
                1,
                "HT-" + id,
                "濱江花園",
                Guid.CreateVersion7(),
                "業主",
                "beijing",
                1,
                "frame",
                10,
                10
            )
        );
        await Fixture.DeliverAsync(Revised(2, 20));
        (await SiteAsync(id)).ShouldBe(new GeoPoint(31, 31));

        await Fixture.DeliverAsync(Revised(5, null));
        await Fixture.DeliverAsync(Revised(4, 40));
        (await SiteAsync(id)).ShouldBeNull("the last word is that it is not known");
    }

    private async Task<GeoPoint?> SiteAsync(Guid project)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
        return (await db.SitePlaces.SingleAsync(place => place.Id == project)).Point;
    }

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
        (order.Text("contact"), order["siteContact"]["name"]!.ToString()).ShouldBe(("王先生", "王先生"));
        order.Text("openedBy").ShouldBe("repairs");
        order["warranty"]["covered"]!.ToString().ShouldBe("yes");
        order.Text("confirmDueOn").ShouldBe(RepairsFixture.Iso(finding.FoundOn.AddDays(2)));
        (await Fixture.OrderEventAsync(order.Id, "opened")).Text("source").ShouldBe("revisit");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_a_finding_of_a_project_that_Projects_no_longer_knows_When_consumed_Then_on_file_all_the_same()
    {
        var it = Case.Of(Fixture, announced: false);
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
    [Trait("Rule", "S3")]
    public async Task Given_announced_projects_and_owners_When_an_order_is_opened_Then_named_by_the_announcements()
    {
        var it = Case.Of(Fixture, announced: false);
        var unknown = await it.OpenAsync();
        (unknown.Status, unknown.Code, unknown.Rule).ShouldBe((HttpStatusCode.BadRequest, "project-unknown", "S3"));
        unknown.SuppliedBy.ShouldContain(Roles.Engineering);

        await Fixture.DeliverAsync(Registered(it, 3, "城東學校"));
        await Fixture.DeliverAsync(Registered(it, 2, "舊名"));
        (await it.OpenAsync()).Code.ShouldBe("nobody-to-reach");
        await Fixture.DeliverAsync(Owner(it.OwnerId, 1, "教育局"));
        (await it.OpenAsync()).Ok().Text("projectName").ShouldBe("城東學校");

        var buyer = Guid.CreateVersion7();
        await Fixture.DeliverAsync(Revised(it, 5, "城東實驗學校") with { OwnerId = buyer });
        await Fixture.DeliverAsync(Revised(it, 4, "晚到"));
        await Fixture.DeliverAsync(Owner(buyer, 7, "城東教育局"));
        var revised = (await it.OpenAsync()).Ok();
        (revised.Text("projectName"), revised.Text("ownerId")).ShouldBe(("城東實驗學校", buyer.ToString()));
        (revised.Text("ownerName"), revised.Text("contact"), revised.Text("phone")).ShouldBe(
            ("城東教育局", "趙校長", "010-7")
        );
    }

    [Fact]
    [Trait("Rule", "S3")]
    public async Task Given_open_and_accepted_orders_When_owner_and_unit_are_renamed_Then_only_the_open_ones_follow()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        var open = it.Id;
        var accepted = (await it.Around(Guid.Empty).ToAsync("accepted")).Id;
        var before = (await it.Around(open).ReadAsync()).ETag;

        await Fixture.DeliverAsync(Owner(it.OwnerId, 2, "濱江業主大會"));
        await Fixture.DeliverAsync(
            new OrganisationRevised(it.UnitId, 2, "宏達建設", "subcontractor", null, null, null, null)
        );
        await Fixture.DeliverAsync(Owner(it.OwnerId, 1, "晚到"));

        var followed = (await it.Around(open).ReadAsync()).Ok();
        (followed.Text("ownerName"), followed.Text("contact")).ShouldBe(("濱江業主大會", "趙校長"));
        followed["dispatch"]["repairUnitName"]!.ToString().ShouldBe("宏達建設");
        followed.ETag.ShouldNotBe(before);
        followed["history"].AsArray().Count(s => s!["action"]!.ToString() == "follow-registry").ShouldBe(2);
        var kept = (await it.Around(accepted).ReadAsync()).Ok();
        (kept.Text("ownerName"), kept.Text("contact")).ShouldBe(("濱江業主委員會", "王先生"));
        kept["dispatch"]["repairUnitName"]!.ToString().ShouldBe("宏達防水分包");

        await Fixture.DeliverAsync(Revised(it, 2, "濱江新苑"));
        (await it.Around(open).ReadAsync()).Text("projectName").ShouldBe("濱江新苑");
        (await it.Around(open).ReadAsync()).Text("ownerName").ShouldBe("濱江業主大會", "by their own announcement");
        (await it.Around(accepted).ReadAsync()).Text("projectName").ShouldBe("濱江花園");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "S3")]
    public async Task Given_a_trip_and_a_link_of_a_unit_When_it_is_renamed_or_merged_Then_they_follow(bool isMerged)
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        var link = (
            await it.Engineer.PostAsync(
                "/v1/work-links",
                new CreateWorkLink.Request("馬師傅", DateTimeOffset.UtcNow.AddDays(2), it.Id)
            )
        ).Ok();
        var planned = (await it.Around(Guid.Empty).ToAsync("approved")).Id;
        var trip = (
            await it.Production.PostAsync("/v1/trips", new PlanTrip.Request(Fixture.Today, [planned], it.UnitId))
        ).Ok();
        var into = isMerged ? Guid.CreateVersion7() : it.UnitId;

        await Fixture.DeliverAsync(
            isMerged
                ? new OrganisationMerged(it.UnitId, 5, "宏達防水分包", into, "宏達建設", null, null, A.Moment)
                : new OrganisationRevised(it.UnitId, 2, "宏達建設", "subcontractor", null, null, null, null)
        );

        foreach (var path in new[] { $"/v1/trips/{trip.Id}", $"/v1/work-links/{link.Id}" })
        {
            var read = (await it.Engineer.GetAsync(path)).Ok();
            (read.Text("unitId"), read.Text("unitName")).ShouldBe((into.ToString(), "宏達建設"), path);
        }

        // What leads nowhere any more keeps its words.
        (await it.Engineer.ChangeAsync($"/v1/work-links/{link.Id}", "revoke")).Ok();
        await Fixture.DeliverAsync(new OrganisationRevised(into, 9, "宏達", "subcontractor", null, null, null, null));
        (await it.Engineer.GetAsync($"/v1/work-links/{link.Id}")).Text("unitName").ShouldBe("宏達建設");
        (await it.Engineer.GetAsync($"/v1/trips/{trip.Id}")).Text("unitName").ShouldBe("宏達");
    }

    [Fact]
    [Trait("Rule", "S3")]
    public async Task Given_departments_and_people_When_announced_Then_kept_for_those_who_ask()
    {
        var (department, person) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var code = "d-" + department;
        await Fixture.DeliverAsync(
            new DepartmentChanged(
                department,
                2,
                code,
                "Quality",
                "質量部",
                "质量部",
                null,
                null,
                null,
                null,
                "zh-Hant",
                "china",
                true
            )
        );
        await Fixture.DeliverAsync(new PersonRegistered(person, 1, "張三", "manager", null));
        await Fixture.DeliverAsync(new PersonRevised(person, 2, "張三豐", "manager", "quality"));
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var registry = scope.ServiceProvider.GetRequiredService<RegistryLookup>();

        (await registry.DepartmentAsync(code, default)).Required().Id.ShouldBe(department);
        (await registry.DepartmentAsync(department, default)).Required().NameEn.ShouldBe("Quality");
        (await registry.PersonAsync(person, default)).Required().Name.ShouldBe("張三豐");
        (await registry.DepartmentAsync("x" + code, default)).Refusal!.Code.ShouldBe("department-unknown");
    }

    [Fact]
    [Trait("Rule", "S3")]
    public async Task Given_codes_and_contract_numbers_When_looked_for_in_another_spelling_Then_found_and_two_are_none()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var code = "GA-" + first;
        await Fixture.DeliverAsync(Coded(first, code));
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var registry = scope.ServiceProvider.GetRequiredService<RegistryLookup>();
        (await registry.OrganisationAsync(" ｇａ-" + first, default)).Required().Id.ShouldBe(first);
        (await registry.OrganisationAsync(first, default)).Required().Code.ShouldBe(code);

        await Fixture.DeliverAsync(Coded(second, code.ToLowerInvariant()));
        (await registry.OrganisationAsync(code, default)).Refusal!.Code.ShouldBe("organisation-unknown");

        var it = Case.Of(Fixture, announced: false);
        await Fixture.DeliverAsync(Registered(it, 1, "城東") with { ContractNumber = "HT-" + it.ProjectId });
        (await registry.ProjectAsync("ht-" + it.ProjectId, default)).Required().Id.ShouldBe(it.ProjectId);
        await Fixture.DeliverAsync(new ProjectWithdrawn(it.ProjectId, 2, it.OwnerId, "x"));
        (await registry.ProjectAsync("ht-" + it.ProjectId, default)).Refusal!.Code.ShouldBe("project-unknown");
        (await registry.ProjectAsync(it.ProjectId, default)).Refusal!.Code.ShouldBe("project-withdrawn");

        static OrganisationRegistered Coded(Guid id, string code) =>
            new(id, 1, "固安", "subcontractor", code, null, null, null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "P3.3")]
    public async Task Given_a_withdrawn_project_When_an_order_is_opened_on_it_Then_refused_whatever_came_first(
        bool registeredFirst
    )
    {
        var it = Case.Of(Fixture, announced: false);
        var registered = Registered(it, 1, "城東學校");
        var withdrawn = new ProjectWithdrawn(it.ProjectId, 2, it.OwnerId, "輸入錯誤");
        await Fixture.DeliverAsync(registeredFirst ? registered : withdrawn);
        await Fixture.DeliverAsync(registeredFirst ? withdrawn : registered);
        // Its owner may be called otherwise later: that does not bring it back.
        await Fixture.DeliverAsync(Revised(it, 3, "城東學校"));

        var refused = await it.OpenAsync();
        (refused.Status, refused.Code, refused.Rule).ShouldBe((HttpStatusCode.BadRequest, "project-withdrawn", "S3"));
        var stranger = await it.Stranger.PostAsync("/v1/repair-orders", it.Notice());
        (stranger.Status, stranger.Code).ShouldBe((HttpStatusCode.BadRequest, "project-unknown"), "it is not theirs");
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_two_revisions_consumed_at_once_When_the_older_one_is_saved_last_Then_the_newer_one_stays()
    {
        var it = Case.Of(Fixture, announced: false);
        await Fixture.DeliverAsync(Owner(it.OwnerId, 1, "教育局"));
        await Fixture.DeliverAsync(Registered(it, 1, "城東學校"));
        await using var holder = Fixture.Store<RepairsDb>();
        await using var watcher = Fixture.Store<RepairsDb>();

        // Both read version 1 and wait to write; the one that waits first writes first.
        await using var held = await holder.Db.Database.BeginTransactionAsync();
        await holder.Db.Database.ExecuteSqlAsync($"select from project_copies where id = {it.ProjectId} for update");
        var newer = await Fixture.PublishAsync(Revised(it, 3, "城東實驗學校"));
        await Eventually.IsTrue(() => AreWaitingAsync(watcher.Db.Database, 1), "the newer revision waits");
        var older = await Fixture.PublishAsync(Revised(it, 2, "城東中學"));
        await Eventually.IsTrue(() => AreWaitingAsync(watcher.Db.Database, 2), "the older revision waits");
        await held.CommitAsync();
        await Fixture.ConsumedAsync(newer);
        await Fixture.ConsumedAsync(older);

        var opened = (await it.OpenAsync()).Ok();

        opened.Text("projectName").ShouldBe("城東實驗學校");
    }

    private static async Task<bool> AreWaitingAsync(DatabaseFacade database, int expected) =>
        await database
            .SqlQuery<int>(
                $"""select count(*)::int as "Value" from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%update project_copies%'"""
            )
            .SingleAsync() == expected;

    private static ProjectRegistered Registered(Case it, long version, string name) =>
        new(it.ProjectId, version, "HT-9", name, it.OwnerId, "教育局", "beijing", 1000m, "frame");

    private static ProjectRevised Revised(Case it, long version, string name) =>
        new(it.ProjectId, version, "HT-9", name, it.OwnerId, "教育局", "beijing", 1000m, "frame");

    private static OrganisationRevised Owner(Guid id, long version, string name) =>
        new(id, version, name, "owner", null, null, "趙校長", "010-7");

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
