namespace CustomerService.ServiceDefaults;

/// <summary>
/// Marks a migration that takes something away. It belongs to a release after the one that stopped
/// using it, because both versions run on the same database during an update. Without the mark a
/// migration may only add.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ContractAttribute : Attribute
{
    /// <param name="why">Why no running version needs what is taken away.</param>
    public ContractAttribute(string why)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        Why = why;
    }

    /// <summary>Why no running version needs what is taken away.</summary>
    public string Why { get; }
}
