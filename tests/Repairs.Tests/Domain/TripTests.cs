using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Several orders of one project share trip, briefing and cost (P3.2.2).</summary>
public sealed class TripTests
{
    private static readonly TripProject Site = new(Parties.Project.Id, Parties.Project.Name);

    [Fact]
    public void The_flow_table_is_sound() =>
        FlowChecks.Problems(TripFlow.Table, RepairsTexts.Manager, Texts.Common).ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_only_the_table_changes_a_trip() =>
        new FlowWalk<Trip, TripState, TripAction>(TripFlow.Table)
            .Start(TripAction.Plan, move => Plan(move.Context, Order(1), Order(2)))
            .On(TripAction.AddOrder, (trip, move) => trip.AddOrder(move.Context, Candidate(move)))
            .On(
                TripAction.RemoveOrder,
                (trip, move) => trip.RemoveOrder(move.Context, move.OneIn(3) ? Guid.Empty : trip.Orders[0].Id, null)
            )
            .On(TripAction.Move, (trip, move) => trip.Move(move.Context, move.Context.Today.AddDays(2), "rain"))
            .On(TripAction.Brief, (trip, move) => trip.Brief(move.Context, Briefed(move.Context, move.OneIn(3))))
            .On(TripAction.ShareCost, (trip, move) => trip.ShareCost(move.Context, Cost(trip, move.Context, 10m)))
            .On(
                TripAction.Complete,
                (trip, move) => trip.Complete(move.Context, move.Context.Today.AddDays(move.Pick(1, -900, 0)))
            )
            .On(TripAction.Cancel, (trip, move) => move.OneIn(20) ? trip.Cancel(move.Context, "x") : NotTried)
            .On(
                TripAction.FollowMerge,
                (trip, move) => trip.FollowMerge(move.Context, trip.Orders[0].Id, Order(4).Kept)
            )
            .By(
                Parties.UnitMan,
                Someone.InEngineering(),
                Someone.HeadOfEngineering(),
                Someone.InProduction(),
                Someone.WithEveryRole(),
                Someone.InRepairUnit(Guid.CreateVersion7()),
                Someone.System("repairs")
            )
            .Run(walks: 300, steps: 30);

    [Theory]
    [Trait("Rule", "P3.1.1")]
    [InlineData("100.00", 3, "33.34,33.33,33.33")]
    [InlineData("0.02", 3, "0.01,0.01,0.00")]
    [InlineData("99.99", 2, "50.00,49.99")]
    [InlineData("120.00", 1, "120.00")]
    public void Given_a_cost_When_split_Then_equal_to_the_fen_and_the_sum_is_kept(string sum, int count, string parts)
    {
        var amount = decimal.Parse(sum, System.Globalization.CultureInfo.InvariantCulture);
        // In whatever order they stand on the trip, the first by number bear what is left over.
        var orders = Enumerable.Range(1, count).Reverse().Select(at => Order(at).Kept).ToList();

        var shares = CostSplit.Of(amount, orders);

        shares.Sum(share => share.Amount).ShouldBe(amount);
        string.Join(',', shares.Select(share => FormattableString.Invariant($"{share.Amount:0.00}"))).ShouldBe(parts);
        shares.Select(share => share.Number).ShouldBe(orders.Select(order => order.Number).Order());
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_any_cost_and_any_number_of_orders_When_split_Then_nothing_is_lost_and_no_part_is_a_fen_off()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var amount = random.Next(1, 10_000_000) / 100m;
            var orders = Enumerable.Range(1, random.Next(1, 51)).Select(at => Order(at).Kept).ToList();

            var shares = CostSplit.Of(amount, orders);

            shares.Sum(share => share.Amount).ShouldBe(amount);
            (shares.Max(share => share.Amount) - shares.Min(share => share.Amount)).ShouldBeLessThanOrEqualTo(0.01m);
        }
    }

    [Theory]
    [Trait("Rule", "P3.2.2")]
    [InlineData("trip-other-project")]
    [InlineData("trip-other-unit")]
    [InlineData("trip-order-not-to-do")]
    [InlineData("trip-order-taken")]
    public void Given_an_order_that_does_not_fit_When_planned_Then_refused_by_name(string code)
    {
        var order = code switch
        {
            "trip-other-project" => Order(2) with { ProjectId = Guid.CreateVersion7() },
            "trip-other-unit" => Order(2) with { UnitId = Guid.CreateVersion7() },
            "trip-order-not-to-do" => Order(2) with { IsToDo = false },
            _ => Order(2) with { OtherTrip = "XC-1" },
        };

        var refusal = Plan(A.Context(Someone.InEngineering()), Order(1), order).Refusal.ShouldNotBeNull();

        (refusal.Code, refusal.Rule).ShouldBe((code, "P3.2.2"));
        refusal.Arguments["order"].ShouldBe(order.Number);
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_an_order_that_is_not_issued_When_briefed_Then_refused_and_when_all_are_then_briefed_once()
    {
        var trip = Plan(A.Context(Someone.InEngineering()), Order(1), Order(2)).Required();
        var head = A.Context(Someone.HeadOfEngineering());

        trip.Complete(A.Context(Parties.UnitMan), A.Today).ShouldNotBeNull().Code.ShouldBe("not-in-this-state");
        trip.Brief(head, Briefed(head, missing: true)).ShouldNotBeNull().Code.ShouldBe("trip-orders-not-issued");
        trip.Brief(head, Briefed(head, missing: false)).ShouldBeNull();

        trip.WorkSteps(A.Context(Someone.System())).ShouldContain(step => step.Action == "complete");
        trip.Complete(A.Context(Parties.UnitMan), A.Today.AddDays(1)).ShouldNotBeNull().Code.ShouldBe("date-in-future");
        trip.Complete(A.Context(Someone.InRepairUnit(Guid.CreateVersion7())), A.Today)
            .ShouldNotBeNull()
            .Code.ShouldBe("not-own-order");
        trip.Complete(A.Context(Parties.UnitMan), A.Today).ShouldBeNull();
        trip.PendingEvents.OfType<RepairTripEnded>().ShouldHaveSingleItem().End.ShouldBe("made");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_trip_with_costs_When_cancelled_or_an_order_left_out_Then_refused()
    {
        var trip = Plan(A.Context(Someone.InEngineering()), Order(1), Order(2)).Required();
        var head = A.Context(Someone.HeadOfEngineering());
        trip.Brief(head, Briefed(head, missing: false)).ShouldBeNull();
        trip.ShareCost(A.Context(Parties.UnitMan), Cost(trip, head, 100m)).ShouldBeNull();

        trip.Cancel(head, "x").ShouldNotBeNull().Code.ShouldBe("trip-has-costs");
        trip.RemoveOrder(head, trip.Orders[0].Id, null).ShouldNotBeNull().Code.ShouldBe("trip-has-costs");
        trip.CostTotal.ShouldBe(100m);
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_an_order_that_is_merged_into_one_of_the_trip_When_followed_Then_it_is_there_once()
    {
        var (first, second) = (Order(1), Order(2));
        var trip = Plan(A.Context(Someone.InEngineering()), first, second).Required();

        trip.FollowMerge(A.Context(Someone.System("repairs")), first.Id, second.Kept).ShouldBeNull();

        trip.Orders.ShouldHaveSingleItem().ShouldBe(second.Kept);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "S4")]
    public void Given_a_merge_When_it_is_undone_Then_the_order_goes_along_again_and_the_other_only_where_it_was_there(
        bool wasThere
    )
    {
        var (first, second, third) = (Order(1), Order(2), Order(3));
        var engineer = A.Context(Someone.InEngineering());
        var trip = (wasThere ? Plan(engineer, first, second, third) : Plan(engineer, first, third)).Required();
        var system = A.Context(Someone.System("repairs"));
        trip.FollowMerge(system, first.Id, second.Kept).ShouldBeNull();

        trip.FollowUnmerge(system, first.Kept).ShouldBeNull();

        trip.Orders.ShouldBe(
            wasThere ? [second.Kept, third.Kept, first.Kept] : [third.Kept, first.Kept],
            ignoreOrder: true
        );
        trip.Replaced.ShouldBeEmpty();
    }

    private static OrderToTake Candidate(Move move) =>
        move.Pick(
            Order(3) with
            {
                UnitId = Guid.Empty,
            },
            Order(3) with
            {
                IsToDo = false,
            },
            Order(3) with
            {
                ProjectId = Guid.Empty,
            },
            Order(1),
            Order(3)
        );

    private static Refusal NotTried { get; } = Refusal.ByRule("not-tried", "P3.2.2", []);

    private static Result<Trip> Plan(CommandContext context, params OrderToTake[] orders) =>
        Trip.Plan(context, "XC-2026-000001", Site, Parties.Unit, context.Today.AddDays(1), orders);

    private static OrderToTake Order(int at) =>
        new(
            new Guid(at, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
            FormattableString.Invariant($"WX-2026-{at:000000}"),
            Site.Id,
            "屋面",
            Parties.Subcontractor,
            true,
            null
        );

    private static TripBriefing Briefed(CommandContext context, bool missing) =>
        new(
            new Briefing(context.Today, "how", A.Crew(), A.Principles(), Stamp.Of(context)),
            missing ? ["WX-2026-000002"] : []
        );

    private static TripCost Cost(Trip trip, CommandContext context, decimal amount) =>
        new(
            Guid.CreateVersion7(context.Now),
            CostKind.Trip,
            "車費",
            amount,
            CostSplit.Of(amount, trip.Orders),
            Stamp.Of(context)
        );
}
