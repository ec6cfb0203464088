using CustomerService.Records;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>The customer consents to an offer, or refuses it (C5.1.1.1).</summary>
internal static class AnswerOffer
{
    /// <param name="OfferVersion">Version that is answered.</param>
    /// <param name="Hash">Its hash.</param>
    /// <param name="Words">What stands above the signature: 「同意維修」 or 「同意维修」 for a consent.</param>
    /// <param name="PrintedName">Name in print of the person who signed.</param>
    /// <param name="SignedCopy">The signed copy, where the customer did not sign here: of a consent the identity of a file of
    /// the unit, of a refusal also where it is kept.</param>
    /// <param name="Recorded">The spoken word of a refusal, taken down.</param>
    internal sealed record Request(
        int? OfferVersion,
        string? Hash = null,
        string? Words = null,
        string? PrintedName = null,
        string? SignedCopy = null,
        WordRequest? Recorded = null
    )
    {
        public OfferReply Reply() => new(OfferVersion!.Value, Hash, Words, PrintedName, SignedCopy, Recorded?.Word());
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.OfferVersion).NotNull();
            RuleFor(r => r.Hash).MaximumLength(64);
            RuleFor(r => r.Words).MaximumLength(TextLength.Line);
            RuleFor(r => r.PrintedName).OptionalText(TextLength.Line);
            RuleFor(r => r.SignedCopy).OptionalText(TextLength.Line);
            RuleFor(r => r.Recorded!).SetValidator(new WordRequest.Validator()).When(r => r.Recorded is not null);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/rma-units/{id:guid}/consent", ConsentToOffer)
            .AsCommand()
            .WithSummary("The customer consents in writing")
            .WithDescription(
                """
                Rule C5.1.1.1. The consent binds one version of FM001 and its hash, and has the words 「同意維修」 or
                「同意维修」 exactly. A customer signs with their name in print; customer service hands in the signed copy: a scan or
                signature among the files of the unit. 409: consent-to-other-version, consent-words-missing,
                consent-not-signed, signed-copy-unknown, offer-expired.
                """
            )
            .WithExample(new Request(1, new string('0', 64), "同意維修", "李經理"))
            .Produces<RmaUnitView>();
        routes
            .MapStep<Request>("refuse", "RefuseOffer", (unit, context, body) => unit.Refuse(context, body.Reply()))
            .WithSummary("The customer does not want the repair")
            .WithDescription(
                "Rule C5.1.1.1. May be spoken: customer service takes down who said it, how and when. 409: "
                    + "refusal-not-recorded, date-in-future."
            )
            .WithExample(new Request(1, Recorded: new("李經理", WordBy.Phone, new DateOnly(2026, 3, 12))));
    }

    private static Task<CommandResult> ConsentToOffer(
        Guid id,
        Request body,
        RepairsDb db,
        IRecordStore records,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RmaUnits.VisibleTo(caller.Actor),
            id,
            async (unit, context) =>
                unit.CheckRole(context, RmaUnitAction.Consent)
                ?? (
                    string.IsNullOrWhiteSpace(body.SignedCopy)
                    || await IsSignedCopyAsync(unit, body.SignedCopy, records, cancellation)
                        ? null
                        : Refusal
                            .ByRule("signed-copy-unknown", "C5.1.1.1", ["signed-copy"], Roles.CustomerService)
                            .With("copy", body.SignedCopy)
                )
                ?? unit.Consent(context, body.Reply()),
            RmaUnitView.From,
            cancellation
        );

    // What customer service hands in for the customer is there to be looked at.
    private static async Task<bool> IsSignedCopyAsync(
        RmaUnit unit,
        string copy,
        IRecordStore records,
        CancellationToken cancellation
    ) =>
        Guid.TryParse(copy, out var id)
        && (await records.FilesAsync(unit.Id, cancellation)).Any(file =>
            file.Id == id && file.Stands && file.Purpose is ("scan" or FileRules.Signature)
        );
}
