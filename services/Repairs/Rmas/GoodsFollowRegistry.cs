using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas;

/// <summary>Open records of goods follow what the registry calls their customer (S3).</summary>
internal sealed class GoodsFollowRegistry(RepairsDb db, CommandContexts contexts) : IFollowRegistry
{
    public async Task OrganisationChangedAsync(OrganisationCopy organisation, CancellationToken cancellation)
    {
        var (id, customer) = (organisation.Id, RmaIntake.CustomerOf(organisation));
        foreach (
            var rma in await db
                .Rmas.Where(r => r.CustomerId == id && RmaFlow.OpenStates.Contains(r.State))
                .ToListAsync(cancellation)
        )
        {
            Must(rma.FollowRegistry(contexts.ForSystem("repairs", rma), customer));
        }

        foreach (
            var unit in await db
                .RmaUnits.Where(u =>
                    u.CustomerId == id && u.CustomerName != customer.Name && RmaUnitFlow.OpenStates.Contains(u.State)
                )
                .ToListAsync(cancellation)
        )
        {
            Must(unit.FollowRegistry(contexts.ForSystem("repairs", unit), customer));
        }

        foreach (
            var shipment in await db
                .Shipments.Where(s =>
                    s.CustomerId == id && (s.State == ShipmentState.Issued || s.State == ShipmentState.InTransit)
                )
                .ToListAsync(cancellation)
        )
        {
            Must(shipment.FollowRegistry(contexts.ForSystem("repairs", shipment), customer));
        }

        foreach (
            var one in await db
                .ReturnCases.Where(r => r.CustomerId == id && ReturnCaseFlow.OpenStates.Contains(r.State))
                .ToListAsync(cancellation)
        )
        {
            Must(one.FollowRegistry(contexts.ForSystem("repairs", one), customer));
        }

        foreach (
            var serial in await db
                .ProductSerials.Where(s => s.CustomerId == id && s.CustomerName != customer.Name)
                .ToListAsync(cancellation)
        )
        {
            serial.MoveCustomer(contexts.ForSystem("repairs"), id, customer.Name);
        }

        foreach (
            var sale in await db
                .Sales.Where(s => s.CustomerId == id && s.CustomerName != customer.Name)
                .ToListAsync(cancellation)
        )
        {
            sale.MoveCustomer(contexts.ForSystem("repairs"), id, customer.Name);
        }
    }

    public Task ProjectChangedAsync(ProjectCopy project, CancellationToken cancellation) => Task.CompletedTask;

    // The system may always follow: a refusal is a fault of the program, and the announcement must not get lost.
    private static void Must(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException($"Refused: {refusal.Code} ({refusal.Rule}).");
        }
    }
}
