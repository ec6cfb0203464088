using System.Net;
using CustomerService.Messaging;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.Testing;
using CustomerService.Work;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>Whose move it is (S1) and whose record (S2), through the API.</summary>
public sealed class WorkItemTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Theory, Trait("Rule", "S1")]
    [InlineData("opened")]
    [InlineData("confirmed")]
    [InlineData("analysed")]
    [InlineData("approved")]
    [InlineData("dispatched")]
    [InlineData("in-repair")]
    [InlineData("inspected")]
    [InlineData("accepted")]
    public async Task Given_an_order_When_anybody_reads_their_list_Then_it_has_what_the_order_offers_them(string state)
    {
        var it = await Case.Of(Fixture).ToAsync(state);
        ApiClient[] all =
        [
            it.Service,
            it.Engineer,
            it.Head,
            it.Production,
            it.Leader,
            it.Qc,
            it.Unit,
            it.OwnRepairer,
            it.Owner,
            it.Stranger,
            it.Finance,
        ];
        var found = 0;
        foreach (var reader in all)
        {
            var record = await reader.GetAsync(it.Record);
            var listed = await OfAsync(reader, it.Id);
            found += listed.Count;
            if (record.Status == HttpStatusCode.NotFound)
            {
                listed.ShouldBeEmpty();
                continue;
            }

            var offered = record.Ok().Actions;
            foreach (var item in listed)
            {
                item["state"]!.ToString().ShouldBe(state);
                item["number"]!.ToString().ShouldBe(record.Text("number"));
                item["_actions"]!.AsArray().Select(a => a!.ToString()).ShouldBeSubsetOf(offered);
                (item["assignee"] is null).ShouldBeTrue();
            }
        }

        found.ShouldBeGreaterThan(0, "it is somebody's move");
    }

    [Fact, Trait("Rule", "S1")]
    public async Task Given_a_closed_order_When_lists_are_read_Then_it_is_on_none()
    {
        var it = await Case.Of(Fixture).ToAsync("closed");

        foreach (var reader in new[] { it.Service, it.Engineer, it.Unit, it.Owner })
        {
            (await OfAsync(reader, it.Id)).ShouldBeEmpty();
        }
    }

    [Fact, Trait("Rule", "S1")]
    public async Task Given_the_author_of_a_record_When_it_is_to_be_reviewed_Then_it_is_on_the_list_of_others_only()
    {
        var it = await Case.Of(Fixture).ToAsync("confirmed");
        var author = Fixture.As("兩職", [Roles.Engineering, Roles.EngineeringHead]);
        (await author.ChangeAsync(it.Record, "analyse", Case.Analysing())).Ok();

        (await OfAsync(author, it.Id)).ShouldNotContain(item => item["action"]!.ToString() == "review");
        (await OfAsync(it.Head, it.Id)).ShouldContain(item => item["action"]!.ToString() == "review");
        (await OfAsync(author, it.Id, "waiting")).ShouldContain(item =>
            item["action"]!.ToString() == "review" && item["waitsFor"]!.AsArray().Count > 0
        );
    }

    [Fact, Trait("Rule", "S2")]
    public async Task Given_an_order_When_it_is_taken_Then_it_leaves_the_others_lists_until_it_is_released()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var (first, second) = (
            Fixture.As("客服一", [Roles.CustomerService]),
            Fixture.As("客服二", [Roles.CustomerService])
        );

        (await first.ChangeAsync(it.Record, "take", null)).Ok();

        (await OfAsync(first, it.Id)).ShouldNotBeEmpty();
        (await OfAsync(first, it.Id, "assigned")).ShouldNotBeEmpty();
        (await OfAsync(second, it.Id)).ShouldBeEmpty();
        (await OfAsync(second, it.Id, "assigned")).ShouldBeEmpty();
        (await first.ChangeAsync(it.Record, "release", null)).Ok();
        (await OfAsync(second, it.Id)).ShouldNotBeEmpty();
        var again = await first.ChangeAsync(it.Record, "release", null);
        (again.Status, again.Code).ShouldBe((HttpStatusCode.Conflict, "not-assigned"));
    }

    [Fact, Trait("Rule", "S2")]
    public async Task Given_an_order_When_it_is_assigned_Then_only_to_an_account_that_could_take_a_step()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var (able, unable) = (
            await AccountAsync("能辦", Roles.Engineering),
            await AccountAsync("不能辦", Roles.Finance)
        );

        async Task<(HttpStatusCode, string?)> AssignAsync(Guid person)
        {
            var answer = await it.Service.ChangeAsync(it.Record, "assign-to", new { personId = person });
            return (answer.Status, answer.Code);
        }

        (await AssignAsync(Guid.CreateVersion7())).ShouldBe((HttpStatusCode.Conflict, "account-unknown"));
        (await AssignAsync(unable)).ShouldBe((HttpStatusCode.Conflict, "cannot-take"));
        (await AssignAsync(able)).Item1.ShouldBe(HttpStatusCode.OK);
        (await OfAsync(it.Service, it.Id)).ShouldBeEmpty();
        var outsider = await it.Owner.ChangeAsync(it.Record, "assign-to", new { personId = able });
        (outsider.Status, outsider.Code).ShouldBe((HttpStatusCode.Forbidden, "role-missing"));
    }

    [Fact, Trait("Rule", "S1")]
    public async Task Given_a_step_When_it_is_put_off_Then_it_is_gone_for_that_reader_until_the_day()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var reader = Fixture.As("客服三", [Roles.CustomerService]);
        var tomorrow = Fixture.Today.AddDays(1);
        object Until(DateOnly? day) =>
            new
            {
                recordId = it.Id,
                action = "confirm",
                until = day,
            };

        var early = await reader.PostAsync("/v1/work-items/snooze", Until(Fixture.Today));
        (early.Status, early.Code).ShouldBe((HttpStatusCode.Conflict, "date-in-past"));
        (await reader.PostAsync("/v1/work-items/snooze", Until(tomorrow))).Ok();

        (await OfAsync(reader, it.Id)).ShouldBeEmpty();
        (await OfAsync(reader, it.Id, "mine&snoozed=true")).ShouldNotBeEmpty();
        (await OfAsync(it.Engineer, it.Id)).ShouldNotBeEmpty();
        (await reader.PostAsync("/v1/work-items/snooze", Until(null))).Ok();
        (await OfAsync(reader, it.Id)).ShouldNotBeEmpty();
        var foreign = await it.Stranger.PostAsync("/v1/work-items/snooze", Until(tomorrow));
        (foreign.Status, foreign.Code).ShouldBe((HttpStatusCode.NotFound, "not-found"));
    }

    [Fact, Trait("Rule", "S1")]
    public async Task Given_steps_When_they_are_counted_and_paged_Then_each_is_met_once_in_order_of_its_day()
    {
        // Followed, because other tests open orders meanwhile.
        var reader = Fixture.As("客服四", [Roles.CustomerService]);
        for (var i = 0; i < 3; i++)
        {
            var it = await Case.Of(Fixture).OpenedAsync();
            (await reader.PostAsync(it.Record + "/follow")).Ok();
        }

        var counted = (int)(await reader.GetAsync("/v1/work-items/counts")).Ok()["followed"]!;
        counted.ShouldBeGreaterThan(2);
        var met = new List<(string Due, string Key)>();
        string? after = null;
        do
        {
            var page = (
                await reader.GetAsync($"/v1/work-items?view=followed&limit=2{(after is null ? "" : "&after=" + after)}")
            ).Ok();
            met.AddRange(page.Items.Select(i => (i["dueAt"]?.ToString() ?? "~", $"{i["id"]} {i["action"]}")));
            after = page.Body!["next"]?.ToString();
        } while (after is not null);

        met.Count.ShouldBe(counted);
        met.Select(m => m.Key).ShouldBeUnique();
        met.Select(m => m.Due).ShouldBe(met.Select(m => m.Due).Order(StringComparer.Ordinal));
        (await reader.GetAsync("/v1/work-items?after=nonsense")).Code.ShouldBe("bad-cursor");
    }

    private static async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> OfAsync(
        ApiClient reader,
        Guid id,
        string view = "mine"
    )
    {
        var found = new List<System.Text.Json.Nodes.JsonNode>();
        string? after = null;
        do
        {
            var next = after is null ? "" : "&after=" + after;
            var page = (await reader.GetAsync($"/v1/work-items?view={view}&limit=200{next}")).Ok();
            found.AddRange(page.Items.Where(item => item["id"]!.ToString() == id.ToString()));
            after = page.Body!["next"]?.ToString();
        } while (after is not null);

        return found;
    }

    private async Task<Guid> AccountAsync(string name, string role)
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var id = Guid.CreateVersion7();
        await scope
            .ServiceProvider.GetRequiredService<IAccounts>()
            .KeepAsync(
                new Account
                {
                    UserId = id,
                    Version = 1,
                    DisplayName = name,
                    Roles = [role],
                    Regions = [],
                    Active = true,
                },
                default
            );
        await scope.ServiceProvider.GetRequiredService<RepairsDb>().SaveChangesAsync();
        return id;
    }
}
