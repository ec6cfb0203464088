using CustomerService.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Organisations that were merged (rule S4). A service that keeps records of outsiders registers it, and their accounts
/// act for the organisation that stayed from the moment on in which their records are its own.
/// </summary>
public interface IOrganisationMoves
{
    /// <summary>The organisation into which this one was merged; itself where it was not.</summary>
    Task<Guid> SurvivorOfAsync(Guid organisation, CancellationToken cancellation);
}

/// <summary>Short ways to <see cref="IOrganisationMoves"/>.</summary>
public static class OrganisationMoves
{
    /// <summary>For a filter: who looks for the records of an organisation that was merged finds those of the one that
    /// stayed, its own among them. Null, a filter that is not given, stays null.</summary>
    public static async Task<Guid?> StayedAsync(
        this IOrganisationMoves moves,
        Guid? organisation,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(moves);
        return organisation is { } id ? await moves.SurvivorOfAsync(id, cancellation) : null;
    }

    /// <summary>Lets an outsider whose organisation was merged act for the one that stayed.</summary>
    internal static async Task FollowAsync(HttpContext context, RequestDelegate next)
    {
        if (
            context.User.Identity?.IsAuthenticated == true
            && context.RequestServices.GetRequiredService<Caller>() is { Actor.OrganisationId: { } own } caller
            && !caller.Actor.IsStaff()
            && context.RequestServices.GetService<IOrganisationMoves>() is { } moves
        )
        {
            caller.ActFor(await moves.SurvivorOfAsync(own, context.RequestAborted));
        }

        await next(context);
    }
}
