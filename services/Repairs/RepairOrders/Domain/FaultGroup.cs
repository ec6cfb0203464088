using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>By what faults are put together (P3.3.2).</summary>
internal enum FaultGroupBy
{
    /// <summary>Part of Table 3.1.</summary>
    Part,
    Cause,

    /// <summary>The unit at whose cost it was repaired, else the one that repaired.</summary>
    Subcontractor,

    /// <summary>Floor of a project's building.</summary>
    Floor,
}

/// <summary>Faults with something in common, for which one CAPA opens (P2.2.3).</summary>
/// <param name="RequestId">One CAPA at most comes from it.</param>
/// <param name="Subject">What they have in common.</param>
/// <param name="Text">What quality says, with the orders.</param>
/// <param name="Orders">Those that no CAPA was asked for yet.</param>
internal sealed record FaultGroup(Guid RequestId, string Subject, string Text, IReadOnlyList<RepairOrder> Orders)
{
    private const int Least = 2;

    /// <summary>
    /// Asks for one CAPA for all orders of the group that have none yet. Where that leaves none, the CAPA was asked for
    /// already: a second click opens no second one.
    /// </summary>
    /// <param name="orders">The group as it is now.</param>
    /// <param name="contextOf">What each order is judged by.</param>
    /// <param name="context">Who asks.</param>
    /// <param name="subject">What they have in common.</param>
    /// <param name="text">What quality says.</param>
    public static Result<FaultGroup> RequestCapa(
        CommandContext context,
        IReadOnlyList<RepairOrder> orders,
        Func<RepairOrder, CommandContext> contextOf,
        string subject,
        string text
    )
    {
        if (!context.Actor.HasAny(RepairOrderFlow.Inspectors))
        {
            return Refusal.RoleMissing("P2.2.3", RepairOrderFlow.Inspectors).With("action", "request-capa");
        }

        IReadOnlyList<RepairOrder> fresh = [.. orders.Where(order => order.CapaRequestedOn is null)];
        if (fresh.Count == 0 && orders.Count > 0)
        {
            return Refusal
                .ByRule("capa-requested-already", "P2.2.3", ["orders-without-capa"], RepairOrderFlow.Inspectors)
                .With("orders", Named(orders));
        }

        if (fresh.Count < Least)
        {
            return Refusal.ByRule("fault-group-too-small", "P2.2.3", ["two-orders"], RepairOrderFlow.Inspectors);
        }

        var group = new FaultGroup(Guid.CreateVersion7(context.Now), subject, $"{text}（{Named(fresh)}）", fresh);
        foreach (var order in fresh)
        {
            order.JoinFaultGroup(contextOf(order), group);
        }

        return group;
    }

    private static string Named(IEnumerable<RepairOrder> orders) =>
        string.Join('、', orders.Select(order => order.Number));
}
