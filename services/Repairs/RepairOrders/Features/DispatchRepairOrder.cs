using System.Text.Json.Serialization;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class DispatchRepairOrder
{
    internal sealed record Request
    {
        /// <summary>Who leads; see the leader proposal.</summary>
        public required LeaderChoice Leader { get; init; }

        /// <summary>Needed where it is another than the proposed one.</summary>
        public string? LeaderReason { get; init; }

        /// <summary>Only where it is another than the assigned one, several are assigned, or it is not known whose
        /// part it is.</summary>
        public UnitChoice? RepairUnit { get; init; }

        /// <summary>Needed where it is another than the assigned one.</summary>
        public string? UnitReason { get; init; }

        /// <summary>Whether the cost is charged to the subcontractor; default no.</summary>
        public bool ChargeBack { get; init; }

        /// <summary>Needed where an emergency found at a revisit is issued before approval: why it is one.</summary>
        public EmergencyReason? EmergencyReason { get; init; }
    }

    internal sealed record LeaderChoice(
        [property: JsonRequired] LeaderBasis Basis,
        string PersonName,
        Guid? PersonId = null
    );

    internal sealed record UnitChoice([property: JsonRequired] Guid Id, string Name);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Leader)
                .NotNull()
                .ChildRules(leader => leader.RuleFor(l => l.PersonName).RequiredText(TextLength.Line));
            RuleFor(r => r.LeaderReason).OptionalText();
            RuleFor(r => r.UnitReason).OptionalText();
            RuleFor(r => r.RepairUnit)
                .ChildRules(unit =>
                {
                    unit.RuleFor(u => u!.Id).NotEmpty();
                    unit.RuleFor(u => u!.Name).RequiredText(TextLength.Line);
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
                """
                Rules P3.1.1 and P3.2.2. The unit is the subcontractor whose part it is, else the contractor's own;
                where several did the part, `warranty.units` says who did what of it and `repairUnit` names the one
                that repairs. The contractor stays responsible towards the owner. A person decides who leads; the
                proposal is asked for again and kept, and departing from it needs a reason. Where the warranty is
                still unknown Projects is asked once more. An emergency may be issued before approval. A revisit does
                not say why its finding is an emergency: `emergencyReason` does, and only a reason that the policy
                lists goes before approval. 409: not-approved, emergency-unexplained, emergency-not-listed,
                leader-departure-without-reason, repair-unit-choice-needed, unit-departure-without-reason,
                nobody-to-charge.
                """
            )
            .WithExample(
                new Request
                {
                    Leader = new(
                        LeaderBasis.OriginalManager,
                        "張經理",
                        Guid.Parse("0198c0de-0000-7000-8000-000000000002")
                    ),
                    ChargeBack = true,
                }
            )
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        ProjectsClient projects,
        RepairsSettings settings,
        Texts texts,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
                order.CheckRole(context, RepairOrderAction.Dispatch)
                ?? Explained(
                    order,
                    order.Dispatch(
                        context,
                        Input(body, settings.OwnUnit, await AskAsync(order, context, projects, cancellation))
                    ),
                    texts
                ),
            RepairOrderView.From,
            cancellation
        );

    // Both questions at once: the caller waits for the slower one, not for the sum.
    private static async Task<LeaderProposals> AskAsync(
        RepairOrder order,
        CommandContext context,
        ProjectsClient projects,
        CancellationToken cancellation
    )
    {
        var proposing = projects.ProposeLeaderAsync(order.ProjectId, cancellation);
        if (!order.Warranty.IsAnswered)
        {
            var answer = await projects.AskWarrantyAsync(
                order.ProjectId,
                order.PartCode,
                order.NotifiedOn,
                cancellation
            );
            if (answer.IsAnswered)
            {
                // Engineering may always ask.
                _ = order.RecordWarranty(context, answer);
            }
        }

        return await proposing;
    }

    private static DispatchInput Input(Request body, RepairUnit ownUnit, LeaderProposals proposals) =>
        new()
        {
            Leader = new(body.Leader.Basis, body.Leader.PersonId, body.Leader.PersonName),
            Proposals = proposals,
            OwnUnit = ownUnit,
            LeaderReason = body.LeaderReason,
            Unit = body.RepairUnit is { } unit ? new(unit.Id, unit.Name) : null,
            UnitReason = body.UnitReason,
            ChargeBack = body.ChargeBack,
            EmergencyReason = body.EmergencyReason,
        };

    // The units by id and in words, so that the caller can choose at once.
    private static Refusal? Explained(RepairOrder order, Refusal? refusal, Texts texts)
    {
        if (refusal?.Code != RepairOrderFlow.UnitChoiceNeeded)
        {
            return refusal;
        }

        var names = order.Warranty.Units.Select(unit =>
            unit.Scope is null
                ? unit.Name
                : texts.Find(
                    "unit-with-scope",
                    new Dictionary<string, object?> { ["unit"] = unit.Name, ["scope"] = unit.Scope }
                )
        );
        return refusal
            .With("units", order.Warranty.Units)
            .With("names", string.Join(texts.Find("detail.separator"), names));
    }
}
