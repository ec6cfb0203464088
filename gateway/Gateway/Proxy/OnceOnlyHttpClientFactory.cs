using Yarp.ReverseProxy.Forwarder;

namespace CustomerService.Gateway.Proxy;

/// <summary>
/// Clients that send a request once. The platform's handler by itself sends a request without a body up to three
/// times more when the connection breaks before the answer, whatever the method; a DELETE that was carried out
/// would be carried out again. Whether to try again is decided in <see cref="Forwarding"/> alone.
/// </summary>
internal sealed class OnceOnlyHttpClientFactory : ForwarderHttpClientFactory
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = TimeSpan.FromSeconds(3);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new OnceOnly(base.WrapHandler(context, handler));

    private sealed class OnceOnly(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            // The handler repeats only while no body has been begun, and even an empty one is one.
            request.Content ??= new ByteArrayContent([]);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
