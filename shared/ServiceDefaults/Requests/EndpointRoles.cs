using CustomerService.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.ServiceDefaults;

/// <summary>Who may read an endpoint. Commands do not need it: their roles stand in the flow table.</summary>
public static class EndpointRoles
{
    /// <summary>Refuses callers who have none of the roles: 403 with <c>role-missing</c> and the roles that
    /// may.</summary>
    public static TBuilder ForRoles<TBuilder>(this TBuilder builder, params IEnumerable<string> roles)
        where TBuilder : IEndpointConventionBuilder
    {
        string[] allowed = [.. roles];
        builder.AddEndpointFilter(
            async (invocation, next) =>
            {
                var context = invocation.HttpContext;
                return context.RequestServices.GetRequiredService<Caller>().Actor.HasAny(allowed)
                    ? await next(invocation)
                    : Problems.Result(
                        context,
                        Refusal
                            .RoleMissing(RuleCatalogue.Api, allowed)
                            .With("action", $"{context.Request.Method} {context.Request.Path}")
                    );
            }
        );
        return builder;
    }
}
