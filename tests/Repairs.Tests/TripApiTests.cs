using System.Net;
using System.Text;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Repairs.Trips.Features;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>Several orders of one project on one trip (P3.2.2), through the API.</summary>
public sealed class TripApiTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.2")]
    public async Task Given_three_orders_When_planned_dispatched_briefed_and_made_Then_they_share_briefing_and_cost()
    {
        var it = Case.Of(Fixture);
        Guid[] orders = [await ApprovedAsync(it), await ApprovedAsync(it), await ApprovedAsync(it)];
        var planned = (
            await it.Production.PostAsync(
                "/v1/trips",
                new PlanTrip.Request(Fixture.Today.AddDays(1), orders, it.UnitId)
            )
        ).Ok();
        var trip = $"/v1/trips/{planned.Id}";
        (await it.Head.ChangeAsync(trip, "brief", Briefing())).Refused("trip-orders-not-issued", "P3.2.2");

        // Planning an order twice would send two crews.
        (
            await it.Engineer.PostAsync("/v1/trips", new PlanTrip.Request(Fixture.Today, [orders[0]], it.UnitId))
        ).Refused("trip-order-taken", "P3.2.2");

        var lines = new List<BulkLineRequest>();
        foreach (var order in orders)
        {
            lines.Add(
                new(order, (await it.Engineer.GetAsync($"/v1/repair-orders/{order}"))["version"].GetValue<long>())
            );
        }

        (
            await it.Engineer.PostAsync(
                "/v1/repair-orders/bulk/dispatch",
                new DispatchRepairOrders.Request(lines, it.Dispatching())
            )
        )
            .Ok()["done"]
            .GetValue<int>()
            .ShouldBe(3);
        (await it.Head.ChangeAsync(trip, "brief", Briefing() with { NeverQuarrel = false })).Refused(
            "principles-not-confirmed",
            "P3.2.2"
        );
        (await it.Head.ChangeAsync(trip, "brief", Briefing())).Ok().State.ShouldBe("briefed");
        foreach (var order in orders)
        {
            var read = await it.Engineer.GetAsync($"/v1/repair-orders/{order}");
            (read.State, read["briefing"]["content"]!.ToString()).ShouldBe(("briefed", "三處一併交底"));
        }

        var shared = (
            await it.Unit.ChangeAsync(
                trip,
                "share-cost",
                new ShareTripCost.Request { Text = "往返車費", Amount = 100m }
            )
        ).Ok();
        shared["costs"].AsArray()[0]!["shares"]!
            .AsArray()
            .Select(share => share!["amount"]!.GetValue<decimal>())
            .ShouldBe([33.34m, 33.33m, 33.33m]);
        var total = 0m;
        foreach (var order in orders)
        {
            var costs = (await it.Engineer.GetAsync($"/v1/repair-orders/{order}"))["costs"];
            total += costs["total"]!.GetValue<decimal>();
        }

        total.ShouldBe(100m);
        (await it.Unit.ChangeAsync(trip, "complete", new CompleteTrip.Request())).Ok().State.ShouldBe("made");
        var ended = await Fixture.EventAsync("repairs.trip.ended.v1", e => e.Text("tripId") == planned.Id.ToString());
        ended.Text("end").ShouldBe("made");

        var sheet = (await it.Unit.GetAsync($"{trip}/forms/trip-sheet?language=zh-Hant")).Ok().Readable();
        sheet.ShouldContain("三處一併交底");
        sheet.ShouldContain("向業主負責");
        var (sheets, file) = await it.Unit.DownloadAsync($"{trip}/task-sheets.pdf?language=zh-Hant");
        if (File.Exists(Servers.Fonts.Cjk))
        {
            var (_, one) = await it.Unit.DownloadAsync(
                $"/v1/repair-orders/{orders[0]}/forms/task-sheet.pdf?language=zh-Hant"
            );
            Pages(file).ShouldBe(orders.Length * Pages(one));
        }
        else
        {
            sheets.Code.ShouldBe("font-missing");
        }

        (await it.Stranger.GetAsync($"{trip}/task-sheets.pdf")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await it.Stranger.GetAsync(trip)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await it.Owner.GetAsync(trip)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await it.Unit.GetAsync($"/v1/trips?projectId={it.ProjectId}&state=made")).Ok().Items.ShouldHaveSingleItem()[
            "id"
        ]!
            .ToString()
            .ShouldBe(planned.Id.ToString());
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public async Task Given_a_trip_When_changed_Then_orders_come_and_go_and_a_cancelled_one_frees_them()
    {
        var it = Case.Of(Fixture);
        Guid[] orders = [await ApprovedAsync(it), await ApprovedAsync(it)];
        var trip =
            "/v1/trips/"
            + (await it.Engineer.PostAsync("/v1/trips", new PlanTrip.Request(Fixture.Today, [orders[0]], it.UnitId)))
                .Ok()
                .Id;

        (await it.Engineer.ChangeAsync(trip, "add-order", new ChangeTrip.AddRequest(orders[1])))
            .Ok()["orders"]
            .AsArray()
            .Count.ShouldBe(2);
        (await it.Engineer.ChangeAsync(trip, "remove-order", new ChangeTrip.RemoveRequest(orders[0]))).Ok();
        (await it.Engineer.ChangeAsync(trip, "remove-order", new ChangeTrip.RemoveRequest(orders[1]))).Refused(
            "trip-without-orders",
            "P3.2.2"
        );
        (await it.Engineer.ChangeAsync(trip, "move", new ChangeTrip.MoveRequest(Fixture.Today.AddDays(2)))).Ok();
        (await it.Engineer.ChangeAsync(trip, "cancel", new ChangeTrip.CancelRequest("下雨"))).Ok();
        (await it.Engineer.PostAsync("/v1/trips", new PlanTrip.Request(Fixture.Today, orders, it.UnitId))).Ok();
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Given_an_order_with_appointment_and_trip_When_it_is_merged_Then_both_are_the_other_orders()
    {
        var it = Case.Of(Fixture);
        var (from, into) = ((await it.OpenedAsync()).Id, (await it.OpenedAsync()).Id);
        await it.Around(from).ToAsync("confirmed");
        var appointment = (
            await it.Service.PostAsync(
                "/v1/appointments",
                new
                {
                    repairOrderId = from,
                    slots = new[]
                    {
                        new
                        {
                            from = DateTimeOffset.UtcNow.AddDays(2),
                            to = DateTimeOffset.UtcNow.AddDays(2).AddHours(2),
                        },
                    },
                }
            )
        ).Ok();
        var trip = (
            await it.Engineer.PostAsync("/v1/trips", new PlanTrip.Request(Fixture.Today.AddDays(2), [from], it.UnitId))
        ).Ok();

        (await it.Around(from).Service.ChangeAsync(it.Record, "merge", new MergeRepairOrder.Request(into))).Ok();

        (await it.Service.GetAsync($"/v1/appointments/{appointment.Id}"))
            .Ok()
            .Text("repairOrderId")
            .ShouldBe(into.ToString());
        (await it.Engineer.GetAsync($"/v1/trips/{trip.Id}")).Ok()["orders"].AsArray().ShouldHaveSingleItem()![
            "repairOrderId"
        ]!
            .ToString()
            .ShouldBe(into.ToString());
    }

    private BriefTrip.Request Briefing() =>
        new()
        {
            On = Fixture.Today,
            Content = "三處一併交底",
            Participants = [new("張經理", BriefingRole.Leader, "zhang"), new("維修班長", BriefingRole.Crew)],
            ServicePrinciples = true,
            CooperateWithOwner = true,
            SatisfyReasonableWishes = true,
            NeverQuarrel = true,
        };

    private static int Pages(byte[] pdf) =>
        Encoding
            .Latin1.GetString(pdf)
            .Split('\n')
            .Count(line =>
                line.Contains("/Type /Page", StringComparison.Ordinal)
                && !line.Contains("/Type /Pages", StringComparison.Ordinal)
            );

    private static async Task<Guid> ApprovedAsync(Case it)
    {
        it.Around(Guid.Empty);
        await it.ToAsync("approved");
        return it.Id;
    }
}

/// <summary>Notes, followers, tags, links and timeline of trips.</summary>
public sealed class TripRecordTests(RepairsFixture fixture) : RecordsContract<RepairsFixture>(fixture, "repairs")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var it = await Case.Of(Fixture).ToAsync("confirmed");
        var trip = (
            await it.Engineer.PostAsync("/v1/trips", new PlanTrip.Request(Fixture.Today, [it.Id], it.UnitId))
        ).Ok();
        return new("trip", $"/v1/trips/{trip.Id}", trip.Id, null);
    }
}
