using CustomerService.Contracts.Complaints.V1;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using MassTransit;

namespace CustomerService.Repairs.Rmas.Consumers;

/// <summary>A complaint whose remedy is the repair of the customer's goods opens an RMA (C5.3.1, C3.1.1), one a complaint
/// whatever the deliveries and however often it is ordered.</summary>
internal sealed class DeclareRmaOnRemedy(RmaOpener opener, CommandContexts contexts)
    : IConsumer<ComplaintGoodsRepairOrdered>
{
    public Task Consume(ConsumeContext<ComplaintGoodsRepairOrdered> context)
    {
        var complaint = context.Message;
        return opener.OpenForCaseAsync(
            contexts.ForSystem("complaints"),
            new(
                RmaSource.Complaint,
                complaint.ComplaintId,
                complaint.CustomerId,
                complaint.ProductModel,
                complaint.SerialNumber,
                complaint.Description
            ),
            context.CancellationToken
        );
    }
}
