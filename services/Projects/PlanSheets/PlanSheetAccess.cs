using CustomerService.Projects.PlanSheets.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.PlanSheets;

/// <summary>Drawings are for staff; a unit that repairs has the extract on its task sheet.</summary>
internal static class PlanSheetAccess
{
    public static IQueryable<PlanSheet> VisibleTo(this IQueryable<PlanSheet> sheets, Actor actor) =>
        actor.IsStaff() ? sheets : sheets.Where(_ => false);
}
