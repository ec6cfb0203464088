using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.ChargeBacks.Features;

internal static class AcceptChargeBack
{
    internal sealed record Request(string? Remark = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Remark).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/charge-backs/{id:guid}/accept", Handle)
            .AsCommand()
            .WithSummary("The unit accepts the charge-back")
            .WithDescription(
                """
                Rule P3.1.1. Own ones only.
                """
            )
            .WithExample(new Request("同意抵扣"))
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
            (charge, context) => charge.Accept(context, body.Remark),
            ChargeBackView.From,
            cancellation
        );
}
