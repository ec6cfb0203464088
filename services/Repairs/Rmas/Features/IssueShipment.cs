using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>FM003 (返修品出庫單) for one unit or many of a customer (C5.1.2).</summary>
internal static class IssueShipment
{
    private const string Rule = """
        Rules C5.1.2, C10, worked case 5. Each of the four fields is mandatory: when, to whom, how many, how; customer and
        quantity are held against the records. Each unit has passed the quality department, or goes back unrepaired.
        409: fm003-incomplete (names the missing fields), other-customer, shipped-quantity-differs,
        units-of-several-customers, qc-not-passed, not-in-this-state (on another form already).
        """;

    /// <param name="ShipAt">時間: when it is shipped.</param>
    /// <param name="CustomerName">客戶.</param>
    /// <param name="Quantity">數量.</param>
    /// <param name="Method">運輸方式.</param>
    /// <param name="Address">Where to; by default the registry's.</param>
    internal sealed record PackRequest(
        DateTimeOffset? ShipAt = null,
        string? CustomerName = null,
        int? Quantity = null,
        ShippingMethod? Method = null,
        string? Address = null
    );

    /// <param name="UnitIds">The units.</param>
    /// <param name="ShipAt">時間: when it is shipped.</param>
    /// <param name="CustomerName">客戶.</param>
    /// <param name="Quantity">數量.</param>
    /// <param name="Method">運輸方式.</param>
    /// <param name="Address">Where to; by default the registry's.</param>
    internal sealed record Request(
        IReadOnlyList<Guid> UnitIds,
        DateTimeOffset? ShipAt = null,
        string? CustomerName = null,
        int? Quantity = null,
        ShippingMethod? Method = null,
        string? Address = null
    );

    internal sealed class PackValidator : AbstractValidator<PackRequest>
    {
        public PackValidator()
        {
            RuleFor(r => r.CustomerName).MaximumLength(TextLength.Line);
            RuleFor(r => r.Address).OptionalText(400);
        }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.UnitIds).NotEmpty().AtMost(Shipment.MostUnits);
            RuleFor(r => r.CustomerName).MaximumLength(TextLength.Line);
            RuleFor(r => r.Address).OptionalText(400);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/shipments", Handle)
            .AsCommand()
            .WithSummary("FM003 is made out for units of a customer")
            .WithDescription(Rule)
            .WithExample(
                new Request(
                    [Guid.Parse("0198c0de-0000-7000-8000-000000000001")],
                    new DateTimeOffset(2026, 3, 20, 2, 0, 0, TimeSpan.Zero),
                    "永安機電有限公司",
                    1,
                    ShippingMethod.Express
                )
            )
            .Produces<ShipmentView>(StatusCodes.Status201Created);
        routes
            .MapPost("/rma-units/{id:guid}/pack", PackRmaUnit)
            .AsCommand()
            .WithSummary("FM003 is made out for this unit alone")
            .WithDescription(Rule)
            .Produces<ShipmentView>(StatusCodes.Status201Created);
    }

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var ids = body.UnitIds.Distinct().ToList();
        var units = await db
            .RmaUnits.VisibleTo(caller.Actor)
            .Where(unit => ids.Contains(unit.Id))
            .OrderBy(unit => unit.Id)
            .ToListAsync(cancellation);
        return units.Count < ids.Count
            ? Rules.Refusal.Invalid("unit-unknown", "C3.1.1", "unit")
            : await IssueAsync(
                units,
                new ShipmentInput(body.ShipAt, body.CustomerName, body.Quantity, body.Method, body.Address),
                db,
                caller,
                cancellation
            );
    }

    private static async Task<CommandResult> PackRmaUnit(
        Guid id,
        PackRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var unit = await db.RmaUnits.VisibleTo(caller.Actor).FirstOrDefaultAsync(u => u.Id == id, cancellation);
        return caller.Precondition(unit) is { } failed
            ? failed
            : await IssueAsync(
                [unit!],
                new ShipmentInput(body.ShipAt, body.CustomerName, body.Quantity, body.Method, body.Address),
                db,
                caller,
                cancellation
            );
    }

    private static async Task<CommandResult> IssueAsync(
        IReadOnlyList<RmaUnit> units,
        ShipmentInput input,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var first = units[0].RmaId;
        var address = (await db.Rmas.AsNoTracking().FirstAsync(rma => rma.Id == first, cancellation)).Customer.Address;
        var context = caller.Context();
        var issued = Shipment.Issue(context, input, units, address);
        if (issued.Failed(out var refusal, out var shipment))
        {
            return refusal;
        }

        db.NumberOnCommit(Shipment.Form, context.Today.Year, number => shipment.MakeOut(number, units));
        return caller.Create(db, "shipments", issued, ShipmentView.From);
    }
}
