using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Testing;

/// <summary>Walks over all endpoints of a service that take a body, with bodies as nobody should send them.</summary>
public static class HostileBodies
{
    private static readonly string?[] ContentTypes =
    [
        null,
        "",
        "a",
        "/",
        "application/json",
        "application/json; charset=\"utf-8\"",
        "application/json; charset=UTF8",
        "application/json; charset=utf-16",
        "application/json; charset=utf-7",
        "application/json; charset=nothing",
        "application/json; charset=",
        "application/json; charset=\"",
        "application/json; =; charset",
        "application/problem+json",
        "text/plain",
        "text/html; charset=\"big5\"",
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=\"utf-8\"",
        "application/x-www-form-urlencoded; charset=utf-32",
        "application/x-www-form-urlencoded; charset=nothing",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"a b\"",
        "multipart/form-data; boundary=b",
        "multipart/form-data; boundary=" + LongBoundary,
        "multipart/mixed; boundary=b",
        "application/octet-stream",
    ];

    private const string LongBoundary =
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
        + "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private static readonly byte[][] Bodies =
    [
        [],
        "{}"u8.ToArray(),
        "overall=satisfied&%zz=%ff"u8.ToArray(),
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc"u8.ToArray(),
        [0xFF, 0xFE, 0x7B, 0x00],
    ];

    /// <summary>The requests that a service answers with a 5xx; there must be none.</summary>
    /// <param name="service">The service.</param>
    /// <param name="token">Of somebody with all roles.</param>
    public static async Task<IReadOnlyList<string>> ServerErrorsAsync(RunningService service, string token)
    {
        ArgumentNullException.ThrowIfNull(service);
        using var client = new HttpClient { BaseAddress = service.Http };
        var wrong = new List<string>();
        var asked = 0;
        foreach (var (method, path) in Endpoints(service).Select(e => (e.Method, e.Path)))
        {
            foreach (var type in ContentTypes)
            {
                // The bodies in turn: each endpoint and each type meets all of them.
                var body = Bodies[asked++ % Bodies.Length];
                using var request = Request(method, path, type, body, token);
                // Commands read their body twice where they have a key.
                request.Headers.Add(CommandPipeline.KeyHeader, Guid.NewGuid().ToString());
                using var answer = await client.SendAsync(request);
                if (answer.StatusCode >= HttpStatusCode.InternalServerError)
                {
                    wrong.Add($"{(int)answer.StatusCode}: {method} {path} with {type} and {body.Length} bytes");
                }
            }
        }

        return asked > 0 ? wrong : ["No endpoint takes a body."];
    }

    // What is wrong for one command is right for another.
    private static readonly string?[] TypesOfOutsiders =
    [
        null,
        "a",
        "application/json",
        "application/json; charset=utf-16",
        "multipart/form-data; boundary=b",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ];

    /// <summary>The commands that tell callers without a role what a body must be or hold; there must be none.</summary>
    /// <param name="service">The service.</param>
    /// <param name="token">Of somebody who may do nothing.</param>
    public static async Task<IReadOnlyList<string>> ReadForOutsidersAsync(RunningService service, string token)
    {
        ArgumentNullException.ThrowIfNull(service);
        using var client = new HttpClient { BaseAddress = service.Http };
        var wrong = new List<string>();
        var asked = 0;
        foreach (var (method, path, endpoint) in Endpoints(service))
        {
            if (
                endpoint.Metadata.GetMetadata<CommandMetadata>() is null
                || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            )
            {
                continue;
            }

            foreach (var type in TypesOfOutsiders)
            {
                var body = ((string[])["", "{}", "[", "null"])[asked++ % 4];
                using var request = Request(method, path, type, Encoding.UTF8.GetBytes(body), token);
                using var answer = await client.SendAsync(request);
                if (answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound))
                {
                    wrong.Add($"{(int)answer.StatusCode}: {method} {path} with {type} and {body}");
                }
            }
        }

        return asked > 0 ? wrong : ["There is no command."];
    }

    private static HttpRequestMessage Request(string method, string path, string? type, byte[] body, string token)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return request;
    }

    private static IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> Endpoints(
        RunningService service
    ) =>
        from endpoint in service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        where method is "POST" or "PUT" or "PATCH"
        select (method, PathOf(endpoint.RoutePattern), endpoint);

    private static string PathOf(RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(PartOf))));

    private static string PartOf(RoutePatternPart part) =>
        part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter
                when parameter.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase) => Guid.NewGuid().ToString(),
            _ => "x",
        };
}
