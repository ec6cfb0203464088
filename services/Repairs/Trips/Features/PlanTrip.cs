using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Trips.Features;

internal static class PlanTrip
{
    /// <param name="Day">The day on which the unit goes.</param>
    /// <param name="RepairOrderIds">Orders of one project, confirmed and not done.</param>
    /// <param name="RepairUnitId">The unit that goes; where an order is issued already it is that order's.</param>
    internal sealed record Request(DateOnly? Day, IReadOnlyList<Guid>? RepairOrderIds, Guid? RepairUnitId = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Day).NotNull();
            RuleFor(r => r.RepairOrderIds).NotEmpty().AtMost(50);
            RuleForEach(r => r.RepairOrderIds).NotEmpty();
            RuleFor(r => r.RepairUnitId).NotEqual(Guid.Empty);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/trips", Handle)
            .AsCommand()
            .WithSummary("Plans one way of a unit to a project for several orders")
            .WithDescription(
                """
                Rule P3.2.2. By engineering or production. The orders share day, briefing and cost; an order is on one open
                trip at most. 400: order-unknown, organisation-unknown, trip-day. 409: trip-other-project,
                trip-other-unit, trip-order-not-to-do, trip-order-taken, no-repair-unit; the order is named.
                """
            )
            .WithExample(
                new Request(
                    new DateOnly(2026, 3, 16),
                    [
                        Guid.Parse("0198c0de-0000-7000-8000-000000000001"),
                        Guid.Parse("0198c0de-0000-7000-8000-000000000002"),
                    ]
                )
            )
            .Produces<TripView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        RecordNumbers numbers,
        RegistryLookup registry,
        RepairsSettings settings,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        if (Trip.CheckPlan(context) is { } refusal)
        {
            return refusal;
        }

        var ids = body.RepairOrderIds!.Distinct().ToList();
        var orders = await db
            .RepairOrders.AsNoTracking()
            .Where(order => ids.Contains(order.Id))
            .OrderBy(order => order.Number)
            .ToListAsync(cancellation);
        if (orders.Count < ids.Count)
        {
            return Refusal.Invalid("order-unknown", "P3.2.2", "repair-order-ids");
        }

        var issued = orders.FirstOrDefault(order => order.RepairUnitId is not null);
        var asked = await registry.StayedAsync(body.RepairUnitId, cancellation) ?? issued?.RepairUnitId;
        if ((await UnitAsync(asked, issued, registry, settings.OwnUnit, cancellation)).Failed(out var no, out var unit))
        {
            return no;
        }

        // Number first: it may need a second connection.
        var number = await numbers.NextAsync(Trip.NumberKind, context.Today.Year, cancellation);
        var project = new TripProject(orders[0].ProjectId, orders[0].ProjectName);
        // An order is on one trip, whoever plans at the same time.
        await db.LockAsync($"trip/{project.Id:N}", cancellation);
        var toTake = await db.ToTakeAsync(orders, cancellation);
        return caller.Create(
            db,
            "trips",
            Trip.Plan(context, number, project, unit, body.Day!.Value, toTake),
            TripView.From
        );
    }

    private static async Task<Result<RepairUnit>> UnitAsync(
        Guid? asked,
        RepairOrder? issued,
        RegistryLookup registry,
        RepairUnit own,
        CancellationToken cancellation
    )
    {
        if (asked is not { } id || id == own.Id)
        {
            return own;
        }

        if (issued?.RepairUnitId == id)
        {
            var kind = issued.RepairUnitIsOwn ? UnitKind.Own : UnitKind.Subcontractor;
            return new RepairUnit(id, issued.RepairUnitName!, kind);
        }

        if ((await registry.OrganisationAsync(id, cancellation)).Failed(out var refusal, out var known))
        {
            return refusal;
        }

        return known.Kind switch
        {
            OrganisationKind.Subcontractor => new RepairUnit(known.Id, known.Name, UnitKind.Subcontractor),
            OrganisationKind.ContractorOwn => new RepairUnit(known.Id, known.Name, UnitKind.Own),
            _ => Refusal.ByRule(
                "no-repair-unit",
                "P3.1.1",
                ["subcontractor-or-own-unit"],
                Roles.Engineering,
                Roles.EngineeringHead
            ),
        };
    }
}
