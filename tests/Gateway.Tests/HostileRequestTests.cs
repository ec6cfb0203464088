using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Tests;

/// <summary>Requests as nobody should send them, byte by byte, over a bare connection.</summary>
public sealed class HostileRequestTests
{
    private const string Ok = "Host: gateway\r\nConnection: close\r\n";

    // As often as a policy that counts failures would need, and some more.
    private const int Times = 16;

    private static readonly string[] PassedOn =
    [
        "User-Agent",
        "Referer",
        "Cookie",
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "Authorization",
        "Origin",
        "From",
        "If-Match",
        "If-None-Match",
        "If-Modified-Since",
        "If-Range",
        "Range",
        "Content-Type",
        "Content-Disposition",
        "Content-Encoding",
        "Content-Language",
        "Content-Location",
        "Content-MD5",
        "Content-Range",
        "Expires",
        "Last-Modified",
        "Allow",
        "Date",
        "Via",
        "Warning",
        "Pragma",
        "Cache-Control",
        "Max-Forwards",
        "Trailer",
        "TE",
        "Upgrade",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authorization",
        "Idempotency-Key",
        "X-Correlation-Id",
        "X-Forwarded-For",
        "X-Anything",
        "traceparent",
        "tracestate",
        "baggage",
        "Correlation-Context",
        "Request-Id",
        "Expect",
        "Priority",
        "Alt-Used",
    ];

    private static readonly (string Name, string Bytes)[] Values =
    [
        ("UTF-8", "Caf\u00C3\u00A9"),
        ("Latin-1", "Caf\u00E9"),
        ("half a character", "Caf\u00C3"),
        ("a surrogate", "\u00ED\u00A0\u0080"),
        ("a control character", "a\u0001b"),
        ("DEL", "a\u007Fb"),
        ("a tab", "a\tb"),
        ("nothing", ""),
        ("commas", ",,,"),
        ("an open quote", "\"a"),
        ("NUL", "a\0b"),
    ];

    /// <summary>Every request, by a name that says what is wrong with it. One char is one byte.</summary>
    private static IEnumerable<(string Name, string Bytes)> Requests()
    {
        foreach (var header in PassedOn)
        {
            foreach (var (what, value) in Values)
            {
                yield return ($"{header} with {what}", Get(header + ": " + value + "\r\n"));
            }
        }

        yield return ("a name beyond ASCII", Get("X-Caf\u00C3\u00A9: a\r\n"));
        yield return ("a name with a blank", Get("X A: a\r\n"));
        yield return ("an empty name", Get(": a\r\n"));
        yield return ("a bare CR in a value", Get("X-A: a\rb\r\n"));
        yield return ("a bare LF in a value", Get("X-A: a\nX-B: b\r\n"));
        yield return ("trailing CRs", Get("X-A: a\r\r\n"));
        yield return ("a folded value", Get("X-A: a\r\n b\r\n"));
        yield return ("a huge header", Get("X-A: " + new string('a', 20_000) + "\r\n"));
        yield return ("a header beyond all limits", Get("X-A: " + new string('a', 200_000) + "\r\n"));
        yield return ("as many bytes as go through", Get(Many(70, 320)));
        yield return ("many headers", Get(Many(75, 3)));
        yield return ("very many headers", Get(Many(500, 3)));

        foreach (
            var host in (string[])
                ["", "a b", "caf\u00C3\u00A9", "evil:99999", "a/b", "[::1", "a:b:c", "a\r\nHost: b", "-", "%"]
        )
        {
            yield return ("Host " + host, $"GET /account/x HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        }

        yield return ("no Host", "GET /account/x HTTP/1.1\r\nConnection: close\r\n\r\n");
        foreach (
            var line in (string[])
                [
                    "GET http://evil.example/account/x HTTP/1.1",
                    "GET http://gateway/account/x HTTP/1.1",
                    "GET ftp://gateway/account/x HTTP/1.1",
                    "GET gateway:80 HTTP/1.1",
                    "OPTIONS * HTTP/1.1",
                    "OPTIONS /account/x HTTP/1.1",
                    "CONNECT gateway:80 HTTP/1.1",
                    "CONNECT /account/x HTTP/1.1",
                    "TRACE /account/x HTTP/1.1",
                    "FOO /account/x HTTP/1.1",
                    "get /account/x HTTP/1.1",
                    "G\u00C3\u00A9T /account/x HTTP/1.1",
                    new string('M', 300) + " /account/x HTTP/1.1",
                    "M@ /account/x HTTP/1.1",
                    " /account/x HTTP/1.1",
                    "GET /account/x HTTP/1.0",
                    "GET /account/x HTTP/3.9",
                    "GET /account/x",
                    "PRI * HTTP/2.0",
                    "GET /account/caf\u00C3\u00A9 HTTP/1.1",
                    "GET /account/x?q=caf\u00C3\u00A9 HTTP/1.1",
                    "GET /account/x?q=\u0001 HTTP/1.1",
                    "GET /account/x?q=% HTTP/1.1",
                    "GET /docs?\u007F HTTP/1.1",
                    "GET /docs?\u0001 HTTP/1.1",
                    "GET /docs?code=% HTTP/1.1",
                    "GET /?\u007F HTTP/1.1",
                    "GET /openapi/v1.json?\u007F HTTP/1.1",
                    "GET /events/\u007F.schema.json HTTP/1.1",
                    "GET /account/x?q=%zz&%00=%ff HTTP/1.1",
                    "GET /account/x?a#b?c HTTP/1.1",
                    "GET /account/x?q={}|^`\"<> HTTP/1.1",
                    "GET /account/{}|^`\"<> HTTP/1.1",
                    "GET /account/%2f%5c%2e%2e HTTP/1.1",
                    "GET /account/%c3%28%ff HTTP/1.1",
                    "GET /account/%00 HTTP/1.1",
                    "GET /account//..//x\\y HTTP/1.1",
                    "GET /account/%0d%0aX-A:%20b HTTP/1.1",
                    "GET /account/" + new string('"', 7_900) + " HTTP/1.1",
                    "GET /account/" + new string('a', 9_000) + " HTTP/1.1",
                    "GET /account/x?" + new string('%', 7_900) + " HTTP/1.1",
                ]
        )
        {
            yield return (line[..Math.Min(line.Length, 60)], line + "\r\n" + Ok + "\r\n");
        }

        foreach (
            var (headers, body) in (ValueTuple<string, string>[])
                [
                    ("Expect: 100-continue\r\nContent-Length: 3", "abc"),
                    ("Expect: 100-continue\r\nContent-Length: 3", ""),
                    ("Expect: something\r\nContent-Length: 3", "abc"),
                    ("Transfer-Encoding: gzip, chunked", "3\r\nabc\r\n0\r\n\r\n"),
                    ("Transfer-Encoding: chunked, gzip", "3\r\nabc\r\n0\r\n\r\n"),
                    ("Transfer-Encoding: chunked, chunked", "3\r\nabc\r\n0\r\n\r\n"),
                    ("Transfer-Encoding: identity", "abc"),
                    ("Transfer-Encoding: \u000Bchunked", "3\r\nabc\r\n0\r\n\r\n"),
                    ("Transfer-Encoding: chunked\r\nContent-Length: 3", "3\r\nabc\r\n0\r\n\r\n"),
                    ("Transfer-Encoding: chunked", "zz\r\nabc\r\n0\r\n\r\n"),
                    ("Transfer-Encoding: chunked", "-3\r\nabc\r\n0\r\n\r\n"),
                    ("Transfer-Encoding: chunked", "ffffffffffffffff\r\nabc"),
                    ("Transfer-Encoding: chunked", "3;a=\"b\r\nabc\r\n0\r\n\r\n"),
                    ("Transfer-Encoding: chunked", "3\r\nabcdef\r\n0\r\n\r\n"),
                    ("Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\nX-Trailer: caf\u00C3\u00A9\r\n\r\n"),
                    ("Transfer-Encoding: chunked", "3\nabc\n0\n\n"),
                    ("Transfer-Encoding: chunked", "3\r\nab"),
                    ("Content-Length: 3\r\nContent-Length: 4", "abc"),
                    ("Content-Length: -1", "abc"),
                    ("Content-Length: 99999999999999999999", "abc"),
                    ("Content-Length: 9999999999", "abc"),
                    ("Content-Length: 3, 3", "abc"),
                    ("Content-Length: 100", "abc"),
                    ("Content-Length: 1000000", "abc"),
                    ("Content-Encoding: gzip\r\nContent-Length: 3", "abc"),
                    ("Content-Type: a\r\nContent-Length: 3", "abc"),
                    ("Content-Type: text/plain; charset=\"utf-8\"\r\nContent-Length: 3", "abc"),
                    ("Content-Type: text/plain; charset=nothing\r\nContent-Length: 3", "abc"),
                    ("Content-Type: multipart/form-data\r\nContent-Length: 3", "abc"),
                    ("Upgrade: websocket\r\nContent-Length: 3", "abc"),
                ]
        )
        {
            foreach (var method in (string[])["POST", "GET", "DELETE"])
            {
                yield return (
                    $"{method} with {headers} and {body}",
                    $"{method} /account/x HTTP/1.1\r\n{Ok}{headers}\r\n\r\n{body}"
                );
            }
        }

        const string Key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n";
        foreach (
            var upgrade in (string[])
                [
                    "Connection: Upgrade\r\nUpgrade: websocket\r\n" + Key,
                    "Connection: Upgrade\r\nUpgrade: websocket\r\n",
                    "Connection: Upgrade\r\nUpgrade: caf\u00C3\u00A9\r\n",
                    "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
                    "Connection: Upgrade, Authorization, Host, Content-Length\r\nUpgrade: SPDY/3.1\r\n",
                    "Connection: caf\u00C3\u00A9\r\n",
                    "Connection: Transfer-Encoding, X-Forwarded-For, traceparent\r\n",
                ]
        )
        {
            yield return (upgrade, $"GET /account/x HTTP/1.1\r\nHost: gateway\r\n{upgrade}\r\n");
        }

        yield return ("two requests at once", "GET /account/x HTTP/1.1\r\nHost: gateway\r\n\r\n" + Get("X-A: b\r\n"));
        yield return ("bytes of TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00FC\u0003\u0003");
        yield return ("half a request", "GET /account/x HT");
        yield return ("nothing at all", "");
        yield return ("empty lines", "\r\n\r\n\r\n" + Get(""));
    }

    [Fact]
    public async Task No_request_gives_a_5xx_or_takes_a_service_away_from_others()
    {
        await using var identity = await StubService.StartAsync();
        identity.Answer = EchoAsync;
        // What the probes would repair between two requests must not count.
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("identity", identity.Address.AbsoluteUri, null)],
            new()
            {
                ["Gateway:Health:IntervalMilliseconds"] = "600000",
                ["Gateway:RateLimits:PerAddress:Burst"] = "1000000",
            }
        );
        var wrong = new List<string>();
        foreach (var batch in Requests().Chunk(25))
        {
            await Task.WhenAll(
                batch.SelectMany(request =>
                    Enumerable
                        .Range(0, request.Name.StartsWith("User-Agent", StringComparison.Ordinal) ? Times : 1)
                        .Select(async _ =>
                        {
                            var status = await SendAsync(gateway.Address, request.Bytes);
                            // The server's own word for a version of HTTP that it does not speak.
                            if (status is >= 500 and not StatusCodes.Status505HttpVersionNotsupported)
                            {
                                lock (wrong)
                                {
                                    wrong.Add($"{status}: {request.Name}");
                                }
                            }
                        })
                )
            );
            using var others = await gateway.GetAsync("/account/x");
            others.StatusCode.ShouldBe(HttpStatusCode.OK, "after " + string.Join(" | ", batch.Select(b => b.Name)));
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("X-A: a\r\nContent-Length: 1000000\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    public async Task Bodies_that_stop_coming_say_nothing_about_the_service(string headers)
    {
        await using var identity = await StubService.StartAsync();
        identity.Answer = EchoAsync;
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("identity", identity.Address.AbsoluteUri, null)],
            new() { ["Gateway:Health:IntervalMilliseconds"] = "600000" }
        );
        var request = $"POST /account/x HTTP/1.1\r\n{Ok}{headers}\r\n3\r\nabc\r\n";
        // Some stay and are told, others break off in the middle.
        var statuses = await Task.WhenAll(
            Enumerable.Range(0, Times).Select(i => SendAsync(gateway.Address, request, breakOff: i % 2 == 0))
        );

        statuses.Where(status => status > 0).ShouldAllBe(status => status >= 400 && status < 500);
        statuses.ShouldContain(408);
        using var others = await gateway.GetAsync("/account/x");
        others.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/account/", 9_000)]
    [InlineData("/account/x?q=", 40_000)]
    public async Task An_address_that_is_too_long_is_told_so(string path, int length)
    {
        await using var identity = await StubService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync([("identity", identity.Address.AbsoluteUri, null)]);

        using var answer = await gateway.GetAsync(path + new string('a', length));

        ((int)answer.StatusCode).ShouldBe(StatusCodes.Status414UriTooLong);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"address-too-long\"");
        identity.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Headers_beyond_ASCII_go_on_in_UTF_8_both_ways()
    {
        await using var identity = await StubService.StartAsync();
        identity.Answer = EchoAsync;
        await using var gateway = await GatewayUnderTest.StartAsync([("identity", identity.Address.AbsoluteUri, null)]);
        var answer = await ReadAsync(gateway.Address, Get("User-Agent: Caf\u00C3\u00A9 \u00E9\u0099\u00B3\r\n"));

        answer.ShouldStartWith("HTTP/1.1 200");
        identity.Requests.Single().Headers.UserAgent.ToString().ShouldBe("Café 陳");
        answer.ShouldContain("X-Echo: Caf\u00C3\u00A9 \u00E9\u0099\u00B3");
    }

    private static async Task EchoAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        var agent = context.Request.Headers.UserAgent.ToString();
        if (!agent.Any(char.IsControl))
        {
            context.Response.Headers["X-Echo"] = agent;
        }

        await context.Response.WriteAsync("read");
    }

    private static string Get(string headers) => $"GET /account/x HTTP/1.1\r\n{Ok}{headers}\r\n";

    private static string Many(int count, int length) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: {new string('a', length)}\r\n"));

    /// <summary>The status; 0 where there was none.</summary>
    private static async Task<int> SendAsync(Uri address, string request, bool breakOff = false)
    {
        var answer = await ReadAsync(address, request, breakOff);
        return answer.StartsWith("HTTP/1.", StringComparison.Ordinal)
            ? int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }

    private static async Task<string> ReadAsync(Uri address, string request, bool breakOff = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port);
        await using var stream = client.GetStream();
        var answer = new MemoryStream();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(breakOff ? 0.3 : 15));
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), patience.Token);
            if (request.EndsWith("HT", StringComparison.Ordinal) || request.Length == 0)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }

            var buffer = new byte[8192];
            int read;
            while (answer.Length < 64 && (read = await stream.ReadAsync(buffer, patience.Token)) > 0)
            {
                answer.Write(buffer, 0, read);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // Closed in our face, or by us; both are no answer.
        }

        if (breakOff)
        {
            client.LingerState = new LingerOption(true, 0);
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
