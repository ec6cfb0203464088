using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>Open orders follow what the registry calls their project, owner and repair unit (S3).</summary>
internal sealed class OrdersFollowRegistry(RepairsDb db, RegistryLookup registry, CommandContexts contexts)
    : IFollowRegistry
{
    public async Task OrganisationChangedAsync(OrganisationCopy organisation, CancellationToken cancellation)
    {
        var parts = await db.OrdersOfPartsOfAsync(organisation.Id, cancellation);
        var orders = await Following()
            .Where(order =>
                order.OwnerId == organisation.Id
                || order.RepairUnitId == organisation.Id
                || order.ChargedUnitId == organisation.Id
                || parts.Contains(order.Id)
            )
            .ToListAsync(cancellation);
        foreach (var order in orders)
        {
            var project = Present(order);
            Follow(
                order,
                order.OwnerId == organisation.Id
                    ? project with
                    {
                        OwnerName = organisation.Name,
                        Contact = organisation.Contact,
                        Phone = organisation.Phone,
                    }
                    : project,
                new CalledUnit(organisation.Id, organisation.Name)
            );
        }
    }

    public async Task ProjectChangedAsync(ProjectCopy project, CancellationToken cancellation)
    {
        var orders = await db.RepairOrders.Where(order => order.ProjectId == project.Id).ToListAsync(cancellation);
        if (orders.Count == 0)
        {
            return;
        }

        var names = RegisteredNames.Of(project, await registry.OwnerOfAsync(project, cancellation));
        foreach (var order in orders)
        {
            if (RepairOrderFlow.FollowingStates.Contains(order.State))
            {
                Follow(order, names, null);
            }
            else if (order.OwnerId != names.OwnerId)
            {
                // From acceptance on the owner is another only where two were merged or taken apart (S4).
                order.MoveOwner(
                    contexts.ForSystem("repairs", order),
                    names.OwnerId,
                    names.OwnerName,
                    names.Contact,
                    names.Phone
                );
            }
        }
    }

    private IQueryable<RepairOrder> Following() =>
        db.RepairOrders.Where(order => RepairOrderFlow.FollowingStates.Contains(order.State));

    private static ProjectRef Present(RepairOrder order) =>
        new(
            order.ProjectId,
            order.ProjectName,
            order.ContractNumber,
            order.OwnerId,
            order.OwnerName,
            order.Contact,
            order.Phone
        );

    // The system may always follow: a refusal is a fault of the program, and the announcement must not get lost.
    private void Follow(RepairOrder order, ProjectRef project, CalledUnit? renamed)
    {
        if (order.FollowRegistry(contexts.ForSystem("repairs", order), project, renamed) is { } refusal)
        {
            throw new InvalidOperationException($"Refused: {refusal.Code} ({refusal.Rule}).");
        }
    }
}
