using CustomerService.Reporting.DataSets.Features;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.DataSets;

/// <summary>Data sets as files, for staff and BI readers.</summary>
internal static class DataSetsModule
{
    public static void Add(IServiceCollection services) => services.AddScoped<DataSets>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var sets = routes
            .MapGroup("")
            .ForRoles([.. Roles.Staff, Roles.BiReader])
            .WithTags("Data sets")
            .AddEndpointFilter(Freshness.WriteAsync);
        ListDataSets.Map(sets);
        FetchDataSet.Map(sets);
    }
}
