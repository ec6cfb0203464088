using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Rules;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// What holds for every body of a command, whatever its contract says: no null in a list (the JSON reader looks at
/// members, not at elements), no characters that no store keeps, and texts without what is unseen around them, so that
/// blank is empty. Done once here, so that no validator and no handler has to think of it.
/// </summary>
internal static class BodyGuard
{
    private static readonly JsonSerializerOptions Contracts = ContractsOf();
    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();

    /// <summary>Code of an element that is null.</summary>
    public const string NullElement = "not-null";

    /// <summary>Code of a text that is not <see cref="Characters.IsStorable"/>.</summary>
    public const string UnsoundText = "characters";

    /// <summary>Trims the texts of the body, see <see cref="TextFolding.Trim"/>.</summary>
    /// <returns>What is wrong, as path and code; empty when nothing is.</returns>
    public static IReadOnlyList<(string Path, string Code)> Clean(object body) => Look(body, trims: true);

    /// <summary>The same of a body that stays as it is: what another service said is not ours to change.</summary>
    public static IReadOnlyList<(string Path, string Code)> Faults(object body) => Look(body, trims: false);

    private static List<(string Path, string Code)> Look(object body, bool trims)
    {
        var look = new Walk(trims);
        look.Look(body, "", false);
        return look.Faults;
    }

    private static Shape ShapeOf(Type type)
    {
        // Numbers, dates and the like hold neither texts nor lists.
        if (type.IsPrimitive || type.IsEnum || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true)
        {
            return new([]);
        }

        var contract = Contracts.GetTypeInfo(type);
        return new(
            contract.Kind != JsonTypeInfoKind.Object
                ? []
                // What is only worked out from the others was not sent.
                :
                [
                    .. contract
                        .Properties.Where(p =>
                            p.Get is not null && (p.Set is not null || p.AssociatedParameter is not null)
                        )
                        .Select(p => new Member(
                            p.Name,
                            p.Get!,
                            p.AttributeProvider?.IsDefined(typeof(VerbatimAttribute), true) == true ? null : p.Set,
                            MayHoldNull(p)
                        )),
                ]
        );
    }

    private static bool MayHoldNull(JsonPropertyInfo property) =>
        property.AttributeProvider is PropertyInfo declared
        && new NullabilityInfoContext().Create(declared) is { } known
        && (
            known.GenericTypeArguments is [.., { ReadState: NullabilityState.Nullable }]
            || known.ElementType is { ReadState: NullabilityState.Nullable }
        );

    private static JsonSerializerOptions ContractsOf()
    {
        var options = new JsonSerializerOptions(Json.Options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class Walk(bool trims)
    {
        public List<(string Path, string Code)> Faults { get; } = [];

        public void Look(object? value, string path, bool elementsMayBeNull)
        {
            switch (value)
            {
                case null:
                    return;
                case string text:
                    if (!Characters.IsStorable(text))
                    {
                        Faults.Add((path, UnsoundText));
                    }

                    return;
                case IDictionary dictionary:
                    foreach (var key in dictionary.Keys.Cast<object>().ToList())
                    {
                        Look(key, path, false);
                        if (dictionary[key] is string said && Trimmed(said) is { } trimmed && !dictionary.IsReadOnly)
                        {
                            dictionary[key] = trimmed;
                        }

                        Element(dictionary[key], $"{path}.{key}", elementsMayBeNull);
                    }

                    return;
                case IEnumerable list:
                    var index = 0;
                    foreach (var element in list.Cast<object?>().ToList())
                    {
                        if (
                            element is string line
                            && Trimmed(line) is { } trimmed
                            && list is IList { IsReadOnly: false } open
                        )
                        {
                            open[index] = trimmed;
                        }

                        Element(element, $"{path}[{index++}]", elementsMayBeNull);
                    }

                    return;
            }

            foreach (var member in Shapes.GetOrAdd(value.GetType(), ShapeOf).Members)
            {
                var given = member.Get(value);
                if (given is string text && member.Set is { } set && Trimmed(text) is { } trimmed)
                {
                    set(value, trimmed);
                }

                Look(given, path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.ElementsMayBeNull);
            }
        }

        // Null when nothing is to be changed. What is unsound is refused as it was sent.
        private string? Trimmed(string text) =>
            trims
            && Characters.IsStorable(text)
            && TextFolding.Trim(text) is { } trimmed
            && trimmed.Length != text.Length
                ? trimmed
                : null;

        private void Element(object? element, string path, bool mayBeNull)
        {
            if (element is not null)
            {
                Look(element, path, false);
            }
            else if (!mayBeNull)
            {
                Faults.Add((path, NullElement));
            }
        }
    }

    private sealed record Member(
        string Name,
        Func<object, object?> Get,
        Action<object, object?>? Set,
        bool ElementsMayBeNull
    );

    private sealed record Shape(IReadOnlyList<Member> Members);
}

/// <summary>A text that is taken as it was sent, with the spaces around it: a password.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class VerbatimAttribute : Attribute;
