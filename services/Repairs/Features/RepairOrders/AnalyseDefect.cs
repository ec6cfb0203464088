using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class AnalyseDefect
{
    internal sealed record Request(string Facts, string Causes, string MainCause, IReadOnlyList<string> Measures);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Facts).NotEmpty().MaximumLength(4000);
            RuleFor(r => r.Causes).NotEmpty().MaximumLength(4000);
            RuleFor(r => r.MainCause).NotEmpty().MaximumLength(1000);
            RuleFor(r => r.Measures).NotEmpty().Must(m => m is null || m.Count <= 50);
            RuleForEach(r => r.Measures).NotEmpty().MaximumLength(1000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/analyse", Handle)
            .AsCommand()
            .WithSummary("Facts, analysis, main cause and measures are recorded")
            .WithDescription(
                "Rule P3.2.1. Whoever writes is the author of this revision and cannot review it. A record that was sent back is written anew; in an emergency that was issued before approval it is written while the work goes on. 409: approved-already, reviewed-already."
            )
            .Produces<RepairOrderView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var order = await store.FindVisibleAsync(id, caller, cancellationToken);
        return caller.Change(
            order,
            o => o.Analyse(caller.Flow(o.PolicyVersion), body.Facts, body.Causes, body.MainCause, body.Measures),
            o => RepairOrderView.From(o, caller)
        );
    }
}
