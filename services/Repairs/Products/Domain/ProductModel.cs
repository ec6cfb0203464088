using CustomerService.Rules;

namespace CustomerService.Repairs.Products.Domain;

/// <summary>From which day a product's warranty counts.</summary>
internal enum WarrantyStart
{
    /// <summary>The day of purchase; the day of leaving the factory where that is not known.</summary>
    Purchase,

    /// <summary>The day of leaving the factory.</summary>
    ExFactory,
}

/// <summary>A main component of a model: where it is damaged out of warranty, the repair is charged (C5.1.1.1).</summary>
/// <param name="Code">Unique within the model.</param>
/// <param name="Name">What it is called.</param>
internal sealed record MainComponent(string Code, string Name);

/// <summary>What is entered about a model.</summary>
/// <param name="Code">Unique among all models, however it is written.</param>
/// <param name="WarrantyMonths">Months of warranty.</param>
internal sealed record ModelDetails(
    string Code,
    string Name,
    string? Series,
    int WarrantyMonths,
    WarrantyStart WarrantyStart,
    IReadOnlyList<MainComponent> Components
);

/// <summary>A product model with its main components and its warranty (C2, C5.1.1.1). It has no flow: every change is
/// recorded.</summary>
internal sealed class ProductModel : Aggregate
{
    /// <summary>Who enters and changes models and serials.</summary>
    public static readonly string[] Writers =
    [
        Roles.CustomerService,
        Roles.Sales,
        Roles.SalesManager,
        Roles.RepairGroup,
        Roles.ProductDevelopment,
        Roles.Administrator,
    ];

    private ProductModel() { }

    public override string Kind => "product-model";

    public string Code { get; private set; } = "";

    /// <summary>The code as it is compared.</summary>
    public string CodeKey { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string? Series { get; private set; }

    public int WarrantyMonths { get; private set; }

    public WarrantyStart WarrantyStart { get; private set; }

    public IReadOnlyList<MainComponent> Components { get; private set; } = [];

    public static Result<ProductModel> Register(CommandContext context, ModelDetails details)
    {
        var model = new ProductModel { Id = Guid.CreateVersion7(context.Now) };
        return model.Write(context, "register", details) is { } refusal ? refusal : model;
    }

    public Refusal? Revise(CommandContext context, ModelDetails details) => Write(context, "revise", details);

    /// <summary>Last day of the warranty of a machine of this model: the corresponding day of the month in which the term
    /// ends, or that month's end; null where no day is known from which it counts.</summary>
    public DateOnly? WarrantyEnd(DateOnly? exFactory, DateOnly? purchased) =>
        (WarrantyStart == WarrantyStart.Purchase ? purchased ?? exFactory : exFactory) is { } start
            ? CalendarMonths.LastDayOfTerm(start, WarrantyMonths)
            : null;

    public IReadOnlyList<string> AllowedActions(CommandContext context) =>
        context.Actor.HasAny(Writers) ? ["revise"] : [];

    private Refusal? Write(CommandContext context, string action, ModelDetails details)
    {
        if (!context.Actor.HasAny(Writers))
        {
            return Refusal.RoleMissing("C2", Writers).With("action", action);
        }

        if (details.Components.GroupBy(c => TextFolding.Key(c.Code)).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return Refusal.Invalid("component-twice", "C5.1.1.1", "components").With("component", twice.First().Code);
        }

        (Code, CodeKey, Name, Series) = (
            details.Code.Trim(),
            TextFolding.Key(details.Code),
            details.Name.Trim(),
            details.Series?.Trim()
        );
        (WarrantyMonths, WarrantyStart, Components) = (
            details.WarrantyMonths,
            details.WarrantyStart,
            details.Components
        );
        Record(context, action, action == "register" ? null : "registered", "registered", details.Name);
        return null;
    }
}
