using CustomerService.Complaints.Data;
using CustomerService.Complaints.Tests;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(FontsFixture))]
[assembly: AssemblyFixture(typeof(ComplaintsFixture))]

namespace CustomerService.Complaints.Tests;

/// <summary>The real Complaints service and the people who call it.</summary>
public sealed class ComplaintsFixture() : ServiceFixture("complaints", typeof(ComplaintsDb))
{
    public ApiClient Desk => As(Someone.InCustomerService());

    public ApiClient Sales => As(Someone.InSales());

    public ApiClient SalesManager => As(Someone.SalesManager());

    public ApiClient Qc => As(Someone.InQuality());

    public ApiClient QcHead => As(Someone.HeadOfQuality());

    public ApiClient Production => As(Someone.InResponsible());

    public ApiClient ProductionHead => As(Someone.HeadOf());

    public ApiClient Representative => As(Someone.ManagementRepresentative());

    public ApiClient Customer(Guid organisation) => As(Someone.AtCustomer(organisation));

    protected override WebApplication Build(string[] args, Action<IServiceCollection> replace) =>
        ComplaintsService.Build(args, replace);
}
