using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using CustomerService.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.ServiceDefaults;

/// <summary>The walk of every read: known parameters → valid filters → handler → answer.</summary>
public static class QueryPipeline
{
    /// <summary>Marks the endpoint as a read whose handler returns a <see cref="QueryResult"/>.</summary>
    public static RouteHandlerBuilder AsQuery(this RouteHandlerBuilder builder) =>
        builder
            .AddEndpointFilter(RunAsync)
            .WithMetadata(new QueryMetadata())
            .ProducesProblems(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status401Unauthorized,
                StatusCodes.Status403Forbidden,
                StatusCodes.Status404NotFound
            );

    /// <summary>Says which answers with a <see cref="Problem"/> an endpoint gives.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder builder, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            builder.Produces<Problem>(status, Problems.ContentType);
        }

        return builder;
    }

    /// <summary>A misspelt filter that is passed over would answer another question than was asked.</summary>
    internal static Refusal? UnknownParameter(HttpContext context)
    {
        if (context.Request.Query.Count == 0 || context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            return null;
        }

        var known = KnownParameters.Of(endpoint);
        var unknown = context.Request.Query.Keys.FirstOrDefault(key => !known.Contains(key));
        return unknown is null
            ? null
            : Refusal
                .Invalid("unknown-parameter", RuleCatalogue.Api, unknown)
                .With("parameter", unknown)
                .With("known", known.Order(StringComparer.Ordinal).ToList());
    }

    internal static Refusal? BadFilter(EndpointFilterInvocationContext invocation)
    {
        for (var i = 0; i < invocation.Arguments.Count; i++)
        {
            var argument = invocation.Arguments[i];
            if (argument is IQueryFilter { IsValid: false } filter)
            {
                return PageQuery.BadFilter(KnownParameters.NameOf(invocation, i), filter.Expected);
            }

            if (argument is PageQuery { IsSizeValid: false })
            {
                return PageQuery.BadFilter("limit", $"1–{PageQuery.LargestLimit}");
            }

            foreach (var (name, property) in argument is null ? [] : KnownParameters.FiltersOf(argument.GetType()))
            {
                if (property.GetValue(argument) is IQueryFilter { IsValid: false } wrong)
                {
                    return PageQuery.BadFilter(name, wrong.Expected);
                }
            }
        }

        return null;
    }

    private static async ValueTask<object?> RunAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var context = invocation.HttpContext;
        if ((UnknownParameter(context) ?? BadFilter(invocation)) is { } refusal)
        {
            return Problems.Result(context, refusal);
        }

        return await next(invocation) is QueryResult result ? result.Answer(context) : null;
    }
}

/// <summary>Marks endpoints that read.</summary>
public sealed class QueryMetadata;

/// <summary>Names of the query parameters of an endpoint, from its handler's signature.</summary>
public static class KnownParameters
{
    private static readonly ConcurrentDictionary<MethodInfo, FrozenSet<string>> OfHandlers = new();
    private static readonly ConcurrentDictionary<Type, (string Name, PropertyInfo Property)[]> Filters = new();

    // Read by the request's localisation.
    private static readonly string[] Everywhere = ["culture", "ui-culture"];

    /// <summary>All names, camelCase.</summary>
    public static FrozenSet<string> Of(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<MethodInfo>() is not { } handler)
        {
            return FrozenSet<string>.Empty;
        }

        return OfHandlers.GetOrAdd(
            handler,
            method => method.GetParameters().SelectMany(Names).Concat(Everywhere).ToFrozenSet(StringComparer.Ordinal)
        );
    }

    /// <summary>The members of a query that check themselves, with their names for callers; none in what is no
    /// query.</summary>
    internal static IReadOnlyList<(string Name, PropertyInfo Property)> FiltersOf(Type query) =>
        Filters.GetOrAdd(
            query,
            type =>
                [
                    .. type.GetProperties()
                        .Where(p =>
                            typeof(IQueryFilter).IsAssignableFrom(
                                Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType
                            )
                        )
                        .Select(p => (JsonNamingPolicy.CamelCase.ConvertName(p.Name), p)),
                ]
        );

    internal static string NameOf(EndpointFilterInvocationContext invocation, int index) =>
        invocation.HttpContext.GetEndpoint()!.Metadata.GetMetadata<MethodInfo>()!.GetParameters()[index].Name!;

    private static IEnumerable<string> Names(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<AsParametersAttribute>() is not null)
        {
            return parameter
                .ParameterType.GetProperties()
                .Where(p => IsSimple(p.PropertyType))
                .Select(p =>
                    p.GetCustomAttribute<FromQueryAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(p.Name)
                );
        }

        return IsSimple(parameter.ParameterType)
            ? [parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name!]
            : [];
    }

    private static bool IsSimple(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        plain = plain.IsArray ? plain.GetElementType()! : plain;
        return plain.IsPrimitive
            || plain.IsEnum
            || plain == typeof(string)
            || plain == typeof(Guid)
            || plain == typeof(decimal)
            || plain == typeof(DateOnly)
            || typeof(IQueryFilter).IsAssignableFrom(plain);
    }
}
