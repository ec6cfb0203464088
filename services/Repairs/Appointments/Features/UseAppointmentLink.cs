using System.Text;
using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.WorkLinks;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Appointments.Features;

/// <summary>The owner's link: look, pick, propose, keep in the calendar.</summary>
internal static class UseAppointmentLink
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/repair-links/{token}/appointment", Show)
            .ForLinkHolders()
            .AsQuery()
            .WithName("ShowAppointment")
            .WithSummary("The times behind the owner's link")
            .WithDescription("Rule P3.2.1. 404 when there is no such link.")
            .Produces<AppointmentView>();
        routes
            .MapGet("/repair-links/{token}/appointment.ics", Calendar)
            .ForLinkHolders()
            .AsQuery()
            .WithName("ShowAppointmentCalendar")
            .WithSummary("The agreed time for a calendar (text/calendar)")
            .WithDescription("Rule P3.2.1. 404 while nothing is agreed.")
            .Produces<string>(StatusCodes.Status200OK, "text/calendar");
        routes
            .MapPost("/repair-links/{token}/choose", Choose)
            .ForLinkHolders()
            .AsCommand()
            .WithName("ChooseByLink")
            .WithSummary("The owner picks one of the times by their link")
            .WithDescription("Rule P3.2.1. 409: slot-not-offered, times-expired.")
            .Produces<AppointmentView>();
        routes
            .MapPost("/repair-links/{token}/propose", Propose)
            .ForLinkHolders()
            .AsCommand()
            .WithName("ProposeByLink")
            .WithSummary("The owner proposes another time by their link")
            .WithDescription("Rule P3.2.1. 409: slot-in-past, times-expired.")
            .Produces<AppointmentView>();
    }

    private static async Task<QueryResult> Show(
        string token,
        RepairsDb db,
        CommandContexts contexts,
        CancellationToken cancellation
    ) =>
        await FindAsync(db, token, cancellation) is { } appointment
            ? QueryResult.Of(View(appointment, contexts))
            : QueryResult.NotFound;

    private static async Task<QueryResult> Calendar(
        string token,
        RepairsDb db,
        CompanyClock clock,
        CancellationToken cancellation
    ) =>
        await FindAsync(db, token, cancellation) is { State: AppointmentState.Agreed } agreed
            ? QueryResult.File(Results.Text(VisitCalendar.Of(agreed, clock.Now), "text/calendar", Encoding.UTF8))
            : QueryResult.NotFound;

    private static Task<CommandResult> Choose(
        string token,
        SlotRequest body,
        RepairsDb db,
        CommandContexts contexts,
        CancellationToken cancellation
    ) => ActAsync(db, token, contexts, (a, context) => a.Choose(context, body.Slot), cancellation);

    private static Task<CommandResult> Propose(
        string token,
        SlotRequest body,
        RepairsDb db,
        CommandContexts contexts,
        CancellationToken cancellation
    ) => ActAsync(db, token, contexts, (a, context) => a.Propose(context, body.Slot, body.Word), cancellation);

    private static async Task<CommandResult> ActAsync(
        RepairsDb db,
        string token,
        CommandContexts contexts,
        Func<Appointment, CommandContext, Refusal?> act,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(db, token, cancellation) is not { } appointment)
        {
            return CommandResult.NotFound();
        }

        return act(appointment, contexts.For(appointment.Holder, appointment)) is { } refusal
            ? refusal
            : CommandResult.Ok(appointment, () => View(appointment, contexts));
    }

    private static AppointmentView View(Appointment appointment, CommandContexts contexts) =>
        AppointmentView.Of(appointment, appointment.AllowedActions(contexts.For(appointment.Holder, appointment)));

    private static async Task<Appointment?> FindAsync(RepairsDb db, string token, CancellationToken cancellation)
    {
        if (!SecretLink.IsWellFormed(token))
        {
            return null;
        }

        var hash = SecretLink.HashOf(token);
        return await db.Appointments.FirstOrDefaultAsync(a => a.SecretHash == hash, cancellation);
    }
}
