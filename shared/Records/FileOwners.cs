using CustomerService.Attachments;
using CustomerService.Contracts.Files.Grpc.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.ClientFactory;

namespace CustomerService.Records;

/// <summary>Which content is asked for.</summary>
/// <param name="FileId">The file, where the service that is asked owns it.</param>
/// <param name="Sha256">Hash of the content, by which it is found where the file is erased or was adopted.</param>
internal sealed record ContentQuestion(Guid? FileId, string Sha256);

/// <summary>A content of an erased record that is about to be deleted.</summary>
/// <param name="Sha256">Its hash.</param>
/// <param name="Service">The service of the record.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Parts">Parts of the record that it showed.</param>
internal sealed record ContentToKeep(string Sha256, string Service, Guid RecordId, IReadOnlyList<Guid> Parts);

/// <summary>The other services that have files.</summary>
internal interface IFileServices
{
    /// <summary>The content or its small picture; null where the service has none.</summary>
    /// <exception cref="UnavailableException">It does not answer.</exception>
    Task<byte[]?> ReadAsync(string service, ContentQuestion which, bool thumbnail, CancellationToken cancellation);

    /// <summary>Returns when the service needs the content no longer, or has a copy.</summary>
    /// <exception cref="UnavailableException">It does not answer, or could not make its copy.</exception>
    Task OfferAsync(string service, ContentToKeep content, CancellationToken cancellation);
}

/// <summary>Asks the other services by gRPC.</summary>
internal sealed class FileOwners(GrpcClientFactory clients) : IFileServices
{
    /// <summary>Code of the answer when the owner of a file does not answer.</summary>
    public const string Unavailable = "file-owner-unavailable";

    /// <summary>Services with files, as their addresses are configured: <c>Services:{service}:Grpc</c>.</summary>
    public static readonly IReadOnlyList<string> Services = ["Projects", "Repairs", "Complaints", "Surveys"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // The other side fetches the content before it answers.
    private static readonly TimeSpan PatienceWithCopies = TimeSpan.FromSeconds(60);

    /// <summary>All services with files but this one, as events call them.</summary>
    /// <param name="service">This one.</param>
    /// <param name="first">Which of them comes first.</param>
    public static IReadOnlyList<string> Besides(string service, string? first = null) =>
        [
            .. Services
                .Select(name => name.ToLowerInvariant())
                .Where(name => name != service)
                .OrderBy(name => name == first ? 0 : 1),
        ];

    public static string ClientOf(string service) => "files-of-" + service.ToLowerInvariant();

    public async Task<byte[]?> ReadAsync(
        string service,
        ContentQuestion which,
        bool thumbnail,
        CancellationToken cancellation
    )
    {
        var question = new FileQuestion
        {
            FileId = which.FileId?.ToString() ?? "",
            Sha256 = which.Sha256,
            Thumbnail = thumbnail,
        };
        using var content = new MemoryStream();
        try
        {
            using var call = Client(service)
                .Read(question, deadline: Within(Patience), cancellationToken: cancellation);
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

        return content.ToArray();
    }

    public async Task OfferAsync(string service, ContentToKeep content, CancellationToken cancellation)
    {
        var offer = new ContentOffer
        {
            Sha256 = content.Sha256,
            Service = content.Service,
            RecordId = content.RecordId.ToString(),
            PartIds = { content.Parts.Select(part => part.ToString()) },
        };
        try
        {
            await Client(service)
                .AdoptAsync(offer, deadline: Within(PatienceWithCopies), cancellationToken: cancellation);
        }
        catch (RpcException away) when (!cancellation.IsCancellationRequested)
        {
            throw new UnavailableException(Unavailable, away);
        }
    }

    private FileContents.FileContentsClient Client(string service) =>
        clients.CreateClient<FileContents.FileContentsClient>(ClientOf(service));

    // gRPC counts its deadline by the machine's clock, whatever clock the service runs by.
    private static DateTime Within(TimeSpan patience) => (TimeProvider.System.GetUtcNow() + patience).UtcDateTime;
}

/// <summary>Gives other services the bytes of the files that this one keeps (S2), and adopts what they erase (C8).</summary>
internal sealed class FileContentQuestions(
    IRecordStore store,
    IBlobs blobs,
    Thumbnails thumbnails,
    ContentAdoption adoption,
    Caller caller
) : FileContents.FileContentsBase
{
    private const int ChunkSize = 64 * 1024;

    public override async Task Read(
        FileQuestion request,
        IServerStreamWriter<FileChunk> responseStream,
        ServerCallContext context
    )
    {
        OnlyServices();
        var cancellation = context.CancellationToken;
        var hash = await HashAsync(request, cancellation);
        var content =
            hash is null ? null
            : request.Thumbnail ? await thumbnails.OfAsync(hash, cancellation)
            : await blobs.GetAsync(hash, cancellation);
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

    public override async Task<ContentAnswer> Adopt(ContentOffer request, ServerCallContext context)
    {
        OnlyServices();
        if (!IsHash(request.Sha256) || !Guid.TryParse(request.RecordId, out var record))
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "A hash and a record are needed."));
        }

        var content = new ContentToKeep(
            request.Sha256,
            request.Service,
            record,
            [.. request.PartIds.Select(part => Guid.TryParse(part, out var id) ? id : Guid.Empty)]
        );
        // What is away becomes UNAVAILABLE, and the caller keeps the content.
        return new() { Kept = await adoption.AdoptAsync(content, context.CancellationToken) };
    }

    // By the file where it is there; else by the hash, which nobody knows who was not told of the file.
    private async Task<string?> HashAsync(FileQuestion question, CancellationToken cancellation)
    {
        var id = Guid.TryParse(question.FileId, out var read) ? read : Guid.Empty;
        var file = (await store.ReadAsync<RecordFile>([id], cancellation)).SingleOrDefault();
        return file is { IsReference: false } ? file.Sha256
            : IsHash(question.Sha256) ? question.Sha256
            : null;
    }

    // People read files at their records, where it is known who sees them.
    private void OnlyServices()
    {
        if (!caller.Actor.Has(Roles.System))
        {
            throw new RpcException(new Status(StatusCode.PermissionDenied, "Only services ask for files."));
        }
    }

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
