using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>FM001 and the talks about it (C3.1.2, C5.1.1.1).</summary>
internal static class MakeOutOffer
{
    /// <param name="Description">What is charged.</param>
    /// <param name="Quantity">How many.</param>
    /// <param name="UnitPrice">Price of one, at most two decimals.</param>
    /// <param name="Component">Code of the component, where it is about one.</param>
    internal sealed record LineRequest(string Description, int? Quantity, decimal? UnitPrice, string? Component = null);

    /// <param name="Lines">Lines.</param>
    /// <param name="DiscountPercent">0 to 100; 100 waives the charge. Beyond the policy's limit the sales manager
    /// approves it.</param>
    /// <param name="DiscountReason">Needed with a discount.</param>
    /// <param name="Remark">Remark on the form.</param>
    internal sealed record Request(
        IReadOnlyList<LineRequest> Lines,
        decimal DiscountPercent = 0,
        string? DiscountReason = null,
        string? Remark = null
    );

    /// <param name="Reason">Why the discount is granted.</param>
    internal sealed record ApprovalRequest(string Reason);

    /// <param name="Through">How it is sent.</param>
    internal sealed record SendRequest(ContactChannel? Through);

    /// <param name="Channel">How.</param>
    /// <param name="Person">With whom.</param>
    /// <param name="Reached">False where nobody answered.</param>
    /// <param name="Said">What was said.</param>
    /// <param name="At">When; now by default.</param>
    internal sealed record ContactRequest(
        ContactChannel? Channel,
        string Person,
        bool? Reached,
        string Said,
        DateTimeOffset? At = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(100);
            RuleForEach(r => r.Lines)
                .ChildRules(line =>
                {
                    line.RuleFor(l => l.Description).RequiredText(TextLength.Line);
                    line.RuleFor(l => l.Quantity).NotNull().LessThanOrEqualTo(100_000);
                    line.RuleFor(l => l.UnitPrice).NotNull();
                    line.RuleFor(l => l.Component).OptionalCode();
                });
            RuleFor(r => r.DiscountReason).OptionalText();
            RuleFor(r => r.Remark).OptionalText();
        }
    }

    internal sealed class ApprovalValidator : AbstractValidator<ApprovalRequest>
    {
        public ApprovalValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal sealed class SendValidator : AbstractValidator<SendRequest>
    {
        public SendValidator() => RuleFor(r => r.Through).NotNull();
    }

    internal sealed class ContactValidator : AbstractValidator<ContactRequest>
    {
        public ContactValidator()
        {
            RuleFor(r => r.Channel).NotNull();
            RuleFor(r => r.Person).RequiredText(TextLength.Line);
            RuleFor(r => r.Reached).NotNull();
            RuleFor(r => r.Said).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapStep<ContactRequest>(
                "log-contact",
                "LogRmaUnitContact",
                (unit, context, body) =>
                    unit.LogContact(context, body.Channel!.Value, body.Person, body.Reached!.Value, body.Said, body.At)
            )
            .WithSummary("A contact with the customer about the charge")
            .WithDescription("Rule C3.1.2. Tries that failed are kept, too. 409: no-charge, date-in-future.");
        routes
            .MapPost("/rma-units/{id:guid}/make-out-offer", Handle)
            .AsCommand()
            .WithSummary("FM001 is made out, or a further version of it")
            .WithDescription(
                """
                Rules C5.1.1.1, C3.1.2, C10. Only for a damaged main component out of warranty. The number is given with
                the first version; a new version withdraws the one before. Amounts are exact decimals; the discount is
                rounded to the cent, half away from zero. 409: no-charge, offer-without-lines, not-an-amount,
                discount-unexplained.
                """
            )
            .WithExample(
                new Request([new("更換主控板", 1, 680.00m, "MAINBOARD"), new("工時", 2, 90.00m)], 5m, "老客戶")
            )
            .Produces<RmaUnitView>();
        routes
            .MapStep<ApprovalRequest>(
                "approve-offer",
                "ApproveOffer",
                (unit, context, body) => unit.ApproveOffer(context, body.Reason)
            )
            .WithSummary("The sales manager approves a discount beyond the limit, or a waiver")
            .WithDescription("Rule C3.1.2. 409: approval-not-needed.");
        routes
            .MapPost("/rma-units/{id:guid}/send-offer", SendOffer)
            .AsCommand()
            .WithSummary("FM001 is sent to the customer")
            .WithDescription(
                "Rules C5.1.1.1, C3.1.2. It holds for the policy's days and has its hash from now on. Through mail or the "
                    + "portal it goes to the customer's address by mail, with a link to answer it, where a mail server is "
                    + "set and an address is known. 409: discount-not-approved."
            )
            .WithExample(new SendRequest(ContactChannel.Mail))
            .Produces<RmaUnitView>();
    }

    private static Task<CommandResult> SendOffer(
        Guid id,
        SendRequest body,
        RepairsDb db,
        RepairsMails mails,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RmaUnits.VisibleTo(caller.Actor),
            id,
            async (unit, context) =>
            {
                if (unit.SendOffer(context, body.Through!.Value) is { } refusal)
                {
                    return refusal;
                }

                return body.Through is ContactChannel.Mail or ContactChannel.Portal
                    ? await MailAsync(unit, context, db, mails, cancellation)
                    : null;
            },
            RmaUnitView.From,
            cancellation
        );

    // The customer can answer by the mail itself.
    private static async Task<Refusal?> MailAsync(
        RmaUnit unit,
        CommandContext context,
        RepairsDb db,
        RepairsMails mails,
        CancellationToken cancellation
    )
    {
        if (await mails.ReaderOfAsync(unit, cancellation) is not { } customer)
        {
            return null;
        }

        var rma = await db.Rmas.FirstAsync(r => r.Id == unit.RmaId, cancellation);
        var secret = SecretLink.New();
        var person = customer.Contact ?? customer.Name;
        if (
            CustomerLink
                .Make(context, LinkScope.AnswerOffer, rma, unit, person, secret.Hash)
                .Failed(out var refusal, out var link)
        )
        {
            return refusal;
        }

        db.Add(link);
        mails.OfferSent(context, unit, customer, secret.Token);
        return null;
    }

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RmaUnits.VisibleTo(caller.Actor),
            id,
            (unit, context) =>
            {
                var input = new OfferInput(
                    [
                        .. body.Lines.Select(line => new OfferLine(
                            line.Description,
                            line.Component,
                            line.Quantity!.Value,
                            line.UnitPrice!.Value
                        )),
                    ],
                    body.DiscountPercent,
                    body.DiscountReason,
                    body.Remark
                );
                if (unit.MakeOutOffer(context, input) is { } refusal)
                {
                    return refusal;
                }

                if (unit.OfferNumber is null)
                {
                    db.NumberOnCommit(RmaUnit.OfferForm, context.Today.Year, unit.NumberOffer);
                }

                return null;
            },
            RmaUnitView.From,
            cancellation
        );
}
