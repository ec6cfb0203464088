using CustomerService.Contracts.Projects.V1;
using MassTransit;

namespace CustomerService.Registry;

/// <summary>Keeps the organisations that Projects announces.</summary>
internal sealed class TrackOrganisations(
    RegistryStore store,
    RegistryMoves moves,
    IEnumerable<IFollowRegistry> followers
)
    : IConsumer<OrganisationRegistered>,
        IConsumer<OrganisationRevised>,
        IConsumer<OrganisationMerged>,
        IConsumer<OrganisationUnmerged>
{
    public Task Consume(ConsumeContext<OrganisationRegistered> context) =>
        KeepAsync(context.Message.OrganisationId, copy => copy.Apply(context.Message), context.CancellationToken);

    public Task Consume(ConsumeContext<OrganisationRevised> context) =>
        KeepAsync(context.Message.OrganisationId, copy => copy.Apply(context.Message), context.CancellationToken);

    public async Task Consume(ConsumeContext<OrganisationMerged> context)
    {
        var (e, cancellation) = (context.Message, context.CancellationToken);
        (await CopyAsync(e.IntoId, cancellation)).Introduce(e.IntoName, e.IntoContact, e.IntoPhone);
        var copy = await CopyAsync(e.FromId, cancellation);
        copy.Introduce(e.FromName, null, null);
        var before = copy.MergedInto;
        if (copy.Merge(e))
        {
            await moves.OfOrganisations.FollowAsync(copy.Id, before, copy.MergedInto, cancellation);
        }
    }

    public async Task Consume(ConsumeContext<OrganisationUnmerged> context)
    {
        var (e, cancellation) = (context.Message, context.CancellationToken);
        var copy = await CopyAsync(e.FromId, cancellation);
        copy.Introduce(e.FromName, e.FromContact, e.FromPhone);
        var before = copy.MergedInto;
        if (copy.Merge(e))
        {
            await moves.OfOrganisations.FollowAsync(copy.Id, before, null, cancellation);
        }
    }

    private Task<OrganisationCopy> CopyAsync(Guid id, CancellationToken cancellation) =>
        store.CopyAsync(id, given => new OrganisationCopy { Id = given }, cancellation);

    private async Task KeepAsync(Guid id, Func<OrganisationCopy, bool> apply, CancellationToken cancellation)
    {
        var copy = await CopyAsync(id, cancellation);
        if (apply(copy))
        {
            foreach (var follower in followers)
            {
                await follower.OrganisationChangedAsync(copy, cancellation);
            }
        }
    }
}
