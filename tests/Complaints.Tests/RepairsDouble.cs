using System.Collections.Concurrent;
using System.Net;
using CustomerService.Contracts.Files.Grpc.V1;
using CustomerService.Contracts.Repairs.Grpc.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Complaints.Tests;

/// <summary>Repairs as a real gRPC server with chosen answers.</summary>
internal sealed class RepairsDouble : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RepairsDouble()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        _app = builder.Build();
        _app.MapGrpcService<CaseSide>();
        _app.MapGrpcService<FileSide>();
    }

    public string Address { get; private set; } = "";

    /// <summary>Answers by complaint; an RpcException where there is none.</summary>
    public ConcurrentDictionary<Guid, CaseAnswer> Answers { get; } = new();

    public static async Task<RepairsDouble> StartAsync()
    {
        var server = new RepairsDouble();
        await server._app.StartAsync();
        server.Address = server
            ._app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        return server;
    }

    /// <summary>Whether it answers what is asked about files.</summary>
    public bool HasFiles { get; set; }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class CaseSide(RepairsDouble server) : RepairsOfCases.RepairsOfCasesBase
    {
        public override Task<CaseAnswer> Ask(CaseQuestion request, ServerCallContext context) =>
            server.Answers.TryGetValue(Guid.Parse(request.ComplaintId), out var answer)
                ? Task.FromResult(answer)
                : throw new RpcException(new Status(StatusCode.Unavailable, "away"));
    }

    private sealed class FileSide(RepairsDouble server) : FileContents.FileContentsBase
    {
        public override Task Read(
            FileQuestion request,
            IServerStreamWriter<FileChunk> responseStream,
            ServerCallContext context
        ) => throw new RpcException(new Status(StatusCode.Unavailable, "away"));

        public override Task<ContentAnswer> Adopt(ContentOffer request, ServerCallContext context) =>
            server.HasFiles
                ? Task.FromResult(new ContentAnswer())
                : throw new RpcException(new Status(StatusCode.Unavailable, "away"));
    }
}
