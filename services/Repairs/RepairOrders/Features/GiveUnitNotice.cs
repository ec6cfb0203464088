using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class GiveUnitNotice
{
    internal sealed record Request
    {
        /// <summary>How it goes out.</summary>
        public required NoticeChannel Channel { get; init; }

        /// <summary>What it says.</summary>
        public required string Text { get; init; }

        /// <summary>To whom it is addressed.</summary>
        public required string Recipient { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Text).RequiredText();
            RuleFor(r => r.Recipient).RequiredText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/give-notice", Handle)
            .AsCommand()
            .WithSummary("The head of engineering gives written notice to a unit that does not come")
            .WithDescription(
                """
                Rule P3.1.1. To a subcontractor that has not received the order in time, or not begun by its target.
                After it another unit may be named at its cost. The letter is printed as the form `unit-notice`. 409:
                unit-is-own, unit-not-late, notice-given-already.
                """
            )
            .WithExample(
                new Request
                {
                    Channel = NoticeChannel.RegisteredLetter,
                    Text = "貴司逾期未簽收維修任務，我司將另行安排維修，費用由貴司承擔。",
                    Recipient = "李經理",
                }
            )
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
            (order, context) => order.GiveNotice(context, body.Channel, body.Text, body.Recipient),
            RepairOrderView.From,
            cancellation
        );
}
