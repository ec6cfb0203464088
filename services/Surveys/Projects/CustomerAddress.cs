using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Store;
using MassTransit;

namespace CustomerService.Surveys.Projects;

/// <summary>Where mails to an organisation go, as it was last announced.</summary>
internal sealed class CustomerAddress : Aggregate
{
    private CustomerAddress() { }

    public override string Kind => "customer-address";

    public Guid OrganisationId { get; private set; }

    /// <summary>Version of the announcement; an older one that comes late changes nothing.</summary>
    public long ToldVersion { get; private set; }

    /// <summary>Null where none is known.</summary>
    public string? Email { get; private set; }

    /// <summary>Language in which the customer is written to.</summary>
    public string? Language { get; private set; }

    public static CustomerAddress Of(CommandContext context, Guid organisation) =>
        new() { Id = Guid.CreateVersion7(context.Now), OrganisationId = organisation };

    /// <returns>Whether that is news.</returns>
    public bool Hear(CommandContext context, long version, string? email, string? language)
    {
        if (version <= ToldVersion)
        {
            return false;
        }

        (ToldVersion, Email, Language) = (version, email, language);
        Record(context, "hear", null, "known", null);
        return true;
    }
}

/// <summary>How addresses are kept and found.</summary>
internal static class CustomerAddressDocument
{
    public static DocumentType<CustomerAddress> Type { get; } =
        DocumentType.Of<CustomerAddress>("customer-address", "customer_addresses").Unique(a => a.OrganisationId);
}

/// <summary>Keeps where mails to organisations go.</summary>
internal sealed class KeepAddresses(IDocumentStore store, CommandContexts contexts)
    : IConsumer<OrganisationRegistered>,
        IConsumer<OrganisationRevised>
{
    public Task Consume(ConsumeContext<OrganisationRegistered> context) =>
        KeepAsync(
            context.Message.OrganisationId,
            context.Message.Version,
            context.Message.Email,
            context.Message.Language,
            context.CancellationToken
        );

    public Task Consume(ConsumeContext<OrganisationRevised> context) =>
        KeepAsync(
            context.Message.OrganisationId,
            context.Message.Version,
            context.Message.Email,
            context.Message.Language,
            context.CancellationToken
        );

    private async Task KeepAsync(Guid id, long version, string? email, string? language, CancellationToken cancellation)
    {
        var context = contexts.ForSystem("surveys");
        var known = await store.FindAsync(
            DocumentQuery<CustomerAddress>.All.Where(a => a.OrganisationId, id),
            cancellation
        );
        // Who has no address is not kept: most have none.
        if (known is null && email is null)
        {
            return;
        }

        var address = known ?? CustomerAddress.Of(context, id);
        if (address.Hear(context, version, email, language) && known is null)
        {
            store.Add(address);
        }
    }
}
