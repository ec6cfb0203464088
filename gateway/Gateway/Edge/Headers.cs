namespace CustomerService.Gateway.Edge;

/// <summary>What callers must not be able to say, and what browsers are told.</summary>
internal static class Headers
{
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>
    /// Headers by which something in front of a service tells it what it has established. From outside they are
    /// claims of a stranger. X-Forwarded-* of a trusted proxy has been taken over into the request by now and is
    /// written again.
    /// </summary>
    private static readonly string[] Untrusted =
    [
        "Forwarded",
        "X-Real-IP",
        "X-Client-IP",
        "X-Cluster-Client-IP",
        "True-Client-IP",
        "CF-Connecting-IP",
        "X-Original-For",
        "X-Original-Host",
        "X-Original-Proto",
        "X-Original-URL",
        "X-Original-Method",
        "X-Rewrite-URL",
        "X-HTTP-Method",
        "X-HTTP-Method-Override",
        "X-Method-Override",
        "X-User",
        "X-User-Id",
        "X-User-Name",
        "X-Roles",
        "X-Remote-User",
        "X-Authenticated-User",
        "Remote-User",
        "X-Client-Cert",
        "X-SSL-Client-Cert",
    ];

    private static readonly string[] UntrustedPrefixes =
    [
        "X-Forwarded-",
        "X-MS-CLIENT-",
        "X-Auth-Request-",
        "X-Internal-",
    ];

    /// <summary>The documentation page brings its own script and styles and sends its requests here and to
    /// where tokens are, nowhere else.</summary>
    public static string DocsPolicy(Uri? token) =>
        "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + $"font-src 'self' data:; connect-src {(token is null ? "'self'" : "'self' " + token.GetLeftPart(UriPartial.Authority))}; "
        + "worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    public static Task StripAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        foreach (var name in Untrusted)
        {
            headers.Remove(name);
        }

        foreach (
            var name in headers
                .Keys.Where(key =>
                    UntrustedPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                )
                .ToList()
        )
        {
            headers.Remove(name);
        }

        return next(context);
    }

    public static Task SecureAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            // A repairer's page may say where it is (P3.2.3); no other may ask.
            var asksPlace = context.Request.Path.StartsWithSegments("/api/repairs/v1/repair-links");
            headers["Permissions-Policy"] =
                $"camera=(), geolocation=({(asksPlace ? "self" : "")}), microphone=(), payment=(), usb=()";
            if (!headers.ContainsKey("Referrer-Policy"))
            {
                headers["Referrer-Policy"] = "no-referrer";
            }

            // The sign-in pages say their own, tighter where it matters and open to where they send people
            // back; so does the documentation page.
            if (headers.ContentSecurityPolicy.Count == 0)
            {
                headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/docs")
                    ? DocsPolicy(null)
                    : ApiPolicy;
            }

            if (context.Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            }

            headers.Remove("Server");
            headers.Remove("X-Powered-By");
            return Task.CompletedTask;
        });
        return next(context);
    }
}
