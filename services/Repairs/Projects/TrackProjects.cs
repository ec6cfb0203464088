using CustomerService.Contracts.Projects.V1;
using CustomerService.Repairs.Data;
using MassTransit;

namespace CustomerService.Repairs.Projects;

/// <summary>Keeps a project's name, contract and owner, so that customer service names a project by its id
/// alone.</summary>
internal sealed class TrackProjects(RepairsDb db)
    : IConsumer<ProjectRegistered>,
        IConsumer<ProjectRevised>,
        IConsumer<ProjectWithdrawn>
{
    public async Task Consume(ConsumeContext<ProjectRegistered> context)
    {
        var e = context.Message;
        var copy = await CopyAsync(e.ProjectId, context.CancellationToken);
        Update(copy, e.Version, e.Name, e.ContractNumber, e.OwnerId, e.OwnerName);
    }

    public async Task Consume(ConsumeContext<ProjectRevised> context)
    {
        var e = context.Message;
        var copy = await CopyAsync(e.ProjectId, context.CancellationToken);
        Update(copy, e.Version, e.Name, e.ContractNumber, e.OwnerId, e.OwnerName);
    }

    // Where it comes first it is kept all the same: what was announced before may still come and tell the name.
    public async Task Consume(ConsumeContext<ProjectWithdrawn> context)
    {
        var copy = await CopyAsync(context.Message.ProjectId, context.CancellationToken);
        copy.Withdrawn = true;
    }

    // Announcements may come in another order than they happened.
    private static void Update(
        ProjectCopy copy,
        long version,
        string name,
        string contractNumber,
        Guid ownerId,
        string ownerName
    )
    {
        if (copy.Version < version)
        {
            copy.Version = version;
            copy.Name = name;
            copy.ContractNumber = contractNumber;
            copy.OwnerId = ownerId;
            copy.OwnerName = ownerName;
        }
    }

    private async Task<ProjectCopy> CopyAsync(Guid id, CancellationToken cancellation)
    {
        if (await db.Projects.FindAsync([id], cancellation) is not { } copy)
        {
            db.Add(copy = new ProjectCopy { Id = id });
        }

        return copy;
    }
}
