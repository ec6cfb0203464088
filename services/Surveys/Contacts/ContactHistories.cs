using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Contacts;

/// <summary>What the store knows of a recipient before they are asked (C5.8.2).</summary>
internal sealed class ContactHistories(IDocumentStore store)
{
    private const int Few = 2;

    /// <param name="customer">The organisation.</param>
    /// <param name="contact">The person.</param>
    /// <param name="except">A case that is closed, although that may not have been heard of yet.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<ContactHistory> OfAsync(
        Guid customer,
        string contact,
        Guid? except,
        CancellationToken cancellation
    )
    {
        var recipient = ContactHistory.KeyOf(customer, contact);
        var last = await store.ListAsync(
            DocumentQuery<Invitation>.All.Where(i => i.Recipient, recipient),
            null,
            1,
            cancellation
        );
        var open = await store.ListIdsAsync(
            DocumentQuery<CustomerCase>.All.Where(c => c.CustomerId, customer).Where(c => c.IsOpen, true),
            Guid.Empty,
            Few,
            cancellation
        );
        return new(
            last is [var asked] ? asked.SentOn : null,
            await store.AnyAsync(DocumentQuery<OptOut>.All.Where(o => o.Recipient, recipient), cancellation),
            open.Any(id => id != except)
        );
    }
}
