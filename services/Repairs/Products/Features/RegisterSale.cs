using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Products.Features;

/// <summary>Goods that are sold by quantity, and their list.</summary>
internal static class RegisterSale
{
    /// <param name="Number">Number of the sales document, with its line.</param>
    /// <param name="ModelId">Model.</param>
    /// <param name="CustomerId">Customer.</param>
    /// <param name="Quantity">How many.</param>
    /// <param name="ExFactoryOn">Day on which they left the factory.</param>
    /// <param name="PurchasedOn">Day of purchase.</param>
    internal sealed record Request(
        string Number,
        Guid? ModelId,
        Guid? CustomerId,
        int? Quantity,
        DateOnly? ExFactoryOn,
        DateOnly? PurchasedOn
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Number).RequiredCode();
            RuleFor(r => r.ModelId).NotNull();
            RuleFor(r => r.CustomerId).NotNull();
            RuleFor(r => r.Quantity).NotNull().LessThanOrEqualTo(1_000_000);
            RuleFor(r => r.ExFactoryOn).NotNull();
            RuleFor(r => r.PurchasedOn).NotNull();
        }
    }

    internal sealed record Query : PageQuery
    {
        /// <summary>The customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>The number.</summary>
        public TextFilter? Number { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/sales", Handle)
            .AsCommand()
            .ForRoles(ProductModel.Writers)
            .WithSummary("Enters goods that were sold by quantity")
            .WithDescription(
                "Rules C5.1.3, C5.1.4, S3. Of them never more come back than were sold. 400: quantity-not-positive, "
                    + "model-unknown, organisation-unknown, no-product-customer. 409: sale-exists."
            )
            .Produces<SaleListItem>(StatusCodes.Status201Created);
        routes
            .MapGet("/sales", ListSales)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("Goods that were sold by quantity, the newest first")
            .WithDescription("Rule C5.1.4. `remaining` is what can still be asked back.")
            .Produces<Page<SaleListItem>>();
    }

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        ProductLookup lookup,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await db.Sales.AnyAsync(sale => sale.Number == body.Number.Trim(), cancellation))
        {
            return Refusal.ByRule("sale-exists", "S4", ["other-number"]);
        }

        if ((await lookup.ModelAsync(body.ModelId!.Value, cancellation)).Failed(out var unknown, out var model))
        {
            return unknown;
        }

        if (
            (await lookup.CustomerAsync(body.CustomerId!.Value, cancellation)).Failed(
                out var stranger,
                out var customer
            )
        )
        {
            return stranger;
        }

        return caller.Create(
            db,
            "sales",
            Sale.Register(
                caller.Context(),
                body.Number,
                model,
                customer.Id,
                customer.Name,
                body.Quantity!.Value,
                body.ExFactoryOn!.Value,
                body.PurchasedOn!.Value
            ),
            (sale, _) => SaleListItem.From(sale)
        );
    }

    private static async Task<QueryResult> ListSales(
        [AsParameters] Query query,
        RepairsDb db,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var customerId = await moves.StayedAsync(query.CustomerId, cancellation);
        return await db
            .Sales.AsQueryable()
            .Where(customerId, id => sale => sale.CustomerId == id)
            .Where(query.Number, number => sale => sale.Number == number)
            .ToPageAsync(query, SaleListItem.From, cancellation);
    }
}
