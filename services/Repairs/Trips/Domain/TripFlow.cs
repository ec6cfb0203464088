using CustomerService.Rules;
using static CustomerService.Repairs.Trips.Domain.TripAction;
using static CustomerService.Repairs.Trips.Domain.TripState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Repairs.Trips.Domain.Trip,
    CustomerService.Repairs.Trips.Domain.TripState,
    CustomerService.Repairs.Trips.Domain.TripAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Repairs.Trips.Domain.Trip>;

namespace CustomerService.Repairs.Trips.Domain;

/// <summary>The life of a trip, rules P3.2.2 and P3.2.3.</summary>
internal static class TripFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("trip")
        .Start(Plan, Planned, "P3.2.2", Planners)

        .From(Planned)           .On(Brief,     Briefed,   "P3.2.2", Briefers, AllAreIssued)
        .From(Briefed)           .On(Complete,  Made,      "P3.2.3", Goers, OwnTrip, MadeByToday, NotBeforeBriefing)
        .In(Planned, Briefed)
            .Stay(RemoveOrder, "P3.2.2", Planners, IsOnTrip, LeavesOne, HasNoCosts)
            .Stay(Move,        "P3.2.2", Planners)
        .In(Planned)
            .Stay(AddOrder,    "P3.2.2", Planners, OfProject, OfUnit, IsToDo, OnNoTrip)
        .In(Briefed)
            .Stay(ShareCost,   "P3.1.1", Goers, OwnTrip)
        .In(Planned, Briefed)
            .Stay(FollowMerge, "S4", TheSystem)
        .From(Planned, Briefed)  .MayOn(Cancel, Cancelled, "P3.2.2", Planners, HasNoCosts)
        .Ends(Made)
        .Abandons(Cancelled)
        .Build();

    /// <summary>Who plans trips.</summary>
    public static readonly string[] Planners = [Roles.Engineering, Roles.EngineeringHead, Roles.Production];

    private static readonly string[] TheSystem = [Roles.System];
    private static readonly string[] Briefers = [Roles.EngineeringHead];
    private static readonly string[] Issuers = [Roles.Engineering, Roles.EngineeringHead];
    private static readonly string[] Goers = [Roles.RepairUnit, Roles.Repair, .. Issuers];

    // Which orders go along.
    private static readonly Guard OfProject = Guard.RequireInput<OrderToTake>(
        (trip, _, given) => given.ProjectId == trip.ProjectId,
        code: "trip-other-project",
        rule: "P3.2.2",
        missing: ["order-of-project"],
        suppliedBy: Planners
    );
    private static readonly Guard OfUnit = Guard.RequireInput<OrderToTake>(
        (trip, _, given) => given.UnitId is null || given.UnitId == trip.UnitId,
        code: "trip-other-unit",
        rule: "P3.2.2",
        missing: ["order-of-unit"],
        suppliedBy: Planners
    );
    private static readonly Guard IsToDo = Guard.RequireInput<OrderToTake>(
        (_, _, given) => given.IsToDo,
        code: "trip-order-not-to-do",
        rule: "P3.2.2",
        missing: ["order-to-do"],
        suppliedBy: Planners
    );
    private static readonly Guard OnNoTrip = Guard.RequireInput<OrderToTake>(
        (trip, _, given) => given.OtherTrip is null && trip.Orders.All(order => order.Id != given.Id),
        code: "trip-order-taken",
        rule: "P3.2.2",
        missing: ["order-without-trip"],
        suppliedBy: Planners
    );
    private static readonly Guard IsOnTrip = Guard.RequireInput<TripOrder>(
        (trip, _, given) => trip.Orders.Contains(given),
        code: "trip-order-unknown",
        rule: "P3.2.2",
        missing: ["order-of-trip"],
        suppliedBy: Planners
    );
    private static readonly Guard LeavesOne = Guard.Require(
        (trip, _) => trip.Orders.Count > 1,
        code: "trip-without-orders",
        rule: "P3.2.2",
        missing: ["order-of-trip"],
        suppliedBy: Planners
    );

    // What it cost stays with its orders: a trip in vain is one that was made.
    private static readonly Guard HasNoCosts = Guard.Require(
        (trip, _) => trip.Costs is [],
        code: "trip-has-costs",
        rule: "P3.1.1",
        missing: ["trip-without-costs"],
        suppliedBy: Issuers
    );

    // Each order is briefed by its own table; one that the unit has not got cannot be.
    private static readonly Guard AllAreIssued = Guard.RequireInput<TripBriefing>(
        (_, _, given) => given.NotIssued is [],
        code: "trip-orders-not-issued",
        rule: "P3.2.2",
        missing: ["issued-orders"],
        suppliedBy: Issuers
    );

    private static readonly Guard OwnTrip = Guard.RequirePeople(
        (trip, _) => People.Of([.. trip.Goers, .. Issuers.Select(role => new Taker(role))]),
        code: "not-own-order",
        rule: "P3.2.3",
        missing: ["assigned-unit"],
        suppliedBy: Goers
    );
    private static readonly Guard MadeByToday = Guard.RequireInput<TripEnd>(
        (_, context, given) => given.On <= context.Today,
        code: "date-in-future",
        rule: "P3.2.3",
        missing: ["past-date"],
        suppliedBy: Goers
    );
    private static readonly Guard NotBeforeBriefing = Guard.RequireInput<TripEnd>(
        (trip, _, given) => given.On >= trip.Briefing!.On,
        code: "before-briefing",
        rule: "P3.2.3",
        missing: ["date-after-briefing"],
        suppliedBy: Goers
    );
}
