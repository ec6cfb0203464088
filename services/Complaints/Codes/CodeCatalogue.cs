using System.Globalization;
using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Codes;

/// <summary>The catalogues, as commands and forms ask them.</summary>
internal sealed class CodeCatalogue(ComplaintsDb db, CompanyClock clock)
{
    /// <summary>Null where the code may be entered today; none needs no look-up.</summary>
    public async Task<Refusal?> CheckAsync(CodeKind catalogue, string? code, CancellationToken cancellation)
    {
        if (code is null)
        {
            return null;
        }

        var key = TextFolding.Key(code);
        var known = await db
            .Codes.AsNoTracking()
            .FirstOrDefaultAsync(c => c.Catalogue == catalogue && c.CodeKey == key, cancellation);
        var isKept = known is not null || await db.Codes.AnyAsync(c => c.Catalogue == catalogue, cancellation);
        return CatalogueCode.Check(code, known, isKept, clock.Today);
    }

    /// <summary>What codes are called in a language, ended ones too; what no catalogue has is not among them.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(
        CodeKind catalogue,
        IEnumerable<string?> codes,
        CultureInfo language,
        CancellationToken cancellation
    )
    {
        var asked = codes.OfType<string>().Distinct().ToDictionary(code => code, TextFolding.Key);
        var keys = asked.Values.ToList();
        var known = await db
            .Codes.AsNoTracking()
            .Where(c => c.Catalogue == catalogue && keys.Contains(c.CodeKey))
            .ToDictionaryAsync(c => c.CodeKey, c => c.Names, cancellation);
        return asked
            .Where(pair => known.ContainsKey(pair.Value))
            .ToDictionary(pair => pair.Key, pair => known[pair.Value].In(language));
    }
}
