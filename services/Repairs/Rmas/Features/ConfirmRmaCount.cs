using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Rmas.Features;

internal static class ConfirmRmaCount
{
    /// <param name="Quantity">The received quantity that is confirmed.</param>
    /// <param name="PrintedName">Name in print, of a customer who signs here.</param>
    /// <param name="Recorded">The customer's word, where customer service takes it down.</param>
    /// <param name="Lines">The same line by line: each that differs from what was declared, others where they are
    /// named. Where only quantities differ the total is enough.</param>
    internal sealed record Request(
        int? Quantity,
        string? PrintedName = null,
        WordRequest? Recorded = null,
        IReadOnlyList<CountedLineRequest>? Lines = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Quantity).NotNull();
            RuleFor(r => r.PrintedName).OptionalText(TextLength.Line);
            RuleFor(r => r.Lines!).AtMost(CountedLineRequest.Most).When(r => r.Lines is not null);
            RuleForEach(r => r.Lines).SetValidator(new CountedLineRequest.Validator());
            RuleFor(r => r.Recorded!).SetValidator(new WordRequest.Validator()).When(r => r.Recorded is not null);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/rmas/{id:guid}/confirm", Handle)
            .AsCommand()
            .WithSummary("The customer confirms the received quantity")
            .WithDescription(
                """
                Rule C5.1.1, worked case 4. A customer gives their name in print; customer service takes down who said it,
                how and when. The units are released with it. `lines` confirms each line: every one that is unexpected or missing,
                and others where they are named. A machine is named by its serial number. The total alone is enough where only
                quantities are too small, or too large. 409: count-differs, count-line-differs (which names the line),
                confirmation-not-recorded, date-in-future.
                """
            )
            .WithExample(
                new Request(
                    9,
                    null,
                    new("李經理", WordBy.Letter, new DateOnly(2026, 3, 10)),
                    [new CountedLineRequest(0, "SN-1010")]
                )
            )
            .Produces<RmaView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Rmas.VisibleTo(caller.Actor),
            id,
            async (rma, context) =>
            {
                var given = new CountConfirmation(
                    body.Quantity!.Value,
                    body.PrintedName,
                    body.Recorded?.Word(),
                    CountedLineRequest.Confirmed(body.Lines)
                );
                if (rma.Confirm(context, given) is { } refusal)
                {
                    return refusal;
                }

                await RmaRelease.UnitsAsync(db, rma, context, cancellation);
                return null;
            },
            RmaView.From,
            cancellation
        );
}
