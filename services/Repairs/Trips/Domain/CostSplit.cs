namespace CustomerService.Repairs.Trips.Domain;

/// <summary>
/// How a cost of a trip is split: in equal parts to the fen. What does not divide evenly goes one fen each to the first
/// orders by number, so that the parts are the whole and the same cost is always split alike.
/// </summary>
internal static class CostSplit
{
    /// <param name="amount">Yuan, two decimals.</param>
    /// <param name="orders">At least one.</param>
    public static IReadOnlyList<CostShare> Of(decimal amount, IReadOnlyList<TripOrder> orders)
    {
        var fen = (long)(amount * 100m);
        var (each, rest) = Math.DivRem(fen, orders.Count);
        return
        [
            .. orders
                .OrderBy(order => order.Number, StringComparer.Ordinal)
                .Select((order, at) => new CostShare(order.Id, order.Number, (each + (at < rest ? 1 : 0)) / 100m)),
        ];
    }
}
