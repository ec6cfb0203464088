using System.Collections.Concurrent;
using System.Net;
using CustomerService.Contracts.Files.Grpc.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Testing;

/// <summary>The other side of files.proto with contents that a test chooses.</summary>
internal sealed class FilesSide(FileShelf shelf) : FileContents.FileContentsBase
{
    public override async Task Read(
        FileQuestion request,
        IServerStreamWriter<FileChunk> responseStream,
        ServerCallContext context
    )
    {
        shelf.Authorization = context.RequestHeaders.GetValue("authorization");
        if (
            !shelf.Contents.TryGetValue(Guid.TryParse(request.FileId, out var id) ? id : Guid.Empty, out var content)
            && !shelf.Erased.TryGetValue(request.Sha256, out content)
        )
        {
            throw new RpcException(new Status(StatusCode.NotFound, "unknown file"));
        }

        foreach (var chunk in content.Chunk(100))
        {
            await responseStream.WriteAsync(new FileChunk { Content = ByteString.CopyFrom(chunk) });
        }
    }

    public override Task<ContentAnswer> Adopt(ContentOffer request, ServerCallContext context)
    {
        if (shelf.IsBusy)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "busy"));
        }

        shelf.Offers.Enqueue(request.Sha256);
        return Task.FromResult(new ContentAnswer());
    }
}

/// <summary>Contents by the identities of files.</summary>
internal sealed class FileShelf
{
    public ConcurrentDictionary<Guid, byte[]> Contents { get; } = new();

    /// <summary>Contents by their hashes, whose records are erased.</summary>
    public ConcurrentDictionary<string, byte[]> Erased { get; } = new();

    /// <summary>Hashes of contents that somebody is about to delete.</summary>
    public ConcurrentQueue<string> Offers { get; } = new();

    /// <summary>Whether it can take nothing now.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Value of the Authorization header of the last question.</summary>
    public string? Authorization { get; set; }
}

/// <summary>A service that has files: a real gRPC server on a real port.</summary>
internal sealed class FilesDouble : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FilesDouble()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(Shelf);
        _app = builder.Build();
        _app.MapGrpcService<FilesSide>();
    }

    public FileShelf Shelf { get; } = new();

    public string Address { get; private set; } = "";

    public static async Task<FilesDouble> StartAsync()
    {
        var server = new FilesDouble();
        await server._app.StartAsync();
        server.Address = server
            ._app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
