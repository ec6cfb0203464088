using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using FluentValidation;

namespace CustomerService.Architecture.Tests;

public sealed class Requests
{
    // A tick in a box: not ticked and not mentioned are the same.
    private static readonly string[] Ticks =
    [
        "BriefRepairCrew+Request.ServicePrinciples",
        "BriefRepairCrew+Request.CooperateWithOwner",
        "BriefRepairCrew+Request.SatisfyReasonableWishes",
        "BriefRepairCrew+Request.NeverQuarrel",
        "DispatchRepairOrder+Request.ChargeBack",
        "FindingRequest.RepairWanted",
        "FindingRequest.CapaWanted",
    ];

    /// <summary>
    /// A value that is left out of the JSON of a request becomes the type's default: the first of an
    /// enumeration, the year 1, zero. What must be
    /// said is nullable and its validator asks for it; only what has a stated default is not.
    /// </summary>
    [Fact]
    public void What_a_request_must_say_is_nullable_so_that_leaving_it_out_is_seen()
    {
        var requests = Assemblies
            .Services.Concat(Assemblies.Gateways)
            .SelectMany(a => a.GetTypes())
            .Select(t =>
                t.BaseType is { IsGenericType: true } parent
                && parent.GetGenericTypeDefinition() == typeof(AbstractValidator<>)
                    ? parent.GetGenericArguments()[0]
                    : null
            )
            .OfType<Type>()
            .ToList();
        requests.Count.ShouldBeGreaterThan(50);
        var seen = new HashSet<Type>();
        requests.SelectMany(request => Silent(request, seen)).ToList().Except(Ticks).ToList().ShouldBeEmpty();
    }

    private static bool IsRequired(PropertyInfo? property) =>
        property is not null
        && (
            property.IsDefined(typeof(RequiredMemberAttribute), false)
            || property.IsDefined(typeof(JsonRequiredAttribute), false)
        );

    private static IEnumerable<string> Silent(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || !type.Namespace!.StartsWith("CustomerService", StringComparison.Ordinal))
        {
            yield break;
        }

        // Members of positional records: the reader takes the type's default for what is left out.
        var parameters = type.GetConstructors()
            .OrderByDescending(c => c.GetParameters().Length)
            .First()
            .GetParameters()
            .Select(p =>
                (p.Name, Type: p.ParameterType, IsStated: p.HasDefaultValue || IsRequired(type.GetProperty(p.Name!)))
            );
        // Members with `required`: the reader refuses a body without them.
        var properties = type.GetProperties()
            .Where(p => p.SetMethod is not null && type.GetConstructors().All(c => c.GetParameters().Length == 0))
            .Select(p => ((string?)p.Name, Type: p.PropertyType, IsStated: IsRequired(p)));
        foreach (var (name, given, isStated) in parameters.Concat(properties))
        {
            if (given.IsValueType && Nullable.GetUnderlyingType(given) is null && !isStated)
            {
                yield return $"{type.FullName!.Split('.')[^1]}.{name}";
            }

            // Parts of a request are requests too, in lists as well.
            foreach (var part in given.IsGenericType ? given.GetGenericArguments() : [given])
            {
                if (part is { IsClass: true, Namespace: not null } && part != typeof(string))
                {
                    foreach (var found in Silent(part, seen))
                    {
                        yield return found;
                    }
                }
            }
        }
    }
}
