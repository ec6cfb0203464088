using CustomerService.Repairs.Data;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class ListRepairOrders
{
    internal sealed record Filter(
        [FromQuery] string? State,
        [FromQuery] Guid? ProjectId,
        [FromQuery] Guid? OwnerId,
        [FromQuery] Guid? UnitId,
        [FromQuery] string? Severity,
        [FromQuery] bool? Overdue,
        [FromQuery] DateOnly? OpenedFrom,
        [FromQuery] DateOnly? OpenedTo,
        [FromQuery] string? Number,
        [FromQuery] string? After,
        [FromQuery] int? Limit
    );

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-orders", Handle)
            .WithSummary("The repair orders that the caller may see, the newest first")
            .WithDescription(
                "Filters: state (several joined by commas), projectId, ownerId, unitId, severity, overdue (rule P3.2.1: not confirmed with the owner and past the due day), openedFrom and openedTo (inclusive, company time zone), number. Pages: limit 1–200 (50), after = `next` of the page before. 400: bad-filter, bad-cursor."
            )
            .Produces<Page<RepairOrderSummary>>();

    private static async Task<IResult> Handle(
        [AsParameters] Filter filter,
        RepairsDb store,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (page, refusal) = PageRequest.Read(filter.After, filter.Limit);
        if (refusal is not null)
        {
            return Problems.Result(context, refusal);
        }

        var states = Read<RepairOrderState>(filter.State);
        var severities = Read<DefectSeverity>(filter.Severity);
        if (
            (
                states is null ? "state"
                : severities is null ? "severity"
                : null
            ) is
            { } wrong
        )
        {
            return Problems.Result(context, Refusal.Invalid("bad-filter", RuleOfFilters, wrong).With("filter", wrong));
        }

        var orders = store.RepairOrders.AsNoTracking().VisibleTo(caller.Actor);
        if (states!.Count > 0)
        {
            orders = orders.Where(o => states.Contains(o.State));
        }

        if (severities!.Count > 0)
        {
            orders = orders.Where(o => severities.Contains(o.Severity));
        }

        if (filter.ProjectId is { } project)
        {
            orders = orders.Where(o => o.ProjectId == project);
        }

        if (filter.OwnerId is { } owner)
        {
            orders = orders.Where(o => o.OwnerId == owner);
        }

        if (filter.UnitId is { } unit)
        {
            orders = orders.Where(o => o.RepairUnitId == unit);
        }

        if (filter.Overdue is { } overdue)
        {
            var today = caller.Today;
            orders = orders.Where(o => (o.State == RepairOrderState.Opened && o.ConfirmDueOn < today) == overdue);
        }

        if (filter.OpenedFrom is { } from)
        {
            orders = orders.Where(o => o.OpenedOn >= from);
        }

        if (filter.OpenedTo is { } to)
        {
            orders = orders.Where(o => o.OpenedOn <= to);
        }

        if (filter.Number is { Length: > 0 } number)
        {
            orders = orders.Where(o => o.Number == number);
        }

        if (page!.After is { } after)
        {
            orders = orders.Where(o => o.Id.CompareTo(after) < 0);
        }

        var read = await orders.OrderByDescending(o => o.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return Results.Json(page.Cut(read, o => o.Id, o => RepairOrderSummary.From(o, caller)), Json.Options);
    }

    private const string RuleOfFilters = "API";

    // Null: a name that there is not. Numbers are no names.
    private static List<T>? Read<T>(string? text)
        where T : struct, Enum
    {
        var read = new List<T>();
        foreach (
            var name in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            if (
                Enum.GetValues<T>().Where(v => Spelling.Kebab(v.ToString()) == name).Take(1).ToList() is not [var value]
            )
            {
                return null;
            }

            read.Add(value);
        }

        return read;
    }
}
