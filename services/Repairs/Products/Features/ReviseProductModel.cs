using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Products.Features;

internal static class ReviseProductModel
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/product-models/{id:guid}/revise", Handle)
            .AsCommand()
            .ForRoles(ProductModel.Writers)
            .WithSummary("Changes what is known about a model")
            .WithDescription(
                "Rules C2, C5.1.1.1. Machines keep the warranty that they were entered with. 409: model-exists."
            )
            .Produces<ProductModelView>();

    private static Task<CommandResult> Handle(
        Guid id,
        ProductModelRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ProductModels,
            id,
            async (model, context) =>
            {
                var key = TextFolding.Key(body.Code);
                return await db.ProductModels.AnyAsync(m => m.CodeKey == key && m.Id != id, cancellation)
                    ? Refusal.ByRule("model-exists", "S4", ["other-code"])
                    : model.Revise(context, body.Details());
            },
            ProductModelView.From,
            cancellation
        );
}
