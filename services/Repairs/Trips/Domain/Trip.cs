using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Trips.Domain;

/// <summary>
/// One way of a unit to a project for several orders (P3.2.2): they share the day, the briefing and what the trip costs.
/// Each order keeps its own life.
/// </summary>
internal sealed class Trip : Aggregate<Trip, TripState, TripAction>, IUnderPolicy
{
    public const string NumberKind = "XC";

    private Trip() { }

    public override string Kind => "trip";

    public override WorkSubject WorkSubject => new(Number, $"{ProjectName}，{UnitName}：{Orders.Count}");

    protected override Flow<Trip, TripState, TripAction> Table => TripFlow.Table;

    public override Guid? OutsideOrganisation(string role) => role == Roles.RepairUnit ? UnitId : null;

    protected override DateTimeOffset? DueOf(TripAction action, CommandContext context) =>
        action switch
        {
            TripAction.Brief => context.Zone.EndOf(Day.AddDays(-1)),
            TripAction.Complete => context.Zone.EndOf(Day),
            _ => null,
        };

    /// <summary>Per year, with gaps.</summary>
    public string Number { get; private set; } = "";

    public Guid ProjectId { get; private set; }

    public string ProjectName { get; private set; } = "";

    public Guid UnitId { get; private set; }

    public string UnitName { get; private set; } = "";

    public bool UnitIsOwn { get; private set; }

    public DateOnly Day { get; private set; }

    public IReadOnlyList<TripOrder> Orders { get; private set; } = [];

    /// <summary>Orders in whose place another one goes along since they were merged.</summary>
    public IReadOnlyList<ReplacedOrder> Replaced { get; private set; } = [];

    public Briefing? Briefing { get; private set; }

    public IReadOnlyList<TripCost> Costs { get; private set; } = [];

    /// <summary>What the trip cost so far, yuan.</summary>
    public decimal CostTotal { get; private set; }

    public DateOnly? MadeOn { get; private set; }

    public Stamp PlannedBy { get; private set; } = null!;

    public int PolicyVersion { get; private set; }

    /// <summary>Its orders are still to be done by it.</summary>
    public bool IsOpen => State is TripState.Planned or TripState.Briefed;

    /// <summary>The people of the unit that goes.</summary>
    internal IReadOnlyList<Taker> Goers =>
        UnitIsOwn
            ? [new(Roles.RepairUnit, OrganisationId: UnitId), new(Roles.Repair)]
            : [new(Roles.RepairUnit, OrganisationId: UnitId)];

    /// <summary>Whether this actor may plan one at all.</summary>
    public static Refusal? CheckPlan(CommandContext context) => TripFlow.Table.CheckStart(TripAction.Plan, context);

    /// <summary>Plans a trip with its orders; one that cannot go along holds up all.</summary>
    public static Result<Trip> Plan(
        CommandContext context,
        string number,
        TripProject project,
        RepairUnit unit,
        DateOnly day,
        IReadOnlyList<OrderToTake> orders
    )
    {
        var trip = new Trip
        {
            Id = Guid.CreateVersion7(context.Now),
            Number = number,
            ProjectId = project.Id,
            ProjectName = project.Name,
            UnitId = unit.Id,
            UnitName = unit.Name,
            UnitIsOwn = unit.Kind == UnitKind.Own,
            Day = day,
            PlannedBy = Stamp.Of(context),
            PolicyVersion = context.Policy.Version,
        };
        if (day < context.Today)
        {
            return Refusal.Invalid("trip-day", "P3.2.2", "day");
        }

        if (orders.Count == 0)
        {
            return Refusal.Invalid("trip-without-orders", "P3.2.2", "order-ids");
        }

        if ((trip.Start(context, TripAction.Plan) ?? trip.TakeAll(context, orders)) is { } refusal)
        {
            return refusal;
        }

        trip.Raise(
            new RepairTripPlanned(
                trip.Id,
                trip.Version,
                trip.Number,
                trip.ProjectId,
                trip.ProjectName,
                trip.UnitId,
                trip.UnitName,
                trip.Day,
                [.. trip.Orders.Select(order => order.Id)]
            )
        );
        return trip;
    }

    /// <summary>Another order goes along.</summary>
    public Refusal? AddOrder(CommandContext context, OrderToTake order) =>
        Transition(
            context,
            TripAction.AddOrder,
            input: order,
            why: order.Number,
            change: () => Orders = [.. Orders, order.Kept]
        )
            ?.With("order", order.Number);

    /// <summary>An order is left out.</summary>
    public Refusal? RemoveOrder(CommandContext context, Guid orderId, string? reason)
    {
        var left = Orders.FirstOrDefault(order => order.Id == orderId);
        return Transition(
            context,
            TripAction.RemoveOrder,
            // A guard is given what was found, or something that is no order of the trip.
            input: left ?? (object)orderId,
            why: reason ?? left?.Number,
            change: () => Orders = [.. Orders.Where(order => order.Id != orderId)]
        );
    }

    public Refusal? Move(CommandContext context, DateOnly day, string? reason) =>
        day < context.Today
            ? Refusal.Invalid("trip-day", "P3.2.2", "day")
            : Transition(context, TripAction.Move, why: reason, change: () => Day = day);

    /// <summary>Leader and crew are briefed once; the same briefing stands in each order.</summary>
    public Refusal? Brief(CommandContext context, TripBriefing input) =>
        Transition(
            context,
            TripAction.Brief,
            input: input,
            why: input.Briefing.Content,
            change: () => Briefing = input.Briefing
        )
            ?.With("orders", string.Join('、', input.NotIssued));

    /// <summary>A cost of the trip, split over its orders.</summary>
    public Refusal? ShareCost(CommandContext context, TripCost cost) =>
        Transition(
            context,
            TripAction.ShareCost,
            why: cost.Text,
            change: () =>
            {
                Costs = [.. Costs, cost];
                CostTotal = Costs.Sum(line => line.Amount);
            }
        );

    /// <summary>The unit was there.</summary>
    public Refusal? Complete(CommandContext context, DateOnly on) =>
        Transition(
            context,
            TripAction.Complete,
            input: new TripEnd(on),
            change: () =>
            {
                MadeOn = on;
                End(context, "made");
            }
        );

    public Refusal? Cancel(CommandContext context, string reason) =>
        Transition(context, TripAction.Cancel, why: reason, change: () => End(context, "cancelled"));

    /// <summary>An order was merged into another one, which goes along instead (S4).</summary>
    public Refusal? FollowMerge(CommandContext context, Guid from, TripOrder into) =>
        Transition(
            context,
            TripAction.FollowMerge,
            why: into.Number,
            change: () =>
            {
                var was = Orders.First(order => order.Id == from);
                Replaced = [.. Replaced, new(was, into.Id, Orders.Any(order => order.Id == into.Id))];
                Orders = [.. Orders.Select(order => order.Id == from ? into : order).DistinctBy(order => order.Id)];
            }
        );

    /// <summary>The merge of an order was undone, so it goes along again; the other one stays only where it was on the trip
    /// by itself (S4).</summary>
    public Refusal? FollowUnmerge(CommandContext context, TripOrder again) =>
        Transition(
            context,
            TripAction.FollowMerge,
            why: again.Number,
            change: () =>
            {
                var last = Replaced.Last(replaced => replaced.Was.Id == again.Id);
                Replaced = [.. Replaced.Where(replaced => replaced != last)];
                Orders =
                [
                    .. Orders.Where(order => order.Id != again.Id && (last.ByWasThere || order.Id != last.ById)),
                    again,
                ];
            }
        );

    /// <summary>The unit turned out to be another organisation that is known (S4).</summary>
    public Refusal? MoveUnit(CommandContext context, Guid unitId, string name) =>
        Transition(context, TripAction.FollowMerge, why: name, change: () => (UnitId, UnitName) = (unitId, name));

    private Refusal? TakeAll(CommandContext context, IReadOnlyList<OrderToTake> orders) =>
        orders.Select(order => AddOrder(context, order)).FirstOrDefault(refusal => refusal is not null);

    private void End(CommandContext context, string end) =>
        Raise(
            new RepairTripEnded(
                Id,
                Version,
                Number,
                ProjectId,
                UnitId,
                end,
                [.. Orders.Select(order => order.Id)],
                CostTotal,
                context.Today
            )
        );
}
