using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Arrays and lists that cannot be written to are never changed in place, only replaced, so that a change is looked for
/// without a copy. The provider's own comparers make delegates with each record that is tracked.
/// </summary>
internal sealed class ArrayColumns : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(
        IConventionModelBuilder modelBuilder,
        IConventionContext<IConventionModelBuilder> context
    )
    {
        foreach (
            var property in modelBuilder
                .Metadata.GetEntityTypes()
                .SelectMany(type => type.GetDeclaredProperties())
                .Where(p => p.GetValueConverter() is null)
        )
        {
            var type = property.ClrType;
            var comparer =
                type.IsArray && type != typeof(byte[]) ? typeof(ArrayComparer<>).MakeGenericType(type.GetElementType()!)
                : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
                    ? typeof(ListComparer<>).MakeGenericType(type.GetGenericArguments())
                : null;
            if (comparer is not null)
            {
                property.Builder.HasValueComparer(comparer, fromDataAnnotation: true);
            }
        }
    }
}

/// <summary>Compares arrays by what they hold.</summary>
internal sealed class ArrayComparer<T>()
    : ValueComparer<T[]>((a, b) => Arrays.AreSame(a, b), array => Arrays.Hash(array), array => array);

/// <summary>Compares lists by what they hold.</summary>
internal sealed class ListComparer<T>()
    : ValueComparer<IReadOnlyList<T>>((a, b) => Arrays.AreSame(a, b), list => Arrays.Hash(list), list => list);

internal static class Arrays
{
    internal static bool AreSame<T>(IReadOnlyList<T>? a, IReadOnlyList<T>? b) =>
        a == b || (a is not null && b is not null && a.SequenceEqual(b));

    internal static int Hash<T>(IReadOnlyList<T> array)
    {
        var hash = new HashCode();
        foreach (var element in array)
        {
            hash.Add(element);
        }

        return hash.ToHashCode();
    }
}
