using System.Globalization;
using System.Text;
using CustomerService.Mailing;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Repairs.Appointments;
using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs;

/// <summary>The mails of this service, written with the step that they tell: the links that customers and owners act by,
/// each in its reader's language.</summary>
internal sealed class RepairsMails(Mails mails, RegistryLookup registry, CompanyClock clock, RepairsSettings settings)
{
    private const string Service = "repairs";

    /// <summary>The link by which a person of the customer confirms a count (C5.1.1), answers an offer (C5.1.1.1) or
    /// follows the machines (C3.1.1): to the address that was named, else to the customer's.</summary>
    public async Task LinkAsync(
        CommandContext context,
        Rma rma,
        CustomerLink link,
        string token,
        string? address,
        CancellationToken cancellation
    )
    {
        var customer = await CustomerAsync(rma.CustomerId, cancellation);
        mails.Write(
            context,
            new(Service, rma.Kind, rma.Id, rma.Number),
            address ?? customer?.Email,
            to =>
                mails.Compose(
                    link.Scope switch
                    {
                        LinkScope.ConfirmCount => "count-link",
                        LinkScope.AnswerOffer => "offer-link",
                        _ => "track-link",
                    },
                    new(to, link.Person),
                    LanguageOf(customer),
                    ("number", rma.Number),
                    ("link", settings.CustomerLinkOf(token)),
                    ("due", Spelling.Day(link.ValidThrough))
                )
        );
    }

    /// <summary>The customer to whom an offer can be mailed; null where none can.</summary>
    public async Task<OrganisationCopy?> ReaderOfAsync(RmaUnit unit, CancellationToken cancellation) =>
        await CustomerAsync(unit.CustomerId, cancellation) is { } customer && MailServer.IsAddress(customer.Email ?? "")
            ? customer
            : null;

    /// <summary>FM001 is sent: what it says, and the link to answer it (C5.1.1.1).</summary>
    public void OfferSent(CommandContext context, RmaUnit unit, OrganisationCopy customer, string token) =>
        Offer(context, unit, customer, "offer-sent", ("link", settings.CustomerLinkOf(token)));

    /// <summary>An offer that is not answered is called to mind (C3.1.2).</summary>
    public Task OfferReminderAsync(CommandContext context, RmaUnit unit, CancellationToken cancellation) =>
        OfferAsync(context, unit, "offer-reminder", cancellation);

    /// <summary>An offer was not answered in time (C3.1.2).</summary>
    public Task OfferLapsedAsync(CommandContext context, RmaUnit unit, CancellationToken cancellation) =>
        OfferAsync(context, unit, "offer-lapsed", cancellation);

    private async Task OfferAsync(CommandContext context, RmaUnit unit, string occasion, CancellationToken cancellation)
    {
        if (await ReaderOfAsync(unit, cancellation) is { } customer)
        {
            Offer(context, unit, customer, occasion);
        }
    }

    private void Offer(
        CommandContext context,
        RmaUnit unit,
        OrganisationCopy customer,
        string occasion,
        params IReadOnlyList<(string Name, object? Value)> more
    ) =>
        mails.Write(
            context,
            new(Service, unit.Kind, unit.Id, unit.Number),
            customer.Email,
            to =>
                mails.Compose(
                    occasion,
                    new MailReader(to, customer.Contact ?? customer.Name),
                    LanguageOf(customer),
                    [
                        ("form", unit.OfferNumber),
                        ("number", unit.RmaNumber),
                        ("machine", $"{unit.ModelCode} {unit.Serial}".Trim()),
                        (
                            "sum",
                            string.Create(CultureInfo.InvariantCulture, $"{unit.Offer!.Currency} {unit.Offer.Sum:N2}")
                        ),
                        ("due", unit.OfferValidThrough is { } due ? Spelling.Day(due) : null),
                        .. more,
                    ]
                )
        );

    /// <summary>The times that are offered to the owner, with the link to pick one (P3.2.1).</summary>
    public async Task OfferAsync(
        CommandContext context,
        Appointment appointment,
        string link,
        CancellationToken cancellation
    )
    {
        var owner = await CustomerAsync(appointment.OwnerId, cancellation);
        mails.Write(
            context,
            About(appointment),
            owner?.Email,
            to =>
                mails.Compose(
                    "appointment",
                    new MailReader(to, owner!.Name),
                    LanguageOf(owner),
                    ("number", appointment.RepairOrderNumber),
                    ("place", $"{appointment.ProjectName} {appointment.Location}"),
                    ("times", string.Join('\n', appointment.Slots.Select(Time))),
                    ("link", link)
                )
        );
    }

    /// <summary>The time that the owner proposed is agreed, with its entry for a calendar; or an appointment is given up
    /// (P3.2.1).</summary>
    public Task AppointmentAsync(CommandContext context, Appointment appointment, CancellationToken cancellation) =>
        AppointmentAsync(
            context,
            appointment,
            appointment.State == AppointmentState.Agreed ? "appointment-agreed" : "appointment-cancelled",
            cancellation
        );

    /// <summary>The appointment is on the next working day (P3.2.1).</summary>
    public Task AppointmentReminderAsync(
        CommandContext context,
        Appointment appointment,
        CancellationToken cancellation
    ) => AppointmentAsync(context, appointment, "appointment-reminder", cancellation);

    private async Task AppointmentAsync(
        CommandContext context,
        Appointment appointment,
        string text,
        CancellationToken cancellation
    )
    {
        var owner = await CustomerAsync(appointment.OwnerId, cancellation);
        mails.Write(
            context,
            About(appointment),
            owner?.Email,
            to =>
                mails.Compose(
                    text,
                    new MailReader(to, owner!.Name),
                    LanguageOf(owner),
                    ("number", appointment.RepairOrderNumber),
                    ("place", $"{appointment.ProjectName} {appointment.Location}"),
                    ("time", appointment is { From: { } from, To: { } end } ? Time(new(from, end)) : null)
                ) with
                {
                    Files =
                        appointment.State == AppointmentState.Agreed
                            ?
                            [
                                new(
                                    $"{appointment.RepairOrderNumber}.ics",
                                    "text/calendar; charset=utf-8",
                                    Encoding.UTF8.GetBytes(VisitCalendar.Of(appointment, context.Now))
                                ),
                            ]
                            : [],
                }
        );
    }

    /// <summary>The link in the hand of somebody who repairs (P3.2.3), to the address that was named.</summary>
    public async Task WorkLinkAsync(
        CommandContext context,
        WorkLink link,
        RepairOrder about,
        string address,
        string email,
        CancellationToken cancellation
    )
    {
        var unit = await CustomerAsync(link.UnitId, cancellation);
        mails.Write(
            context,
            new(Service, about.Kind, about.Id, about.Number),
            email,
            to =>
                mails.Compose(
                    link.Day is null ? "work-link" : "work-link-day",
                    new MailReader(to, link.HolderName),
                    LanguageOf(unit),
                    ("number", about.Number),
                    ("day", link.Day is { } day ? Spelling.Day(day) : null),
                    ("place", $"{about.ProjectName} {about.Location}"),
                    ("link", address),
                    ("due", Spelling.Minute(link.ExpiresAt, clock.Zone))
                )
        );
    }

    private static RecordRef About(Appointment appointment) =>
        new(Service, "repair-order", appointment.RepairOrderId, appointment.RepairOrderNumber);

    private string Time(TimeSlot slot)
    {
        var to = TimeZoneInfo.ConvertTime(slot.To, clock.Zone).ToString("HH:mm", CultureInfo.InvariantCulture);
        return $"{Spelling.Minute(slot.From, clock.Zone)} – {to}";
    }

    private async Task<OrganisationCopy?> CustomerAsync(Guid id, CancellationToken cancellation) =>
        mails.IsOn && !(await registry.OrganisationAsync(id, cancellation)).Failed(out _, out var known) ? known : null;

    private static string LanguageOf(OrganisationCopy? customer) => customer?.Language ?? Texts.Languages[0];
}
