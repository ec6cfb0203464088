using CustomerService.Contracts.Projects.V1;
using CustomerService.Repairs.Data;
using MassTransit;

namespace CustomerService.Repairs.Messaging;

/// <summary>Remembers a project's name, contract and owner, so that customer service names a project by its id
/// alone.</summary>
internal sealed class KeepProject(RepairsDb store)
    : IConsumer<ProjectRegistered>,
        IConsumer<ProjectRevised>,
        IConsumer<ProjectWithdrawn>
{
    public Task Consume(ConsumeContext<ProjectRegistered> context)
    {
        var e = context.Message;
        return KeepAsync(
            e.ProjectId,
            e.Version,
            e.Name,
            e.ContractNumber,
            e.OwnerId,
            e.OwnerName,
            context.CancellationToken
        );
    }

    public Task Consume(ConsumeContext<ProjectRevised> context)
    {
        var e = context.Message;
        return KeepAsync(
            e.ProjectId,
            e.Version,
            e.Name,
            e.ContractNumber,
            e.OwnerId,
            e.OwnerName,
            context.CancellationToken
        );
    }

    // Where this comes first, its place is kept: what was announced before may still come and tell the name.
    public async Task Consume(ConsumeContext<ProjectWithdrawn> context)
    {
        var e = context.Message;
        if (await store.KnownProjects.FindAsync([e.ProjectId], context.CancellationToken) is { } known)
        {
            known.Withdrawn = true;
        }
        else
        {
            store.Add(
                new KnownProject
                {
                    Id = e.ProjectId,
                    Version = 0,
                    Name = "",
                    ContractNumber = "",
                    OwnerId = e.OwnerId,
                    OwnerName = "",
                    Withdrawn = true,
                }
            );
        }
    }

    // They may come in another order than they happened.
    private async Task KeepAsync(
        Guid id,
        long version,
        string name,
        string contractNumber,
        Guid ownerId,
        string ownerName,
        CancellationToken cancellationToken
    )
    {
        if (await store.KnownProjects.FindAsync([id], cancellationToken) is not { } known)
        {
            store.Add(
                new KnownProject
                {
                    Id = id,
                    Version = version,
                    Name = name,
                    ContractNumber = contractNumber,
                    OwnerId = ownerId,
                    OwnerName = ownerName,
                }
            );
        }
        else if (known.Version < version)
        {
            known.Version = version;
            known.Name = name;
            known.ContractNumber = contractNumber;
            known.OwnerId = ownerId;
            known.OwnerName = ownerName;
        }
    }
}
