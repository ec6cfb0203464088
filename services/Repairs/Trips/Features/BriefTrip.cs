using System.Text.Json.Serialization;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Trips.Features;

internal static class BriefTrip
{
    internal sealed record Request
    {
        /// <summary>Day of the briefing.</summary>
        public required DateOnly On { get; init; }

        public required string Content { get; init; }

        public required IReadOnlyList<Person> Participants { get; init; }

        /// <summary>The service principles of P3.2.2, once for all orders.</summary>
        public required bool ServicePrinciples { get; init; }

        public required bool CooperateWithOwner { get; init; }

        public required bool SatisfyReasonableWishes { get; init; }

        public required bool NeverQuarrel { get; init; }
    }

    /// <param name="Name">Printed name.</param>
    /// <param name="Role">Who listened only may inspect later.</param>
    /// <param name="PersonId">Subject of the person's account, where there is one.</param>
    internal sealed record Person(string Name, [property: JsonRequired] BriefingRole Role, string? PersonId = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Content).RequiredText();
            RuleFor(r => r.Participants).NotEmpty().AtMost(100);
            RuleForEach(r => r.Participants)
                .NotNull()
                .ChildRules(person =>
                {
                    person.RuleFor(p => p.Name).RequiredText(TextLength.Line);
                    person.RuleFor(p => p.PersonId).OptionalCode(TextLength.Line);
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/trips/{id:guid}/brief", Handle)
            .AsCommand()
            .WithSummary("Leader and crew are briefed once for all orders of the trip")
            .WithDescription(
                """
                Rule P3.2.2. By the head of engineering. The same briefing stands in each order; one that is briefed already
                keeps its own. All or none: an order that is refused is named with its refusal. 409:
                trip-orders-not-issued, and those of `brief` of an order.
                """
            )
            .WithExample(
                new Request
                {
                    On = new DateOnly(2026, 3, 15),
                    Content = "三處屋面，先聯繫物業；成品保護",
                    Participants = [new("張經理", BriefingRole.Leader), new("維修班長", BriefingRole.Crew)],
                    ServicePrinciples = true,
                    CooperateWithOwner = true,
                    SatisfyReasonableWishes = true,
                    NeverQuarrel = true,
                }
            )
            .Produces<TripView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Trips.VisibleTo(caller.Actor),
            id,
            async (trip, context) =>
                trip.CheckRole(context, TripAction.Brief)
                ?? BriefAll(trip, await db.OrdersOfAsync(trip, cancellation), body, context, caller),
            TripView.From,
            cancellation
        );

    private static Refusal? BriefAll(
        Trip trip,
        IReadOnlyList<RepairOrder> orders,
        Request body,
        CommandContext context,
        Caller caller
    )
    {
        IReadOnlyList<BriefingParticipant> people =
        [
            .. body.Participants.Select(p => new BriefingParticipant(p.Name, p.Role, p.PersonId)),
        ];
        var principles = new BriefingPrinciples(
            body.ServicePrinciples,
            body.CooperateWithOwner,
            body.SatisfyReasonableWishes,
            body.NeverQuarrel
        );
        string[] notIssued =
        [
            .. orders
                .Where(order => order.DispatchRecord is null || order.RepairUnitId != trip.UnitId)
                .Select(order => order.Number),
        ];
        foreach (var order in orders.Where(order => notIssued is [] && order.Briefing is null))
        {
            var own = caller.Context(order);
            if (order.Brief(own, body.On, body.Content, people, principles) is { } refusal)
            {
                return refusal.With("order", order.Number);
            }
        }

        var briefing = new Briefing(body.On, body.Content, people, principles, Stamp.Of(context));
        return trip.Brief(context, new(briefing, notIssued));
    }
}
