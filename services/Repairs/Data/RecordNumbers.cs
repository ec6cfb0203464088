using System.Globalization;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Data;

/// <summary>Last number given, per form and year.</summary>
internal sealed class RecordNumber
{
    public required string Form { get; init; }

    public required int Year { get; init; }

    public required int Last { get; init; }
}

/// <summary>Numbers of records, per year, without gaps.</summary>
internal static class RecordNumbers
{
    /// <summary>
    /// Takes the next number. The counter's row stays locked until the transaction of the whole command ends, so a number that is not
    /// used is given to the next one; take it last, when nothing slow follows.
    /// </summary>
    /// <param name="store">The store; a transaction is begun where there is none.</param>
    /// <param name="form">For example <c>WX</c>.</param>
    /// <param name="year">Year of the company's date.</param>
    /// <param name="cancellationToken">Ends the wait for the lock.</param>
    public static async Task<string> NextAsync(RepairsDb store, string form, int year, CancellationToken cancellationToken)
    {
        await store.InTransactionAsync(cancellationToken);
        var taken = await store.Database.SqlQuery<int>(
            $"""
            INSERT INTO record_numbers (form, year, last) VALUES ({form}, {year}, 1)
            ON CONFLICT (form, year) DO UPDATE SET last = record_numbers.last + 1
            RETURNING last AS "Value"
            """).ToListAsync(cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{form}-{year:0000}-{taken[0]:0000}");
    }
}
