using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas;

/// <summary>Findings of revisits and construction repairs have one CAPA, whichever way it came to serve them
/// (P2.2.3).</summary>
internal static class ServedCases
{
    /// <summary>Nobody else opens a CAPA for them, or lets one serve them, until the commit.</summary>
    public static async Task LockCasesAsync(this ComplaintsDb db, IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        foreach (var id in ids.Distinct().Order())
        {
            await db.LockAsync($"capa/case/{id:N}", cancellation);
        }
    }

    /// <summary>Number of the CAPA that serves each of them; nothing of those that none serves.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> ServedByAsync(
        this ComplaintsDb db,
        IEnumerable<Guid> ids,
        CancellationToken cancellation
    )
    {
        var asked = ids.Distinct().ToArray();
        var known = await db
            .Capas.Where(capa => capa.ServedIds.Any(id => asked.Contains(id)))
            .OrderBy(capa => capa.Id)
            .Select(capa => new { capa.Number, capa.ServedIds })
            .ToListAsync(cancellation);
        return asked
            .Select(id => (id, known.FirstOrDefault(capa => capa.ServedIds.Contains(id))?.Number))
            .Where(one => one.Number is not null)
            .ToDictionary(one => one.id, one => one.Number!);
    }
}
