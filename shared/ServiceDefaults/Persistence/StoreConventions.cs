using System.Collections;
using System.Reflection;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.ServiceDefaults;

/// <summary>How types are stored, wherever they occur in a model.</summary>
internal static class StoreConventions
{
    private const int EnumLength = 40;

    private static readonly HashSet<Type> Scalars =
    [
        typeof(string),
        typeof(decimal),
        typeof(Guid),
        typeof(DateTime),
        typeof(DateTimeOffset),
        typeof(DateOnly),
        typeof(TimeOnly),
        typeof(TimeSpan),
    ];

    internal static void Apply(ModelConfigurationBuilder model, Assembly assembly, IReadOnlyCollection<Type> inTables)
    {
        model.Conventions.Add(_ => new ArrayColumns());
        model.Properties<Enum>().HaveConversion<string>().HaveMaxLength(EnumLength);
        foreach (var part in PartsOfAggregates(assembly, inTables))
        {
            model
                .Properties(part)
                .HaveConversion(
                    typeof(JsonConverter<>).MakeGenericType(part),
                    typeof(JsonComparer<>).MakeGenericType(part)
                )
                .HaveColumnType("jsonb");
        }
    }

    /// <summary>The types of all settable properties of aggregates that no single column value
    /// holds.</summary>
    private static IEnumerable<Type> PartsOfAggregates(Assembly assembly, IReadOnlyCollection<Type> inTables) =>
        assembly
            .GetTypes()
            .Where(type => type.IsAssignableTo(typeof(Aggregate)) && !type.IsGenericTypeDefinition)
            .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
            .Where(property =>
                property.GetIndexParameters().Length == 0
                && (property.SetMethod ?? property.DeclaringType!.GetProperty(property.Name)?.SetMethod) is not null
            )
            .Select(property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            .Distinct()
            .Where(type => !IsColumn(type) && !IsInTable(type, inTables));

    private static bool IsColumn(Type type)
    {
        if (IsScalar(type))
        {
            return true;
        }

        // The provider has arrays of scalars; words of enums in a list are kept as JSON.
        return ElementOf(type) is { } element && IsScalar(element) && !element.IsEnum;
    }

    private static bool IsScalar(Type type) => type.IsPrimitive || type.IsEnum || Scalars.Contains(type);

    private static bool IsInTable(Type type, IReadOnlyCollection<Type> inTables) =>
        Holds(type) is var held && (held.IsAssignableTo(typeof(Aggregate)) || inTables.Contains(held));

    private static Type Holds(Type type) => ElementOf(type) ?? type;

    private static Type? ElementOf(Type type)
    {
        if (!type.IsAssignableTo(typeof(IEnumerable)))
        {
            return null;
        }

        return type.IsArray
            ? type.GetElementType()
            : type.GetInterfaces()
                .Prepend(type)
                .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                ?.GetGenericArguments()[0];
    }
}
