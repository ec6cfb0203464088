using System.Globalization;
using System.Threading.RateLimiting;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.RateLimiting;

namespace CustomerService.Gateway.Limits;

/// <summary>
/// Budgets that fill up again with time, one a client address and one a user. They keep one caller from taking
/// the system away from the others; they are not a quota.
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

    /// <summary>Everything from one client address, and of that the attempts to sign in.</summary>
    public RateLimiterOptions OfAddresses { get; } =
        Options(
            PartitionedRateLimiter.CreateChained(
                Limiter(settings.PerAddress, ClientAddress.Of),
                Limiter(settings.SignIns, context => IsSignIn(context.Request) ? ClientAddress.Of(context) : null)
            )
        );

    /// <summary>Everything under one token subject.</summary>
    public RateLimiterOptions OfUsers { get; } =
        Options(
            Limiter(
                settings.PerUser,
                context =>
                    context.User.Identity?.IsAuthenticated == true ? context.User.FindFirst("sub")?.Value ?? "" : null
            )
        );

    public void Dispose()
    {
        OfAddresses.GlobalLimiter?.Dispose();
        OfUsers.GlobalLimiter?.Dispose();
    }

    // Identity takes an address with a slash at its end for the same one.
    private static bool IsSignIn(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && SignInPaths.Contains(request.Path.Value?.TrimEnd('/') ?? "", StringComparer.OrdinalIgnoreCase);

    private static RateLimiterOptions Options(PartitionedRateLimiter<HttpContext> limiter) =>
        new()
        {
            GlobalLimiter = limiter,
            RejectionStatusCode = StatusCodes.Status429TooManyRequests,
            OnRejected = RefuseAsync,
        };

    /// <param name="rate">The budget.</param>
    /// <param name="key">Whose budget a request takes from; null where it takes from none.</param>
    private static PartitionedRateLimiter<HttpContext> Limiter(Rate rate, Func<HttpContext, string?> key)
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
            key(context) is { } partition
                ? RateLimitPartition.GetTokenBucketLimiter("of " + partition, _ => options)
                : RateLimitPartition.GetNoLimiter("")
        );
    }

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var context = rejected.HttpContext;
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after)
            ? after
            : TimeSpan.FromSeconds(1);
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))
            .ToString(CultureInfo.InvariantCulture);
        await context.Response.WriteAsJsonAsync(
            Problems.Create(context, StatusCodes.Status429TooManyRequests, "too-many-requests"),
            Json.Options,
            Problems.ContentType,
            cancellationToken
        );
    }
}
