using CustomerService.Records;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Returns.Features;

/// <summary>The customer has what was given in exchange (C3.1.1, C5.1.5).</summary>
internal static class ConfirmReplacement
{
    private const string Scan = "scan";

    internal sealed record Request
    {
        /// <summary>By what it is known; a customer says so in the portal.</summary>
        public ReceiptProof? Proof { get; init; }

        /// <summary>Who brought it; the carrier of the shipping by default.</summary>
        public string? Carrier { get; init; }

        /// <summary>Who received it.</summary>
        public required string Receiver { get; init; }

        /// <summary>Day on which it came.</summary>
        public DateOnly? On { get; init; }

        /// <summary>Of the carrier's proof, or what was said in the call.</summary>
        public string? Reference { get; init; }

        /// <summary>A file of the case of purpose scan or signature.</summary>
        public Guid? FileId { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Proof).NotNull();
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.Receiver).RequiredText(TextLength.Line);
            RuleFor(r => r.Carrier).OptionalText(TextLength.Line);
            RuleFor(r => r.Reference).OptionalText(TextLength.Line);
            RuleFor(r => r.FileId).NotEqual(Guid.Empty);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/return-cases/{id:guid}/confirm-replacement", Handle)
            .AsCommand()
            .WithSummary("The customer has what was given in exchange")
            .WithDescription(
                """
                Rules C3.1.1, C5.1.5. Customers say so themselves (`portal`); the company enters the carrier's proof, with a
                reference or a scan or signature among the files of the case (`fileId`), which stays from then on, or a call.
                Before it the case is not closed. 400: proof-unknown. 409: no-replacement-on-its-way, date-in-future,
                delivered-before-shipping, delivery-not-proved.
                """
            )
            .WithExample(
                new Request
                {
                    Proof = ReceiptProof.Carrier,
                    Carrier = "順豐",
                    Receiver = "李經理",
                    On = new DateOnly(2026, 3, 22),
                    Reference = "SF1234567890",
                }
            )
            .Produces<ReturnCaseView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Files files,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ReturnCases.VisibleTo(caller.Actor),
            id,
            async (one, context) =>
                one.ConfirmReplacement(
                    context,
                    new(
                        body.Proof!.Value,
                        body.Carrier ?? one.Replacement?.Carrier,
                        body.Receiver,
                        body.On!.Value,
                        body.Reference,
                        body.FileId
                    )
                ) ?? await HoldAsync(one, body.FileId, context, files, cancellation),
            ReturnCaseView.From,
            cancellation
        );

    private static async Task<Refusal?> HoldAsync(
        ReturnCase one,
        Guid? fileId,
        CommandContext context,
        Files files,
        CancellationToken cancellation
    ) =>
        fileId is { } file
        && !(
            await files.HoldAsync(
                context,
                one.Id,
                [file],
                held => held.Purpose is Scan or FileRules.Signature && ReturnFiles.Rules.AreSeenBy(context.Actor, held),
                cancellation
            )
        ).Contains(file)
            ? Refusal.Invalid("proof-unknown", "C3.1.1", "fileId")
            : null;
}
