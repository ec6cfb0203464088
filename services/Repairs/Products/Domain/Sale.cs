using CustomerService.Rules;

namespace CustomerService.Repairs.Products.Domain;

/// <summary>Goods that were sold by quantity: so many of a model on a document of the sales department. Of them never more
/// come back than were sold (C5.1.4).</summary>
internal sealed class Sale : Aggregate
{
    private Sale() { }

    public override string Kind => "sale";

    /// <summary>Number of the sales document, with its line.</summary>
    public string Number { get; private set; } = "";

    public Guid ModelId { get; private set; }

    public string ModelCode { get; private set; } = "";

    public string ModelName { get; private set; } = "";

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    public int Quantity { get; private set; }

    public DateOnly ExFactoryOn { get; private set; }

    public DateOnly PurchasedOn { get; private set; }

    /// <summary>What was taken back or exchanged, and what open cases ask for.</summary>
    public int Claimed { get; private set; }

    /// <summary>What can still be returned.</summary>
    public int Remaining => Quantity - Claimed;

    public static Result<Sale> Register(
        CommandContext context,
        string number,
        ProductModel model,
        Guid customerId,
        string customerName,
        int quantity,
        DateOnly exFactoryOn,
        DateOnly purchasedOn
    )
    {
        if (!context.Actor.HasAny(ProductModel.Writers))
        {
            return Refusal.RoleMissing("C5.1.4", ProductModel.Writers).With("action", "register");
        }

        if (quantity <= 0)
        {
            return Refusal.Invalid("quantity-not-positive", "C5.1.4", "quantity");
        }

        if (exFactoryOn > context.Today || purchasedOn > context.Today)
        {
            return Refusal.Invalid("date-in-future", "C5.1.3", "past-date");
        }

        if (purchasedOn < exFactoryOn)
        {
            return Refusal.Invalid("purchased-before-ex-factory", "C5.1.3", "purchased-on");
        }

        var sale = new Sale
        {
            Id = Guid.CreateVersion7(context.Now),
            Number = number.Trim(),
            ModelId = model.Id,
            ModelCode = model.Code,
            ModelName = model.Name,
            CustomerId = customerId,
            CustomerName = customerName,
            Quantity = quantity,
            ExFactoryOn = exFactoryOn,
            PurchasedOn = purchasedOn,
        };
        sale.Record(context, "register", null, "registered", null);
        return sale;
    }

    /// <summary>Part of it is asked back. Worked case 4: of 10 sold and 4 returned 6 remain, and 7 are refused.</summary>
    public Refusal? Claim(CommandContext context, int quantity, string caseNumber)
    {
        if (quantity <= 0)
        {
            return Refusal.Invalid("quantity-not-positive", "C5.1.4", "quantity");
        }

        if (quantity > Remaining)
        {
            return Refusal
                .ByRule("more-than-remains", "C5.1.4", ["quantity-that-remains"], Roles.CustomerService)
                .With("remaining", Remaining)
                .With("asked", quantity);
        }

        Claimed += quantity;
        Record(context, "claim", "registered", "registered", $"{caseNumber}: {quantity}");
        return null;
    }

    /// <summary>The customer keeps it after all: the case was declined or withdrawn.</summary>
    public void Release(CommandContext context, int quantity, string caseNumber)
    {
        Claimed -= Math.Min(quantity, Claimed);
        Record(context, "release", "registered", "registered", $"{caseNumber}: {quantity}");
    }

    /// <summary>The customer turned out to be another that is known (S4), or is called otherwise (S3).</summary>
    public void MoveCustomer(CommandContext context, Guid customerId, string name)
    {
        (CustomerId, CustomerName) = (customerId, name);
        Record(context, "customer-moved", "registered", "registered", name);
    }
}
