using CustomerService.Complaints.Codes.Features;

namespace CustomerService.Complaints.Codes;

/// <summary>Codes of products, faults and causes by which complaints are counted (C5.7).</summary>
internal static class CodesModule
{
    public static void Add(IServiceCollection services) => services.AddScoped<CodeCatalogue>();

    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Codes");
        AddCode.Map(routes);
        ReviseCode.Map(routes);
        GetCode.Map(routes);
        ListCodes.Map(routes);
    }
}
