using System.Security.Cryptography;
using CustomerService.Rules;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Anonymous;

/// <summary>A code of an anonymous batch. It is written when the batch is printed and never changed, so that it tells
/// nothing of who used it.</summary>
internal sealed class SheetCode : Aggregate
{
    private SheetCode() { }

    public override string Kind => "sheet-code";

    public string Hash { get; private set; } = "";

    public Guid BatchId { get; private set; }

    public static DocumentType<SheetCode> Type { get; } =
        DocumentType.Of<SheetCode>("sheet-code", "sheet_codes").Unique(c => c.Hash);

    public static SheetCode Of(CommandContext context, string hash, Guid batch)
    {
        var code = new SheetCode
        {
            Id = new Guid(RandomNumberGenerator.GetBytes(16)),
            Hash = hash,
            BatchId = batch,
        };
        code.Record(context, "print", null, "printed", null);
        return code;
    }
}
