using CustomerService.Contracts;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using MassTransit;

namespace CustomerService.Projects.Messaging;

/// <summary>Keeps what a finding shows of its repair order (P2.2.3, P3.3).</summary>
internal sealed class FollowRepairOrders(ProjectsDb store)
    : IConsumer<RepairOrderOpened>,
        IConsumer<RepairOrderConfirmed>,
        IConsumer<RepairOrderApproved>,
        IConsumer<RepairOrderDispatched>,
        IConsumer<RepairOrderStarted>,
        IConsumer<RepairOrderInspected>,
        IConsumer<RepairOrderOwnerResponded>,
        IConsumer<RepairOrderReturned>,
        IConsumer<RepairOrderWithdrawn>
{
    public async Task Consume(ConsumeContext<RepairOrderOpened> context)
    {
        var e = context.Message;
        var order = await TakeAsync(e, "opened", e.NotifiedOn, context.CancellationToken);
        order.Identify(e.SourceId, e.Number);
    }

    public Task Consume(ConsumeContext<RepairOrderConfirmed> context) =>
        TakeAsync(context.Message, "confirmed", context.Message.ConfirmedOn, context.CancellationToken);

    // What is ratified was issued before, and is further than that by now.
    public Task Consume(ConsumeContext<RepairOrderApproved> context) =>
        context.Message.Ratified
            ? Task.CompletedTask
            : TakeAsync(context.Message, "approved", context.Message.ApprovedOn, context.CancellationToken);

    public Task Consume(ConsumeContext<RepairOrderDispatched> context) =>
        TakeAsync(context.Message, "dispatched", context.Message.DispatchedOn, context.CancellationToken);

    public Task Consume(ConsumeContext<RepairOrderStarted> context) =>
        TakeAsync(context.Message, "in-repair", context.Message.StartedOn, context.CancellationToken);

    public Task Consume(ConsumeContext<RepairOrderInspected> context) =>
        TakeAsync(
            context.Message,
            context.Message.Passed ? "inspection-passed" : "inspection-failed",
            context.Message.InspectedOn,
            context.CancellationToken
        );

    public Task Consume(ConsumeContext<RepairOrderOwnerResponded> context) =>
        TakeAsync(
            context.Message,
            context.Message.Accepted ? "owner-accepted" : "owner-refused",
            context.Message.RespondedOn,
            context.CancellationToken
        );

    public async Task Consume(ConsumeContext<RepairOrderReturned> context)
    {
        var order = await TakeAsync(
            context.Message,
            "returned",
            context.Message.ReturnedOn,
            context.CancellationToken,
            done: true
        );
        order.Identify(null, context.Message.Number);
    }

    public Task Consume(ConsumeContext<RepairOrderWithdrawn> context) =>
        TakeAsync(context.Message, "withdrawn", context.Message.WithdrawnOn, context.CancellationToken, done: true);

    private Task<FollowUp> TakeAsync(
        IIntegrationEvent e,
        string state,
        DateOnly on,
        CancellationToken cancellationToken,
        bool done = false
    ) => FollowUps.TakeAsync(store, FollowUp.RepairOrder, e, state, on, done, cancellationToken);
}
