using CustomerService.Mailing;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Forms;
using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.WorkLinks.Features;

internal static class CreateWorkLink
{
    /// <param name="HolderName">The person to whom it is given; steps are recorded under this name.</param>
    /// <param name="ExpiresAt">When it ends, within 14 days.</param>
    /// <param name="RepairOrderId">The one order.</param>
    /// <param name="Day">Or the orders of a unit on that day.</param>
    /// <param name="UnitId">The unit of that day; of a unit's own people it is theirs.</param>
    /// <param name="Email">Where it is sent by mail, if a mail server is set; nowhere by default.</param>
    internal sealed record Request(
        string HolderName,
        DateTimeOffset? ExpiresAt,
        Guid? RepairOrderId = null,
        DateOnly? Day = null,
        Guid? UnitId = null,
        string? Email = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.HolderName).RequiredText(TextLength.Line);
            RuleFor(r => r.ExpiresAt).NotNull();
            RuleFor(r => r.Email)
                .MaximumLength(TextLength.Line)
                .Must(address => address is null || MailServer.IsAddress(address))
                .WithErrorCode("mail-address");
            RuleFor(r => r)
                .Must(r => r.RepairOrderId is null != r.Day is null)
                .OverridePropertyName("repairOrderId")
                .WithErrorCode("order-or-day");
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/work-links", Handle)
            .AsCommand()
            .ForRoles(Roles.Engineering, Roles.EngineeringHead, Roles.RepairUnit)
            .WithSummary("A link and QR code for the phone of somebody who repairs")
            .WithDescription(
                """
                Rule P3.2.3. To one issued order, or to a unit's orders of a day. Its holder sees what the work needs and
                takes the steps of the work, nothing else, without an account. `link` and `qrPng` are told this once, also
                under an Idempotency-Key, and to `email` where a mail server is set. 400: link-life. 404: no such order, or not issued to a unit.
                """
            )
            .WithExample(
                new Request(
                    "馬師傅",
                    new DateTimeOffset(2026, 3, 20, 18, 0, 0, TimeSpan.FromHours(8)),
                    Guid.Parse("0198c0de-0000-7000-8000-000000000001")
                )
            )
            .Produces<WorkLinkView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        RepairsSettings settings,
        RepairsMails mails,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var (actor, context) = (caller.Actor, caller.Context());
        var unitId = actor.IsStaff() ? body.UnitId : actor.OrganisationId;
        // The unit as an order that was issued to it names it.
        var known = db
            .RepairOrders.AsNoTracking()
            .Where(o => o.RepairUnitId != null && (unitId == null || o.RepairUnitId == unitId));
        known = body.RepairOrderId is { } one ? known.Where(o => o.Id == one) : known.Where(o => unitId != null);
        if (await known.OrderByDescending(o => o.Id).FirstOrDefaultAsync(cancellation) is not { } order)
        {
            return CommandResult.NotFound();
        }

        var unit = new RepairUnit(
            order.RepairUnitId!.Value,
            order.RepairUnitName!,
            order.RepairUnitIsOwn ? UnitKind.Own : UnitKind.Subcontractor
        );
        var secret = SecretLink.New();
        var made = WorkLink.Create(
            context,
            body.RepairOrderId,
            unit,
            body.Day,
            body.HolderName,
            secret.Hash,
            body.ExpiresAt!.Value
        );
        var address = settings.LinkOf(secret.Token);
        if (body.Email is { } email && !made.Failed(out _, out var toSend))
        {
            // The mail of a day stands with an order of that day, and goes with it.
            var about = toSend.RepairOrderId is null
                ? (await db.OrdersAsync(toSend, cancellation)).FirstOrDefault() ?? order
                : order;
            await mails.WorkLinkAsync(context, toSend, about, address, email, cancellation);
        }

        var result = caller.Create(
            db,
            "work-links",
            made,
            (link, by) =>
                WorkLinkView.From(link, by) with
                {
                    Link = address,
                    QrPng = Convert.ToBase64String(QrCode.Png(address)),
                }
        );
        return made.Failed(out _, out var created)
            ? result
            : result.ButRemember(() => WorkLinkView.From(created, caller));
    }
}
