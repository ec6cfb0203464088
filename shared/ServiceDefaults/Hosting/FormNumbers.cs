using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.ServiceDefaults;

/// <summary>The last number given of a form in a year.</summary>
public sealed class FormNumber
{
    public required string Form { get; init; }

    public required int Year { get; init; }

    public required int Last { get; init; }
}

/// <summary>Numbers of forms and records, per year, without gaps (C10).</summary>
public static class FormNumbers
{
    /// <summary>The table of a service that gives numbers.</summary>
    public static ModelBuilder AddFormNumbers(this ModelBuilder model)
    {
        model.Entity<FormNumber>(number =>
        {
            number.ToTable("form_numbers");
            number.HasKey(n => new { n.Form, n.Year });
            number.Property(n => n.Form).HasMaxLength(20);
            number.Property(n => n.Year).ValueGeneratedNever();
        });
        return model;
    }

    /// <summary>
    /// Takes the next number, for example <c>FM004-2026-0001</c>. The counter stays locked until the
    /// transaction of the whole command ends,
    /// so a number that is not used goes back and none is ever left out; take it last, when nothing slow follows.
    /// </summary>
    /// <param name="store">The store; a transaction is begun where there is none.</param>
    /// <param name="form">For example <c>FM004</c>.</param>
    /// <param name="year">Year of the company's date.</param>
    /// <param name="cancellationToken">Ends the wait for the lock.</param>
    public static async Task<string> NextNumberAsync(
        this DbContext store,
        string form,
        int year,
        CancellationToken cancellationToken
    )
    {
        await store.InTransactionAsync(cancellationToken);
        var given = await store
            .Database.SqlQuery<int>(
                $"""
                INSERT INTO form_numbers (form, year, last) VALUES ({form}, {year}, 1)
                ON CONFLICT (form, year) DO UPDATE SET last = form_numbers.last + 1
                RETURNING last AS "Value"
                """
            )
            .ToListAsync(cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{form}-{year:0000}-{given[0]:0000}");
    }
}
