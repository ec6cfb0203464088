using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Names of schemas. A nested type has its declaring type's name in front (<c>OpenRepairOrder.Request</c> is
/// <c>OpenRepairOrderRequest</c>), also as the argument of a generic type. The framework by itself makes one
/// schema of all types that have one simple name, see dotnet/aspnetcore#64325.
/// </summary>
internal sealed class SchemaIds
{
    private readonly ConcurrentDictionary<string, JsonTypeInfo> _types = new(StringComparer.Ordinal);

    /// <summary>The types that have a schema, by its name.</summary>
    public IReadOnlyDictionary<string, JsonTypeInfo> Types => _types;

    /// <summary>Null where the schema has no name and stands where it is used.</summary>
    /// <exception cref="InvalidOperationException">Two types would have one name.</exception>
    public string? IdOf(JsonTypeInfo info)
    {
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(info) is null)
        {
            return null;
        }

        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var id = NameOf(type);
        var known = _types.GetOrAdd(id, type == info.Type ? info : info.Options.GetTypeInfo(type));
        return known.Type == type
            ? id
            : throw new InvalidOperationException(
                $"The types {known.Type} and {type} would both be the schema '{id}'. Rename one of them."
            );
    }

    private static string NameOf(Type type)
    {
        if (!type.IsGenericType)
        {
            return type.IsNested ? NameOf(type.DeclaringType!) + type.Name : type.Name;
        }

        var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return $"{name}Of{string.Join("And", type.GetGenericArguments().Select(NameOf))}";
    }
}
