using System.Security.Claims;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations;
using Microsoft.AspNetCore.Mvc;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>What every endpoint behind a link does: the address holds a secret, and holding it is the
/// permission.</summary>
internal static class SecretAddress
{
    /// <summary>Keeps the address out of caches and referrers.</summary>
    public static ValueTask<object?> ProtectAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var headers = invocation.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.Vary = "Accept, Accept-Language";
        return next(invocation);
    }

    /// <summary>
    /// Makes the holder of the link the caller, whatever else the request carries, so that every link has
    /// Idempotency-Keys of its own; and where two answers raced, tells the loser about the link instead of versions.
    /// </summary>
    public static async ValueTask<object?> IdentifyHolderAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var context = invocation.HttpContext;
        var typed = invocation.GetArgument<string>(0);
        var token = LinkTokens.Normalise(typed) ?? typed;
        context.User = new ClaimsPrincipal(
            new ClaimsIdentity([new Claim("sub", "link:" + SecretLink.HashOf(token))], "link")
        );
        var result = await next(invocation);
        return
            CodeOf(result) is "stale-version" or "already-exists"
            && await WhyClosedNowAsync(context, token) is { } closed
            ? Problems.Result(context, closed)
            : result;
    }

    /// <summary>The problem of an answer; null where it is none.</summary>
    public static ProblemDetails? ProblemOf(object? result) => (result as IValueHttpResult)?.Value as ProblemDetails;

    /// <summary>The code of a problem.</summary>
    public static string? CodeOf(object? result) => ProblemOf(result)?.Extensions["code"] as string;

    /// <summary>Why the link is closed as the store has it now, past what this request has in hand.</summary>
    private static async Task<Refusal?> WhyClosedNowAsync(HttpContext context, string token)
    {
        await using var scope = context.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        var link = scope.ServiceProvider.GetRequiredService<FormLink>();
        var invitation = await link.FindAsync(token, context.RequestAborted);
        return invitation?.WhyClosed(link.ContextOf(invitation));
    }
}
