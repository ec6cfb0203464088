using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>Failed goods are identified, segregated, disposed of by whoever has the authority, and inspected again after
/// rework (C5.3.3, C7).</summary>
internal static class NonconformingGoods
{
    /// <summary>Failed goods of this lot wait for their disposition.</summary>
    public static bool IsUndisposed(InspectedLot lot) => lot is { Failed: > 0, Disposition: null };

    /// <summary>Everything that failed is disposed of, and all rework was inspected.</summary>
    public static bool AreSettled(IReadOnlyList<InspectedLot> lots) =>
        !lots.Any(lot => IsUndisposed(lot) || IsReworkDue(lots, lot));

    /// <summary>The rework of this lot is to be inspected.</summary>
    public static bool IsReworkDue(IReadOnlyList<InspectedLot> lots, InspectedLot lot) =>
        lot.Disposition?.Kind == DispositionKind.Rework && !lots.Any(other => other.ReworkOf == lot.No);

    /// <summary>A first inspection, or one of all the goods of a lot whose rework is due.</summary>
    public static bool IsFirstOrRework(IReadOnlyList<InspectedLot> lots, LotResult result) =>
        result.ReworkOf is not { } no
        || lots.Any(lot => lot.No == no && IsReworkDue(lots, lot) && lot.Failed == result.Quantity);

    /// <summary>The roles that have the authority for a disposition.</summary>
    public static IReadOnlyList<string> AuthorityOf(DispositionKind kind, ComplaintPolicy policy) =>
        policy.DispositionAuthority[kind.ToKebab()];
}
