using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>What became of each order of a bulk command.</summary>
internal sealed record BulkOrdersView(int Done, int Refused, IReadOnlyList<BulkOrderLine> Items);

/// <param name="Code">Code of the refusal; null where it was done.</param>
/// <param name="Message">In the caller's language.</param>
internal sealed record BulkOrderLine(
    Guid Id,
    string? Number,
    bool Done,
    long? Version,
    string? Code,
    string? Rule,
    string? Message
);

/// <summary>An order of a bulk command.</summary>
/// <param name="Version">As it was seen.</param>
internal sealed record BulkOrderRequest(Guid? Id, long? Version)
{
    public static void Check(InlineValidator<BulkOrderRequest> line)
    {
        line.RuleFor(l => l.Id).NotNull();
        line.RuleFor(l => l.Version).NotNull();
    }
}

/// <summary>The same step with many orders: what is refused of them holds up none of the others.</summary>
internal sealed class BulkOrders(RepairsDb db, Texts texts, Caller caller)
{
    /// <summary>Orders of one command.</summary>
    public const int Most = 100;

    public async Task<CommandResult> EachAsync(
        IReadOnlyList<BulkOrderRequest> lines,
        Func<RepairOrder, CommandContext, Task<Refusal?>> step,
        CancellationToken cancellation
    )
    {
        var ids = lines.Select(line => line.Id!.Value).Distinct().ToList();
        var known = await db
            .RepairOrders.VisibleTo(caller.Actor)
            .Where(order => ids.Contains(order.Id))
            .ToDictionaryAsync(order => order.Id, cancellation);
        var items = new List<BulkOrderLine>(lines.Count);
        foreach (var line in lines.DistinctBy(line => line.Id))
        {
            if (!known.TryGetValue(line.Id!.Value, out var order))
            {
                items.Add(Of(line.Id.Value, null, "not-found", RuleCatalogue.Api, null));
            }
            else if (order.Version != line.Version)
            {
                items.Add(Of(order.Id, order, "stale-version", RuleCatalogue.Api, null));
            }
            else if (await step(order, caller.Context(order)) is { } refusal)
            {
                items.Add(Of(order.Id, order, refusal.Code, refusal.Rule, refusal));
            }
            else
            {
                items.Add(new(order.Id, order.Number, true, order.Version, null, null, null));
            }
        }

        return CommandResult.Ok(
            new BulkOrdersView(items.Count(item => item.Done), items.Count(item => !item.Done), items)
        );

        BulkOrderLine Of(Guid id, RepairOrder? order, string code, string rule, Refusal? refusal) =>
            new(id, order?.Number, false, order?.Version, code, rule, texts.Find(code, refusal?.Arguments) ?? code);
    }
}
