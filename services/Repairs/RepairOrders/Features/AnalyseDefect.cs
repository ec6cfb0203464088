using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class AnalyseDefect
{
    internal sealed record Request(string Facts, string Causes, string MainCause, IReadOnlyList<string> Measures);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Facts).RequiredText();
            RuleFor(r => r.Causes).RequiredText();
            RuleFor(r => r.MainCause).RequiredText();
            RuleFor(r => r.Measures).NotEmpty().AtMost(50);
            RuleForEach(r => r.Measures).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/analyse", Handle)
            .AsCommand()
            .WithSummary("Facts, analysis, main cause and measures are recorded")
            .WithDescription(
                """
                Rule P3.2.1. The writer is the author of this revision and cannot review it. A record that was sent
                back is written again; in an emergency that was issued before approval it is written while the work
                goes on. 409: approved-already, reviewed-already.
                """
            )
            .WithExample(new Request("女兒牆根部滲水", "收口開裂", "附加層漏做", ["鏟除重做附加層"]))
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            (order, context) => order.Analyse(context, body.Facts, body.Causes, body.MainCause, body.Measures),
            RepairOrderView.From,
            cancellation
        );
}
