using System.Net;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.ServiceDefaults;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Load.Projects;

/// <summary>A bare gRPC service that takes the warranty question and gives an answer of the same size: what the
/// transport alone costs.</summary>
internal static class Echo
{
    /// <summary>The argument by which this program is the echo.</summary>
    public const string Command = "echo-server";

    public static async Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var hosting = HostingSettings.From(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, hosting.GrpcPort, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(
                IPAddress.Loopback,
                hosting.ManagementPort,
                listen => listen.Protocols = HttpProtocols.Http1
            );
        });
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<Answers>();
        app.MapGet("/", () => "ready");
        await app.RunAsync();
    }

    internal sealed class Answers : Warranty.WarrantyBase
    {
        public override Task<WarrantyAnswer> Ask(WarrantyQuestion request, ServerCallContext context) =>
            Task.FromResult(
                new WarrantyAnswer
                {
                    Covered = true,
                    Until = "2029-02-28",
                    Rule = "P3.1.2",
                    PolicyVersion = 1,
                    ResponsibleUnitId = request.ProjectId,
                    ResponsibleUnitName = "安固防水工程有限公司",
                    Basis = "prescribed",
                }
            );
    }
}
