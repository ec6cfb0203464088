using CustomerService.Contracts.Projects.V1;
using MassTransit;

namespace CustomerService.Registry;

/// <summary>Keeps the people that Projects announces.</summary>
internal sealed class TrackPeople(RegistryStore store, RegistryMoves moves)
    : IConsumer<PersonRegistered>,
        IConsumer<PersonRevised>,
        IConsumer<PersonMerged>,
        IConsumer<PersonUnmerged>
{
    public async Task Consume(ConsumeContext<PersonRegistered> context) =>
        (await CopyAsync(context.Message.PersonId, context.CancellationToken)).Apply(context.Message);

    public async Task Consume(ConsumeContext<PersonRevised> context) =>
        (await CopyAsync(context.Message.PersonId, context.CancellationToken)).Apply(context.Message);

    public async Task Consume(ConsumeContext<PersonMerged> context)
    {
        var (e, cancellation) = (context.Message, context.CancellationToken);
        (await CopyAsync(e.IntoId, cancellation)).Introduce(e.IntoName);
        var copy = await CopyAsync(e.FromId, cancellation);
        copy.Introduce(e.FromName);
        var before = copy.MergedInto;
        if (copy.Merge(e))
        {
            await moves.OfPeople.FollowAsync(copy.Id, before, copy.MergedInto, cancellation);
        }
    }

    public async Task Consume(ConsumeContext<PersonUnmerged> context)
    {
        var (e, cancellation) = (context.Message, context.CancellationToken);
        var copy = await CopyAsync(e.FromId, cancellation);
        copy.Introduce(e.FromName);
        var before = copy.MergedInto;
        if (copy.Merge(e))
        {
            await moves.OfPeople.FollowAsync(copy.Id, before, null, cancellation);
        }
    }

    private Task<PersonCopy> CopyAsync(Guid id, CancellationToken cancellation) =>
        store.CopyAsync(id, given => new PersonCopy { Id = given }, cancellation);
}
