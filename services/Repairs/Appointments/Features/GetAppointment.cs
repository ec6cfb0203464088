using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Appointments.Features;

internal static class GetAppointment
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/appointments/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("An appointment with the owner")
            .WithDescription("Rule P3.2.1. 404 where the caller may not see it.")
            .Produces<AppointmentView>();

    private static Task<QueryResult> Handle(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Appointments.VisibleTo(caller.Actor), id, AppointmentView.Show, cancellation);
}
