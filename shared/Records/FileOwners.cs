using CustomerService.Attachments;
using CustomerService.Contracts.Files.Grpc.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.ClientFactory;

namespace CustomerService.Records;

/// <summary>Fetches the bytes of references from the services that own them.</summary>
internal sealed class FileOwners(GrpcClientFactory clients)
{
    /// <summary>Code of the answer when the owner of a file does not answer.</summary>
    public const string Unavailable = "file-owner-unavailable";

    /// <summary>Services with files, as their addresses are configured: <c>Services:{service}:Grpc</c>.</summary>
    public static readonly IReadOnlyList<string> Services = ["Projects", "Repairs", "Complaints", "Surveys"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static string ClientOf(string service) => "files-of-" + service.ToLowerInvariant();

    /// <summary>The content, checked against the hash of the reference, or the small picture; null where the owner
    /// has none.</summary>
    public async Task<byte[]?> ReadAsync(RecordFile file, bool thumbnail, CancellationToken cancellation)
    {
        var client = clients.CreateClient<FileContents.FileContentsClient>(ClientOf(file.OwnerService!));
        var question = new FileQuestion { FileId = file.OwnerFileId.ToString(), Thumbnail = thumbnail };
        // gRPC counts its deadline by the machine's clock, whatever clock the service runs by.
        var deadline = (TimeProvider.System.GetUtcNow() + Patience).UtcDateTime;
        using var content = new MemoryStream();
        try
        {
            using var call = client.Read(question, deadline: deadline, cancellationToken: cancellation);
            await foreach (var chunk in call.ResponseStream.ReadAllAsync(cancellation))
            {
                content.Write(chunk.Content.Span);
            }
        }
        catch (RpcException missing) when (missing.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
        catch (RpcException away) when (!cancellation.IsCancellationRequested)
        {
            throw new UnavailableException(Unavailable, away);
        }

        var bytes = content.ToArray();
        return thumbnail || Files.IsIntact(file, bytes)
            ? bytes
            : throw new UnavailableException(
                Unavailable,
                new InvalidDataException($"File {file.OwnerFileId} of {file.OwnerService} has another hash.")
            );
    }
}

/// <summary>Gives other services the bytes of the files that this one owns (S2).</summary>
internal sealed class FileContentQuestions(IRecordStore store, IBlobs blobs, Thumbnails thumbnails, Caller caller)
    : FileContents.FileContentsBase
{
    private const int ChunkSize = 64 * 1024;

    public override async Task Read(
        FileQuestion request,
        IServerStreamWriter<FileChunk> responseStream,
        ServerCallContext context
    )
    {
        // People read files at their records, where it is known who sees them.
        if (!caller.Actor.Has(Roles.System))
        {
            throw new RpcException(new Status(StatusCode.PermissionDenied, "Only services ask for files."));
        }

        var id = Guid.TryParse(request.FileId, out var read) ? read : Guid.Empty;
        var cancellation = context.CancellationToken;
        var file = (await store.ReadAsync<RecordFile>([id], cancellation)).SingleOrDefault();
        var content =
            file is null or { IsReference: true } ? null
            : request.Thumbnail ? await thumbnails.OfAsync(file.Sha256, cancellation)
            : await blobs.GetAsync(file.Sha256, cancellation);
        if (content is null)
        {
            throw new RpcException(new Status(StatusCode.NotFound, $"There is no file {request.FileId}."));
        }

        foreach (var chunk in content.Chunk(ChunkSize))
        {
            await responseStream.WriteAsync(
                new FileChunk { Content = UnsafeByteOperations.UnsafeWrap(chunk) },
                cancellation
            );
        }
    }
}
