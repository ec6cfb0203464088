using System.Net;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>Orders of organisations and people that were merged (S4), whatever the order of the events.</summary>
public sealed class MergeEventsTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_open_and_accepted_orders_When_the_owner_is_merged_Then_found_under_both_and_back_again()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        var open = it.Id;
        var accepted = (await it.Around(Guid.Empty).ToAsync("accepted")).Id;
        var into = await OrganisationAsync("保留業主", "owner");
        var survivor = Fixture.Service.As("保留", [Roles.Customer], organisation: into);

        var merged = Merged(it.OwnerId, 5, into, "保留業主");
        var id = await Fixture.DeliverAsync(merged);
        await Fixture.PublishAsync(merged, id);
        await Fixture.DeliverAsync(merged);

        var moved = (await it.Around(open).ReadAsync()).Ok();
        (moved.Text("ownerId"), moved.Text("ownerName")).ShouldBe((into.ToString(), "保留業主"));
        moved["history"]
            .AsArray()
            .Count(s => s!["action"]!.ToString() == "owner-merged")
            .ShouldBe(1, "copies do nothing");
        var kept = (await it.Around(accepted).ReadAsync()).Ok();
        (kept.Text("ownerId"), kept.Text("ownerName")).ShouldBe(
            (into.ToString(), "濱江業主委員會"),
            "it keeps its words"
        );
        foreach (var owner in new[] { into, it.OwnerId })
        {
            (await it.Service.GetAsync($"/v1/repair-orders?ownerId={owner}"))
                .Ok()["items"]
                .AsArray()
                .Select(o => o!["id"]!.ToString())
                .ShouldBe([accepted.ToString(), open.ToString()], ignoreOrder: true);
        }

        // The accounts of both see them.
        (await it.Owner.GetAsync($"/v1/repair-orders/{open}")).Ok();
        (await survivor.GetAsync($"/v1/repair-orders/{accepted}")).Ok();
        (await it.Stranger.GetAsync($"/v1/repair-orders/{open}")).Status.ShouldBe(HttpStatusCode.NotFound);

        // Opened on the old identity after the merge: its project still names it.
        var late = (await it.OpenAsync()).Ok();
        late.Text("ownerId").ShouldBe(into.ToString());

        await Fixture.DeliverAsync(Unmerged(it.OwnerId, 6, into));

        var back = (await it.Around(open).ReadAsync()).Ok();
        (back.Text("ownerId"), back.Text("ownerName")).ShouldBe((it.OwnerId.ToString(), "濱江業主委員會"));
        (await it.Around(accepted).ReadAsync()).Text("ownerId").ShouldBe(it.OwnerId.ToString());
        (await it.Around(late.Id).ReadAsync()).Text("ownerId").ShouldBe(into.ToString(), "what came after stays");
        (await it.Owner.GetAsync($"/v1/repair-orders/{late.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await MovedAsync(it.OwnerId)).ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_an_undone_merge_that_is_heard_of_before_the_merge_When_that_comes_Then_nothing_moves()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var into = await OrganisationAsync("保留業主", "owner");

        await Fixture.DeliverAsync(Unmerged(it.OwnerId, 6, into));
        await Fixture.DeliverAsync(Merged(it.OwnerId, 5, into, "保留業主"));

        (await it.ReadAsync()).Text("ownerId").ShouldBe(it.OwnerId.ToString());
    }

    [Theory]
    [Trait("Rule", "S4")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_merges_in_a_row_in_any_order_When_the_second_is_undone_Then_at_the_first(bool inOrder)
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var (b, c) = (await OrganisationAsync("乙", "owner"), await OrganisationAsync("丙", "owner"));
        OrganisationMerged[] merges = [Merged(it.OwnerId, 5, b, "乙"), Merged(b, 7, c, "丙")];
        foreach (var merge in inOrder ? merges : [.. merges.Reverse()])
        {
            await Fixture.DeliverAsync(merge);
        }

        (await it.ReadAsync()).Text("ownerId").ShouldBe(c.ToString());

        await Fixture.DeliverAsync(Unmerged(b, 8, c));
        (await it.ReadAsync()).Text("ownerId").ShouldBe(b.ToString());
        await Fixture.DeliverAsync(Unmerged(it.OwnerId, 9, b));
        (await it.ReadAsync()).Text("ownerId").ShouldBe(it.OwnerId.ToString());
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_a_merge_into_one_that_is_not_known_yet_When_it_is_announced_Then_open_orders_take_its_name()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var into = Guid.CreateVersion7();

        await Fixture.DeliverAsync(Merged(it.OwnerId, 5, into, "先聞其名"));
        (await it.ReadAsync()).Text("ownerName").ShouldBe("先聞其名");
        await Fixture.DeliverAsync(
            new OrganisationRegistered(into, 1, "正式名稱", "owner", null, null, "趙校長", "010-7")
        );

        var order = (await it.ReadAsync()).Ok();
        (order.Text("ownerName"), order.Text("contact")).ShouldBe(("正式名稱", "趙校長"));
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_a_unit_and_a_leader_When_they_are_merged_Then_the_order_is_the_survivors_and_goes_back()
    {
        var it = await Case.Of(Fixture).ToAsync("dispatched");
        var unit = await OrganisationAsync("保留分包", "subcontractor");
        var leader = Guid.CreateVersion7();

        await Fixture.DeliverAsync(Merged(it.UnitId, 5, unit, "保留分包"));
        await Fixture.DeliverAsync(
            new PersonMerged(it.ManagerId, 5, "張經理", leader, "張大經理", DateTimeOffset.UtcNow)
        );

        var moved = (await it.ReadAsync()).Ok();
        moved["dispatch"]["repairUnitName"]!.ToString().ShouldBe("保留分包");
        moved["dispatch"]["leaderName"]!.ToString().ShouldBe("張大經理");
        (await Fixture.Service.As("新班長", [Roles.RepairUnit], organisation: unit).GetAsync(it.Record)).Ok();
        (await it.Unit.GetAsync(it.Record)).Ok();

        await Fixture.DeliverAsync(Unmerged(it.UnitId, 6, unit));
        await Fixture.DeliverAsync(new PersonUnmerged(it.ManagerId, 6, "張經理", leader, DateTimeOffset.UtcNow));

        var back = (await it.ReadAsync()).Ok();
        back["dispatch"]["repairUnitName"]!.ToString().ShouldBe("宏達防水分包");
        back["dispatch"]["leaderId"]!.ToString().ShouldBe(it.ManagerId.ToString());
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_a_unit_that_was_merged_When_an_order_is_issued_to_it_Then_the_survivor_has_it()
    {
        var it = await Case.Of(Fixture).ToAsync("approved");
        var unit = await OrganisationAsync("保留分包", "subcontractor");
        await Fixture.DeliverAsync(Merged(it.UnitId, 5, unit, "保留分包"));

        var issued = (await it.DoAsync("dispatch")).Ok();

        issued["dispatch"]["repairUnitName"]!.ToString().ShouldBe("保留分包");
        issued["dispatch"]["repairUnitId"]!.ToString().ShouldBe(unit.ToString());
    }

    private async Task<Guid> OrganisationAsync(string name, string kind)
    {
        var id = Guid.CreateVersion7();
        await Fixture.DeliverAsync(new OrganisationRegistered(id, 1, name, kind, null, null, "陳先生", "010-8"));
        return id;
    }

    private async Task<int> MovedAsync(Guid merged)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
        return await db.Set<MovedReference>().CountAsync(row => row.MergedId == merged);
    }

    private static OrganisationMerged Merged(Guid from, long version, Guid into, string name) =>
        new(from, version, "原名", into, name, null, null, DateTimeOffset.UtcNow);

    private static OrganisationUnmerged Unmerged(Guid from, long version, Guid into) =>
        new(from, version, "原名", null, null, into, DateTimeOffset.UtcNow);
}
