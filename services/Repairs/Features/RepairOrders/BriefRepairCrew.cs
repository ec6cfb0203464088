using CustomerService.Repairs.Data;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class BriefRepairCrew
{
    /// <param name="PersonId">Subject of the person's account, where there is one: who was briefed to repair
    /// cannot inspect.</param>
    internal sealed record Participant(string Name, BriefingPart? Part, string? PersonId);

    internal sealed record Request(
        DateOnly? On,
        string Content,
        IReadOnlyList<Participant> Participants,
        bool ServicePrinciples,
        bool CooperateWithOwner,
        bool SatisfyReasonableWishes,
        bool NeverQuarrel
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.Content).NotEmpty().MaximumLength(4000);
            RuleFor(r => r.Participants).NotEmpty().Must(p => p is null || p.Count <= 100);
            RuleForEach(r => r.Participants)
                .NotNull()
                .ChildRules(participant =>
                {
                    participant.RuleFor(p => p.Name).NotEmpty().MaximumLength(100);
                    participant.RuleFor(p => p.Part).NotNull();
                    participant.RuleFor(p => p.PersonId).MaximumLength(200);
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/brief", Handle)
            .AsCommand()
            .WithSummary("The engineering head briefs the repair leader and crew")
            .WithDescription(
                "Rule P3.2.2: with the four principles confirmed: service principles, cooperate with the owner, satisfy reasonable wishes, never quarrel. The leader takes part. `on` is a date from the day of dispatch to today. 409: leader-not-briefed, principles-not-confirmed, before-dispatch, date-in-future."
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
            o => o.Brief(caller.Flow(o.PolicyVersion), Read(body, caller)),
            o => RepairOrderView.From(o, caller)
        );
    }

    private static Briefing Read(Request body, Caller caller) =>
        new(
            body.On!.Value,
            body.Content,
            [.. body.Participants.Select(p => new BriefingParticipant(p.Name, p.Part!.Value, p.PersonId))],
            body.ServicePrinciples,
            body.CooperateWithOwner,
            body.SatisfyReasonableWishes,
            body.NeverQuarrel,
            Person.From(caller.Actor)
        );
}
