using CustomerService.Contracts.Complaints.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using MassTransit;

namespace CustomerService.Reporting.Messaging;

internal sealed class ComplaintFacts(ReportingDb store)
    : IConsumer<ComplaintRegistered>,
        IConsumer<ComplaintReclassified>,
        IConsumer<ComplaintPaused>,
        IConsumer<ComplaintResumed>,
        IConsumer<ComplaintObjected>,
        IConsumer<ComplaintResponded>,
        IConsumer<ComplaintTriaged>,
        IConsumer<ComplaintLiabilityDecided>,
        IConsumer<ComplaintClosed>,
        IConsumer<ComplaintReopened>
{
    public async Task Consume(ConsumeContext<ComplaintRegistered> context) =>
        (await store.FactAsync<ComplaintFact>(context.Message.ComplaintId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ComplaintReclassified> context) =>
        (await store.FactAsync<ComplaintFact>(context.Message.ComplaintId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ComplaintPaused> context) =>
        (await store.FactAsync<ComplaintFact>(context.Message.ComplaintId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ComplaintResumed> context) =>
        (await store.FactAsync<ComplaintFact>(context.Message.ComplaintId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ComplaintObjected> context) =>
        (await store.FactAsync<ComplaintFact>(context.Message.ComplaintId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ComplaintResponded> context) =>
        (await store.FactAsync<ComplaintFact>(context.Message.ComplaintId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ComplaintTriaged> context) =>
        (await store.FactAsync<ComplaintFact>(context.Message.ComplaintId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ComplaintLiabilityDecided> context) =>
        (await store.FactAsync<ComplaintFact>(context.Message.ComplaintId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ComplaintClosed> context) =>
        (await store.FactAsync<ComplaintFact>(context.Message.ComplaintId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ComplaintReopened> context) =>
        (await store.FactAsync<ComplaintFact>(context.Message.ComplaintId, context.CancellationToken)).Apply(
            context.Message
        );
}
