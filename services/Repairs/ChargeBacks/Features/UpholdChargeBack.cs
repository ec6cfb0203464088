using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.ChargeBacks.Features;

internal static class UpholdChargeBack
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
            .MapPost("/charge-backs/{id:guid}/uphold", Handle)
            .AsCommand()
            .WithSummary("A leader decides against the objection of the unit")
            .WithDescription(
                """
                Rule P3.1.1. Not the one who proposed it. 409: decider-is-proposer.
                """
            )
            .WithExample(new Request("合同約定由分包承擔"))
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
            (charge, context) => charge.Uphold(context, body.Reason),
            ChargeBackView.From,
            cancellation
        );
}
