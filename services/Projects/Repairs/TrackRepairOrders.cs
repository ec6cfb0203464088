using CustomerService.Contracts;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using MassTransit;

namespace CustomerService.Projects.Repairs;

/// <summary>Keeps what a finding shows of its repair order (P2.2.3, P3.3).</summary>
internal sealed class TrackRepairOrders(ProjectsDb db)
    : IConsumer<RepairOrderOpened>,
        IConsumer<RepairOrderConfirmed>,
        IConsumer<RepairOrderApproved>,
        IConsumer<RepairOrderDispatched>,
        IConsumer<RepairOrderStarted>,
        IConsumer<RepairOrderInspected>,
        IConsumer<RepairOrderOwnerResponded>,
        IConsumer<RepairOrderReturned>,
        IConsumer<RepairOrderWithdrawn>,
        IConsumer<RepairOrderMerged>,
        IConsumer<RepairOrderUnmerged>
{
    public async Task Consume(ConsumeContext<RepairOrderOpened> context)
    {
        var e = context.Message;
        var order = await AdvanceAsync(e, "opened", e.NotifiedOn, context.CancellationToken);
        order.Identify(e.SourceId, e.Number);
        order.Place(e.ProjectId);
    }

    public Task Consume(ConsumeContext<RepairOrderConfirmed> context) =>
        AdvanceAsync(context.Message, "confirmed", context.Message.ConfirmedOn, context.CancellationToken);

    // A ratified order was issued before, and is further than that by now.
    public Task Consume(ConsumeContext<RepairOrderApproved> context) =>
        context.Message.Ratified
            ? Task.CompletedTask
            : AdvanceAsync(context.Message, "approved", context.Message.ApprovedOn, context.CancellationToken);

    public Task Consume(ConsumeContext<RepairOrderDispatched> context) =>
        AdvanceAsync(context.Message, "dispatched", context.Message.DispatchedOn, context.CancellationToken);

    public Task Consume(ConsumeContext<RepairOrderStarted> context) =>
        AdvanceAsync(context.Message, "in-repair", context.Message.StartedOn, context.CancellationToken);

    public Task Consume(ConsumeContext<RepairOrderInspected> context) =>
        AdvanceAsync(
            context.Message,
            context.Message.Passed ? "inspection-passed" : "inspection-failed",
            context.Message.InspectedOn,
            context.CancellationToken
        );

    public Task Consume(ConsumeContext<RepairOrderOwnerResponded> context) =>
        AdvanceAsync(
            context.Message,
            context.Message.Accepted ? "owner-accepted" : "owner-refused",
            context.Message.RespondedOn,
            context.CancellationToken
        );

    public async Task Consume(ConsumeContext<RepairOrderReturned> context)
    {
        var order = await AdvanceAsync(
            context.Message,
            "returned",
            context.Message.ReturnedOn,
            context.CancellationToken,
            done: true
        );
        order.Identify(null, context.Message.Number);
    }

    public Task Consume(ConsumeContext<RepairOrderWithdrawn> context) =>
        AdvanceAsync(context.Message, "withdrawn", context.Message.WithdrawnOn, context.CancellationToken, done: true);

    // Another order goes on for both (S4).
    public Task Consume(ConsumeContext<RepairOrderMerged> context) =>
        AdvanceAsync(context.Message, "merged", context.Message.MergedOn, context.CancellationToken, done: true);

    public Task Consume(ConsumeContext<RepairOrderUnmerged> context) =>
        AdvanceAsync(context.Message, "opened", context.Message.UnmergedOn, context.CancellationToken);

    private async Task<LinkedCase> AdvanceAsync(
        IIntegrationEvent e,
        string state,
        DateOnly on,
        CancellationToken cancellation,
        bool done = false
    )
    {
        var order = await db.LinkedCaseAsync(LinkedCase.RepairOrder, e.SubjectId, cancellation);
        order.Advance(e.Version, state, on, done);
        return order;
    }
}
