using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Products.Features;

/// <summary>A machine with its whole life on one page: exchanges, repairs, returns.</summary>
internal static class GetProductSerial
{
    private const int Most = 200;

    /// <param name="Machine">The machine.</param>
    /// <param name="Chain">All machines of its chain of exchanges, the first one first.</param>
    /// <param name="Repairs">Every time that one of them came for repair, the latest first.</param>
    /// <param name="Returns">Every return and exchange of one of them, the latest first.</param>
    internal sealed record SerialLife(
        ProductSerialView Machine,
        IReadOnlyList<ProductSerialView> Chain,
        IReadOnlyList<SerialRepair> Repairs,
        IReadOnlyList<SerialReturn> Returns
    );

    internal sealed record SerialRepair(
        Guid UnitId,
        string Number,
        RmaUnitState State,
        string? Serial,
        DateOnly ReceivedOn,
        DateOnly? EndedOn,
        string? Fault,
        string? FaultCode,
        bool? UnderWarranty
    );

    internal sealed record SerialReturn(
        Guid ReturnCaseId,
        string Number,
        ReturnKind Kind,
        ReturnCaseState State,
        string? Serial,
        DateOnly RequestedOn
    );

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/product-serials/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A machine")
            .WithDescription("Rule C2. 404 where the caller may not see it.")
            .Produces<ProductSerialView>();
        routes
            .MapGet("/product-serials/{id:guid}/life", GetSerialLife)
            .AsQuery()
            .WithSummary("A machine's whole life")
            .WithDescription(
                "Rules C3.1.1, C5.1.5. The chain of exchanges that it belongs to, and every repair, return and exchange of "
                    + "each of its machines. 404 where the caller may not see it."
            )
            .Produces<SerialLife>();
    }

    private static Task<QueryResult> Handle(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.ProductSerials.VisibleTo(caller.Actor), id, ProductSerialView.From, cancellation);

    private static async Task<QueryResult> GetSerialLife(
        Guid id,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var visible = db.ProductSerials.AsNoTracking().VisibleTo(caller.Actor);
        if (await visible.FirstOrDefaultAsync(s => s.Id == id, cancellation) is not { } serial)
        {
            return QueryResult.NotFound;
        }

        var chain = await visible.Where(s => s.ChainId == serial.ChainId).Take(Most).ToListAsync(cancellation);
        chain = [.. ProductSerial.InOrder(chain)];
        var keys = chain.Select(s => s.NumberKey).ToList();
        var ids = chain.Select(s => (Guid?)s.Id).ToList();
        var staff = caller.IsStaff;
        var customer = caller.Actor.OrganisationId;
        var units = await db
            .RmaUnits.AsNoTracking()
            .Where(u => keys.Contains(u.SerialKey!) && (staff || u.CustomerId == customer))
            .OrderByDescending(u => u.Id)
            .Take(Most)
            .ToListAsync(cancellation);
        var returns = (
            await db
                .ReturnCases.AsNoTracking()
                .Where(r => ids.Contains(r.SerialId) && (staff || r.CustomerId == customer))
                .OrderByDescending(r => r.Id)
                .Take(Most)
                .ToListAsync(cancellation)
        );
        return QueryResult.Of(
            new SerialLife(
                ProductSerialView.From(serial, caller),
                [.. chain.Select(s => ProductSerialView.From(s, caller))],
                [
                    .. units.Select(u => new SerialRepair(
                        u.Id,
                        u.Number,
                        u.State,
                        u.Serial,
                        u.ReceivedOn,
                        u.EndedOn,
                        u.Fault?.Words,
                        u.Diagnosis?.FaultCode,
                        u.Diagnosis?.Covered
                    )),
                ],
                [
                    .. returns.Select(r => new SerialReturn(
                        r.Id,
                        r.Number,
                        r.ReturnKind,
                        r.State,
                        r.Goods.Serial,
                        r.RequestedOn
                    )),
                ]
            )
        );
    }
}
