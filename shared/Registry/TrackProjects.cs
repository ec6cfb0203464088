using CustomerService.Contracts.Projects.V1;
using MassTransit;

namespace CustomerService.Registry;

/// <summary>Keeps the projects that Projects announces: name, contract, owner, and whether it was withdrawn.</summary>
internal sealed class TrackProjects(RegistryStore store, IEnumerable<IFollowRegistry> followers)
    : IConsumer<ProjectRegistered>,
        IConsumer<ProjectRevised>,
        IConsumer<ProjectWithdrawn>
{
    public Task Consume(ConsumeContext<ProjectRegistered> context) =>
        KeepAsync(context.Message.ProjectId, copy => copy.Apply(context.Message), context.CancellationToken);

    public Task Consume(ConsumeContext<ProjectRevised> context) =>
        KeepAsync(context.Message.ProjectId, copy => copy.Apply(context.Message), context.CancellationToken);

    public async Task Consume(ConsumeContext<ProjectWithdrawn> context) =>
        (await CopyAsync(context.Message.ProjectId, context.CancellationToken)).Withdraw();

    private async Task KeepAsync(Guid id, Func<ProjectCopy, bool> apply, CancellationToken cancellation)
    {
        var copy = await CopyAsync(id, cancellation);
        if (apply(copy))
        {
            foreach (var follower in followers)
            {
                await follower.ProjectChangedAsync(copy, cancellation);
            }
        }
    }

    private Task<ProjectCopy> CopyAsync(Guid id, CancellationToken cancellation) =>
        store.CopyAsync(id, given => new ProjectCopy { Id = given }, cancellation);
}
