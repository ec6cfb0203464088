using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.ChargeBacks.Features;

internal static class DisputeChargeBack
{
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/charge-backs/{id:guid}/dispute", Handle)
            .AsCommand()
            .WithSummary("The unit disputes the charge-back, with a reason")
            .WithDescription(
                """
                Rule P3.1.1. Own ones only. Engineering revises it, or a leader decides.
                """
            )
            .WithExample(new Request("該部位由業主自行改動"))
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
            (charge, context) => charge.Dispute(context, body.Reason),
            ChargeBackView.From,
            cancellation
        );
}
