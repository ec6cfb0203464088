using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.ChargeBacks.Features;

internal static class ReviseChargeBack
{
    /// <param name="Amount">Yuan, above 0, two decimals.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record Request(decimal? Amount, string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Amount)
                .NotNull()
                .InclusiveBetween(0.01m, 99_999_999m)
                .PrecisionScale(10, 2, ignoreTrailingZeros: true);
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/charge-backs/{id:guid}/revise", Handle)
            .AsCommand()
            .WithSummary("Proposed again after a dispute, for the same sum or less")
            .WithDescription(
                """
                Rule P3.1.1. 409: revised-upwards.
                """
            )
            .WithExample(new Request(1200m, "扣除業主承擔部分"))
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
            (charge, context) => charge.Revise(context, body.Amount!.Value, body.Reason),
            ChargeBackView.From,
            cancellation
        );
}
