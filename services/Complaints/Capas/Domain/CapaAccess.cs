using CustomerService.Rules;

namespace CustomerService.Complaints.Capas.Domain;

/// <summary>CAPAs are internal: staff see all of them, others none.</summary>
internal static class CapaAccess
{
    public static IQueryable<Capa> VisibleTo(this IQueryable<Capa> capas, Actor actor) =>
        actor.IsStaff() ? capas : capas.Where(_ => false);
}
