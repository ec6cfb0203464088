using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Appointments.Features;

/// <summary>Who sees which appointments.</summary>
internal static class AppointmentAccess
{
    /// <summary>Staff see all, an owner and a unit theirs.</summary>
    public static IQueryable<Appointment> VisibleTo(this IQueryable<Appointment> appointments, Actor actor)
    {
        if (actor.IsStaff())
        {
            return appointments;
        }

        var owner = actor.Has(Roles.Customer) ? actor.OrganisationId : null;
        var unit = actor.Has(Roles.RepairUnit) ? actor.OrganisationId : null;
        return appointments.Where(a => (owner != null && a.OwnerId == owner) || (unit != null && a.UnitId == unit));
    }
}
