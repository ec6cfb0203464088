using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Products.Features;

internal static class ListProductModels
{
    internal sealed record Query : PageQuery
    {
        /// <summary>The code, however it is written.</summary>
        public TextFilter? Code { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/product-models", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("The product models, the newest first")
            .WithDescription("Rule C2. 400: bad-filter, bad-cursor.")
            .Produces<Page<ProductModelListItem>>();
        routes
            .MapGet("/product-models/{id:guid}", GetProductModel)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("A product model")
            .WithDescription("Rules C2, C5.1.1.1.")
            .Produces<ProductModelView>();
    }

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .ProductModels.Where(
                query.Code,
                code =>
                {
                    var key = TextFolding.Key(code);
                    return model => model.CodeKey == key;
                }
            )
            .ToPageAsync(query, model => ProductModelListItem.From(model, caller), cancellation);

    private static Task<QueryResult> GetProductModel(
        Guid id,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ReadAsync(db.ProductModels, id, ProductModelView.From, cancellation);
}
