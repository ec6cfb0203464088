using CustomerService.Contracts.Projects.V1;
using CustomerService.Repairs.Data;
using MassTransit;

namespace CustomerService.Repairs.Messaging;

/// <summary>Remembers a project's name, contract and owner, so that customer service names a project by its id alone.</summary>
internal sealed class KeepProject(RepairsDb store) : IConsumer<ProjectRegistered>
{
    public async Task Consume(ConsumeContext<ProjectRegistered> context)
    {
        var announced = context.Message;
        if (await store.KnownProjects.FindAsync([announced.ProjectId], context.CancellationToken) is not { } known)
        {
            store.Add(new KnownProject
            {
                Id = announced.ProjectId,
                Version = announced.Version,
                Name = announced.Name,
                ContractNumber = announced.ContractNumber,
                OwnerId = announced.OwnerId,
                OwnerName = announced.OwnerName,
            });
        }
        else if (known.Version < announced.Version)
        {
            known.Version = announced.Version;
            known.Name = announced.Name;
            known.ContractNumber = announced.ContractNumber;
            known.OwnerId = announced.OwnerId;
            known.OwnerName = announced.OwnerName;
        }
    }
}
