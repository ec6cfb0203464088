using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CustomerService.ServiceDefaults;

/// <summary>Endpoints below <c>…/{token}</c> whose caller is the holder of a <see cref="SecretLink"/>. They need no other
/// sign-in; the token is their first argument.</summary>
public static class LinkHolders
{
    /// <summary>Keeps the address out of caches and referrers, and makes the holder of the link the caller, so that every
    /// link has Idempotency-Keys of its own.</summary>
    public static RouteHandlerBuilder ForLinkHolders(this RouteHandlerBuilder builder) =>
        builder.AddEndpointFilter(HoldAsync).AllowAnonymous().ProducesProblems(StatusCodes.Status410Gone);

    /// <summary>Keeps the address out of caches and referrers.</summary>
    public static RouteHandlerBuilder WithSecretAddress(this RouteHandlerBuilder builder) =>
        builder.AddEndpointFilter(ProtectAsync).ProducesProblems(StatusCodes.Status410Gone);

    private static ValueTask<object?> HoldAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        invocation.HttpContext.User = new ClaimsPrincipal(
            new ClaimsIdentity(
                [new Claim("sub", "link:" + SecretLink.HashOf(invocation.GetArgument<string>(0)))],
                "link"
            )
        );
        return ProtectAsync(invocation, next);
    }

    private static ValueTask<object?> ProtectAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var headers = invocation.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        return next(invocation);
    }
}
