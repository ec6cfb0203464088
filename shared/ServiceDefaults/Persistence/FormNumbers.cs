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

/// <summary>Numbers of forms, per year, without gaps (C10). See
/// <see cref="AuditedDbContext.NumberOnCommit"/>.</summary>
internal static class FormNumbers
{
    /// <summary>
    /// Takes numbers for all requests and hands them out in the order of the requests. The counters
    /// are locked in a fixed order, so that two commands that need several do not wait for each
    /// other.
    /// </summary>
    internal static async Task TakeAsync(
        DbContext db,
        IReadOnlyList<NumberRequest> requests,
        CancellationToken cancellationToken
    )
    {
        var counters = requests
            .GroupBy(request => (request.Form, request.Year))
            .Select(group => (group.Key.Form, group.Key.Year, Count: group.Count()))
            .OrderBy(counter => counter.Form, StringComparer.Ordinal)
            .ThenBy(counter => counter.Year)
            .ToList();
        string[] forms = [.. counters.Select(c => c.Form)];
        int[] years = [.. counters.Select(c => c.Year)];
        int[] counts = [.. counters.Select(c => c.Count)];
        var taken = await db
            .Database.SqlQuery<TakenNumbers>(
                $"""
                INSERT INTO form_numbers AS f (form, year, last)
                SELECT t.form, t.year, t.count FROM unnest({forms}, {years}, {counts})
                WITH ORDINALITY AS t(form, year, count, place) ORDER BY t.place
                ON CONFLICT (form, year) DO UPDATE SET last = f.last + excluded.last
                RETURNING form, year, last
                """
            )
            .ToListAsync(cancellationToken);

        var next = taken.ToDictionary(
            number => (number.Form, number.Year),
            number => number.Last - counters.Find(c => c.Form == number.Form && c.Year == number.Year).Count
        );
        foreach (var request in requests)
        {
            var number = ++next[(request.Form, request.Year)];
            request.Assign(
                string.Create(CultureInfo.InvariantCulture, $"{request.Form}-{request.Year:0000}-{number:0000}")
            );
        }
    }

    private sealed record TakenNumbers(string Form, int Year, int Last);
}
