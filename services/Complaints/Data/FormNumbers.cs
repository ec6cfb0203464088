using System.Globalization;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Data;

/// <summary>The last number given of a form in a year.</summary>
internal sealed class FormNumber
{
    public required string Form { get; init; }

    public required int Year { get; init; }

    public required int Last { get; init; }
}

internal static class FormNumbers
{
    /// <summary>
    /// Takes the next number of a form, for example <c>FM004-2026-0001</c>. The counter stays locked until the surrounding transaction
    /// ends, so a number that is not used goes back and none is ever left out (C10).
    /// </summary>
    public static async Task<string> NextNumberAsync(this ComplaintsDb store, string form, int year, CancellationToken cancellationToken)
    {
        await store.InTransactionAsync(cancellationToken);
        var given = await store.Database.SqlQuery<int>(
            $"""
            insert into form_numbers (form, year, last) values ({form}, {year}, 1)
            on conflict (form, year) do update set last = form_numbers.last + 1
            returning last as "Value"
            """).ToListAsync(cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{form}-{year:0000}-{given[0]:0000}");
    }

    /// <summary>Lets only one at a time act on a natural key, until its transaction ends. What it looks up after this is what the others have committed.</summary>
    public static Task LockAsync(this ComplaintsDb store, string kind, Guid key, CancellationToken cancellationToken) =>
        store.LockAsync($"{kind}/{key:N}", cancellationToken);
}
