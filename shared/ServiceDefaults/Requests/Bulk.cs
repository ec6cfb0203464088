using CustomerService.Rules;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.ServiceDefaults;

/// <summary>What became of each record of a bulk command.</summary>
/// <param name="Done">How many took the step.</param>
/// <param name="Refused">How many did not.</param>
/// <param name="Items">Each record once, in the order in which they were named.</param>
public sealed record BulkView(int Done, int Refused, IReadOnlyList<BulkLineView> Items);

/// <param name="Id">The record.</param>
/// <param name="Number">Its number; null where there is no such record.</param>
/// <param name="Done">Whether the step was taken.</param>
/// <param name="Version">Its version now.</param>
/// <param name="Code">Code of the refusal; null where it was done.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="Message">In the caller's language.</param>
public sealed record BulkLineView(
    Guid Id,
    string? Number,
    bool Done,
    long? Version,
    string? Code,
    string? Rule,
    string? Message
);

/// <summary>A record of a bulk command.</summary>
/// <param name="Id">The record.</param>
/// <param name="Version">As it was seen.</param>
public sealed record BulkLineRequest(Guid? Id, long? Version)
{
    /// <summary>Both must be there.</summary>
    public static void Check(InlineValidator<BulkLineRequest> line)
    {
        ArgumentNullException.ThrowIfNull(line);
        line.RuleFor(l => l.Id).NotNull();
        line.RuleFor(l => l.Version).NotNull();
    }
}

/// <summary>The same step with many records: what is refused of them holds up none of the others.</summary>
public sealed class Bulk(Texts texts, Caller caller)
{
    /// <summary>Takes the step with each; a line without a version is not compared with one.</summary>
    /// <param name="visible">The records that the caller may see.</param>
    /// <param name="lines">Which.</param>
    /// <param name="number">Number of a record, for people.</param>
    /// <param name="step">The domain method.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public async Task<CommandResult> EachAsync<T>(
        IQueryable<T> visible,
        IReadOnlyList<BulkLineRequest> lines,
        Func<T, string?> number,
        Func<T, CommandContext, Task<Refusal?>> step,
        CancellationToken cancellation
    )
        where T : Aggregate
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(step);
        var ids = lines.Select(line => line.Id!.Value).Distinct().ToList();
        var known = await visible
            .Where(record => ids.Contains(record.Id))
            .ToDictionaryAsync(record => record.Id, cancellation);
        var items = new List<BulkLineView>(ids.Count);
        foreach (var line in lines.DistinctBy(line => line.Id))
        {
            var record = known.GetValueOrDefault(line.Id!.Value);
            var refusal =
                record is null ? Refusal.ByRule("not-found", RuleCatalogue.Api, [])
                : line.Version is { } seen && record.Version != seen
                    ? Refusal.ByRule("stale-version", RuleCatalogue.Api, [])
                : await step(record, caller.Context(record));
            items.Add(
                new(
                    line.Id.Value,
                    record is null ? null : number(record),
                    refusal is null,
                    record?.Version,
                    refusal?.Code,
                    refusal?.Rule,
                    refusal is null ? null : texts.Find(refusal.Code, refusal.Arguments) ?? refusal.Code
                )
            );
        }

        var done = items.Count(item => item.Done);
        return CommandResult.Ok(new BulkView(done, items.Count - done, items));
    }
}
