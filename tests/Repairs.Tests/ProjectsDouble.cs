using System.Collections.Concurrent;
using System.Net;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Testing;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Repairs.Tests;

/// <summary>What the other side answers about one project.</summary>
internal sealed class ProjectAnswers
{
    public required Func<WarrantyQuestion, CancellationToken, Task<WarrantyAnswer>> Warranty { get; set; }

    public required Func<LeaderQuestion, CancellationToken, Task<LeaderProposal>> Leader { get; set; }

    public Func<PinsQuestion, CancellationToken, Task<PinsAnswer>> Plan { get; set; } =
        (_, _) => Task.FromResult(new PinsAnswer());
}

/// <summary>The other side of projects.proto: a real gRPC server on a real port, with answers that the tests
/// choose per project.</summary>
internal sealed class ProjectsDouble : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProjectsDouble(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        builder.Services.AddSingleton(Files);
        _app = builder.Build();
        _app.MapGrpcService<WarrantySide>();
        _app.MapGrpcService<DispatchSide>();
        _app.MapGrpcService<PlanSide>();
        _app.MapGrpcService<FilesSide>();
    }

    public string Address { get; private set; } = "";

    /// <summary>Files of projects and revisits.</summary>
    public FileShelf Files { get; } = new();

    /// <summary>Value of the Authorization header of the last question for a file.</summary>
    public string FilesAuthorization => Files.Authorization ?? "";

    public ConcurrentDictionary<Guid, ProjectAnswers> Projects { get; } = new();

    /// <summary>Value of the Authorization header of the last question.</summary>
    public string? Authorization { get; private set; }

    /// <param name="port">Any free one by default.</param>
    public static async Task<ProjectsDouble> StartAsync(int port = 0)
    {
        var server = new ProjectsDouble(port);
        await server._app.StartAsync();
        server.Address = server
            ._app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private ProjectAnswers Of(string project, ServerCallContext context)
    {
        Authorization = context.RequestHeaders.GetValue("authorization");
        return Projects.TryGetValue(Guid.Parse(project), out var answers)
            ? answers
            : throw new RpcException(new Status(StatusCode.NotFound, "unknown project"));
    }

    private sealed class WarrantySide(ProjectsDouble server) : Warranty.WarrantyBase
    {
        public override Task<WarrantyAnswer> Ask(WarrantyQuestion request, ServerCallContext context) =>
            server.Of(request.ProjectId, context).Warranty(request, context.CancellationToken);
    }

    private sealed class PlanSide(ProjectsDouble server) : Plans.PlansBase
    {
        public override Task<PinsAnswer> Pins(PinsQuestion request, ServerCallContext context) =>
            server.Of(request.ProjectId, context).Plan(request, context.CancellationToken);
    }

    private sealed class DispatchSide(ProjectsDouble server) : Dispatch.DispatchBase
    {
        public override Task<LeaderProposal> ProposeLeader(LeaderQuestion request, ServerCallContext context) =>
            server.Of(request.ProjectId, context).Leader(request, context.CancellationToken);
    }
}
