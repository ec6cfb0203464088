using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Records;

/// <summary>What the parts of a record must know of it.</summary>
/// <param name="Number">Its number, where it has one.</param>
public sealed record FoundRecord(string? Number)
{
    /// <summary>What events may tell of its notes and files.</summary>
    public Discretion Discretion { get; init; }
}

/// <summary>Finds a record that the actor may see; null where it is not there or not to be seen.</summary>
public delegate Task<FoundRecord?> FindRecord(
    IServiceProvider services,
    Actor actor,
    Guid id,
    CancellationToken cancellation
);

/// <summary>A kind of record of this service.</summary>
/// <param name="Service">The service.</param>
/// <param name="Name">For example <c>repair-order</c>.</param>
/// <param name="Collection">For example <c>repair-orders</c>.</param>
/// <param name="Word">For example <c>RepairOrder</c>.</param>
/// <param name="Find">The service's own view of who sees what.</param>
/// <param name="Itself">The record as a query of its identity, in PostgreSQL.</param>
/// <param name="OutsidersSee">Actions that outsiders see.</param>
internal sealed record RecordKind(
    string Service,
    string Name,
    string Collection,
    string Word,
    FindRecord Find,
    Func<DbContext, Guid, IQueryable<Guid>>? Itself,
    IReadOnlyList<string> OutsidersSee
)
{
    /// <summary>What the module says of files; read with each request.</summary>
    public FileRules Files { get; set; } = new();

    /// <summary>The record, if the caller sees it.</summary>
    public async Task<RecordRef?> FindAsync(
        IServiceProvider services,
        Caller caller,
        Guid id,
        CancellationToken cancellation
    ) =>
        await Find(services, caller.Actor, id, cancellation) is { } found
            ? new(Service, Name, id, found.Number) { Discretion = found.Discretion }
            : null;
}

/// <summary>The kinds of record of this service, as they were mapped.</summary>
internal sealed class RecordKinds
{
    private readonly Dictionary<string, RecordKind> _kinds = new(StringComparer.Ordinal);

    public void Add(RecordKind kind) => _kinds.Add(kind.Name, kind);

    public RecordKind? Find(string name) => _kinds.GetValueOrDefault(name);

    public RecordKind Of(string name) =>
        Find(name) ?? throw new InvalidOperationException($"No records of kind '{name}' were mapped.");
}
