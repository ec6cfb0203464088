using CustomerService.Rules;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Contacts;

/// <summary>A person who does not want to be asked (C5.8.2).</summary>
internal sealed class OptOut : Aggregate
{
    private OptOut() { }

    public override string Kind => "opt-out";

    /// <summary>Organisation of the person.</summary>
    public Guid CustomerId { get; private set; }

    /// <summary>The person, see <see cref="Invitations.Domain.ContactHistory.KeyOf"/>.</summary>
    public string Recipient { get; private set; } = "";

    public DateOnly Since { get; private set; }

    public static DocumentType<OptOut> Type { get; } =
        // After a merge of organisations a person can have two: both say the same.
        DocumentType.Of<OptOut>("opt-out", "opt_outs").Index(o => o.Recipient).Index(o => o.CustomerId);

    public static OptOut Of(CommandContext context, Guid customer, string recipient)
    {
        var optOut = new OptOut
        {
            Id = Guid.CreateVersion7(context.Now),
            CustomerId = customer,
            Recipient = recipient,
            Since = context.Today,
        };
        optOut.Record(context, "opt-out", null, "opted-out", null);
        return optOut;
    }

    /// <summary>The organisation was merged into another one, or is its own again (S4).</summary>
    public void MoveCustomer(CommandContext context, Guid customer)
    {
        (CustomerId, Recipient) = (customer, Invitations.Domain.ContactHistory.MovedKey(Recipient, customer));
        Record(context, "customer-merged", "opted-out", "opted-out", null);
    }
}
