using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Rmas.Features;

internal static class WithdrawRma
{
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/rmas/{id:guid}/withdraw", Handle)
            .AsCommand()
            .WithSummary("Nothing is sent after all")
            .WithDescription("Rule C5.1.1. Only before anything came.")
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
            (rma, context) => rma.Withdraw(context, body.Reason),
            RmaView.From,
            cancellation
        );
}
