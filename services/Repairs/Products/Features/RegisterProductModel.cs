using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Products.Features;

internal static class RegisterProductModel
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/product-models", Handle)
            .AsCommand()
            .ForRoles(ProductModel.Writers)
            .WithSummary("Enters a product model with its main components and its warranty")
            .WithDescription(
                "Rules C2, C5.1.1.1. The components listed here are the main ones: where one is damaged out of warranty, "
                    + "the repair is charged. 409: model-exists (the code is taken, however it is written)."
            )
            .WithExample(
                new ProductModelRequest(
                    "DJ-200",
                    "變頻電機",
                    24,
                    Components: [new("STATOR", "定子"), new("MAINBOARD", "主控板")]
                )
            )
            .Produces<ProductModelView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        ProductModelRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var key = TextFolding.Key(body.Code);
        return await db.ProductModels.AnyAsync(model => model.CodeKey == key, cancellation)
            ? Refusal.ByRule("model-exists", "S4", ["other-code"])
            : caller.Create(
                db,
                "product-models",
                ProductModel.Register(caller.Context(), body.Details()),
                ProductModelView.From
            );
    }
}
