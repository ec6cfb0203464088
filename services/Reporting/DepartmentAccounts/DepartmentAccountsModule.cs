using CustomerService.Reporting.DepartmentAccounts.Domain;
using CustomerService.Reporting.DepartmentAccounts.Features;
using CustomerService.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace CustomerService.Reporting.DepartmentAccounts;

/// <summary>Accounts of departments' own systems at the broker.</summary>
internal static class DepartmentAccountsModule
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DepartmentAccountOptions>().Bind(configuration.GetSection("DepartmentAccounts"));
        services.AddSingleton(provider => new BrokerManagement(
            provider.GetRequiredService<IOptions<DepartmentAccountOptions>>().Value,
            configuration
        ));
    }

    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").ForRoles(DepartmentAccountFlow.Keepers).WithTags("DepartmentAccounts");
        RegisterDepartmentAccount.Map(routes);
        ReviseDepartmentAccount.Map(routes);
        RenewDepartmentAccountPassword.Map(routes);
        RemoveDepartmentAccount.Map(routes);
        RestoreDepartmentAccount.Map(routes);
        GetDepartmentAccount.Map(routes);
        ListDepartmentAccounts.Map(routes);
    }
}
