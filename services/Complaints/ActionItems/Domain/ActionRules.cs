using CustomerService.Rules;

namespace CustomerService.Complaints.ActionItems.Domain;

/// <summary>Who checks an action item, by which rule it is given, and before whom it is brought.</summary>
internal static class ActionRules
{
    public static string RuleOf(ActionPurpose purpose) =>
        purpose switch
        {
            ActionPurpose.PassOn => "C3.1.4",
            ActionPurpose.Remedy => "C5.3.1",
            ActionPurpose.Capa => "C5.6.2",
            ActionPurpose.Decision => "C5.5.1",
            _ => "C5.7",
        };

    /// <summary>Who follows it up and checks it.</summary>
    public static IReadOnlyList<Taker> CheckersOf(ActionItem item) =>
        item.Purpose switch
        {
            ActionPurpose.PassOn => [new(Roles.CustomerService), new(Roles.Sales), new(Roles.SalesManager)],
            ActionPurpose.Remedy => [new(Roles.Qc), new(Roles.QcHead)],
            // The head of the responsible unit answers for execution.
            ActionPurpose.Capa => [new(Roles.DepartmentHead, Department: item.Department)],
            ActionPurpose.Decision => item.Rule == "C5.5.2" ? [new(Roles.QcHead)] : [new(Roles.CustomerService)],
            _ => [new(Roles.ManagementRepresentative)],
        };

    /// <summary>Who grants a later day.</summary>
    public static IReadOnlyList<Taker> GrantersOf(ActionItem item) =>
        item.Purpose is ActionPurpose.Capa ? [new(Roles.ManagementRepresentative)] : CheckersOf(item);

    /// <summary>The level before which it was brought for its present day: a later one begins with the first.</summary>
    public static int ReachedBy(ActionItem item) =>
        item.Escalations.Count(escalation => escalation.DueOn == item.DueOn);

    /// <summary>The role before which it is brought next; null behind the last.</summary>
    public static string? NextLevelOf(ActionItem item) => LevelOf(item, ReachedBy(item) + 1);

    /// <summary>The role before which an overdue action is brought at this level; null behind the last.</summary>
    public static string? LevelOf(ActionItem item, int level)
    {
        var caller = item.Purpose switch
        {
            ActionPurpose.Remedy or ActionPurpose.Capa => Roles.QcHead,
            ActionPurpose.Review => Roles.ManagementRepresentative,
            ActionPurpose.Decision when item.Rule == "C5.5.2" => Roles.QcHead,
            _ => Roles.CustomerService,
        };
        return level switch
        {
            1 => caller,
            2 => caller == Roles.CustomerService ? Roles.SalesManager : Roles.GeneralManager,
            _ => null,
        };
    }
}
