using CustomerService.Reporting.Data;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(CustomerService.Reporting.Tests.ReportingFixture))]

namespace CustomerService.Reporting.Tests;

/// <summary>The real Reporting service; events are published straight to the exchange, as any other party
/// would.</summary>
public sealed class ReportingFixture() : ServiceFixture("reporting", typeof(ReportingDb))
{
    protected override WebApplication Build(string[] args, Action<IServiceCollection> replace) =>
        ReportingService.Build(args, replace);
}
