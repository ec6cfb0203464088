using System.Collections.Concurrent;
using System.Reflection;
using CustomerService.Rules;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Who may use an endpoint at all, asked before anything is read from the request: callers without the role learn
/// neither what a body must hold nor what exists. Commands have the roles of their flow table, others those of
/// <see cref="ForRoles"/>.
/// </summary>
public static class EndpointRoles
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyList<IFlow>> Flows = new();

    /// <summary>Refuses callers who have none of the roles: 403 with <c>role-missing</c> and the roles that
    /// may.</summary>
    public static TBuilder ForRoles<TBuilder>(this TBuilder builder, params IEnumerable<string> roles)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AllowedRoles([.. roles]));

    /// <summary>The same for an action that is in no flow table, with the rule that says who may take it.</summary>
    public static TBuilder ForRolesBy<TBuilder>(
        this TBuilder builder,
        string rule,
        string action,
        IEnumerable<string> roles
    )
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AllowedRoles([.. roles], rule, action));

    /// <summary>Takes the roles from the flow table, where the route is an action of one.</summary>
    internal static RouteHandlerBuilder ForRolesOfFlow(this RouteHandlerBuilder builder)
    {
        builder.Add(endpoint =>
        {
            if (
                endpoint is RouteEndpointBuilder route
                && endpoint.Metadata.OfType<MethodInfo>().FirstOrDefault() is { } handler
                && OfFlow(route.RoutePattern, FlowsOf(handler.Module.Assembly)) is { } allowed
            )
            {
                endpoint.Metadata.Add(allowed);
            }
        });
        return builder;
    }

    internal static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (
            context.GetEndpoint() is not { } endpoint
            || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || endpoint.Metadata.GetOrderedMetadata<AllowedRoles>() is not { Count: > 0 } all
        )
        {
            return next(context);
        }

        var actor = context.RequestServices.GetRequiredService<Caller>().Actor;
        return all.FirstOrDefault(allowed => !actor.HasAny(allowed.Roles)) is { } missing
            ? Problems
                .Result(
                    context,
                    Refusal
                        .RoleMissing(missing.Rule, missing.Roles)
                        .With("action", missing.Action ?? $"{context.Request.Method} {context.Request.Path}")
                )
                .ExecuteAsync(context)
            : next(context);
    }

    // /v1/repair-orders is the start of a repair order, /v1/repair-orders/{id}/review its action.
    private static AllowedRoles? OfFlow(RoutePattern pattern, IReadOnlyList<IFlow> flows)
    {
        var parts = pattern
            .PathSegments.Select(segment => (segment.Parts[0] as RoutePatternLiteralPart)?.Content)
            .SkipWhile(part => part is null || flows.All(flow => CollectionOf(flow) != part))
            .ToList();
        var flow = parts.Count > 0 ? flows.First(f => CollectionOf(f) == parts[0]) : null;
        var lines = parts.Count switch
        {
            1 => flow!.Lines.Where(line => line.From.Count == 0).ToList(),
            3 => flow!.Lines.Where(line => line.Action == parts[2]).ToList(),
            _ => [],
        };
        return lines.Count == 0
            ? null
            : new([.. lines.SelectMany(line => line.Roles).Distinct()], lines[0].Rule, lines[0].Action);
    }

    // enquiry: enquiries; complaint: complaints.
    private static string CollectionOf(IFlow flow) =>
        flow.Name.EndsWith('y') ? flow.Name[..^1] + "ies" : flow.Name + "s";

    private static IReadOnlyList<IFlow> FlowsOf(Assembly service) =>
        Flows.GetOrAdd(
            service,
            assembly =>
                [
                    .. assembly
                        .GetTypes()
                        .SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public))
                        .Where(property => typeof(IFlow).IsAssignableFrom(property.PropertyType))
                        .Select(property => (IFlow)property.GetValue(null)!),
                ]
        );
}

/// <summary>The roles that may use an endpoint.</summary>
/// <param name="Roles">Any of them.</param>
/// <param name="Rule">The rule that says so.</param>
/// <param name="Action">The action of the flow table; null for an address.</param>
public sealed record AllowedRoles(IReadOnlyList<string> Roles, string Rule = RuleCatalogue.Api, string? Action = null);
