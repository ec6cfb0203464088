using CustomerService.Contracts.Projects.V1;
using MassTransit;

namespace CustomerService.Registry;

/// <summary>Keeps the people that Projects announces.</summary>
internal sealed class TrackPeople(RegistryStore store) : IConsumer<PersonRegistered>, IConsumer<PersonRevised>
{
    public async Task Consume(ConsumeContext<PersonRegistered> context) =>
        (await CopyAsync(context.Message.PersonId, context.CancellationToken)).Apply(context.Message);

    public async Task Consume(ConsumeContext<PersonRevised> context) =>
        (await CopyAsync(context.Message.PersonId, context.CancellationToken)).Apply(context.Message);

    private Task<PersonCopy> CopyAsync(Guid id, CancellationToken cancellation) =>
        store.CopyAsync(id, given => new PersonCopy { Id = given }, cancellation);
}
