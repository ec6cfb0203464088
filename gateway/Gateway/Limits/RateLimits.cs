using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CustomerService.ServiceDefaults;

namespace CustomerService.Gateway.Limits;

/// <summary>
/// Budgets that fill up again with time, one a client address and one a user. They keep one caller from taking
/// the system
/// away from the others; they are not a quota.
/// </summary>
internal sealed class RateLimits(GatewaySettings settings) : IDisposable
{
    // Where a password or the secret of a client can be tried.
    private static readonly string[] SignInPaths =
    [
        "/account/login",
        "/connect/token",
        "/connect/introspect",
        "/connect/revoke",
    ];

    private readonly PartitionedRateLimiter<HttpContext> _perAddress = Limiter(settings.PerAddress, ClientAddress);
    private readonly PartitionedRateLimiter<HttpContext> _signIns = Limiter(settings.SignIns, ClientAddress);
    private readonly PartitionedRateLimiter<HttpContext> _perUser = Limiter(
        settings.PerUser,
        context => context.User.FindFirst("sub")?.Value ?? ""
    );

    /// <summary>Before the token is looked at: checking it costs something too.</summary>
    public async Task LimitAddressAsync(HttpContext context, RequestDelegate next)
    {
        if (
            await RefuseAsync(context, _perAddress)
            || (IsSignIn(context.Request) && await RefuseAsync(context, _signIns))
        )
        {
            return;
        }

        await next(context);
    }

    public async Task LimitUserAsync(HttpContext context, RequestDelegate next)
    {
        if (context.User.Identity?.IsAuthenticated == true && await RefuseAsync(context, _perUser))
        {
            return;
        }

        await next(context);
    }

    public void Dispose()
    {
        _perAddress.Dispose();
        _signIns.Dispose();
        _perUser.Dispose();
    }

    // Identity takes an address with a slash at its end for the same one.
    private static bool IsSignIn(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && SignInPaths.Contains(request.Path.Value?.TrimEnd('/') ?? "", StringComparer.OrdinalIgnoreCase);

    // A household or a site has a whole IPv6 network of this size.
    private static string ClientAddress(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private static PartitionedRateLimiter<HttpContext> Limiter(Rate rate, Func<HttpContext, string> key)
    {
        // Small steps rather than one big one a minute: a caller that is over waits for a moment only.
        var step = Math.Max(1, rate.PerMinute / 60);
        var options = new TokenBucketRateLimiterOptions
        {
            TokenLimit = rate.Burst,
            TokensPerPeriod = step,
            ReplenishmentPeriod = TimeSpan.FromMinutes((double)step / rate.PerMinute),
            QueueLimit = 0,
            AutoReplenishment = false,
        };
        return PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.GetTokenBucketLimiter(key(context), _ => options)
        );
    }

    private static async Task<bool> RefuseAsync(HttpContext context, PartitionedRateLimiter<HttpContext> limiter)
    {
        using var lease = limiter.AttemptAcquire(context);
        if (lease.IsAcquired)
        {
            return false;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))
            .ToString(CultureInfo.InvariantCulture);
        await context.Response.WriteAsJsonAsync(
            Problems.Create(context, StatusCodes.Status429TooManyRequests, "too-many-requests"),
            Json.Options,
            Problems.ContentType,
            context.RequestAborted
        );
        return true;
    }
}
