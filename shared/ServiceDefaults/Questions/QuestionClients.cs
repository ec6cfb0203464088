using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CustomerService.ServiceDefaults;

/// <summary>Questions to other services by gRPC, asked under this service's own account.</summary>
public static class QuestionClients
{
    // The library looks up no more often.
    private static readonly TimeSpan LookUpAgain = TimeSpan.FromSeconds(15);

    // An answer with extracts of several drawings; the library takes 4 MB.
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>
    /// Adds a typed gRPC client. Address: <c>Services:{service}:Grpc</c>. Account:
    /// <c>ServiceAccount:ClientId</c> and <c>:ClientSecret</c>;
    /// <c>:Scope</c> (default <c>api</c>) and <c>:Resource</c> (RFC 8707, none by default) are what the issuer
    /// wants to hear for a token of our audience.
    /// Calls go to all replicas behind the name in turn. One that finds the other side unavailable is tried three
    /// times within its deadline, one that gets no answer for half a second is asked at another replica, too, and a
    /// replica that keeps silent is left out; give every call a deadline (2 s is usual) and an answer for the case
    /// that nobody answers.
    /// </summary>
    public static IHttpClientBuilder AddQuestions<TClient>(
        this IServiceCollection services,
        IConfiguration configuration,
        string service
    )
        where TClient : ClientBase<TClient> =>
        services.AddQuestions<TClient>(typeof(TClient).Name, configuration, service);

    /// <summary>The same for a question that several services answer: each client has a name, under which
    /// <c>GrpcClientFactory</c> makes it.</summary>
    public static IHttpClientBuilder AddQuestions<TClient>(
        this IServiceCollection services,
        string name,
        IConfiguration configuration,
        string service
    )
        where TClient : ClientBase<TClient>
    {
        var address = new Uri(Settings.Url(configuration, $"Services:{service}:Grpc", "http://localhost:8081"));
        services.TryAddSingleton<ResolverFactory>(new DnsResolverFactory(LookUpAgain));
        var policy = "answering-" + name;
        var count = new ReplicaCount();
        services.AddSingleton<LoadBalancerFactory>(provider => new AnsweringReplicas.Factory(
            policy,
            count,
            provider.GetRequiredService<TimeProvider>()
        ));
        services.TryAddSingleton<ServiceTokens>();
        services.AddHostedService<TokenWarmUp>();
        services.AddHttpClient(ServiceTokens.HttpClientName, client => client.Timeout = ServiceTokens.Patience);
        return services
            .AddGrpcClient<TClient>(
                name,
                client =>
                {
                    // By name, so that all replicas behind it are asked in turn, and new ones are found.
                    client.Address = new Uri($"dns:///{address.Host}:{address.Port}");
                    client.ChannelOptionsActions.Add(channel =>
                    {
                        channel.Credentials =
                            address.Scheme == Uri.UriSchemeHttps
                                ? ChannelCredentials.SecureSsl
                                : ChannelCredentials.Insecure;
                        channel.UnsafeUseInsecureChannelCallCredentials = true;
                        channel.MaxReceiveMessageSize = MostBytes;
                        // A replica that is back is asked again within this time; the library would wait for up to 2 min.
                        channel.InitialReconnectBackoff = TimeSpan.FromMilliseconds(200);
                        channel.MaxReconnectBackoff = TimeSpan.FromSeconds(1);
                        channel.ServiceConfig = new ServiceConfig
                        {
                            LoadBalancingConfigs = { new LoadBalancingConfig(policy) },
                            MethodConfigs =
                            {
                                new MethodConfig
                                {
                                    Names = { MethodName.Default },
                                    RetryPolicy = new RetryPolicy
                                    {
                                        MaxAttempts = 3,
                                        InitialBackoff = TimeSpan.FromMilliseconds(50),
                                        MaxBackoff = TimeSpan.FromMilliseconds(400),
                                        BackoffMultiplier = 2,
                                        // The second is what becomes of a connection that broke while it waited; what
                                        // a service itself cannot do is Unknown.
                                        RetryableStatusCodes = { StatusCode.Unavailable, StatusCode.Internal },
                                    },
                                },
                            },
                        };
                    });
                }
            )
            // A replica that hangs keeps its connection; the ping finds out.
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    EnableMultipleHttp2Connections = true,
                    // No ConnectTimeout: with one, a replica that was listed before it listened was seen to stay unasked,
                    // its channel for ever connecting. The deadline of each call bounds the wait.
                    KeepAlivePingDelay = TimeSpan.FromSeconds(5),
                    KeepAlivePingTimeout = TimeSpan.FromSeconds(3),
                    KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
                }
            )
            .AddInterceptor(
                InterceptorScope.Channel,
                provider => new AskAnother(count, provider.GetRequiredService<TimeProvider>())
            )
            .AddCallCredentials(
                async (context, metadata, provider) =>
                    metadata.Add(
                        "Authorization",
                        "Bearer "
                            + await provider.GetRequiredService<ServiceTokens>().GetAsync(context.CancellationToken)
                    )
            );
    }
}

/// <summary>The access token of this service's own account, by client credentials; kept until shortly before it
/// expires.</summary>
public sealed class ServiceTokens : IDisposable
{
    internal const string HttpClientName = "service-tokens";

    // A replica of the issuer that hangs is not waited for longer.
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IHttpClientFactory _http;
    private readonly TimeProvider _time;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _metadata;
    private readonly string _clientId;
    private readonly string _clientSecret;
    private readonly string _scope;
    private readonly string _resource;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _token;
    private DateTimeOffset _until;

    public ServiceTokens(IHttpClientFactory http, IConfiguration configuration, AuthSettings auth, TimeProvider time)
    {
        _http = http;
        _time = time;
        _clientId = Settings.Required(
            configuration,
            "ServiceAccount:ClientId",
            "the account under which this service asks others"
        );
        _clientSecret = Settings.Required(configuration, "ServiceAccount:ClientSecret", "the secret of that account");
        // An empty scope is one, too: some issuers know none.
        _scope = configuration["ServiceAccount:Scope"] ?? "api";
        _resource = configuration["ServiceAccount:Resource"] ?? "";
        _metadata = new ConfigurationManager<OpenIdConnectConfiguration>(
            auth.MetadataAddress,
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http.CreateClient(HttpClientName))
            {
                RequireHttps = auth.MetadataAddress.StartsWith("https", StringComparison.Ordinal),
            }
        );
    }

    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (_token is { } known && _time.GetUtcNow() < _until)
        {
            return known;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_token is { } fresh && _time.GetUtcNow() < _until)
            {
                return fresh;
            }

            var metadata = await _metadata.GetConfigurationAsync(cancellationToken);
            using var request = new HttpRequestMessage(HttpMethod.Post, metadata.TokenEndpoint)
            {
                Content = new FormUrlEncodedContent(Form()),
            };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var client = _http.CreateClient(HttpClientName);
            using var response = await client.SendAsync(request, cancellationToken);
            response.EnsureSuccessStatusCode();
            var answer =
                await response.Content.ReadFromJsonAsync<TokenAnswer>(cancellationToken)
                ?? throw new HttpRequestException("The issuer gave an empty answer.");
            _token = answer.AccessToken;
            _until = _time.GetUtcNow().AddSeconds(Math.Max(answer.ExpiresIn - 60, 5));
            return _token;
        }
        finally
        {
            _gate.Release();
        }
    }

    private Dictionary<string, string> Form()
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = _clientId,
            ["client_secret"] = _clientSecret,
        };
        if (_scope.Length > 0)
        {
            form["scope"] = _scope;
        }

        if (_resource.Length > 0)
        {
            form["resource"] = _resource;
        }

        return form;
    }

    public void Dispose() => _gate.Dispose();

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn
    );
}
