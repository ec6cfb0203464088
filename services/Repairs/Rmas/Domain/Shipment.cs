using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;

namespace CustomerService.Repairs.Rmas.Domain;

/// <summary>A unit as FM003 names it.</summary>
internal sealed record ShippedUnit(
    Guid UnitId,
    string Number,
    string RmaNumber,
    string? ModelCode,
    string? ModelName,
    string? Serial,
    int Quantity,
    bool Unrepaired
);

/// <summary>The four mandatory fields of FM003 (C5.1.2), with the address.</summary>
/// <param name="ShipAt">時間: when it is shipped.</param>
/// <param name="CustomerName">客戶.</param>
/// <param name="Quantity">數量: how many are shipped.</param>
/// <param name="Method">運輸方式.</param>
internal sealed record ShipmentInput(
    DateTimeOffset? ShipAt,
    string? CustomerName,
    int? Quantity,
    ShippingMethod? Method,
    string? Address = null
);

/// <summary>With whom it goes.</summary>
internal sealed record Consignment(string? Carrier, string? TrackingNumber);

/// <summary>That the customer has the goods (C3.1.1).</summary>
/// <param name="Reference">Of the carrier's proof, or what was said in the call.</param>
internal sealed record GoodsReceipt(ReceiptProof Proof, DateOnly On, string Person, string? Reference);

/// <summary>The receipt as it is kept.</summary>
internal sealed record KeptReceipt(ReceiptProof Proof, DateOnly On, string Person, string? Reference, Stamp By);

/// <summary>A try to find out whether the goods have come.</summary>
internal sealed record ChaseEntry(string Note, Stamp By);

/// <summary>A shipment of units to their customer, with its FM003 (返修品出庫單, C5.1.2). Of an RMA there can be
/// several.</summary>
internal sealed class Shipment : Aggregate<Shipment, ShipmentState, ShipmentAction>, IUnderPolicy
{
    public const string Form = "FM003";

    /// <summary>More on one form nobody checks.</summary>
    public const int MostUnits = 1000;

    private Shipment() { }

    public override string Kind => "shipment";

    public override WorkSubject WorkSubject =>
        new(Number ?? Form, $"{CustomerName}：{string.Join("、", Units.Take(5).Select(unit => unit.Number))}");

    public override Guid? OutsideOrganisation(string role) => role == Roles.Customer ? CustomerId : null;

    protected override Flow<Shipment, ShipmentState, ShipmentAction> Table => ShipmentFlow.Table;

    /// <summary>Number of FM003; given when it is saved.</summary>
    public string? Number { get; private set; }

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    public IReadOnlyList<ShippedUnit> Units { get; private set; } = [];

    public int Quantity { get; private set; }

    public DateTimeOffset ShipAt { get; private set; }

    public ShippingMethod Method { get; private set; }

    public string? Address { get; private set; }

    public int PolicyVersion { get; private set; }

    public Stamp IssuedBy { get; private set; } = null!;

    public string? Carrier { get; private set; }

    public string? TrackingNumber { get; private set; }

    public DateOnly? ShippedOn { get; private set; }

    public Stamp? ShippedBy { get; private set; }

    public IReadOnlyList<ChaseEntry> Chases { get; private set; } = [];

    public KeptReceipt? Receipt { get; private set; }

    public string? CancelReason { get; private set; }

    /// <summary>FM003: every unit has passed the quality department or goes back unrepaired, and the four fields are
    /// there (C5.1.2, worked case 5).</summary>
    public static Result<Shipment> Issue(
        CommandContext context,
        ShipmentInput input,
        IReadOnlyList<RmaUnit> units,
        string? address
    )
    {
        if (ShipmentFlow.Table.CheckStart(ShipmentAction.Issue, context) is { } forbidden)
        {
            return forbidden;
        }

        string[] missing =
        [
            .. input.ShipAt is null ? ["ship-at"] : Array.Empty<string>(),
            .. TextFolding.IsBlank(input.CustomerName) ? ["customer-name"] : Array.Empty<string>(),
            .. input.Quantity is null ? ["quantity"] : Array.Empty<string>(),
            .. input.Method is null ? ["shipping-method"] : Array.Empty<string>(),
        ];
        if (missing.Length > 0)
        {
            return Refusal.ByRule("fm003-incomplete", "C5.1.2", missing, ShipmentFlow.Shippers);
        }

        if (units.Count == 0 || units.Count > MostUnits)
        {
            return Refusal.Invalid("shipment-without-units", "C5.1.2", "units").With("most", MostUnits);
        }

        if (units.Select(unit => unit.CustomerId).Distinct().Count() > 1)
        {
            return Refusal.ByRule("units-of-several-customers", "C5.1.2", ["one-customer"], ShipmentFlow.Shippers);
        }

        // What the person says is held against what the records know: a slip is found here and not by the customer.
        if (TextFolding.Key(input.CustomerName!) != TextFolding.Key(units[0].CustomerName))
        {
            return Refusal
                .ByRule("other-customer", "S3", ["customer-name"], ShipmentFlow.Shippers)
                .With("customer", units[0].CustomerName);
        }

        if (input.Quantity != units.Sum(unit => unit.Quantity))
        {
            return Refusal
                .ByRule("shipped-quantity-differs", "C5.1.2", ["quantity"], ShipmentFlow.Shippers)
                .With("quantity", units.Sum(unit => unit.Quantity));
        }

        var shipment = new Shipment
        {
            Id = Guid.CreateVersion7(context.Now),
            CustomerId = units[0].CustomerId,
            CustomerName = units[0].CustomerName,
            Quantity = input.Quantity!.Value,
            ShipAt = input.ShipAt!.Value.ToUniversalTime(),
            Method = input.Method!.Value,
            Address = input.Address ?? address,
            PolicyVersion = context.Policy.Version,
            IssuedBy = Stamp.Of(context),
            Units =
            [
                .. units.Select(unit => new ShippedUnit(
                    unit.Id,
                    unit.Number,
                    unit.RmaNumber,
                    unit.ModelCode,
                    unit.ModelName,
                    unit.Serial,
                    unit.Quantity,
                    unit.Annotation is { Mark: OfferMark.Return }
                )),
            ],
        };
        foreach (var unit in units)
        {
            if (unit.Pack(context, shipment.Id) is { } refusal)
            {
                return refusal.With("unit", unit.Number);
            }
        }

        return shipment.Start(context, ShipmentAction.Issue) is { } refused ? refused : shipment;
    }

    /// <summary>FM003 gets its number when it is made out (C10).</summary>
    public void MakeOut(string number, IEnumerable<RmaUnit> units)
    {
        Number = number;
        foreach (var unit in units)
        {
            unit.NumberShipment(number);
        }

        Raise(new ShipmentIssued(Id, Version, number, CustomerId, CustomerName, Quantity, Method.ToKebab()));
    }

    /// <summary>The goods leave the house.</summary>
    public Refusal? Dispatch(CommandContext context, Consignment given, IReadOnlyList<RmaUnit> units) =>
        CheckRole(context, ShipmentAction.Dispatch)
        ?? (
            units.FirstOrDefault(unit => unit.ReturnCaseId is not null) is { } held
                ? Refusal
                    .ByRule("unit-asked-back", "C5.1.3", ["decision-on-the-return"], Roles.CustomerService)
                    .With("unit", held.Number)
                    .With("return", held.ReturnCaseNumber)
                : null
        )
        ?? Transition(
            context,
            ShipmentAction.Dispatch,
            input: given,
            why: given.TrackingNumber,
            change: () =>
            {
                (Carrier, TrackingNumber) = (given.Carrier, given.TrackingNumber);
                (ShippedOn, ShippedBy) = (context.Today, Stamp.Of(context));
                Raise(
                    new ShipmentDispatched(
                        Id,
                        Version,
                        Number ?? "",
                        CustomerId,
                        Carrier,
                        TrackingNumber,
                        context.Today
                    )
                );
                All(units, unit => unit.Ship(AsSystem(context)));
            }
        );

    public Refusal? Chase(CommandContext context, string note) =>
        Transition(
            context,
            ShipmentAction.Chase,
            why: note,
            change: () => Chases = [.. Chases, new(note, Stamp.Of(context))]
        );

    /// <summary>The customer has the goods: they say so, the carrier proves it, or a call was taken down (C3.1.1).</summary>
    public Refusal? ConfirmReceipt(CommandContext context, GoodsReceipt given, IReadOnlyList<RmaUnit> units) =>
        Transition(
            context,
            ShipmentAction.ConfirmReceipt,
            input: given,
            why: given.Proof.ToKebab(),
            change: () =>
            {
                Receipt = new(given.Proof, given.On, given.Person, given.Reference, Stamp.Of(context));
                Raise(new ShipmentDelivered(Id, Version, Number ?? "", CustomerId, given.Proof.ToKebab(), given.On));
                All(units, unit => unit.Deliver(AsSystem(context)));
            }
        );

    /// <summary>Withdrawn before anything left; the number stays used.</summary>
    public Refusal? Cancel(CommandContext context, string reason, IReadOnlyList<RmaUnit> units) =>
        Transition(
            context,
            ShipmentAction.Cancel,
            why: reason,
            change: () =>
            {
                CancelReason = reason;
                All(units, unit => unit.Unpack(AsSystem(context)));
            }
        );

    /// <summary>The registry calls the customer otherwise (S3); what was received keeps its words.</summary>
    public Refusal? FollowRegistry(CommandContext context, ProductCustomer customer) =>
        customer.Name == CustomerName && customer.Id == CustomerId
            ? CheckRole(context, ShipmentAction.FollowRegistry)
            : Transition(
                context,
                ShipmentAction.FollowRegistry,
                why: $"{CustomerName} → {customer.Name}",
                change: () => (CustomerId, CustomerName) = (customer.Id, customer.Name)
            );

    /// <summary>The customer turned out to be another that is known (S4).</summary>
    public void MoveCustomer(CommandContext context, ProductCustomer customer)
    {
        (CustomerId, CustomerName) = (customer.Id, customer.Name);
        Record(context, "customer-moved", StateName, StateName, customer.Name);
    }

    private static CommandContext AsSystem(CommandContext context) => context with { Actor = Actor.System("repairs") };

    // The units of a shipment go where it goes: a refusal is a fault of the program.
    private static void All(IEnumerable<RmaUnit> units, Func<RmaUnit, Refusal?> step)
    {
        foreach (var unit in units)
        {
            if (step(unit) is { } refusal)
            {
                throw new InvalidOperationException($"{unit.Number} refused: {refusal.Code} ({refusal.Rule}).");
            }
        }
    }
}
