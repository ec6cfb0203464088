using CustomerService.Contracts.Projects.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using MassTransit;

namespace CustomerService.Reporting.Messaging;

internal sealed class ProjectFacts(ReportingDb store)
    : IConsumer<ProjectRegistered>,
        IConsumer<ProjectRevised>,
        IConsumer<ProjectAccepted>,
        IConsumer<ProjectHandedOver>,
        IConsumer<WarrantyChanged>,
        IConsumer<SiteCleared>,
        IConsumer<ClearanceOverdue>,
        IConsumer<RevisitBreached>,
        IConsumer<ProjectWithdrawn>,
        IConsumer<WarrantyEnded>
{
    public async Task Consume(ConsumeContext<ProjectRegistered> context) =>
        (await store.FactAsync<ProjectFact>(context.Message.ProjectId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ProjectRevised> context) =>
        (await store.FactAsync<ProjectFact>(context.Message.ProjectId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ProjectAccepted> context) =>
        (await store.FactAsync<ProjectFact>(context.Message.ProjectId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ProjectHandedOver> context) =>
        (await store.FactAsync<ProjectFact>(context.Message.ProjectId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<WarrantyChanged> context) =>
        (await store.FactAsync<ProjectFact>(context.Message.ProjectId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<SiteCleared> context) =>
        (await store.FactAsync<ProjectFact>(context.Message.ProjectId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ClearanceOverdue> context) =>
        (await store.FactAsync<ProjectFact>(context.Message.ProjectId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<RevisitBreached> context) =>
        (await store.FactAsync<ProjectFact>(context.Message.ProjectId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<ProjectWithdrawn> context) =>
        (await store.FactAsync<ProjectFact>(context.Message.ProjectId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<WarrantyEnded> context) =>
        (await store.FactAsync<ProjectFact>(context.Message.ProjectId, context.CancellationToken)).Apply(
            context.Message
        );
}
