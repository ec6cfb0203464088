using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Store;
using MassTransit;

namespace CustomerService.Surveys.Contacts;

/// <summary>Knows whose complaint or repair is open (C5.8.2).</summary>
internal sealed class TrackCases(IDocumentStore store, CommandContexts contexts)
    : IConsumer<ComplaintRegistered>,
        IConsumer<ComplaintClosed>,
        IConsumer<ComplaintReopened>,
        IConsumer<ComplaintMerged>,
        IConsumer<ComplaintUnmerged>,
        IConsumer<RepairOrderOpened>,
        IConsumer<RepairOrderReturned>,
        IConsumer<RepairOrderWithdrawn>,
        IConsumer<RepairOrderMerged>,
        IConsumer<RepairOrderUnmerged>,
        IConsumer<RmaDeclared>,
        IConsumer<RmaClosed>,
        IConsumer<RmaWithdrawn>
{
    public Task Consume(ConsumeContext<ComplaintRegistered> context) =>
        HearAsync(context, context.Message.ComplaintId, context.Message.CustomerId, true, context.Message.Version);

    public Task Consume(ConsumeContext<ComplaintClosed> context) =>
        HearAsync(context, context.Message.ComplaintId, context.Message.CustomerId, false, context.Message.Version);

    public Task Consume(ConsumeContext<ComplaintReopened> context) =>
        HearAsync(context, context.Message.ComplaintId, context.Message.CustomerId, true, context.Message.Version);

    public Task Consume(ConsumeContext<RepairOrderOpened> context) =>
        HearAsync(context, context.Message.RepairOrderId, context.Message.OwnerId, true, context.Message.Version);

    public Task Consume(ConsumeContext<RepairOrderReturned> context) =>
        HearAsync(context, context.Message.RepairOrderId, context.Message.OwnerId, false, context.Message.Version);

    public Task Consume(ConsumeContext<RepairOrderWithdrawn> context) =>
        HearAsync(context, context.Message.RepairOrderId, context.Message.OwnerId, false, context.Message.Version);

    // What was merged goes on with the other one, which is known, too.
    public Task Consume(ConsumeContext<ComplaintMerged> context) =>
        HearAsync(context, context.Message.ComplaintId, context.Message.CustomerId, false, context.Message.Version);

    public Task Consume(ConsumeContext<ComplaintUnmerged> context) =>
        HearAsync(context, context.Message.ComplaintId, context.Message.CustomerId, true, context.Message.Version);

    public Task Consume(ConsumeContext<RepairOrderMerged> context) =>
        HearAsync(context, context.Message.RepairOrderId, context.Message.OwnerId, false, context.Message.Version);

    public Task Consume(ConsumeContext<RepairOrderUnmerged> context) =>
        HearAsync(context, context.Message.RepairOrderId, context.Message.OwnerId, true, context.Message.Version);

    public Task Consume(ConsumeContext<RmaDeclared> context) =>
        HearAsync(context, context.Message.RmaId, context.Message.CustomerId, true, context.Message.Version);

    public Task Consume(ConsumeContext<RmaClosed> context) =>
        HearAsync(context, context.Message.RmaId, context.Message.CustomerId, false, context.Message.Version);

    public Task Consume(ConsumeContext<RmaWithdrawn> context) =>
        HearAsync(context, context.Message.RmaId, context.Message.CustomerId, false, context.Message.Version);

    private async Task HearAsync(ConsumeContext context, Guid id, Guid customerId, bool open, long version)
    {
        var known = await store.FindAsync(
            DocumentQuery<CustomerCase>.All.Where(c => c.Id, id),
            context.CancellationToken
        );
        var one = known ?? CustomerCase.Heard(id);
        one.Apply(contexts.ForSystem("surveys"), customerId, open, version);
        if (known is null)
        {
            store.Add(one);
        }
    }
}
