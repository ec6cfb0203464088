using CustomerService.Contracts.Repairs.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using MassTransit;

namespace CustomerService.Reporting.Messaging;

internal sealed class RepairOrderFacts(ReportingDb store)
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
    public async Task Consume(ConsumeContext<RepairOrderOpened> context) =>
        (await store.FactAsync<RepairOrderFact>(context.Message.RepairOrderId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RepairOrderConfirmed> context) =>
        (await store.FactAsync<RepairOrderFact>(context.Message.RepairOrderId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RepairOrderApproved> context) =>
        (await store.FactAsync<RepairOrderFact>(context.Message.RepairOrderId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RepairOrderDispatched> context) =>
        (await store.FactAsync<RepairOrderFact>(context.Message.RepairOrderId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RepairOrderStarted> context) =>
        (await store.FactAsync<RepairOrderFact>(context.Message.RepairOrderId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RepairOrderInspected> context) =>
        (await store.FactAsync<RepairOrderFact>(context.Message.RepairOrderId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RepairOrderOwnerResponded> context) =>
        (await store.FactAsync<RepairOrderFact>(context.Message.RepairOrderId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RepairOrderReturned> context) =>
        (await store.FactAsync<RepairOrderFact>(context.Message.RepairOrderId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RepairOrderWithdrawn> context) =>
        (await store.FactAsync<RepairOrderFact>(context.Message.RepairOrderId, context.CancellationToken)).Apply(
            context.Message
        );
}
