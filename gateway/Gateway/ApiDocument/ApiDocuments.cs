using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CustomerService.Gateway.ApiDocument;

/// <summary>Fetches the services' documents when somebody asks, and keeps the merged one for a while.</summary>
internal sealed partial class ApiDocuments(
    IHttpClientFactory http,
    GatewaySettings settings,
    AuthSettings auth,
    IOptionsMonitor<JwtBearerOptions> bearer,
    TimeProvider clock,
    ILogger<ApiDocuments> logger
) : IDisposable
{
    public const string Client = "api-documents";

    // An incomplete document is made again soon: the service may be back.
    private static readonly TimeSpan IncompleteLifetime = TimeSpan.FromSeconds(5);

    // The first document of a fresh process is slow, and on a small machine all services make theirs at the same
    // time. One that is down refuses at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // The page is of use without its sign-in, too.
    private static readonly TimeSpan PatienceOfThePage = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1);
    private byte[]? _document;
    private DateTimeOffset _until;

    public async Task<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_document is not null && clock.GetUtcNow() < _until)
            {
                return _document;
            }

            var fetched = await Task.WhenAll(
                settings.Services.Select(async service =>
                    (service.Key, Document: await FetchAsync(service.Key, service.Value, cancellationToken))
                )
            );
            var documents = fetched.Where(f => f.Document is not null).ToDictionary(f => f.Key, f => f.Document!);
            var missing = fetched.Where(f => f.Document is null).Select(f => f.Key).ToList();
            var discovered = await DiscoverAsync(cancellationToken);
            var signIn = discovered is null ? null : SignIn.From(discovered, auth);
            _document = JsonSerializer.SerializeToUtf8Bytes(
                MergedDocument.Merge(documents, missing, signIn),
                Json.Options
            );
            _until =
                clock.GetUtcNow()
                + (
                    (missing.Count > 0 || discovered is null) && settings.DocumentLifetime > IncompleteLifetime
                        ? IncompleteLifetime
                        : settings.DocumentLifetime
                );
            return _document;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Where people sign in; null while the issuer does not answer.</summary>
    public async Task<SignIn?> SignInAsync(CancellationToken cancellationToken)
    {
        try
        {
            return
                await DiscoverAsync(cancellationToken).WaitAsync(PatienceOfThePage, clock, cancellationToken)
                    is { } discovered
                ? SignIn.From(discovered, auth)
                : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>What the issuer says of itself; null while it does not answer.</summary>
    private async Task<OpenIdConnectConfiguration?> DiscoverAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await bearer
                .Get(JwtBearerDefaults.AuthenticationScheme)
                .ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception exception)
            when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            NotDiscovered(logger, auth.MetadataAddress, exception.Message);
            return null;
        }
    }

    private async Task<JsonObject?> FetchAsync(
        string service,
        IReadOnlyList<Replica> replicas,
        CancellationToken cancellationToken
    )
    {
        using var client = http.CreateClient(Client);
        foreach (var replica in replicas)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(Patience);
                await using var body = await client.GetStreamAsync(
                    new Uri(replica.Http, "openapi/v1.json"),
                    limit.Token
                );
                return await JsonNode.ParseAsync(body, cancellationToken: limit.Token) as JsonObject;
            }
            catch (Exception exception)
                when (exception is HttpRequestException or IOException or JsonException
                    || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                )
            {
                LeftOut(logger, service, replica.Http, exception.Message);
            }
        }

        return null;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "No answer from the issuer at {Address}; the documentation page has no sign-in until then: {Reason}"
    )]
    private static partial void NotDiscovered(ILogger logger, string address, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No OpenAPI document from {Service} at {Address}: {Reason}")]
    private static partial void LeftOut(ILogger logger, string service, Uri address, string reason);
}
