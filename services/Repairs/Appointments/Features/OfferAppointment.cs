using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Appointments.Features;

internal static class OfferAppointment
{
    /// <param name="RepairOrderId">The order.</param>
    /// <param name="Slots">One to three times to come.</param>
    internal sealed record Request(Guid? RepairOrderId, IReadOnlyList<SlotRequest>? Slots);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.RepairOrderId).NotNull();
            RuleFor(r => r.Slots).NotEmpty();
            RuleFor(r => r.Slots).AtMost(Appointment.MostSlots);
            RuleForEach(r => r.Slots).NotNull().SetValidator(new SlotRequestValidator());
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/appointments", Handle)
            .AsCommand()
            .WithSummary("Up to three times are offered to the owner by a link")
            .WithDescription(
                """
                Rule P3.2.1. The owner needs no account: `link`, told this once, leads to the times; they pick one or
                propose another until the last one begins. It goes to them by mail where a mail server is set and their address
                is known. 400: slots. 404: no such order, or not the caller's.
                """
            )
            .WithExample(
                new Request(
                    Guid.Parse("0198c0de-0000-7000-8000-000000000001"),
                    [
                        new(
                            new DateTimeOffset(2026, 3, 16, 9, 0, 0, TimeSpan.FromHours(8)),
                            new DateTimeOffset(2026, 3, 16, 11, 0, 0, TimeSpan.FromHours(8))
                        ),
                    ]
                )
            )
            .Produces<AppointmentView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        RepairsSettings settings,
        RepairsMails mails,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var (actor, id) = (caller.Actor, body.RepairOrderId!.Value);
        var order = await db.RepairOrders.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, cancellation);
        if (order is null || order.WaitsFor is null || !(actor.IsStaff() || order.IsRepairedBy(actor)))
        {
            return CommandResult.NotFound();
        }

        var secret = SecretLink.New();
        var made = Appointment.Offer(
            caller.Context(),
            new(order.Id, order.Number, order.OwnerId, order.RepairUnitId, order.ProjectName, order.Location),
            [.. body.Slots!.Select(slot => slot.Slot)],
            secret.Hash
        );
        var address = settings.LinkOf(secret.Token) + "/appointment";
        if (!made.Failed(out _, out var toSend))
        {
            await mails.OfferAsync(caller.Context(), toSend, address, cancellation);
        }

        var result = caller.Create(
            db,
            "appointments",
            made,
            (appointment, by) => AppointmentView.Show(appointment, by) with { Link = address }
        );
        return made.Failed(out _, out var offered)
            ? result
            : result.ButRemember(() => AppointmentView.Show(offered, caller));
    }
}
