using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using CustomerService.Rules;

namespace CustomerService.Records.Keeping;

/// <summary>Reads what a module keeps of a record.</summary>
public interface IPartReader
{
    /// <summary>The parts of a record, to be erased with it.</summary>
    Task<IReadOnlyList<Aggregate>> PartsAsync<TPart>(Expression<Func<TPart, Guid>> recordOf, Guid record)
        where TPart : Aggregate;
}

/// <summary>A kind of record that is kept and, after its day, erased (C8).</summary>
public sealed record KeptKind
{
    private readonly Func<Aggregate, string?> _number;
    private Func<Aggregate, DateOnly?> _warranty = _ => null;
    private Func<Aggregate, string?> _department = _ => null;
    private (Type Kind, Func<Aggregate, Guid> Of)? _holder;
    private IReadOnlyList<Func<IPartReader, Guid, Task<IReadOnlyList<Aggregate>>>> _parts = [];

    private KeptKind(Type type, string name, IReadOnlyList<string> final, Func<Aggregate, string?> number) =>
        (Type, Name, Final, _number) = (type, name, final, number);

    /// <summary>Type of the record.</summary>
    public Type Type { get; }

    /// <summary>Its kind, for example <c>repair-order</c>.</summary>
    public string Name { get; }

    /// <summary>States in which it is closed, <c>kebab-case</c>.</summary>
    public IReadOnlyList<string> Final { get; private init; }

    /// <summary>A kind of record.</summary>
    /// <param name="number">Its number, where it has one.</param>
    public static KeptKind Of<T>(Func<T, string?> number)
        where T : Aggregate
    {
        // Kind and final states are the same for all of a kind, and need no record.
        var any = (Aggregate)RuntimeHelpers.GetUninitializedObject(typeof(T));
        return new(typeof(T), any.Kind, any.FinalStates, record => number((T)record));
    }

    /// <summary>The last day of the warranty that it belongs to.</summary>
    public KeptKind Warranty<T>(Func<T, DateOnly?> through)
        where T : Aggregate => this with { _warranty = record => through((T)record) };

    /// <summary>It belongs to the warranty of another kept record of this service, whatever becomes of that.</summary>
    public KeptKind WarrantyOf<T, THolder>(Func<T, Guid> holder)
        where T : Aggregate
        where THolder : Aggregate => this with { _holder = (typeof(THolder), record => holder((T)record)) };

    /// <summary>The department that answers for it.</summary>
    public KeptKind Department<T>(Func<T, string?> department)
        where T : Aggregate => this with { _department = record => department((T)record) };

    /// <summary>States in which it is in use, though nobody has to do anything: it is not closed.</summary>
    public KeptKind InUse(params IReadOnlyList<Enum> states) =>
        this with
        {
            Final = [.. Final.Except(states.Select(state => Spelling.Kebab(state.ToString())))],
        };

    /// <summary>What is kept of it in another aggregate and goes with it.</summary>
    public KeptKind With<TPart>(Expression<Func<TPart, Guid>> recordOf)
        where TPart : Aggregate =>
        this with
        {
            _parts = [.. _parts, (reader, record) => reader.PartsAsync(recordOf, record)],
        };

    /// <summary>Whether it is closed.</summary>
    internal bool IsClosed(Aggregate record) => Final.Contains(record.StateName);

    internal string? NumberOf(Aggregate record) => _number(record);

    internal DateOnly? WarrantyOf(Aggregate record) => _warranty(record);

    /// <summary>The record to whose warranty it belongs; null where that is its own.</summary>
    internal (Type Kind, Guid Id)? WarrantyHolderOf(Aggregate record) =>
        _holder is { } holder ? (holder.Kind, holder.Of(record)) : null;

    internal string? DepartmentOf(Aggregate record) => _department(record);

    /// <summary>What is kept of a record elsewhere.</summary>
    public async Task<IReadOnlyList<Aggregate>> PartsAsync(IPartReader reader, Guid record)
    {
        var parts = new List<Aggregate>();
        foreach (var part in _parts)
        {
            parts.AddRange(await part(reader, record));
        }

        return parts;
    }
}

/// <summary>The kinds of record of this service that are kept.</summary>
public sealed record KeptKinds(IReadOnlyList<KeptKind> All)
{
    /// <summary>The kind of that name.</summary>
    public KeptKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>Every state in which something is closed.</summary>
    public IReadOnlyList<string> FinalStates { get; } =
    [.. All.SelectMany(kind => kind.Final).Distinct(StringComparer.Ordinal)];

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names { get; } = [.. All.Select(kind => kind.Name)];
}
