using System.Runtime.CompilerServices;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.ServiceDefaults;

/// <summary>The work items of a record are written with it (S1). Which are stored is known from the record, so that
/// none is read.</summary>
public abstract partial class AuditedDbContext
{
    private readonly List<WorkRow> _work = [];
    private readonly List<(Aggregate Record, string Actions)> _workBefore = [];
    private CommandContexts? _contexts;

    /// <summary>The steps of a record have been written again; all of them, none where it is closed.</summary>
    protected virtual void OnWorkChanged(Aggregate record, IReadOnlyList<WorkRow> rows) { }

    /// <summary>A store of documents calls <see cref="WriteWork"/> for each changed one, once for each save and before it
    /// writes the documents.</summary>
    protected virtual void WriteWorkOfUntracked() { }

    /// <summary>Writes the work items of a record again where time alone has changed them; saved by the caller.</summary>
    /// <returns>Whether they differ.</returns>
    public async Task<bool> RefreshWorkAsync(string kind, Guid recordId, CancellationToken cancellationToken)
    {
        Lease();
        _contexts ??= Service<CommandContexts>();
        if (_contexts is null || await FindRecordAsync(kind, recordId, cancellationToken) is not { } record)
        {
            return false;
        }

        var stored = await Set<WorkRow>()
            .AsNoTracking()
            .Where(row => row.RecordId == recordId)
            .ToListAsync(cancellationToken);
        if (WorkRow.AreSame(stored, WorkRow.Of(record, _contexts)))
        {
            return false;
        }

        WriteWork(record);
        WriteAgain(record);
        return true;
    }

    /// <summary>The record of that kind, to be changed.</summary>
    protected virtual async Task<Aggregate?> FindRecordAsync(
        string kind,
        Guid id,
        CancellationToken cancellationToken
    ) => TypeOf(kind) is { } type ? await FindAsync(type, [id], cancellationToken) as Aggregate : null;

    /// <summary>Writes the record at the version that it has: a command that came in between makes this stale.</summary>
    protected virtual void WriteAgain(Aggregate record) =>
        Entry(record).Property(nameof(Aggregate.WorkActions)).IsModified = true;

    private Type? TypeOf(string kind) =>
        Model
            .GetEntityTypes()
            .Select(type => type.ClrType)
            .Where(type => type.IsAssignableTo(typeof(Aggregate)) && !type.IsAbstract)
            .FirstOrDefault(type => ((Aggregate)RuntimeHelpers.GetUninitializedObject(type)).Kind == kind);

    /// <summary>Writes the work items of a changed record.</summary>
    protected void WriteWork(Aggregate record)
    {
        ArgumentNullException.ThrowIfNull(record);
        // A context outside a service, for example in a tool, has no policies to judge by.
        _contexts ??= Service<CommandContexts>();
        if (_contexts is null || record.WorkSubject is null)
        {
            return;
        }

        var rows = WorkRow.Of(record, _contexts);
        var stored = record.WorkActions.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var row in rows)
        {
            var entry = Entry(row);
            if (stored.Contains(row.Action))
            {
                entry.State = EntityState.Modified;
                entry.Property(r => r.Since).IsModified = false;
            }
            else
            {
                entry.State = EntityState.Added;
            }

            _work.Add(row);
        }

        foreach (var action in stored.Except(rows.Select(row => row.Action)))
        {
            var gone = Gone(record.Id, action);
            Entry(gone).State = EntityState.Deleted;
            _work.Add(gone);
        }

        _workBefore.Add((record, record.WorkActions));
        record.MarkWork(string.Join(' ', rows.Select(row => row.Action)));
        OnWorkChanged(record, rows);
    }

    private static WorkRow Gone(Guid recordId, string action) =>
        new()
        {
            RecordId = recordId,
            Action = action,
            RecordKind = "",
            Number = "",
            Title = "",
            State = "",
            Version = 0,
            Rule = "",
            Alternatives = [],
            Takers = [],
            Exceptions = [],
            Missing = [],
            WaitsFor = [],
            DueAt = WorkRow.NoDue,
            Since = default,
        };

    private void WriteWorkOfTracked()
    {
        // Before changes are looked for: what a record keeps of its items is one of them.
        var detecting = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (
            var record in ChangeTracker
                .Entries<Aggregate>()
                .Select(entry => entry.Entity)
                .Where(record => record.PendingEntries.Count > 0)
                .ToList()
        )
        {
            WriteWork(record);
        }

        ChangeTracker.AutoDetectChangesEnabled = detecting;
    }

    private void ForgetWork()
    {
        Detach(_work);
        foreach (var (record, actions) in _workBefore)
        {
            record.MarkWork(actions);
        }

        _workBefore.Clear();
    }
}
