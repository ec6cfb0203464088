using CustomerService.Mailing;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>Links for customers without an account: for one purpose, until a day, revocable.</summary>
internal static class MakeCustomerLink
{
    /// <param name="Scope">What it is for.</param>
    /// <param name="Person">For whom.</param>
    /// <param name="UnitId">The unit whose offer is answered; only with <c>answer-offer</c>.</param>
    /// <param name="Email">Where it is sent by mail, if a mail server is set; the customer's address on record by
    /// default.</param>
    internal sealed record Request(LinkScope? Scope, string Person, Guid? UnitId = null, string? Email = null);

    /// <param name="Id">The link.</param>
    /// <param name="Version">Its version.</param>
    /// <param name="Scope">What it is for.</param>
    /// <param name="Person">For whom.</param>
    /// <param name="RmaId">The RMA.</param>
    /// <param name="UnitId">The unit.</param>
    /// <param name="ValidThrough">Last day on which it works.</param>
    /// <param name="Revoked">Whether it was revoked.</param>
    /// <param name="Path">Its address below the API of this service, told this once; null otherwise.</param>
    internal sealed record CustomerLinkView(
        Guid Id,
        long Version,
        LinkScope Scope,
        string Person,
        Guid RmaId,
        Guid? UnitId,
        DateOnly ValidThrough,
        bool Revoked,
        string? Path
    )
    {
        public static CustomerLinkView From(CustomerLink link, string? token = null) =>
            new(
                link.Id,
                link.Version,
                link.Scope,
                link.Person,
                link.RmaId,
                link.UnitId,
                link.ValidThrough,
                link.RevokedAt is not null,
                token is null ? null : $"/v1/customer-links/{token}"
            );
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Scope).NotNull();
            RuleFor(r => r.Person).RequiredText(TextLength.Line);
            RuleFor(r => r.Email)
                .MaximumLength(TextLength.Line)
                .Must(address => address is null || MailServer.IsAddress(address))
                .WithErrorCode("mail-address");
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/rmas/{id:guid}/customer-links", Handle)
            .AsCommand()
            .ForRoles(CustomerLink.Makers)
            .WithSummary("Makes a link for a person of the customer")
            .WithDescription(
                "Rules C5.1.1, C5.1.1.1, C3.1.1. To confirm the received quantity, to answer one offer, or to see where the "
                    + "machines are. The address holds a secret and is told this once, also under an Idempotency-Key, and "
                    + "to the person by mail where a mail server is set and an address is known. 400: "
                    + "link-needs-unit, unit-unknown."
            )
            .WithExample(new Request(LinkScope.Track, "李經理"))
            .Produces<CustomerLinkView>(StatusCodes.Status201Created);
        routes
            .MapPost("/customer-links/{id:guid}/revoke", RevokeCustomerLink)
            .AsCommand()
            .ForRoles(CustomerLink.Makers)
            .WithSummary("The link works no more")
            .WithDescription("Rule C5.1.1. 409: link-revoked.")
            .Produces<CustomerLinkView>();
    }

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        RepairsMails mails,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await db.Rmas.VisibleTo(caller.Actor).FirstOrDefaultAsync(r => r.Id == id, cancellation) is not { } rma)
        {
            return CommandResult.NotFound();
        }

        var unit = body.UnitId is { } unitId
            ? await db.RmaUnits.FirstOrDefaultAsync(u => u.Id == unitId && u.RmaId == id, cancellation)
            : null;
        if (body.UnitId is not null && unit is null)
        {
            return Rules.Refusal.Invalid("unit-unknown", "C3.1.1", "unit");
        }

        var secret = SecretLink.New();
        var made = CustomerLink.Make(caller.Context(), body.Scope!.Value, rma, unit, body.Person, secret.Hash);
        if (!made.Failed(out _, out var toSend))
        {
            await mails.LinkAsync(caller.Context(), rma, toSend, secret.Token, body.Email, cancellation);
        }

        var answer = caller.Create(db, "customer-links", made, (link, _) => CustomerLinkView.From(link, secret.Token));
        return made.Failed(out _, out var created) ? answer : answer.ButRemember(() => CustomerLinkView.From(created));
    }

    private static Task<CommandResult> RevokeCustomerLink(
        Guid id,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.CustomerLinks,
            id,
            (link, context) => link.Revoke(context),
            (link, _) => CustomerLinkView.From(link),
            cancellation
        );
}
