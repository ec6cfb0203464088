using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders;
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
        return db
            .Appointments.Where(a =>
                a.State == AppointmentState.Agreed && a.RemindedOn == null && a.ReminderOn <= today && a.From > now
            )
            .Where(a =>
                db.RepairOrders.Any(order => order.Id == a.RepairOrderId && !OrderVisits.Over.Contains(order.State))
            );
    }

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Appointment appointment,
        CancellationToken cancellationToken
    )
    {
        var context = contexts.ForSystem("repairs", appointment);
        if (appointment.Remind(context) is not null)
        {
            return false;
        }

        await services
            .GetRequiredService<RepairsMails>()
            .AppointmentReminderAsync(context, appointment, cancellationToken);
        return true;
    }
}
