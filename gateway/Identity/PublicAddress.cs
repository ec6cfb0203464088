namespace CustomerService.Identity;

/// <summary>
/// Gives what comes through the gateway the one public address, whatever its <c>Host</c> header says: discovery and
/// redirects are made of it. Services ask at the inner address, which reaches no caller from outside, and keep it, so
/// that they find the keys there.
/// </summary>
internal static class PublicAddress
{
    private const string Forwarded = "X-Forwarded-For";

    public static Func<HttpContext, RequestDelegate, Task> Of(IdentitySettings settings)
    {
        var host = new HostString(settings.Issuer.Authority);
        return (context, next) =>
        {
            // The gateway writes the header itself and passes on nobody else's.
            if (context.Request.Headers.ContainsKey(Forwarded))
            {
                context.Request.Host = host;
                context.Request.Scheme = settings.Issuer.Scheme;
                context.Request.Headers["X-Forwarded-Proto"] = settings.Issuer.Scheme;
            }

            return next(context);
        };
    }
}
