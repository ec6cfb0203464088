using Yarp.ReverseProxy.Forwarder;

namespace CustomerService.Gateway.Proxy;

/// <summary>What a failed forwarding says: about the caller's request, about a replica, or nothing.</summary>
internal static class Failures
{
    /// <summary>No connection could be made, so nothing was sent. No request can bring this about.</summary>
    public static bool IsUnconnected(IForwarderErrorFeature failure) =>
        failure.Error == ForwarderError.Request
        && Chain(failure.Exception)
            .Any(e =>
                e
                    is HttpRequestException
                    {
                        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                    }
            );

    /// <summary>The request itself cannot be put on the wire: the fault is the caller's, and the service was never
    /// asked.</summary>
    public static bool IsUnsendable(IForwarderErrorFeature failure) =>
        failure.Error is ForwarderError.RequestCreation
        || (
            failure.Error is ForwarderError.Request
            && Chain(failure.Exception)
                .All(e =>
                    e
                        is ArgumentException
                            or FormatException
                            or NotSupportedException
                            or (InvalidOperationException and not ObjectDisposedException)
                            or HttpRequestException { HttpRequestError: HttpRequestError.Unknown }
                )
        );

    /// <summary>The replica took a read and said nothing in time. A request with a body may be waited for
    /// itself.</summary>
    public static bool IsSilence(HttpRequest request, IForwarderErrorFeature failure) =>
        failure.Error == ForwarderError.RequestTimedOut && IsRead(request);

    /// <summary>A GET or HEAD without a body.</summary>
    public static bool IsRead(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.ContentLength is null or 0
        && !request.Headers.ContainsKey("Transfer-Encoding");

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
