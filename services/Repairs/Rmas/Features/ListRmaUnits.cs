using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>Units: the list, one, and what a scan opens.</summary>
internal static class ListRmaUnits
{
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<RmaUnitState>? State { get; init; }

        /// <summary>The RMA.</summary>
        public Guid? RmaId { get; init; }

        /// <summary>The customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>The model.</summary>
        public Guid? ModelId { get; init; }

        /// <summary>Places, joined by commas.</summary>
        public EnumFilter<Place>? Place { get; init; }

        /// <summary>Serial number, however it is written.</summary>
        public TextFilter? Serial { get; init; }

        /// <summary>Has not moved for longer than the policy's days (C3.1.1).</summary>
        public bool? Idle { get; init; }

        /// <summary>The customer was not reached about the charge by the day for it (C3.1.2).</summary>
        public bool? ContactOverdue { get; init; }
    }

    /// <param name="Found">The record that the code is of.</param>
    /// <param name="Unit">The unit, where it is one.</param>
    /// <param name="Next">What the caller can do with it now; each is the last part of its route.</param>
    /// <param name="PromisedTo">To whom it goes; null for a paper of the house.</param>
    internal sealed record ScanView(
        ScannedRecord Found,
        RmaUnitView? Unit,
        IReadOnlyList<string> Next,
        string? PromisedTo
    );

    /// <param name="Kind"><c>rma-unit</c>, <c>shipment</c>, <c>return-case</c> or <c>monthly-report</c>.</param>
    /// <param name="Id">The record.</param>
    /// <param name="Number">Its number.</param>
    /// <param name="Address">Its address behind the gateway.</param>
    internal sealed record ScannedRecord(string Kind, Guid Id, string Number, string Address);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/rma-units", Handle)
            .AsQuery()
            .WithSummary("The units that the caller may see, the newest first")
            .WithDescription(
                "Rule C3.1.1. Customers see their own. `idle=true` is the list of what has not moved, `contactOverdue=true` "
                    + "that of customers who were not reached in time. 400: bad-filter, "
                    + "bad-cursor."
            )
            .Produces<Page<RmaUnitListItem>>();
        routes
            .MapGet("/rma-units/{id:guid}", GetRmaUnit)
            .AsQuery()
            .WithSummary("A unit with offer, repair and ledger of custody")
            .WithDescription("Rule C3.1.1. 404 where the caller may not see it.")
            .Produces<RmaUnitView>();
        routes
            .MapGet("/scan/{code}", ScanRmaUnit)
            .AsQuery()
            .WithSummary("What a scan opens: the record and its next steps")
            .WithDescription(
                "Rules C3.1.1, C10. The code is the number on the unit's label, FM001 or FM002, or its serial number however "
                    + "it is written (of a serial the latest stay, or the return that is open); that of an FM003; of a return or exchange, its slip or "
                    + "inspection report; of a monthly report. 404 where there is none that the caller may see."
            )
            .Produces<ScanView>();
    }

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        CommandContexts contexts,
        IOrganisationMoves moves,
        CancellationToken cancellation
    )
    {
        var customerId = await moves.StayedAsync(query.CustomerId, cancellation);
        var since = caller.Now.AddDays(-contexts.For(caller.Actor).Policy.Rmas.IdleDays);
        var units = db
            .RmaUnits.VisibleTo(caller.Actor)
            .Where(query.State, states => unit => states.Contains(unit.State))
            .Where(query.RmaId, id => unit => unit.RmaId == id)
            .Where(customerId, id => unit => unit.CustomerId == id)
            .Where(query.ModelId, id => unit => unit.ModelId == id)
            .Where(query.Place, places => unit => places.Contains(unit.Place!.Value))
            .Where(
                query.Serial,
                serial =>
                {
                    var key = ProductSerial.KeyOf(serial);
                    return unit => unit.SerialKey == key;
                }
            );
        if (query.ContactOverdue is { } late)
        {
            units = units.Where(RmaUnit.ContactOverdue(late, caller.Today));
        }

        if (query.Idle is { } idle)
        {
            units = idle
                ? units.Where(unit => unit.HeldSince != null && unit.HeldSince < since && unit.EndedOn == null)
                : units.Where(unit => unit.HeldSince == null || unit.HeldSince >= since || unit.EndedOn != null);
        }

        return await units.ToPageAsync(query, unit => RmaUnitListItem.From(unit, caller), cancellation);
    }

    private static ScannedRecord Of(Aggregate record, string number, string collection) =>
        new(record.Kind, record.Id, number, $"/api/repairs/v1/{collection}/{record.Id}");

    private static Task<QueryResult> GetRmaUnit(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.RmaUnits.VisibleTo(caller.Actor), id, RmaUnitView.From, cancellation);

    private static async Task<QueryResult> ScanRmaUnit(
        string code,
        RepairsDb db,
        IEnumerable<IScannable> others,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (!Characters.IsStorable(code) || code.Length > TextLength.Line || TextFolding.IsBlank(code))
        {
            return QueryResult.NotFound;
        }

        var (number, key) = (TextFolding.Key(code).ToUpperInvariant(), ProductSerial.KeyOf(code));
        var visible = db.RmaUnits.AsNoTracking().VisibleTo(caller.Actor);
        var unit =
            await visible.FirstOrDefaultAsync(u => u.Number == number, cancellation)
            ?? await visible
                .Where(u => u.SerialKey == key)
                .OrderByDescending(u => u.Id)
                .FirstOrDefaultAsync(cancellation);
        // A stay that is over yields to what the machine is here for now, for example a return.
        if (unit is { EndedOn: null } || unit?.Number == number)
        {
            return Shown(unit!, caller);
        }

        foreach (var other in others)
        {
            if (await other.FindAsync(number, caller, cancellation) is { } found)
            {
                return QueryResult.Of(
                    new ScanView(Of(found.Record, found.Number, found.Collection), null, found.Next, found.PromisedTo),
                    found.Record.Version
                );
            }
        }

        return unit is null ? QueryResult.NotFound : Shown(unit, caller);
    }

    private static QueryResult Shown(RmaUnit unit, Caller caller) =>
        QueryResult.Of(
            new ScanView(
                Of(unit, unit.Number, "rma-units"),
                RmaUnitView.From(unit, caller),
                unit.AllowedActions(caller.Context(unit)),
                unit.CustomerName
            ),
            unit.Version
        );
}
