using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Appointments.Features;

internal static class ListAppointments
{
    internal sealed record Query : PageQuery
    {
        /// <summary>The order.</summary>
        public Guid? RepairOrderId { get; init; }

        /// <summary>States, joined by commas.</summary>
        public EnumFilter<AppointmentState>? State { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/appointments", Handle)
            .AsQuery()
            .WithSummary("Appointments that the caller may see, the newest first")
            .WithDescription("Rule P3.2.1. 400: bad-filter, bad-cursor.")
            .Produces<Page<AppointmentView>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .Appointments.VisibleTo(caller.Actor)
            .Where(query.RepairOrderId, id => a => a.RepairOrderId == id)
            .Where(query.State, states => a => states.Contains(a.State))
            .ToPageAsync(query, a => AppointmentView.Show(a, caller), cancellation);
}
