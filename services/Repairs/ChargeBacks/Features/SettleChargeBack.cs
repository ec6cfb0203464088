using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.ChargeBacks.Features;

internal static class SettleChargeBack
{
    internal sealed record Request
    {
        /// <summary>The day, company time zone.</summary>
        public required DateOnly On { get; init; }

        /// <summary>Voucher or set-off.</summary>
        public required string Reference { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Reference).RequiredText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/charge-backs/{id:guid}/settle", Handle)
            .AsCommand()
            .WithSummary("Finance has the money, or sets it off")
            .WithDescription(
                """
                Rule P3.1.1. 409: date-in-future.
                """
            )
            .WithExample(new Request { On = new DateOnly(2026, 4, 10), Reference = "抵扣質保金 ZB-2026-018" })
            .Produces<ChargeBackView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ChargeBacks.VisibleTo(caller.Actor),
            id,
            (charge, context) => charge.Settle(context, body.On, body.Reference),
            ChargeBackView.From,
            cancellation
        );
}
