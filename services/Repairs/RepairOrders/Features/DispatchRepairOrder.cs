using System.Text.Json.Serialization;
using CustomerService.Registry;
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
        public Guid? RepairUnitId { get; init; }

        /// <summary>Needed where it is another than the assigned one.</summary>
        public string? UnitReason { get; init; }

        /// <summary>Whether the cost is charged to the subcontractor; default no.</summary>
        public bool ChargeBack { get; init; }

        /// <summary>What the unit brings, for the task sheet.</summary>
        public string? Materials { get; init; }

        /// <summary>What it looks out for, for the task sheet.</summary>
        public string? Safety { get; init; }

        /// <summary>Needed where an emergency found at a revisit is issued before approval: why it is one.</summary>
        public EmergencyReason? EmergencyReason { get; init; }
    }

    /// <param name="Basis">Why this person leads.</param>
    /// <param name="PersonId">The person, as the registry has them.</param>
    internal sealed record LeaderChoice(
        [property: JsonRequired] LeaderBasis Basis,
        [property: JsonRequired] Guid PersonId
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Leader).NotNull().ChildRules(leader => leader.RuleFor(l => l.PersonId).NotEmpty());
            RuleFor(r => r.LeaderReason).OptionalText();
            RuleFor(r => r.UnitReason).OptionalText();
            RuleFor(r => r.Materials).OptionalText();
            RuleFor(r => r.Safety).OptionalText();
            RuleFor(r => r.RepairUnitId).NotEqual(Guid.Empty);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/repair-orders/{id:guid}/dispatch", DispatchOrder)
            .AsCommand()
            .WithName("DispatchRepairOrder")
            .WithSummary("Engineering issues the repair record to the assigned unit")
            .WithDescription(
                """
                Rules P2.1.2, P3.1.1, P3.2.2 and S3. Production has fixed the days, except in an emergency. The unit
                is the subcontractor whose part it is, else the contractor's own; where several did the part,
                `warranty.units` says who did what of it and `repairUnitId` names the one that repairs: a
                subcontractor of the registry, or a unit of the contractor, for which any of its repairers acts. The
                contractor stays responsible towards the owner. A person decides who leads; the proposal is asked for
                again and kept, and departing from it needs a reason. Where the warranty is still unknown Projects is
                asked once more. An emergency may be issued before approval. A revisit does not say why its finding is
                an emergency: `emergencyReason` does, and only a reason that the policy lists goes before approval.
                400: organisation-unknown, person-unknown. 409: repair-not-planned, not-approved, emergency-unexplained,
                emergency-not-listed, leader-departure-without-reason, repair-unit-choice-needed, no-repair-unit,
                unit-departure-without-reason, nobody-to-charge.
                """
            )
            .WithExample(
                new Request
                {
                    Leader = new(LeaderBasis.OriginalManager, Guid.Parse("0198c0de-0000-7000-8000-000000000002")),
                    ChargeBack = true,
                }
            )
            .Produces<RepairOrderView>();
        routes
            .MapPost("/repair-orders/{id:guid}/reassign", ReassignOrder)
            .AsCommand()
            .WithName("ReassignRepairOrder")
            .WithSummary("Engineering gives the order to another unit")
            .WithDescription(
                """
                Rule P3.1.1. Where the unit objects, or is the contractor's own. The clocks begin again, the new crew is
                briefed. Otherwise as `dispatch`. 409: no-objection, and those of `dispatch`.
                """
            )
            .Produces<RepairOrderView>();
        routes
            .MapPost("/repair-orders/{id:guid}/step-in", StepInForUnit)
            .AsCommand()
            .WithName("StepInForUnit")
            .WithSummary("Another unit repairs at the cost of the one that did not come")
            .WithDescription(
                """
                Rule P3.1.1, worked case 9. After a written notice; `repairUnitId` names the other unit. What it costs is
                charged back to the first one. The clocks begin again, the new crew is briefed. Otherwise as
                `dispatch`. 409: unit-not-late, notice-missing, same-unit, no-repair-unit,
                leader-departure-without-reason.
                """
            )
            .Produces<RepairOrderView>();
    }

    private static Task<CommandResult> DispatchOrder(
        Guid id,
        Request body,
        RepairsDb db,
        ProjectsClient projects,
        RegistryLookup registry,
        RepairsSettings settings,
        Texts texts,
        OrderVisits visits,
        Caller caller,
        CancellationToken cancellation
    ) =>
        IssueAsync(
            id,
            body,
            RepairOrderAction.Dispatch,
            (order, context, input) =>
                Explained(order, order.Dispatch(context, input).Numbered(db, order, context), texts),
            db,
            projects,
            registry,
            settings,
            visits,
            caller,
            cancellation
        );

    private static Task<CommandResult> ReassignOrder(
        Guid id,
        Request body,
        RepairsDb db,
        ProjectsClient projects,
        RegistryLookup registry,
        RepairsSettings settings,
        Texts texts,
        OrderVisits visits,
        Caller caller,
        CancellationToken cancellation
    ) =>
        IssueAsync(
            id,
            body,
            RepairOrderAction.Reassign,
            (order, context, input) =>
                Explained(order, order.Reassign(context, input).Numbered(db, order, context), texts),
            db,
            projects,
            registry,
            settings,
            visits,
            caller,
            cancellation
        );

    private static Task<CommandResult> StepInForUnit(
        Guid id,
        Request body,
        RepairsDb db,
        ProjectsClient projects,
        RegistryLookup registry,
        RepairsSettings settings,
        OrderVisits visits,
        Caller caller,
        CancellationToken cancellation
    ) =>
        IssueAsync(
            id,
            body,
            RepairOrderAction.StepIn,
            (order, context, input) => order.StepIn(context, input).Numbered(db, order, context),
            db,
            projects,
            registry,
            settings,
            visits,
            caller,
            cancellation
        );

    /// <summary>Gives the order to a unit by one of the three steps.</summary>
    private static Task<CommandResult> IssueAsync(
        Guid id,
        Request body,
        RepairOrderAction action,
        Func<RepairOrder, CommandContext, DispatchInput, Refusal?> step,
        RepairsDb db,
        ProjectsClient projects,
        RegistryLookup registry,
        RepairsSettings settings,
        OrderVisits visits,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
            {
                var own = settings.OwnUnit;
                var decided = await DecideAsync(order, context, action, body, projects, registry, own, cancellation);
                if (
                    (decided.Failed(out var unable, out var input) ? unable : step(order, context, input)) is
                    { } refusal
                )
                {
                    return refusal;
                }

                await visits.FollowUnitAsync(order, cancellation);
                return null;
            },
            RepairOrderView.From,
            cancellation
        );

    /// <summary>Who repairs and who leads, as Projects proposes it and the registry names it; or why not.</summary>
    private static async Task<Result<DispatchInput>> DecideAsync(
        RepairOrder order,
        CommandContext context,
        RepairOrderAction action,
        Request body,
        ProjectsClient projects,
        RegistryLookup registry,
        RepairUnit own,
        CancellationToken cancellation
    )
    {
        if (order.CheckRole(context, action) is { } refusal)
        {
            return refusal;
        }

        var proposals = await AskAsync(order, context, projects, cancellation);
        return await InputAsync(body, order, proposals, registry, own, cancellation);
    }

    /// <summary>Dispatches one of many: each is judged as if it came alone.</summary>
    internal static async Task<Refusal?> DispatchOneAsync(
        RepairOrder order,
        CommandContext context,
        Request body,
        RepairsDb db,
        ProposalsOnce proposals,
        RegistryLookup registry,
        RepairUnit own,
        Texts texts,
        OrderVisits visits,
        CancellationToken cancellation
    )
    {
        if (order.CheckRole(context, RepairOrderAction.Dispatch) is { } forbidden)
        {
            return forbidden;
        }

        var leader = await proposals.LeaderAsync(order.ProjectId, cancellation);
        if (
            !order.Warranty.IsAnswered
            && await proposals.WarrantyAsync(order, cancellation) is { IsAnswered: true } answer
        )
        {
            // Engineering may always ask.
            _ = order.RecordWarranty(context, answer);
        }

        var decided = await InputAsync(body, order, leader, registry, own, cancellation);
        if (
            (
                decided.Failed(out var unable, out var input)
                    ? unable
                    : Explained(order, order.Dispatch(context, input).Numbered(db, order, context), texts)
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        await visits.FollowUnitAsync(order, cancellation);
        return null;
    }

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

    // Unit and leader are named by the registry, whatever anybody calls them.
    private static async Task<Result<DispatchInput>> InputAsync(
        Request body,
        RepairOrder order,
        LeaderProposals proposals,
        RegistryLookup registry,
        RepairUnit own,
        CancellationToken cancellation
    )
    {
        // Who was merged means the one that stayed (S4).
        var wanted = await registry.StayedAsync(body.RepairUnitId, cancellation);
        Guid[] asked = [own.Id, .. order.Warranty.AssignedUnits(own).Select(unit => unit.Id)];
        Guid[] ids = wanted is { } chosen ? [.. asked, chosen] : asked;
        // The company's own unit is its own, whatever it was entered as.
        RepairUnit[] known =
        [
            .. (await registry.OrganisationsAsync(ids, cancellation))
                .Select(RegisteredNames.Unit)
                .Select(unit => unit.Id == own.Id ? own with { Name = unit.Name } : unit),
        ];
        var ownUnit = known.FirstOrDefault(unit => unit.Id == own.Id) ?? own;
        var unit = known.Append(ownUnit).FirstOrDefault(one => one.Id == wanted);
        if (wanted is { } named && unit is null)
        {
            return (await registry.OrganisationAsync(named, cancellation)).Refusal!;
        }

        var leaderId = body.Leader.PersonId;
        if (proposals.NameOf(leaderId) is not { } leader)
        {
            if (
                (await registry.PersonAsync(body.Leader.PersonId, cancellation)).Failed(out var refusal, out var person)
            )
            {
                return refusal;
            }

            (leaderId, leader) = (person.Id, person.Name);
        }

        return new DispatchInput
        {
            Leader = new(body.Leader.Basis, leaderId, leader),
            Proposals = proposals,
            OwnUnit = ownUnit,
            Registered = known,
            LeaderReason = body.LeaderReason,
            Unit = unit,
            UnitReason = body.UnitReason,
            ChargeBack = body.ChargeBack,
            Materials = body.Materials,
            Safety = body.Safety,
            EmergencyReason = body.EmergencyReason,
        };
    }

    /// <summary>The task sheet gets its number with the commit, unless the step was refused.</summary>
    private static Refusal? Numbered(this Refusal? refusal, RepairsDb db, RepairOrder order, CommandContext context)
    {
        if (refusal is null)
        {
            db.NumberOnCommit(RepairOrder.TaskSheetForm, context.Today.Year, order.NumberTaskSheet);
        }

        return refusal;
    }

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
