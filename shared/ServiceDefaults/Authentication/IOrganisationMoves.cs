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

internal static class OrganisationMoves
{
    /// <summary>Lets an outsider whose organisation was merged act for the one that stayed.</summary>
    public static async Task FollowAsync(HttpContext context, RequestDelegate next)
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
