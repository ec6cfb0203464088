using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;
using CustomerService.Rules;

namespace CustomerService.Testing;

/// <summary>One try of a walk.</summary>
/// <param name="Context">Who acts, and when.</param>
/// <param name="Choice">A number from 0 to 999 by which the call varies what it hands in.</param>
/// <param name="World">What the walk carries besides its record, see <c>Beside</c>.</param>
public sealed record Move(CommandContext Context, int Choice, object World)
{
    /// <summary>One of these, by <see cref="Choice"/>.</summary>
    public TValue Pick<TValue>(params TValue[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values[Choice % values.Length];
    }

    /// <summary>Whether this is one of so many tries: <c>OneIn(5)</c> is true for a fifth of them.</summary>
    public bool OneIn(int count) => Choice % count == 0;

    /// <summary>What the walk carries besides its record.</summary>
    public TWorld The<TWorld>()
        where TWorld : class => (TWorld)World;
}

/// <summary>What happened in all walks of a run.</summary>
public sealed class FlowWalkResult<TState, TAction>
{
    /// <summary>States that were reached.</summary>
    public HashSet<TState> States { get; } = [];

    /// <summary>Pairs of state and action that were taken.</summary>
    public HashSet<(TState From, TAction Action)> Steps { get; } = [];

    /// <summary>Codes of refusals that were given.</summary>
    public HashSet<string> Refusals { get; } = [];
}

/// <summary>
/// Random walks over a flow table: all kinds of people try all actions, in any order, while time goes by. A service
/// says how each action is called; the harness checks that
/// <list type="bullet">
/// <item>a refusal changes nothing: no field of the record, no entry, no event;</item>
/// <item>what is allowed follows a row of the table, by a role of that row, with its guards met, and is audited as
/// such;</item>
/// <item>what the table forbids is refused;</item>
/// <item>the audit chain is whole;</item>
/// <item>every state was reached, every action taken, every refusal of the table given, or the run proves
/// nothing.</item>
/// </list>
/// A failure shows the shortest walk that was found, with its seed.
/// </summary>
/// <param name="table">The flow table.</param>
public sealed class FlowWalk<T, TState, TAction>(Flow<T, TState, TAction> table)
    where T : Aggregate<T, TState, TAction>
    where TState : struct, Enum
    where TAction : struct, Enum
{
    // What two rounds in three miss is missed by all of these once in a hundred runs; most is found by the first.
    private const int Rounds = 12;

    private readonly Dictionary<TAction, Func<Move, Result<T>>> _starts = [];
    private readonly Dictionary<TAction, Func<T, Move, Refusal?>> _calls = [];
    private readonly List<Action<T, CommandContext>> _invariants = [];
    private readonly List<string> _unreached = [];
    private readonly List<string> _notes = [];
    private HashSet<TAction> _sought = [];
    private Func<T, IReadOnlyList<Actor>> _actors = _ => Everybody(table);
    private Func<object> _world = () => new object();
    private TimeSpan[] _steps =
    [
        TimeSpan.Zero,
        TimeSpan.FromMinutes(7),
        TimeSpan.FromHours(3),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(5),
        TimeSpan.FromDays(40),
    ];
    private DateTimeOffset _begin = A.Moment;
    private Policy _policy = A.Policy;

    /// <summary>How the record starts by this action. At least one is needed; several are tried in turn.</summary>
    public FlowWalk<T, TState, TAction> Start(TAction action, Func<Move, Result<T>> call)
    {
        _starts.Add(action, call);
        return this;
    }

    /// <summary>How this action is called; the call varies its input by <see cref="Move.Choice"/>, wrong input
    /// included.</summary>
    public FlowWalk<T, TState, TAction> On(TAction action, Func<T, Move, Refusal?> call)
    {
        _calls.Add(action, call);
        return this;
    }

    /// <summary>Who tries; by default a person of each role of the table, one with every role and one with
    /// none.</summary>
    public FlowWalk<T, TState, TAction> By(params Actor[] actors)
    {
        _actors = _ => actors;
        return this;
    }

    /// <summary>Who tries, where it depends on the record: its owner, the holder of its link.</summary>
    public FlowWalk<T, TState, TAction> By(Func<T, IReadOnlyList<Actor>> actors)
    {
        _actors = actors;
        return this;
    }

    /// <summary>Steps of time, each as likely as the others; zero is meant.</summary>
    public FlowWalk<T, TState, TAction> Every(params TimeSpan[] steps)
    {
        _steps = steps;
        return this;
    }

    /// <summary>When each walk begins, <see cref="A.Moment"/> by default.</summary>
    public FlowWalk<T, TState, TAction> From(DateTimeOffset begin)
    {
        _begin = begin;
        return this;
    }

    /// <summary>The policy under which all is judged, <see cref="A.Policy"/> by default.</summary>
    public FlowWalk<T, TState, TAction> Under(Policy policy)
    {
        _policy = policy;
        return this;
    }

    /// <summary>What a walk carries besides its record, for example the records that hang on it; made for each
    /// walk.</summary>
    public FlowWalk<T, TState, TAction> Beside<TWorld>(Func<TWorld> world)
        where TWorld : class
    {
        _world = world;
        return this;
    }

    /// <summary>What must hold after each step, refused or not.</summary>
    public FlowWalk<T, TState, TAction> Holds(Action<T, CommandContext> invariant)
    {
        _invariants.Add(invariant);
        return this;
    }

    /// <summary>Audit entries of these actions are remarks that leave the state alone; they are in no row.</summary>
    public FlowWalk<T, TState, TAction> Notes(params string[] actions)
    {
        _notes.AddRange(actions);
        return this;
    }

    /// <summary>What a walk cannot reach, by its public spelling: a state, an action or a refusal's code. Say why
    /// beside the call.</summary>
    public FlowWalk<T, TState, TAction> Never(params string[] spelled)
    {
        _unreached.AddRange(spelled);
        return this;
    }

    /// <summary>Walks.</summary>
    /// <param name="walks">How many.</param>
    /// <param name="steps">The longest of them.</param>
    /// <exception cref="FlowWalkException">Something does not hold; the message says what.</exception>
    public FlowWalkResult<TState, TAction> Run(int walks = 500, int steps = 40)
    {
        var result = new FlowWalkResult<TState, TAction>();
        var ways = Gen.Select(Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Bool).Array[
            1,
            steps
        ];
        if (FewWalks.Of(ways, tries => Walk(tries, result)))
        {
            return result;
        }

        // Chance may leave out what is rare; more walks find it, or it cannot be found. One thread: what was reached is
        // collected, and the machine has other tests to run.
        for (var round = 0; round == 0 || (round < Rounds && Missed(result) is not null); round++)
        {
            _sought = round == 0 ? [] : Sought(result);
            ways.Sample(tries => Walk(tries, result), iter: walks, threads: 1, print: Print);
        }

        Complain(Missed(result));
        return result;
    }

    private void Walk(
        (int Action, int Actor, int Choice, int Time, bool Fitting)[] tries,
        FlowWalkResult<TState, TAction> seen
    )
    {
        var (now, world) = (_begin, _world());
        var record = Begin(tries[0], now, world, seen);
        var entries = record.PendingEntries.ToList();
        record.MarkSaved();
        foreach (var (pickedAction, pickedActor, choice, time, fitting) in tries.Skip(1))
        {
            now += _steps[time % _steps.Length];
            var rows = table
                .Rows.Where(row => row.From.Contains(record.State) && _calls.ContainsKey(row.Action))
                .ToList();
            var actors = _actors(record);
            TAction action;
            if (fitting && rows.Count > 0)
            {
                // Half of the tries are made where they may succeed, or no walk would come far.
                // What no walk came to yet is tried more often than its turn.
                var sought =
                    pickedAction / rows.Count % 2 == 0 ? rows.FindAll(row => _sought.Contains(row.Action)) : [];
                rows = sought.Count > 0 ? sought : rows;
                var row = rows[pickedAction % rows.Count];
                var able = actors.Where(actor => actor.HasAny(row.Roles)).ToList();
                (action, actors) = (row.Action, able.Count > 0 ? able : actors);
            }
            else
            {
                action = _calls.Keys.ElementAt(pickedAction % _calls.Count);
            }

            var context = Context(actors[pickedActor % actors.Count], now);
            Try(record, action, new Move(context, choice, world), seen);
            entries.AddRange(record.PendingEntries);
            record.MarkSaved();
            Complain(
                WorkChecks.Problem(
                    record,
                    !table.Ends.Contains(record.State) && !table.Reopens.Contains(record.State),
                    actor => Context(actor, now),
                    _actors(record)
                )
            );
            Complain(WorkChecks.UnwatchedTime(record, at => Context(Someone.System(), at), now));
            foreach (var invariant in _invariants)
            {
                invariant(record, context);
            }
        }

        Complain(Chain(entries, record));
    }

    private T Begin(
        (int Action, int Actor, int Choice, int Time, bool Fitting) picked,
        DateTimeOffset now,
        object world,
        FlowWalkResult<TState, TAction> seen
    )
    {
        if (_starts.Count == 0)
        {
            throw new FlowWalkException($"{table.Name}: the walk does not say how a record starts");
        }

        // Tried by the picked person first; a refusal is checked, then the first who may goes on.
        var (action, call) = _starts.ElementAt(picked.Action % _starts.Count);
        var start = table.Starts.Single(s => s.Action.Equals(action));
        var people = Everybody(table);
        foreach (var actor in people.Skip(picked.Actor % people.Count).Concat(people))
        {
            var move = new Move(Context(actor, now), picked.Choice, world);
            var outcome = call(move);
            if (outcome.Failed(out var refusal, out var record))
            {
                seen.Refusals.Add(refusal.Code);
                if (refusal.Code == "role-missing" && actor.HasAny(start.Roles))
                {
                    throw new FlowWalkException(
                        $"{table.Name}: {action} is refused to {Roles(actor)}, whom the table allows it"
                    );
                }

                continue;
            }

            if (!actor.HasAny(start.Roles))
            {
                throw new FlowWalkException(
                    $"{table.Name}: {action} is allowed to {Roles(actor)}, whom the table forbids it"
                );
            }

            Complain(
                record.State.Equals(start.To) ? null : $"{action} starts in {record.State}, the table says {start.To}"
            );
            Complain(
                record.PendingEntries.FirstOrDefault() is { From: null } first && first.Action == action.ToKebab()
                    ? null
                    : $"{action} is not the first entry of the audit trail"
            );
            seen.States.Add(record.State);
            return record;
        }

        throw new FlowWalkException($"{table.Name}: nobody can start it by {action}");
    }

    private void Try(T record, TAction action, Move move, FlowWalkResult<TState, TAction> seen)
    {
        var (state, version, head, sequence) = (record.State, record.Version, record.AuditHead, record.AuditSequence);
        var row = table.RowOf(state, action);
        var forbidden =
            table.CheckRole(state, action, move.Context)
            ?? row!.Guards.FirstOrDefault(g => !g.NeedsInput && !g.Holds(record, move.Context, null))?.Refusal;
        var before = Digest(record);

        var refusal = _calls[action](record, move);

        var where = $"{action} in {state} by {Roles(move.Context.Actor)}";
        if (refusal is not null)
        {
            seen.Refusals.Add(refusal.Code);
            Complain(Digest(record) == before ? null : $"{where} is refused by {refusal.Code}, and changed something");
            Complain(
                refusal.Code == "not-in-this-state" && row is not null
                    ? $"{where} is refused as unknown there, and is in the table"
                : refusal.Code == "role-missing" && move.Context.Actor.HasAny(row?.Roles ?? [])
                    ? $"{where} is refused for the role, which the table allows"
                : null
            );
            return;
        }

        Complain(forbidden is null ? null : $"{where} is done, and the table refuses it by {forbidden.Code}");
        Complain(
            record.State.Equals(table.Target(state, action)!.Value)
                ? null
                : $"{where} leads to {record.State}, the table says {table.Target(state, action)}"
        );
        Complain(record.Version == version + 1 ? null : $"{where} takes {record.Version - version} versions");
        Complain(record.PendingEntries.Count > 0 ? null : $"{where} is not audited");
        Complain(
            record.PendingEntries.Any(e => e.Action == action.ToKebab())
                ? null
                : $"{where} is not audited under its name"
        );
        var from = state.ToKebab();
        foreach (var entry in record.PendingEntries)
        {
            var follows =
                entry.From == from
                && (
                    _notes.Contains(entry.Action)
                        ? entry.To == from
                        : Spelling.FromKebab<TState>(entry.From) is { } known
                            && Spelling.FromKebab<TAction>(entry.Action) is { } taken
                            && table.Target(known, taken) is { } target
                            && target.ToKebab() == entry.To
                );
            Complain(follows ? null : $"{where} is audited as {entry.From} {entry.Action} {entry.To}, which is no row");
            Complain(
                entry.ActorId == move.Context.Actor.Id && entry.At == move.Context.Now
                    ? null
                    : $"{where} is audited as done by {entry.ActorId} at {entry.At:O}"
            );
            Complain(
                entry.PreviousHash == head && entry.Sequence == ++sequence ? null : $"{where} breaks the audit chain"
            );
            (from, head) = (entry.To, entry.Hash);
        }

        seen.States.Add(record.State);
        seen.Steps.Add((state, action));
    }

    private CommandContext Context(Actor actor, DateTimeOffset now) =>
        new(actor, now, _policy, PolicyCatalogue.BuiltIn.Calendars, A.Zone);

    private static string? Chain(List<AuditEntry> entries, T record)
    {
        var previous = AuditEntry.Genesis;
        foreach (var (entry, index) in entries.Select((entry, index) => (entry, index)))
        {
            if (entry.PreviousHash != previous || entry.Sequence != index + 1 || entry.ComputeHash() != entry.Hash)
            {
                return $"the audit chain is broken at entry {index + 1}";
            }

            previous = entry.Hash;
        }

        return previous == record.AuditHead ? null : "the audit chain does not end in what the record remembers";
    }

    // Actions that were never taken, and those with a guard that never refused.
    private HashSet<TAction> Sought(FlowWalkResult<TState, TAction> seen)
    {
        var taken = seen.Steps.Select(step => step.Action).ToHashSet();
        return
        [
            .. table
                .Rows.Where(row =>
                    !taken.Contains(row.Action)
                    || row.Guards.Any(guard =>
                        !seen.Refusals.Contains(guard.Info.Code) && !_unreached.Contains(guard.Info.Code)
                    )
                )
                .Select(row => row.Action),
        ];
    }

    private string? Missed(FlowWalkResult<TState, TAction> seen)
    {
        var acts = seen.Steps.Select(step => step.Action.ToKebab()).Concat(_starts.Keys.Select(a => a.ToKebab()));
        var missed = Enum.GetValues<TState>()
            .Select(state => state.ToKebab())
            .Except(seen.States.Select(state => state.ToKebab()))
            .Select(state => $"state {state}")
            .Concat(Spelling.WordsOf<TAction>().Except(acts).Select(action => $"action {action}"))
            .Concat(
                table
                    .Rows.SelectMany(row => row.Guards)
                    .Select(guard => guard.Info.Code)
                    .Distinct()
                    .Except(seen.Refusals)
                    .Select(code => $"refusal {code}")
            )
            .Where(missing => !_unreached.Contains(missing.Split(' ')[1]))
            .ToList();
        return missed.Count > 0 ? $"no walk came to: {string.Join(", ", missed)}" : null;
    }

    private void Complain(string? problem)
    {
        if (problem is not null)
        {
            throw new FlowWalkException($"{table.Name}: {problem}");
        }
    }

    private static IReadOnlyList<Actor> Everybody(Flow<T, TState, TAction> table) =>
        [
            Someone.WithEveryRole(),
            Someone.WithoutRole(),
            .. table
                .Starts.SelectMany(start => start.Roles)
                .Concat(table.Rows.SelectMany(row => row.Roles))
                .Distinct()
                .Select(role => Someone.With(role, null, role)),
        ];

    private static string Roles(Actor actor) =>
        $"{actor.Id} ({(actor.Roles.Count > 5 ? $"{actor.Roles.Count} roles" : string.Join(", ", actor.Roles))})";

    private static string Print((int Action, int Actor, int Choice, int Time, bool Fitting)[] tries) =>
        string.Join("; ", tries.Select(t => $"{t.Action}/{t.Actor}/{t.Choice}/{t.Time}/{(t.Fitting ? "fit" : "any")}"));

    /// <summary>Every field of the record, private ones included, as text.</summary>
    private static string Digest(T record)
    {
        var fields = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        for (var type = typeof(T); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (
                var field in type.GetFields(
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            )
            {
                fields[$"{type.Name}.{field.Name}"] = field.GetValue(record);
            }
        }

        return JsonSerializer.Serialize(fields, FlowWalkJson.Options);
    }
}

/// <summary>
/// <c>CS_WALKS=5</c> leaves five walks of each flow, the same each time, and lets pass what they do not come to: for
/// tests/mutate.sh, where they run once for each change of the code.
/// </summary>
public static class FewWalks
{
    private static readonly uint? Count = uint.TryParse(
        Environment.GetEnvironmentVariable("CS_WALKS"),
        CultureInfo.InvariantCulture,
        out var count
    )
        ? count
        : null;

    /// <summary>Takes the few walks; false where all are wanted.</summary>
    public static bool Of<TWay>(Gen<TWay> ways, Action<TWay> walk)
    {
        ArgumentNullException.ThrowIfNull(ways);
        ArgumentNullException.ThrowIfNull(walk);
        for (var i = 1u; i <= Count; i++)
        {
            walk(ways.Generate(new PCG(i, 1), null, out _));
        }

        return Count is not null;
    }
}

/// <summary>What a walk found wrong.</summary>
public sealed class FlowWalkException : Exception
{
    public FlowWalkException() { }

    public FlowWalkException(string message)
        : base(message) { }

    public FlowWalkException(string message, Exception inner)
        : base(message, inner) { }
}

internal static class FlowWalkJson
{
    public static JsonSerializerOptions Options { get; } =
        new() { IncludeFields = true, ReferenceHandler = ReferenceHandler.IgnoreCycles };
}
