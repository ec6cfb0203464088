using CustomerService.Records;

namespace CustomerService.Repairs.Returns;

/// <summary>The files of returns and exchanges.</summary>
internal static class ReturnFiles
{
    public static FileRules Rules { get; } =
        new()
        {
            Purposes = ["photo", "damage", "before", "after", "document", "scan", FileRules.Signature],
            // What the customer sees of the state of their goods.
            OutsidersSee = ["photo", "damage", "before", "after"],
        };
}
