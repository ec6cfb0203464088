using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Appointments.Jobs;

/// <summary>Reminds both sides of an appointment on the working day before (P3.2.1).</summary>
internal sealed class RemindOfAppointments(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    RepairsSettings settings,
    ILogger<RemindOfAppointments> log
) : DueSweep<RepairsDb, Appointment>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<Appointment> Due(RepairsDb db)
    {
        var (today, now) = (contexts.Clock.Today, contexts.Clock.Now);
        return db.Appointments.Where(a =>
            a.State == AppointmentState.Agreed && a.RemindedOn == null && a.ReminderOn <= today && a.From > now
        );
    }

    protected override Refusal? Step(Appointment appointment) =>
        appointment.Remind(contexts.ForSystem("repairs", appointment));
}
