using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CustomerService.Testing;
using FluentValidation;

namespace CustomerService.Architecture.Tests;

public sealed partial class Requests
{
    // A tick in a box: not ticked and not mentioned are the same.
    private static readonly string[] Ticks =
    [
        "BriefRepairCrew+Request.ServicePrinciples",
        "BriefRepairCrew+Request.CooperateWithOwner",
        "BriefRepairCrew+Request.SatisfyReasonableWishes",
        "BriefRepairCrew+Request.NeverQuarrel",
        "BriefTrip+Request.ServicePrinciples",
        "BriefTrip+Request.CooperateWithOwner",
        "BriefTrip+Request.SatisfyReasonableWishes",
        "BriefTrip+Request.NeverQuarrel",
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

    /// <summary>A read that passes over a misspelt parameter answers another question than was asked; the pipeline of
    /// reads refuses it. Files that browsers load and what the operators ask for are no lists.</summary>
    [Fact]
    public void Every_read_that_is_published_refuses_unknown_parameters()
    {
        var mapped = new[]
        {
            "services",
            "gateway/Identity",
            "shared/ServiceDefaults/Auditing",
            "shared/Forms",
            "shared/Records",
        }
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Snapshot.Root(), folder), "*.cs", SearchOption.AllDirectories)
            )
            .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/"))
            .SelectMany(file => File.ReadAllText(file).Split(".MapGet(").Skip(1).Select(chain => (file, chain)))
            .ToList();

        mapped.Count.ShouldBeGreaterThan(30);
        mapped
            .Select(m => (m.file, chain: Chain().Match(m.chain).Value))
            .Where(m => !m.chain.Contains(".AsQuery()") && !m.chain.Contains(".ExcludeFromDescription()"))
            .Select(m => $"{Path.GetFileName(m.file)}: {m.chain.Split('\n')[0]}")
            .ShouldBeEmpty();
    }

    // To the end of the statement, or to the next route.
    [GeneratedRegex(@"\A.*?(?=;\r?\n\r?\n|\.Map(Get|Post|Put)\(|\z)", RegexOptions.Singleline)]
    private static partial Regex Chain();

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
