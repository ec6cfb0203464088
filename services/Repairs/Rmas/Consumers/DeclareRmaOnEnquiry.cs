using CustomerService.Contracts.Complaints.V1;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using MassTransit;

namespace CustomerService.Repairs.Rmas.Consumers;

/// <summary>An enquiry that became an RMA opens one, or belongs to the one that it names (C3.1.5, C3.1.1): one an enquiry
/// whatever the deliveries.</summary>
internal sealed class DeclareRmaOnEnquiry(RmaOpener opener, CommandContexts contexts) : IConsumer<EnquiryConverted>
{
    public async Task Consume(ConsumeContext<EnquiryConverted> context)
    {
        var (enquiry, cancellation) = (context.Message, context.CancellationToken);
        if (enquiry.Became != "rma" || enquiry.CustomerId is not { } customer)
        {
            return;
        }

        var goods = new GoodsOfCase(
            RmaSource.Enquiry,
            enquiry.EnquiryId,
            customer,
            enquiry.ProductModel,
            enquiry.SerialNumber,
            enquiry.Description
        );
        var command = contexts.ForSystem("complaints");
        // A number that is no RMA of this customer names none.
        if (enquiry.Number is { } number && await opener.AdoptAsync(command, number, goods, cancellation))
        {
            return;
        }

        await opener.OpenForCaseAsync(command, goods, cancellation);
    }
}
