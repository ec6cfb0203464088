using CustomerService.Messaging;
using CustomerService.Reporting.Data;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(CustomerService.Reporting.Tests.ReportingFixture))]

namespace CustomerService.Reporting.Tests;

/// <summary>The real Reporting service; events are published straight to the exchange, as any other party
/// would.</summary>
public sealed class ReportingFixture() : ServiceFixture("reporting", typeof(ReportingDb))
{
    /// <summary>Webhooks may lead to this machine, and a test has little patience.</summary>
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>
        {
            ["Webhooks:AllowHttp"] = "true",
            ["Webhooks:AllowedNetworks:0"] = "127.0.0.0/8",
            ["Webhooks:Every"] = "00:00:00.1",
            ["Webhooks:Timeout"] = "00:00:02",
            ["Webhooks:BackOff:0"] = "00:00:00.1",
            ["Webhooks:BackOff:1"] = "00:00:00.2",
            ["Webhooks:BackOff:2"] = "00:00:00.4",
        };

    protected override WebApplication Build(string[] args, Action<IServiceCollection> replace) =>
        ReportingService.Build(args, replace);
}
