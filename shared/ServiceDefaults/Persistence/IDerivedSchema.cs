namespace CustomerService.ServiceDefaults;

/// <summary>
/// A schema of views over a service's tables. The command <c>migrate</c> drops it before the migrations, which could not
/// change a column below a view, and makes it from nothing after them.
/// </summary>
public interface IDerivedSchema
{
    /// <summary>The statement that drops it, if it is there.</summary>
    string Drop { get; }

    /// <summary>The statements that make it. Braces are doubled: the text goes through EF Core's formatting.</summary>
    string Create { get; }
}
