using CustomerService.Records;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>The files of orders, by an account or by a link.</summary>
internal static class RepairOrderFiles
{
    public static FileRules Rules { get; } =
        new()
        {
            Purposes = ["photo", "damage", "before", "after", "document", "scan", FileRules.Signature],
            // The repair unit works by them, and the owner accepts by them.
            OutsidersSee = ["photo", "damage", "before", "after"],
        };
}
