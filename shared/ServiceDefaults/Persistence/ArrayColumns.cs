using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Arrays are never changed in place, only replaced, so that a change is looked for without a copy. The provider's own
/// comparers make delegates with each record that is tracked.
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
                .Where(p => p.ClrType.IsArray && p.ClrType != typeof(byte[]) && p.GetValueConverter() is null)
        )
        {
            property.Builder.HasValueComparer(
                typeof(ArrayComparer<>).MakeGenericType(property.ClrType.GetElementType()!),
                fromDataAnnotation: true
            );
        }
    }
}

/// <summary>Compares arrays by what they hold.</summary>
internal sealed class ArrayComparer<T>()
    : ValueComparer<T[]>((a, b) => Arrays.AreSame(a, b), array => Arrays.Hash(array), array => array);

internal static class Arrays
{
    internal static bool AreSame<T>(T[]? a, T[]? b) => a == b || (a is not null && b is not null && a.SequenceEqual(b));

    internal static int Hash<T>(T[] array)
    {
        var hash = new HashCode();
        foreach (var element in array)
        {
            hash.Add(element);
        }

        return hash.ToHashCode();
    }
}
