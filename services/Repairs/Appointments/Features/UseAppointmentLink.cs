using System.Text;
using System.Text.Json;
using CustomerService.Registry;
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
            .WithPage<AppointmentView>(view => view.Language, SheetOf)
            .WithName("ShowAppointment")
            .WithSummary("The times behind the owner's link")
            .WithDescription(
                "Rule P3.2.1. A page where text/html is preferred. 404 when there is no such link; 410 link-expired when the "
                    + "times are over."
            )
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
            .WithDescription("Rule P3.2.1. 409: slot-not-offered. 410: link-expired.")
            .Produces<AppointmentView>();
        routes
            .MapPost("/repair-links/{token}/propose", Propose)
            .ForLinkHolders()
            .AsCommand()
            .WithName("ProposeByLink")
            .WithSummary("The owner proposes another time by their link")
            .WithDescription("Rule P3.2.1. 409: slot-in-past, times-expired. 410: link-expired.")
            .Produces<AppointmentView>();
    }

    private static async Task<QueryResult> Show(
        string token,
        RepairsDb db,
        RegistryLookup registry,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(db, token, cancellation) is not { } appointment)
        {
            return QueryResult.NotFound;
        }

        return appointment.WhyClosed(contexts.Clock.Now) is { } closed
            ? closed
            : QueryResult.Of(
                View(appointment, contexts) with
                {
                    Language = await registry.LanguageOfAsync(appointment.OwnerId, cancellation),
                }
            );
    }

    private static LinkSheet SheetOf(AppointmentView view, LinkWords words)
    {
        string Said(TimeSlot slot) => words.Between(slot.From, slot.To);
        return new()
        {
            Title = words.Say("link.appointment", ("number", view.Number)),
            Lines =
            [
                words.Line("place", $"{view.ProjectName} {view.Location}".Trim()),
                words.Line("state", words.Say("link.appointment." + view.State.ToKebab())),
                words.Line("agreed", view is { From: { } from, To: { } to } ? Said(new(from, to)) : null),
                words.Line("proposed", view is { From: null, Proposed: { } asked } ? Said(asked) : null),
                words.Line("offered", view.From is null ? string.Join('\n', view.Slots.Select(Said)) : null),
            ],
            Forms = [.. view.Actions.Order(StringComparer.Ordinal).SelectMany(action => FormOf(view, action))],
        };

        IEnumerable<LinkForm> FormOf(AppointmentView shown, string action) =>
            action switch
            {
                "choose" =>
                [
                    new(
                        "../choose",
                        words.Say("link.choose"),
                        [
                            words.Field("slot", "offered", LinkInput.Members) with
                            {
                                Choices =
                                [
                                    .. shown.Slots.Select(slot =>
                                        (JsonSerializer.Serialize(slot, Json.Options), Said(slot))
                                    ),
                                ],
                            },
                        ]
                    ),
                ],
                "propose" =>
                [
                    new(
                        "../propose",
                        words.Say("link.propose"),
                        [
                            words.Field("from", "from", LinkInput.Moment),
                            words.Field("to", "to", LinkInput.Moment),
                            words.Field("word", "remark", LinkInput.Text) with
                            {
                                IsOptional = true,
                            },
                        ]
                    ),
                ],
                _ => [],
            };
    }

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

        if (appointment.WhyClosed(contexts.Clock.Now) is { } closed)
        {
            return closed;
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
