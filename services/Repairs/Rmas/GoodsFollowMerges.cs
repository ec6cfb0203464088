using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas;

/// <summary>What of goods refers to customers, and moves when they are merged (S4).</summary>
internal sealed class GoodsFollowMerges(RepairsDb db, RegistryLookup registry, CommandContexts contexts)
    : IMoveReferences
{
    public async Task<IReadOnlyList<RecordReference>> MoveOrganisationAsync(
        ReferenceMove move,
        CancellationToken cancellation
    )
    {
        // As the registry has it, region and salesperson with it. One that is not announced yet comes later, and open records
        // follow it then.
        var known = await registry.OrganisationsAsync([move.To.Id], cancellation);
        var to =
            known.Count > 0
                ? RmaIntake.CustomerOf(known[0])
                : new ProductCustomer(move.To.Id, move.To.Name, move.To.Contact, move.To.Phone);
        return
        [
            .. await MoveAsync(
                move,
                "rma/customer",
                db.Rmas.Where(r => r.CustomerId == move.From),
                rma => rma.MoveCustomer(contexts.ForSystem("repairs", rma), to),
                cancellation
            ),
            .. await MoveAsync(
                move,
                "rma-unit/customer",
                db.RmaUnits.Where(u => u.CustomerId == move.From),
                unit => unit.MoveCustomer(contexts.ForSystem("repairs", unit), to),
                cancellation
            ),
            .. await MoveAsync(
                move,
                "shipment/customer",
                db.Shipments.Where(s => s.CustomerId == move.From),
                shipment => shipment.MoveCustomer(contexts.ForSystem("repairs", shipment), to),
                cancellation
            ),
            .. await MoveAsync(
                move,
                "return-case/customer",
                db.ReturnCases.Where(r => r.CustomerId == move.From),
                one => one.MoveCustomer(contexts.ForSystem("repairs", one), to),
                cancellation
            ),
            .. await MoveAsync(
                move,
                "product-serial/customer",
                db.ProductSerials.Where(s => s.CustomerId == move.From),
                serial => serial.MoveCustomer(contexts.ForSystem("repairs"), to.Id, to.Name),
                cancellation
            ),
            .. await MoveAsync(
                move,
                "sale/customer",
                db.Sales.Where(s => s.CustomerId == move.From),
                sale => sale.MoveCustomer(contexts.ForSystem("repairs"), to.Id, to.Name),
                cancellation
            ),
        ];
    }

    public Task<IReadOnlyList<RecordReference>> MovePersonAsync(ReferenceMove move, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<RecordReference>>([]);

    private static async Task<IEnumerable<RecordReference>> MoveAsync<T>(
        ReferenceMove move,
        string role,
        IQueryable<T> records,
        Action<T> step,
        CancellationToken cancellation
    )
        where T : Aggregate
    {
        var found = await move.Limit(records, role).ToListAsync(cancellation);
        found.ForEach(step);
        return found.Select(record => new RecordReference(role, record.Id));
    }
}
