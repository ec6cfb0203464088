using CustomerService.Contracts.Projects.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using MassTransit;

namespace CustomerService.Reporting.Messaging;

internal sealed class RevisitFacts(ReportingDb store)
    : IConsumer<RevisitPlanned>,
        IConsumer<RevisitMoved>,
        IConsumer<RevisitCancelled>,
        IConsumer<RevisitOverdue>,
        IConsumer<RevisitHeld>,
        IConsumer<FindingRecorded>,
        IConsumer<RevisitClosed>
{
    public async Task Consume(ConsumeContext<RevisitPlanned> context) =>
        (await store.FactAsync<RevisitFact>(context.Message.RevisitId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RevisitMoved> context) =>
        (await store.FactAsync<RevisitFact>(context.Message.RevisitId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RevisitCancelled> context) =>
        (await store.FactAsync<RevisitFact>(context.Message.RevisitId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RevisitOverdue> context) =>
        (await store.FactAsync<RevisitFact>(context.Message.RevisitId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RevisitHeld> context) =>
        (await store.FactAsync<RevisitFact>(context.Message.RevisitId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<FindingRecorded> context) =>
        (await store.FactAsync<RevisitFact>(context.Message.RevisitId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RevisitClosed> context) =>
        (await store.FactAsync<RevisitFact>(context.Message.RevisitId, context.CancellationToken)).Apply(
            context.Message
        );
}
