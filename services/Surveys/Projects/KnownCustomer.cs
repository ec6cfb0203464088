using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;
using MassTransit;

namespace CustomerService.Surveys.Projects;

/// <summary>What the registry says of an organisation (S3), as it was last announced.</summary>
internal sealed class KnownCustomer : Aggregate
{
    private KnownCustomer() { }

    public override string Kind => "known-customer";

    public Guid OrganisationId { get; private set; }

    /// <summary>Version of the announcement; an older one that comes late changes nothing.</summary>
    public long ToldVersion { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Where mails go; null where no address is known.</summary>
    public string? Email { get; private set; }

    /// <summary>Language in which the customer is written to.</summary>
    public string? Language { get; private set; }

    public static KnownCustomer Of(CommandContext context, Guid organisation) =>
        new() { Id = Guid.CreateVersion7(context.Now), OrganisationId = organisation };

    /// <returns>Whether that is news.</returns>
    public bool Hear(CommandContext context, long version, string name, string? email, string? language)
    {
        if (version <= ToldVersion)
        {
            return false;
        }

        (ToldVersion, Name, Email, Language) = (version, name, email, language);
        Record(context, "hear", null, "known", null);
        return true;
    }
}

/// <summary>How copies are kept and found.</summary>
internal static class KnownCustomerDocument
{
    public static DocumentType<KnownCustomer> Type { get; } =
        DocumentType.Of<KnownCustomer>("known-customer", "known_customers").Unique(a => a.OrganisationId);

    /// <summary>What the registry says of it, to be read; null where it says nothing.</summary>
    public static async Task<KnownCustomer?> CustomerAsync(
        this IDocumentStore store,
        Guid organisation,
        CancellationToken cancellation
    ) =>
        await store.ListAsync(
            DocumentQuery<KnownCustomer>.All.Where(c => c.OrganisationId, organisation),
            null,
            1,
            cancellation
        )
            is [var known]
            ? known
            : null;

    /// <summary>Language of a person of it: the one that was said, else the registry's; null is the company's.</summary>
    public static async Task<string?> LanguageAsync(
        this IDocumentStore store,
        Guid organisation,
        string? said,
        CancellationToken cancellation
    ) =>
        (said ?? (await store.CustomerAsync(organisation, cancellation))?.Language) is { } tag
        && Texts.Languages.Contains(tag)
            ? tag
            : null;
}

/// <summary>Keeps what the registry announces of organisations; open records follow a new name (S3).</summary>
internal sealed class KeepCustomers(IDocumentStore store, CommandContexts contexts)
    : IConsumer<OrganisationRegistered>,
        IConsumer<OrganisationRevised>
{
    public Task Consume(ConsumeContext<OrganisationRegistered> context) =>
        KeepAsync(
            context.Message.OrganisationId,
            context.Message.Version,
            context.Message.Name,
            context.Message.Email,
            context.Message.Language,
            context.CancellationToken
        );

    public Task Consume(ConsumeContext<OrganisationRevised> context) =>
        KeepAsync(
            context.Message.OrganisationId,
            context.Message.Version,
            context.Message.Name,
            context.Message.Email,
            context.Message.Language,
            context.CancellationToken
        );

    private async Task KeepAsync(
        Guid id,
        long version,
        string name,
        string? email,
        string? language,
        CancellationToken cancellation
    )
    {
        var context = contexts.ForSystem("surveys");
        var known = await store.FindAsync(
            DocumentQuery<KnownCustomer>.All.Where(c => c.OrganisationId, id),
            cancellation
        );
        var copy = known ?? KnownCustomer.Of(context, id);
        var wasCalled = copy.Name;
        if (!copy.Hear(context, version, name, email, language))
        {
            return;
        }

        if (known is null)
        {
            store.Add(copy);
        }

        if (wasCalled != name)
        {
            await FollowAsync(id, name, cancellation);
        }
    }

    // What is open follows the name; what was answered or told keeps its words.
    private async Task FollowAsync(Guid id, string name, CancellationToken cancellation)
    {
        await EachAsync(
            DocumentQuery<Invitation>.All.Where(i => i.CustomerId, id),
            (invitation, context) => invitation.FollowName(context, name),
            cancellation
        );
        await EachAsync(
            DocumentQuery<Suggestion>.All.Where(s => s.CustomerId, id),
            (suggestion, context) => suggestion.FollowName(context, name),
            cancellation
        );
        await EachAsync(
            DocumentQuery<OwedAnswer>.All.Where(o => o.CustomerId, id),
            (owed, context) => owed.FollowName(context, name),
            cancellation
        );
    }

    private Task EachAsync<T>(DocumentQuery<T> which, Action<T, CommandContext> follow, CancellationToken cancellation)
        where T : Aggregate =>
        store.EachAsync(which, _ => true, record => follow(record, contexts.OfRecord(record)), cancellation);
}
