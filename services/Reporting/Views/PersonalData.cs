using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Views;

/// <summary>
/// Columns that may name or describe a person: a BI reader gets them only where an operator grants it to the account, by
/// the setting <c>Bi:PersonalColumns</c>, a list of the accounts' ids. Staff see them in the records anyway.
/// </summary>
internal sealed class PersonalData(Caller caller, IConfiguration configuration)
{
    /// <summary>What stands in the place of a value that is not shown.</summary>
    public const string Masked = "***";

    private readonly bool _shown =
        caller.Actor.IsStaff()
        || (configuration.GetSection("Bi:PersonalColumns").Get<string[]>() ?? []).Contains(caller.Actor.Id);

    /// <summary>Whether the caller sees them.</summary>
    public bool IsShown => _shown;

    public string? Of(string? value) => _shown || value is null ? value : Masked;
}
