using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class ConfirmDefect
{
    internal sealed record Request
    {
        /// <summary>How it was confirmed.</summary>
        public required ConfirmationMethod Method { get; init; }

        /// <summary>Day of the confirmation.</summary>
        public required DateOnly On { get; init; }

        public required string OwnerRepresentative { get; init; }

        /// <summary>What is to be done, as agreed with the owner.</summary>
        public required string ReworkAgreed { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.OwnerRepresentative).RequiredText(TextLength.Line);
            RuleFor(r => r.ReworkAgreed).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/confirm", Handle)
            .AsCommand()
            .WithSummary("The defect is confirmed with the owner and the rework agreed")
            .WithDescription(
                """
                Rule P3.2.1: within the days of the policy from the notice (two calendar days by default, the first
                day not counted), on site or by phone. Later it can still be confirmed, and is marked late. `on` is a
                date in the company's time zone, from the day of notice to today. 409: date-in-future, before-notice.
                """
            )
            .WithExample(
                new Request
                {
                    Method = ConfirmationMethod.OnSite,
                    On = new DateOnly(2026, 3, 10),
                    OwnerRepresentative = "王先生",
                    ReworkAgreed = "拆除重做防水層",
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
            (order, context) =>
                order.Confirm(context, body.Method, body.On, body.OwnerRepresentative, body.ReworkAgreed),
            RepairOrderView.From,
            cancellation
        );
}
