using System.Text.Json.Serialization;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class BriefRepairCrew
{
    internal sealed record Request
    {
        /// <summary>Day of the briefing.</summary>
        public required DateOnly On { get; init; }

        public required string Content { get; init; }

        public required IReadOnlyList<Participant> Participants { get; init; }

        public required bool ServicePrinciples { get; init; }

        public required bool CooperateWithOwner { get; init; }

        public required bool SatisfyReasonableWishes { get; init; }

        public required bool NeverQuarrel { get; init; }
    }

    /// <param name="Name">Printed name.</param>
    /// <param name="Role">Who listened only may inspect later.</param>
    /// <param name="PersonId">Subject of the person's account, where there is one: who was briefed to repair cannot
    /// inspect.</param>
    internal sealed record Participant(
        string Name,
        [property: JsonRequired] BriefingRole Role,
        string? PersonId = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Content).RequiredText();
            RuleFor(r => r.Participants).NotEmpty().AtMost(100);
            RuleForEach(r => r.Participants)
                .NotNull()
                .ChildRules(participant =>
                {
                    participant.RuleFor(p => p.Name).RequiredText(TextLength.Line);
                    participant.RuleFor(p => p.PersonId).OptionalCode(TextLength.Line);
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/brief", Handle)
            .AsCommand()
            .WithSummary("The engineering head briefs the repair leader and crew")
            .WithDescription(
                """
                Rule P3.2.2: with the four principles confirmed: service principles, cooperate with the owner, satisfy
                reasonable wishes, never quarrel. The leader takes part. `on` is a date from the day of dispatch to
                today. 409: leader-not-briefed, principles-not-confirmed, before-dispatch, date-in-future.
                """
            )
            .WithExample(
                new Request
                {
                    On = new DateOnly(2026, 3, 12),
                    Content = "工藝要求與成品保護",
                    Participants = [new("張經理", BriefingRole.Leader), new("小李", BriefingRole.Crew, "li")],
                    ServicePrinciples = true,
                    CooperateWithOwner = true,
                    SatisfyReasonableWishes = true,
                    NeverQuarrel = true,
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
            (order, context) => Brief(order, context, body),
            RepairOrderView.From,
            cancellation
        );

    private static Refusal? Brief(RepairOrder order, CommandContext context, Request body) =>
        order.Brief(
            context,
            body.On,
            body.Content,
            [.. body.Participants.Select(p => new BriefingParticipant(p.Name, p.Role, p.PersonId))],
            new BriefingPrinciples(
                body.ServicePrinciples,
                body.CooperateWithOwner,
                body.SatisfyReasonableWishes,
                body.NeverQuarrel
            )
        );
}
