using CustomerService.Contracts.Complaints.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using MassTransit;

namespace CustomerService.Reporting.Messaging;

internal sealed class CorrectiveActionFacts(ReportingDb store)
    : IConsumer<CorrectiveActionOpened>,
        IConsumer<CorrectiveActionAssigned>,
        IConsumer<CorrectiveActionReopened>,
        IConsumer<CorrectiveActionAnalysed>,
        IConsumer<CorrectiveActionReviewed>,
        IConsumer<CorrectiveActionExecuted>,
        IConsumer<CorrectiveActionVerified>
{
    public async Task Consume(ConsumeContext<CorrectiveActionOpened> context) =>
        (
            await store.FactAsync<CorrectiveActionFact>(context.Message.CorrectiveActionId, context.CancellationToken)
        ).Apply(context.Message);

    public async Task Consume(ConsumeContext<CorrectiveActionAssigned> context) =>
        (
            await store.FactAsync<CorrectiveActionFact>(context.Message.CorrectiveActionId, context.CancellationToken)
        ).Apply(context.Message);

    public async Task Consume(ConsumeContext<CorrectiveActionReopened> context) =>
        (
            await store.FactAsync<CorrectiveActionFact>(context.Message.CorrectiveActionId, context.CancellationToken)
        ).Apply(context.Message);

    public async Task Consume(ConsumeContext<CorrectiveActionAnalysed> context) =>
        (
            await store.FactAsync<CorrectiveActionFact>(context.Message.CorrectiveActionId, context.CancellationToken)
        ).Apply(context.Message);

    public async Task Consume(ConsumeContext<CorrectiveActionReviewed> context) =>
        (
            await store.FactAsync<CorrectiveActionFact>(context.Message.CorrectiveActionId, context.CancellationToken)
        ).Apply(context.Message);

    public async Task Consume(ConsumeContext<CorrectiveActionExecuted> context) =>
        (
            await store.FactAsync<CorrectiveActionFact>(context.Message.CorrectiveActionId, context.CancellationToken)
        ).Apply(context.Message);

    public async Task Consume(ConsumeContext<CorrectiveActionVerified> context) =>
        (
            await store.FactAsync<CorrectiveActionFact>(context.Message.CorrectiveActionId, context.CancellationToken)
        ).Apply(context.Message);
}
