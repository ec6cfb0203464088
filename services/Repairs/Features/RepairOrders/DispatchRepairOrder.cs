using CustomerService.Repairs.Data;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.Repairs.Questions;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class DispatchRepairOrder
{
    /// <param name="Leader">Who leads; see the leader proposal.</param>
    /// <param name="LeaderReason">Needed where it is another than the proposed one.</param>
    /// <param name="RepairUnit">Only where it is another than the assigned one, several are assigned, or nobody
    /// could say whose part it is.</param>
    /// <param name="UnitReason">Needed where it is another than the assigned one.</param>
    /// <param name="ChargeBack">Whether the cost is charged to the subcontractor; default no.</param>
    /// <param name="EmergencyKind">Needed where an emergency found at a revisit is issued before approval: why
    /// it is one.</param>
    internal sealed record Request(
        LeaderChoice Leader,
        string? LeaderReason,
        UnitChoice? RepairUnit,
        string? UnitReason,
        bool? ChargeBack,
        EmergencyKind? EmergencyKind
    );

    internal sealed record LeaderChoice(LeaderBasis? Basis, Guid? PersonId, string PersonName);

    internal sealed record UnitChoice(Guid? Id, string Name);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Leader)
                .NotNull()
                .ChildRules(leader =>
                {
                    leader.RuleFor(l => l.Basis).NotNull();
                    leader.RuleFor(l => l.PersonName).NotEmpty().MaximumLength(100);
                });
            RuleFor(r => r.LeaderReason).MaximumLength(1000);
            RuleFor(r => r.UnitReason).MaximumLength(1000);
            RuleFor(r => r.RepairUnit)
                .ChildRules(unit =>
                {
                    unit.RuleFor(u => u!.Id).NotNull().NotEqual(Guid.Empty);
                    unit.RuleFor(u => u!.Name).NotEmpty().MaximumLength(200);
                })
                .When(r => r.RepairUnit is not null);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/dispatch", Handle)
            .AsCommand()
            .WithSummary("Engineering issues the repair record to the assigned unit")
            .WithDescription(
                "Rules P3.1.1 and P3.2.2. The unit is the subcontractor whose part it is, else the contractor's own; where several did the part, `warranty.units` says who did what of it and `repairUnit` names the one that repairs. The contractor stays responsible towards the owner. A person decides who leads; the proposal is asked for again and kept, and departing from it needs a reason. Where the warranty is still unknown Projects is asked once more. An emergency may be issued before approval. A revisit does not say why its finding is an emergency: `emergencyKind` does, and only a kind that the policy lists goes before approval. 409: not-approved, emergency-unexplained, emergency-not-listed, leader-departure-without-reason, repair-unit-choice-needed, unit-departure-without-reason, nobody-to-charge."
            )
            .Produces<RepairOrderView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb store,
        ProjectsQuestions projects,
        RepairsSettings settings,
        PolicyCatalogue policies,
        Texts texts,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var order = await store.FindVisibleAsync(id, caller, cancellationToken);
        if (caller.Precondition(order) is { } failed)
        {
            return failed;
        }

        // Both at once: the caller waits for the slower one, not for the sum.
        var proposing = projects.ProposeLeaderAsync(order!.ProjectId, cancellationToken);
        if (order.Warranty.Units is null)
        {
            var answer = await projects.AskWarrantyAsync(
                order.ProjectId,
                order.PartCode,
                order.NotifiedOn,
                cancellationToken
            );
            if (answer.AnsweredAt is not null)
            {
                // Whoever may not even ask may not dispatch either, and is told so below.
                _ = order.KeepWarranty(caller.Flow(order.PolicyVersion), answer);
            }
        }

        var proposals = await proposing;
        var decision = Decide(body, order, proposals, settings, policies);
        return order.Dispatch(caller.Flow(order.PolicyVersion), decision) is { } refusal
            ? refusal.Code == RepairOrderFlow.UnitChoiceNeeded
                ? Among(order.Warranty.Units!, refusal, texts)
                : refusal
            : CommandResult.Ok(RepairOrderView.From(order, caller), order.Version);
    }

    private static DispatchDecision Decide(
        Request body,
        RepairOrder order,
        LeaderProposals proposals,
        RepairsSettings settings,
        PolicyCatalogue policies
    )
    {
        IReadOnlyList<RepairUnit> assigned = order.Warranty switch
        {
            { AnsweredAt: null } => [],
            // One subcontractor may have done two scopes of the part.
            { Units: [_, ..] units } => [.. units.DistinctBy(u => u.Id).Select(u => new RepairUnit(u.Id, u.Name))],
            { ResponsibleUnitId: { } subcontractor } said =>
            [
                new RepairUnit(subcontractor, said.ResponsibleUnitName ?? ""),
            ],
            _ => [settings.OwnUnit],
        };
        var unit = body.RepairUnit is { } chosen
            ? assigned.FirstOrDefault(u => u.Id == chosen.Id) ?? new RepairUnit(chosen.Id!.Value, chosen.Name)
            : assigned.Count switch
            {
                0 => settings.OwnUnit,
                1 => assigned[0],
                _ => null,
            };

        // What the proposal knows of the person (project, distance) is kept with the choice.
        var offered = new[] { proposals.Proposed }
            .Concat(proposals.Alternatives)
            .FirstOrDefault(c => c is not null && c.PersonId is not null && c.PersonId == body.Leader.PersonId);
        var leader = offered is null
            ? new LeaderCandidate(
                body.Leader.Basis!.Value,
                body.Leader.PersonId,
                body.Leader.PersonName,
                null,
                null,
                null
            )
            : offered with
            {
                PersonName = offered.PersonName ?? body.Leader.PersonName,
            };
        return new DispatchDecision(
            unit,
            assigned,
            body.UnitReason,
            leader,
            proposals.Proposed,
            body.LeaderReason,
            body.ChargeBack ?? false,
            unit?.Id == settings.OwnUnit.Id,
            body.EmergencyKind,
            policies.Version(order.PolicyVersion).Repairs.Emergencies
        );
    }

    // By id and in words, so that whoever is refused can choose at once.
    private static Refusal Among(IReadOnlyList<PartUnit> units, Refusal refusal, Texts texts)
    {
        var names = units.Select(u =>
            u.Scope is null
                ? u.Name
                : texts.Find(
                    "unit-with-scope",
                    new Dictionary<string, object?> { ["unit"] = u.Name, ["scope"] = u.Scope }
                )
        );
        return refusal.With("units", units).With("names", string.Join(texts.Find("detail.separator"), names));
    }
}
