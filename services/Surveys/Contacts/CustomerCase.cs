using CustomerService.Rules;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Contacts;

/// <summary>A complaint or repair of a customer, as far as it matters here: while it is open nobody is asked
/// (C5.8.2).</summary>
internal sealed class CustomerCase : Aggregate
{
    private CustomerCase() { }

    public override string Kind => "customer-case";

    public Guid CustomerId { get; private set; }

    public bool IsOpen { get; private set; }

    /// <summary>Version of the case that said so.</summary>
    public long CaseVersion { get; private set; }

    public static DocumentType<CustomerCase> Type { get; } =
        DocumentType.Of<CustomerCase>("customer-case", "customer_cases").Index(c => c.CustomerId, c => c.IsOpen);

    private string OpenOrClosed => IsOpen ? "open" : "closed";

    public static CustomerCase Heard(Guid id) => new() { Id = id, CaseVersion = -1 };

    /// <summary>What an event says; an older one changes nothing.</summary>
    public void Apply(CommandContext context, Guid customerId, bool open, long version)
    {
        if (version <= CaseVersion)
        {
            return;
        }

        (CustomerId, IsOpen, CaseVersion) = (customerId, open, version);
        Record(context, open ? "open" : "close", null, OpenOrClosed, null);
    }

    /// <summary>The organisation was merged into another one, or is its own again (S4).</summary>
    public void MoveCustomer(CommandContext context, Guid customer)
    {
        CustomerId = customer;
        Record(context, "customer-merged", OpenOrClosed, OpenOrClosed, null);
    }
}
