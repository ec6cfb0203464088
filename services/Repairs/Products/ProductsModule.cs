using CustomerService.Repairs.Products.Features;

namespace CustomerService.Repairs.Products;

/// <summary>Models, machines, sales: routes.</summary>
internal static class ProductsModule
{
    internal static void Add(IServiceCollection services) => services.AddScoped<ProductLookup>();

    internal static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Products");
        RegisterProductModel.Map(routes);
        ReviseProductModel.Map(routes);
        ListProductModels.Map(routes);
        RegisterProductSerial.Map(routes);
        ImportProductSerials.Map(routes);
        ListProductSerials.Map(routes);
        GetProductSerial.Map(routes);
        MakeSerialLink.Map(routes);
        UseSerialLink.Map(routes);
        RegisterSale.Map(routes);
    }
}
