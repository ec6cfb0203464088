using CustomerService.Identity.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Http.Metadata;

namespace CustomerService.Identity.Features;

/// <summary>Who may use which part of the API.</summary>
internal static class Access
{
    /// <summary>Accounts and departments are managed by administrators only.</summary>
    public static TBuilder ForAdministrators<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            return context.RequestServices.GetRequiredService<Caller>().Actor.Has(Roles.Administrator)
                ? await next(invocation)
                : Problems.Result(
                    context,
                    new Refusal(RefusalKind.Forbidden, "role-missing", UserRules.Rule, ["role"], [Roles.Administrator])
                        .With("action", context.GetEndpoint()?.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary ?? context.Request.Method));
        });

    private static TBuilder AddEndpointFilter<TBuilder>(this TBuilder builder, Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>> filter)
        where TBuilder : IEndpointConventionBuilder
    {
        EndpointFilterExtensions.AddEndpointFilter(builder, filter);
        return builder;
    }
}
