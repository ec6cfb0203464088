using System.Globalization;
using CustomerService.Mailing;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.Rmas.Domain;
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
                    ("due", link.ValidThrough.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
                )
        );
    }

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
            new(Service, "repair-order", appointment.RepairOrderId, appointment.RepairOrderNumber),
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

    private string Time(TimeSlot slot)
    {
        string Local(DateTimeOffset at, string form) =>
            TimeZoneInfo.ConvertTime(at, clock.Zone).ToString(form, CultureInfo.InvariantCulture);
        return $"{Local(slot.From, "yyyy-MM-dd HH:mm")} – {Local(slot.To, "HH:mm")}";
    }

    private async Task<OrganisationCopy?> CustomerAsync(Guid id, CancellationToken cancellation) =>
        mails.IsOn && !(await registry.OrganisationAsync(id, cancellation)).Failed(out _, out var known) ? known : null;

    private static string LanguageOf(OrganisationCopy? customer) => customer?.Language ?? Texts.Languages[0];
}
