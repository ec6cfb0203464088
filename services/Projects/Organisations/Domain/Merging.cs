using CustomerService.Rules;

namespace CustomerService.Projects.Organisations.Domain;

/// <summary>Into which record this one was merged (S4); it keeps its own number and history.</summary>
/// <param name="Into">The record that stays.</param>
/// <param name="IntoName">Its name at that time.</param>
/// <param name="On">The day.</param>
/// <param name="By">Who and when.</param>
/// <param name="Reason">Why the two are one.</param>
internal sealed record Merged(Guid Into, string IntoName, DateOnly On, Stamp By, string Reason);

/// <summary>The record into which another is to be merged, as it was found.</summary>
/// <param name="Id">The record.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What an organisation is to the company; null for a person.</param>
/// <param name="MergedInto">Into which records it was merged itself, one after the other.</param>
internal sealed record Survivor(Guid Id, string Name, OrganisationKind? Kind, IReadOnlyList<Guid> MergedInto);

/// <summary>When records of the registry may be merged, and the merge undone (S4). The same for organisations and
/// people.</summary>
internal static class Merging
{
    /// <summary>Days in which a merge can be undone, the first not counted.</summary>
    public const int UndoDays = 30;

    internal const string Rule = "S4";

    /// <summary>Those who revise the record, the sales manager, the head of customer service.</summary>
    public static string[] Mergers(IEnumerable<string> writers) =>
        [.. writers.Append(Roles.SalesManager).Append(Roles.DepartmentHead).Distinct()];

    /// <summary>Whether the actor may merge what these may revise. Of the heads of departments only that of customer
    /// service.</summary>
    public static bool MayMerge(CommandContext context, IEnumerable<string> writers) =>
        context.Actor.HasAny(writers.Append(Roles.SalesManager))
        || (
            context.Actor.Has(Roles.DepartmentHead)
            && context.Actor.Department == context.Policy.Complaints.ServiceDepartment
        );

    /// <summary>Whether a record may be merged into another.</summary>
    /// <param name="context">Who and when.</param>
    /// <param name="writers">Who may revise the record.</param>
    /// <param name="record">The record.</param>
    /// <param name="merged">Into what it was merged already.</param>
    /// <param name="kind">Its kind, of an organisation.</param>
    /// <param name="into">The other; null where there is none of that identity.</param>
    public static Refusal? Check(
        CommandContext context,
        IReadOnlyList<string> writers,
        Guid record,
        Merged? merged,
        OrganisationKind? kind,
        Survivor? into
    )
    {
        Refusal No(string code, string missing) => Refusal.ByRule(code, Rule, [missing], Mergers(writers));
        if (CheckRole(context, RegistryActions.Merge, writers) is { } refusal)
        {
            return refusal;
        }

        return merged is not null ? No("already-merged", "unmerged-record").With("into", merged.Into)
            : into is null ? No("survivor-unknown", "survivor")
            : into.Id == record ? No("merge-into-itself", "survivor")
            : into.MergedInto.Contains(record) ? No("merge-in-a-circle", "survivor")
            : into.MergedInto.Count > 0 ? No("survivor-merged", "survivor").With("into", into.MergedInto[^1])
            : into.Kind != kind ? No("merge-kind-differs", "survivor")
            : null;
    }

    /// <summary>Whether a merge may be undone.</summary>
    public static Refusal? CheckUndo(CommandContext context, IReadOnlyList<string> writers, Merged? merged)
    {
        if (CheckRole(context, RegistryActions.Unmerge, writers) is { } refusal)
        {
            return refusal;
        }

        return merged is null ? Refusal.ByRule("not-merged", Rule, ["merge"], Mergers(writers))
            : !CanUndo(context, merged)
                ? Refusal
                    .ByRule("unmerge-too-late", Rule, ["merge-of-the-last-30-days"], Mergers(writers))
                    .With("lastDay", merged.On.AddDays(UndoDays))
            : null;
    }

    /// <summary>Whether the time for undoing it is not over.</summary>
    public static bool CanUndo(CommandContext context, Merged merged) => context.Today <= merged.On.AddDays(UndoDays);

    /// <summary>A merged record is changed no more: its survivor is.</summary>
    public static Refusal? CheckUnmerged(Merged? merged, IReadOnlyList<string> writers) =>
        merged is null
            ? null
            : Refusal.ByRule("record-merged", Rule, ["survivor"], [.. writers]).With("into", merged.Into);

    private static Refusal? CheckRole(CommandContext context, string action, IReadOnlyList<string> writers) =>
        MayMerge(context, writers) ? null : Refusal.RoleMissing(Rule, Mergers(writers)).With("action", action);
}
