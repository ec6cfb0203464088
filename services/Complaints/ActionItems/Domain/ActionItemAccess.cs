using CustomerService.Rules;

namespace CustomerService.Complaints.ActionItems.Domain;

/// <summary>Action items are internal: staff see all of them, others none.</summary>
internal static class ActionItemAccess
{
    public static IQueryable<ActionItem> VisibleTo(this IQueryable<ActionItem> items, Actor actor) =>
        actor.IsStaff() ? items : items.Where(_ => false);
}
