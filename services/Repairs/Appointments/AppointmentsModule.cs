using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.Appointments.Features;
using CustomerService.Repairs.Appointments.Jobs;
using CustomerService.Repairs.Data;
using CustomerService.Work;

namespace CustomerService.Repairs.Appointments;

/// <summary>Appointments with the owner: routes, jobs.</summary>
internal static class AppointmentsModule
{
    internal static void Add(IServiceCollection services)
    {
        services.AddToTimelines<Appointment>(appointment => appointment.RepairOrderId);
        services.AddHostedService<RemindOfAppointments>();
        services.AddScoped<IMoveReferences, AppointmentsFollowMerges>();
    }

    internal static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Appointments");
        OfferAppointment.Map(routes);
        ListAppointments.Map(routes);
        GetAppointment.Map(routes);
        ChooseAppointment.Map(routes);
        ProposeAppointment.Map(routes);
        AgreeAppointment.Map(routes);
        CancelAppointment.Map(routes);
        UseAppointmentLink.Map(routes);
        v1.MapAssignment<RepairsDb, Appointment, AppointmentView>(
            "appointments",
            (db, actor) => db.Appointments.VisibleTo(actor),
            AppointmentView.Show
        );
    }
}
