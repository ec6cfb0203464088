using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Products.Features;

internal static class RegisterProductSerial
{
    private const string Rule = """
        Rules C2, C5.1.3, S3. Numbers that a reader takes for the same are one: full-width and lower-case letters, white
        space. The warranty's last day is that of the model's term. 400: model-unknown, organisation-unknown,
        no-product-customer, purchased-before-ex-factory, date-in-future. 409: serial-exists, with the other
        machine (`existingId`, `existingNumber`, `existingModel`, `existingCustomer`) for those who may see it.
        """;

    /// <param name="Number">Serial number.</param>
    /// <param name="ModelId">Model.</param>
    /// <param name="CustomerId">The customer to whom it was sold.</param>
    /// <param name="ExFactoryOn">Day on which it left the factory.</param>
    /// <param name="PurchasedOn">Day of purchase.</param>
    internal sealed record Request(
        string Number,
        Guid? ModelId,
        Guid? CustomerId = null,
        DateOnly? ExFactoryOn = null,
        DateOnly? PurchasedOn = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Number).RequiredCode();
            RuleFor(r => r.ModelId).NotNull();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/product-serials", Handle)
            .AsCommand()
            .ForRoles(ProductModel.Writers)
            .WithSummary("Enters a machine by its serial number")
            .WithDescription(Rule)
            .Produces<ProductSerialView>(StatusCodes.Status201Created);
        routes
            .MapPost("/product-serials/{id:guid}/revise", ReviseProductSerial)
            .AsCommand()
            .ForRoles(ProductModel.Writers)
            .WithSummary("Changes what is known about a machine")
            .WithDescription(Rule + " A machine given in exchange keeps the warranty that it inherited (C5.1.5).")
            .Produces<ProductSerialView>();
    }

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        ProductLookup lookup,
        Caller caller,
        CancellationToken cancellation
    ) =>
        (await DetailsAsync(null, body, db, lookup, caller, cancellation)).Failed(out var refusal, out var details)
            ? refusal
            : caller.Create(
                db,
                "product-serials",
                ProductSerial.Register(caller.Context(), details),
                ProductSerialView.From
            );

    private static Task<CommandResult> ReviseProductSerial(
        Guid id,
        Request body,
        RepairsDb db,
        ProductLookup lookup,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ProductSerials,
            id,
            async (serial, context) =>
                (await DetailsAsync(id, body, db, lookup, caller, cancellation)).Failed(
                    out var refusal,
                    out var details
                )
                    ? refusal
                    : serial.Revise(context, details),
            ProductSerialView.From,
            cancellation
        );

    private static async Task<Result<SerialDetails>> DetailsAsync(
        Guid? own,
        Request body,
        RepairsDb db,
        ProductLookup lookup,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var key = ProductSerial.KeyOf(body.Number);
        var same = db.ProductSerials.AsNoTracking().Where(s => s.NumberKey == key && s.Id != own);
        if (await same.AnyAsync(cancellation))
        {
            var refusal = Refusal.ByRule("serial-exists", "S4", ["other-number"]);
            return await same.VisibleTo(caller.Actor).FirstOrDefaultAsync(cancellation) is { } other
                ? refusal
                    .With("existingId", other.Id)
                    .With("existingNumber", other.Number)
                    .With("existingModel", other.ModelCode)
                    .With("existingCustomer", other.CustomerName)
                : refusal;
        }

        if ((await lookup.ModelAsync(body.ModelId!.Value, cancellation)).Failed(out var unknown, out var model))
        {
            return unknown;
        }

        if (body.CustomerId is not { } customerId)
        {
            return new SerialDetails(body.Number, model, null, null, body.ExFactoryOn, body.PurchasedOn);
        }

        return (await lookup.CustomerAsync(customerId, cancellation)).Failed(out var stranger, out var customer)
            ? stranger
            : new SerialDetails(body.Number, model, customer.Id, customer.Name, body.ExFactoryOn, body.PurchasedOn);
    }
}
