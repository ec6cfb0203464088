using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>FM002, the mark on the original of FM001, and its way to the repairer (C5.1.1.1).</summary>
internal static class MakeOutCharge
{
    /// <param name="Amount">At most the sum consented to.</param>
    /// <param name="Remark">Remark on the form.</param>
    internal sealed record Request(decimal? Amount, string? Remark = null);

    /// <param name="PrintedName">Name in print of the handler who signs.</param>
    internal sealed record AnnotateRequest(string PrintedName);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Amount).NotNull();
            RuleFor(r => r.Remark).OptionalText();
        }
    }

    internal sealed class AnnotateValidator : AbstractValidator<AnnotateRequest>
    {
        public AnnotateValidator() => RuleFor(r => r.PrintedName).RequiredText(TextLength.Line);
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/rma-units/{id:guid}/make-out-charge", Handle)
            .AsCommand()
            .WithSummary("FM002 is made out")
            .WithDescription(
                "Rules C5.1.1.1, C10, worked case 5. Never before the signed consent, never above its sum. 409: "
                    + "consent-missing, charged-already, charge-exceeds-consent."
            )
            .WithExample(new Request(817.00m))
            .Produces<RmaUnitView>();
        routes
            .MapStep<AnnotateRequest>(
                "annotate",
                "AnnotateOffer",
                (unit, context, body) => unit.Annotate(context, body.PrintedName)
            )
            .WithSummary("The original of FM001 is marked 需維修 or 返回 and signed by the handler")
            .WithDescription("Rule C5.1.1.1. 409: charge-not-made-out, handler-not-signed.");
        routes
            .MapStep("receive-original", "ReceiveOfferOriginal", (unit, context) => unit.ReceiveOriginal(context))
            .WithSummary("The repairer receives the annotated original")
            .WithDescription(
                "Rule C5.1.1.1. With it the repair begins, or the unit is put together again and goes back. 409: "
                    + "receiver-is-handler."
            );
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
                if (unit.MakeOutCharge(context, body.Amount!.Value, body.Remark) is { } refusal)
                {
                    return refusal;
                }

                db.NumberOnCommit(RmaUnit.ChargeForm, context.Today.Year, unit.NumberCharge);
                return null;
            },
            RmaUnitView.From,
            cancellation
        );
}
