using System.Security.Cryptography;
using CustomerService.Rules;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Anonymous;

/// <summary>Which codes of an anonymous batch were used: a set in the order of the hashes, written as a whole, so that
/// neither order nor time of their use is kept.</summary>
internal sealed class SpentCodes : Aggregate
{
    private SpentCodes() { }

    public override string Kind => "spent-codes";

    public IReadOnlyList<string> Hashes { get; private set; } = [];

    public static DocumentType<SpentCodes> Type { get; } = DocumentType.Of<SpentCodes>("spent-codes", "spent_codes");

    /// <summary>A batch has one such set, with an identity of its own.</summary>
    public static Guid IdOf(Guid batch) => new(SHA256.HashData(batch.ToByteArray()).AsSpan(0, 16));

    public static SpentCodes Of(CommandContext context, Guid batch)
    {
        var codes = new SpentCodes { Id = IdOf(batch) };
        codes.Record(context, "print", null, "open", null);
        return codes;
    }

    /// <summary>Spends a code.</summary>
    /// <returns>False where it is spent already.</returns>
    public bool Spend(CommandContext context, string hash)
    {
        if (Hashes.Contains(hash))
        {
            return false;
        }

        Hashes = [.. Hashes.Append(hash).Order(StringComparer.Ordinal)];
        Record(context, "spend", "open", "open", null);
        return true;
    }

    /// <summary>Gives a code back whose answer could not be kept.</summary>
    public void GiveBack(CommandContext context, string hash)
    {
        Hashes = [.. Hashes.Where(one => one != hash)];
        Record(context, "give-back", "open", "open", null);
    }
}
