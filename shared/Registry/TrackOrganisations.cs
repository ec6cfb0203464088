using CustomerService.Contracts.Projects.V1;
using MassTransit;

namespace CustomerService.Registry;

/// <summary>Keeps the organisations that Projects announces.</summary>
internal sealed class TrackOrganisations(RegistryStore store, IEnumerable<IFollowRegistry> followers)
    : IConsumer<OrganisationRegistered>,
        IConsumer<OrganisationRevised>
{
    public Task Consume(ConsumeContext<OrganisationRegistered> context) =>
        KeepAsync(context.Message.OrganisationId, copy => copy.Apply(context.Message), context.CancellationToken);

    public Task Consume(ConsumeContext<OrganisationRevised> context) =>
        KeepAsync(context.Message.OrganisationId, copy => copy.Apply(context.Message), context.CancellationToken);

    private async Task KeepAsync(Guid id, Func<OrganisationCopy, bool> apply, CancellationToken cancellation)
    {
        var copy = await store.CopyAsync(id, given => new OrganisationCopy { Id = given }, cancellation);
        if (apply(copy))
        {
            foreach (var follower in followers)
            {
                await follower.OrganisationChangedAsync(copy, cancellation);
            }
        }
    }
}
