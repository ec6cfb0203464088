using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;

namespace CustomerService.Repairs.Products.Domain;

/// <summary>Where a machine is in its life with the company.</summary>
internal enum SerialState
{
    /// <summary>With the customer, as far as is known.</summary>
    Sold,

    /// <summary>Taken back against its price (C5.1.4).</summary>
    Returned,

    /// <summary>Exchanged for another, which inherits the rest of its warranty (C5.1.5).</summary>
    Replaced,
}

/// <summary>What is entered about a machine.</summary>
internal sealed record SerialDetails(
    string Number,
    ProductModel Model,
    Guid? CustomerId,
    string? CustomerName,
    DateOnly? ExFactoryOn,
    DateOnly? PurchasedOn
);

/// <summary>A machine by its serial number. Numbers that a reader takes for the same are one: full-width and lower-case
/// letters, white space.</summary>
internal sealed class ProductSerial : Aggregate
{
    private ProductSerial() { }

    public override string Kind => "product-serial";

    /// <summary>As it was entered.</summary>
    public string Number { get; private set; } = "";

    /// <summary>As it is compared.</summary>
    public string NumberKey { get; private set; } = "";

    public Guid ModelId { get; private set; }

    public string ModelCode { get; private set; } = "";

    public string ModelName { get; private set; } = "";

    public Guid? CustomerId { get; private set; }

    public string? CustomerName { get; private set; }

    /// <summary>Day on which it left the factory (C5.1.4).</summary>
    public DateOnly? ExFactoryOn { get; private set; }

    /// <summary>Day of purchase (C5.1.3).</summary>
    public DateOnly? PurchasedOn { get; private set; }

    /// <summary>Last day of the warranty; null where it is not known.</summary>
    public DateOnly? WarrantyEndsOn { get; private set; }

    public SerialState State { get; private set; }

    /// <summary>The machine that this one was exchanged for (C5.1.5).</summary>
    public Guid? ReplacedById { get; private set; }

    /// <summary>The machine in whose place it was given.</summary>
    public Guid? ReplacesId { get; private set; }

    /// <summary>The first of the chain of exchanges; itself where there was none.</summary>
    public Guid ChainId { get; private set; }

    /// <summary>The number as it is compared: width, case and white space do not count.</summary>
    public static string KeyOf(string number) =>
        string.Concat(TextFolding.Key(number).Where(c => !char.IsWhiteSpace(c)));

    public static Result<ProductSerial> Register(CommandContext context, SerialDetails details)
    {
        var serial = new ProductSerial { Id = Guid.CreateVersion7(context.Now) };
        serial.ChainId = serial.Id;
        return serial.Write(context, "register", details) is { } refusal ? refusal : serial;
    }

    public Refusal? Revise(CommandContext context, SerialDetails details)
    {
        if (ReplacesId is not null && WarrantyEndsOn is { } inherited)
        {
            var refused = Write(context, "revise", details);
            WarrantyEndsOn = refused is null ? inherited : WarrantyEndsOn;
            return refused;
        }

        return Write(context, "revise", details);
    }

    /// <summary>Whether the warranty covers the machine on a day; null where its end is not known.</summary>
    public bool? IsCovered(DateOnly on) => WarrantyEndsOn is { } end ? on <= end : null;

    /// <summary>Given in the place of another, whose remaining warranty it inherits (C5.1.5). A chain of exchanges is one:
    /// a replacement that is exchanged in its turn leads back to the first machine.</summary>
    public Refusal? Replace(CommandContext context, ProductSerial former)
    {
        if (former.State != SerialState.Sold)
        {
            return Refusal.ByRule("serial-not-sold", "C5.1.5", ["sold-serial"], Roles.CustomerService);
        }

        if (ReplacesId is not null || State != SerialState.Sold || former.ChainId == ChainId)
        {
            return Refusal.ByRule("replacement-used", "C5.1.5", ["unused-serial"], Roles.CustomerService);
        }

        if (CustomerId is { } owner && owner != former.CustomerId)
        {
            return Refusal
                .ByRule("replacement-of-another", "C5.1.5", ["serial-of-nobody"], Roles.CustomerService)
                .With("serial", Number);
        }

        if (ModelId != former.ModelId && !context.Policy.Returns.MayReplace(former.ModelCode, ModelCode))
        {
            return Refusal
                .ByRule("replacement-of-other-model", "C5.1.5", ["serial-of-the-model"], Roles.CustomerService)
                .With("serial", Number)
                .With("model", former.ModelCode);
        }

        (ReplacesId, ChainId, WarrantyEndsOn) = (former.Id, former.ChainId, former.WarrantyEndsOn);
        (CustomerId, CustomerName, PurchasedOn) = (former.CustomerId, former.CustomerName, former.PurchasedOn);
        Record(context, "replace", "sold", "sold", former.Number);
        former.ReplacedById = Id;
        former.State = SerialState.Replaced;
        former.Record(context, "be-replaced", "sold", "replaced", Number);
        former.Raise(
            new SerialReplaced(former.Id, former.Version, former.Number, Id, Number, former.ModelCode, WarrantyEndsOn)
        );
        return null;
    }

    /// <summary>The machines of a chain as each was given for the one before, whatever the order of their entry.</summary>
    public static IReadOnlyList<ProductSerial> InOrder(IReadOnlyCollection<ProductSerial> chain)
    {
        var next = chain.Where(s => s.ReplacesId is not null).ToLookup(s => s.ReplacesId!.Value);
        var ids = chain.Select(s => s.Id).ToHashSet();
        var ordered = new List<ProductSerial>(chain.Count);
        // Begins with what replaces none that is shown.
        var open = new Queue<ProductSerial>(
            chain.Where(s => s.ReplacesId is not { } former || !ids.Contains(former)).OrderBy(s => s.Id)
        );
        while (open.TryDequeue(out var one))
        {
            ordered.Add(one);
            foreach (var given in next[one.Id])
            {
                open.Enqueue(given);
            }
        }

        return ordered;
    }

    /// <summary>Taken back against its price (C5.1.5).</summary>
    public Refusal? TakeBack(CommandContext context, string why)
    {
        if (State != SerialState.Sold)
        {
            return Refusal.ByRule("serial-not-sold", "C5.1.5", ["sold-serial"], Roles.CustomerService);
        }

        State = SerialState.Returned;
        Record(context, "take-back", "sold", "returned", why);
        return null;
    }

    /// <summary>The customer turned out to be another that is known (S4), or is called otherwise (S3).</summary>
    public void MoveCustomer(CommandContext context, Guid customerId, string name)
    {
        (CustomerId, CustomerName) = (customerId, name);
        Record(context, "customer-moved", State.ToKebab(), State.ToKebab(), name);
    }

    public IReadOnlyList<string> AllowedActions(CommandContext context) =>
        context.Actor.HasAny(ProductModel.Writers) ? ["revise"] : [];

    private Refusal? Write(CommandContext context, string action, SerialDetails details)
    {
        if (!context.Actor.HasAny(ProductModel.Writers))
        {
            return Refusal.RoleMissing("C2", ProductModel.Writers).With("action", action);
        }

        if (details.ExFactoryOn > context.Today || details.PurchasedOn > context.Today)
        {
            return Refusal.Invalid("date-in-future", "C5.1.3", "past-date");
        }

        if (details is { ExFactoryOn: { } left, PurchasedOn: { } bought } && bought < left)
        {
            return Refusal.Invalid("purchased-before-ex-factory", "C5.1.3", "purchased-on");
        }

        if (KeyOf(details.Number).Length == 0)
        {
            return Refusal.Invalid("serial-blank", "C2", "serial-number");
        }

        (Number, NumberKey) = (details.Number.Trim(), KeyOf(details.Number));
        (ModelId, ModelCode, ModelName) = (details.Model.Id, details.Model.Code, details.Model.Name);
        (CustomerId, CustomerName) = (details.CustomerId, details.CustomerName);
        (ExFactoryOn, PurchasedOn) = (details.ExFactoryOn, details.PurchasedOn);
        WarrantyEndsOn = details.Model.WarrantyEnd(details.ExFactoryOn, details.PurchasedOn);
        var state = State.ToKebab();
        Record(context, action, action == "register" ? null : state, state, null);
        return null;
    }
}
