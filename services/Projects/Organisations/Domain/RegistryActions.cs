using CustomerService.Rules;

namespace CustomerService.Projects.Organisations.Domain;

/// <summary>State of a record that only ever changes its particulars, until it turns out to be another one.</summary>
internal enum RegistryState
{
    Registered,

    /// <summary>It was merged into another (S4).</summary>
    Merged,
}

/// <summary>Actions and role check of records that have no flow table.</summary>
internal static class RegistryActions
{
    public const string Register = "register";
    public const string Revise = "revise";
    public const string Transfer = "transfer";
    public const string Merge = "merge";
    public const string Unmerge = "unmerge";

    public static Refusal? CheckRole(CommandContext context, string action, IReadOnlyList<string> roles) =>
        context.Actor.HasAny(roles) ? null : Refusal.RoleMissing("P3.3", roles).With("action", action);
}
