using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>The owner accepts the repair, or refuses it.</summary>
internal static class RespondToRepair
{
    private const string Description = """
        Rule P3.2.3: only after the quality department has passed it. The owner signs here, today; or customer service
        enters the signature on paper with its day (`signedOn`) and, where there is one, the id of the scan
        (`scanId`). 409: not-inspected, paper-not-dated, signed-before-inspection, date-in-future.
        """;

    /// <param name="Opinion">The owner's opinion.</param>
    /// <param name="PrintedName">Name in print of the person who signs.</param>
    /// <param name="SignedOn">Day on the paper.</param>
    /// <param name="ScanId">The uploaded scan of the paper.</param>
    internal sealed record Request(string Opinion, string PrintedName, DateOnly? SignedOn = null, string? ScanId = null)
    {
        internal OwnerDecision Decision => new(Opinion, PrintedName, SignedOn, ScanId);
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Opinion).RequiredText();
            RuleFor(r => r.PrintedName).RequiredText(TextLength.Line);
            RuleFor(r => r.ScanId).OptionalCode(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/repair-orders/{id:guid}/accept", AcceptRepair)
            .AsCommand()
            .WithSummary("The owner accepts the repair, gives an opinion and signs")
            .WithDescription(Description)
            .WithExample(new Request("滿意", "王先生"))
            .Produces<RepairOrderView>();
        routes
            .MapPost("/repair-orders/{id:guid}/refuse", RefuseRepair)
            .AsCommand()
            .WithSummary("The owner refuses the repair and says why; the work goes back to repair")
            .WithDescription(Description + " The refusal is counted.")
            .WithExample(new Request("仍有水漬", "王先生"))
            .Produces<RepairOrderView>();
    }

    private static Task<CommandResult> AcceptRepair(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            (order, context) => order.Accept(context, body.Decision),
            RepairOrderView.From,
            cancellation
        );

    private static Task<CommandResult> RefuseRepair(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            (order, context) => order.Refuse(context, body.Decision),
            RepairOrderView.From,
            cancellation
        );
}
