using System.Collections.Frozen;

namespace CustomerService.Rules;

/// <summary>One row of a flow table as it is written: in any of these states, this action leads there.</summary>
/// <param name="From">The states in which the action is known.</param>
/// <param name="Action">The action.</param>
/// <param name="To">The state it leads to; null where the record stays in its state.</param>
/// <param name="Rule">Rule id.</param>
/// <param name="Roles">Roles that may.</param>
/// <param name="Guards">Conditions, checked in this order.</param>
/// <param name="Duty">Whether somebody must take it.</param>
public sealed record FlowRow<T, TState, TAction>(
    IReadOnlyList<TState> From,
    TAction Action,
    TState? To,
    string Rule,
    IReadOnlyList<string> Roles,
    IReadOnlyList<Guard<T>> Guards,
    Duty<T> Duty
)
    where TState : struct, Enum
    where TAction : struct, Enum;

/// <summary>Whether a row is a step that somebody must take (S1): by the order of the states, always, never, or while
/// something holds.</summary>
/// <param name="ByOrder">A later state is nearer to the end: states stand in the order of a record's life.</param>
/// <param name="While">Else, the condition.</param>
public sealed record Duty<T>(bool ByOrder, Func<T, bool>? While = null)
{
    internal static Duty<T> Forward { get; } = new(ByOrder: true);

    internal static Duty<T> None { get; } = new(ByOrder: false, _ => false);
}

/// <summary>How a record comes into being.</summary>
public sealed record FlowStart<TState, TAction>(TAction Action, TState To, string Rule, IReadOnlyList<string> Roles)
    where TState : struct, Enum
    where TAction : struct, Enum;

/// <summary>A flow without its types, for what prints or checks every flow: diagrams, architecture tests.</summary>
public interface IFlow
{
    /// <summary>Kind of the record, <c>kebab-case</c>.</summary>
    string Name { get; }

    /// <summary>All states, kebab-case.</summary>
    IReadOnlyList<string> States { get; }

    /// <summary>States in which its life may end, for good or until it is reopened.</summary>
    IReadOnlyList<string> FinalStates { get; }

    /// <summary>Starts first (their <c>From</c> is empty), then the rows as they are written.</summary>
    IReadOnlyList<FlowLine> Lines { get; }

    /// <summary>Every guard of the table, each once.</summary>
    IReadOnlyList<GuardInfo> Guards { get; }
}

/// <summary>A row of a flow as text; <see cref="To"/> is null where the record stays in its state.</summary>
public sealed record FlowLine(
    IReadOnlyList<string> From,
    string Action,
    string? To,
    string Rule,
    IReadOnlyList<string> Roles,
    IReadOnlyList<GuardInfo> Guards
);

/// <summary>A guard as text.</summary>
public sealed record GuardInfo(
    string Name,
    string Code,
    string Rule,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> SuppliedBy
);

/// <summary>
/// The life of a record as data. The aggregate is its only caller; tests walk every state and action of it; the API
/// lists what is allowed now from it; the diagrams in docs/ are drawn from it. At most one row holds for a state and
/// an action.
/// </summary>
public sealed class Flow<T, TState, TAction> : IFlow
    where TState : struct, Enum
    where TAction : struct, Enum
{
    private readonly FrozenDictionary<(TState, TAction), FlowRow<T, TState, TAction>> _rows;
    private readonly FrozenDictionary<TState, FlowRow<T, TState, TAction>[]> _ofState;

    internal Flow(
        string name,
        IReadOnlyList<FlowStart<TState, TAction>> starts,
        IReadOnlyList<FlowRow<T, TState, TAction>> rows,
        IReadOnlySet<TState> ends,
        IReadOnlySet<TState> reopens,
        IReadOnlySet<TState> abandoned
    )
    {
        Abandoned = abandoned;
        Name = name;
        Starts = starts;
        Rows = rows;
        Ends = ends;
        Reopens = reopens;
        _rows = rows.SelectMany(row => row.From.Select(state => (state, row)))
            .ToFrozenDictionary(pair => (pair.state, pair.row.Action), pair => pair.row);
        _ofState = Enum.GetValues<TState>()
            .ToFrozenDictionary(state => state, state => rows.Where(row => row.From.Contains(state)).ToArray());
    }

    public string Name { get; }

    public IReadOnlyList<FlowStart<TState, TAction>> Starts { get; }

    /// <summary>The rows as they are written.</summary>
    public IReadOnlyList<FlowRow<T, TState, TAction>> Rows { get; }

    /// <summary>States without a way out.</summary>
    public IReadOnlySet<TState> Ends { get; }

    /// <summary>Ends of a record that was given up: no step leads there that somebody must take.</summary>
    public IReadOnlySet<TState> Abandoned { get; }

    /// <summary>States in which a record may stay for good, although it can be reopened.</summary>
    public IReadOnlySet<TState> Reopens { get; }

    public static FlowBuilder<T, TState, TAction> Named(string name) => new(name);

    /// <summary>The row of a state and an action, null where the action is unknown in that state.</summary>
    public FlowRow<T, TState, TAction>? RowOf(TState state, TAction action) => _rows.GetValueOrDefault((state, action));

    /// <summary>The state to which the action leads from this one; null where it is unknown there.</summary>
    public TState? Target(TState state, TAction action) => RowOf(state, action) is { } row ? row.To ?? state : null;

    /// <summary>Null when the step may be taken, else the refusal: unknown in this state, role missing, guard not
    /// met; in that order.</summary>
    public Refusal? Check(T aggregate, TState state, TAction action, CommandContext context, object? input)
    {
        if (CheckRole(state, action, context) is { } refusal)
        {
            return refusal;
        }

        foreach (var guard in _rows[(state, action)].Guards)
        {
            if (!guard.Holds(aggregate, context, input))
            {
                return guard.Refusal.With("action", action.ToKebab()).With("state", state.ToKebab());
            }
        }

        return null;
    }

    /// <summary>
    /// Only the first two: whether the action is known in this state and the role there. Ask it before anything is
    /// looked up, so that callers without the role learn nothing of what exists.
    /// </summary>
    public Refusal? CheckRole(TState state, TAction action, CommandContext context)
    {
        if (RowOf(state, action) is { } row)
        {
            return context.Actor.HasAny(row.Roles) ? null : RoleMissing(action, row.Rule, row.Roles);
        }

        var others = Rows.Where(r => r.Action.Equals(action)).ToList();
        return new Refusal(
            RefusalKind.Rule,
            "not-in-this-state",
            others.Count > 0 ? others[0].Rule : RuleCatalogue.Flow,
            others.SelectMany(r => r.From).Select(s => "state:" + s.ToKebab()).Distinct().ToList(),
            others.SelectMany(r => r.Roles).Distinct().ToList()
        )
            .With("action", action.ToKebab())
            .With("state", state.ToKebab());
    }

    /// <summary>The actions that this actor could take now, as far as that can be said before anything is handed
    /// in.</summary>
    public IEnumerable<TAction> Allowed(T aggregate, TState state, CommandContext context)
    {
        foreach (var row in _ofState[state])
        {
            if (
                context.Actor.HasAny(row.Roles)
                && row.Guards.All(g => g.NeedsInput || g.Holds(aggregate, context, null))
            )
            {
                yield return row.Action;
            }
        }
    }

    /// <summary>
    /// The steps that somebody must take now (S1). A step is on the list of exactly those to whom <see cref="Allowed"/>
    /// offers its action. Where only the system goes on, or waits for a day, the step names it.
    /// </summary>
    /// <param name="aggregate">The record.</param>
    /// <param name="state">Its state.</param>
    /// <param name="context">The instant and policy; its actor does not count.</param>
    /// <param name="organisationOf">The one outside organisation that sees the record in a role; null for none.</param>
    /// <param name="dueOf">By when an action is due.</param>
    public IReadOnlyList<WorkStep> Steps(
        T aggregate,
        TState state,
        CommandContext context,
        Func<string, Guid?> organisationOf,
        Func<TAction, DateTimeOffset?> dueOf
    )
    {
        if (Ends.Contains(state) || Reopens.Contains(state))
        {
            return [];
        }

        var steps = new List<WorkStep>();
        var moves = new List<bool>();
        // What only the system does it does by itself when its time has come.
        var unwatched = context.Watch is null ? context : context with { Watch = null };
        foreach (var row in _ofState[state])
        {
            var judged = row.Roles is [Roles.System] ? unwatched : context;
            if (
                !IsDuty(row, aggregate, state)
                || !row.Guards.All(g => g.NeedsInput || g.People is not null || g.Holds(aggregate, judged, null))
            )
            {
                continue;
            }

            var people = row
                .Guards.Where(g => g.People is not null)
                .Select(g => g.People!(aggregate, context))
                .ToList();
            var takers = TakersOf(row, people, organisationOf);
            if (takers.Count == 0)
            {
                continue;
            }

            string[] exceptions = [.. people.SelectMany(p => p.ExceptionKeys).Distinct()];
            string[] missing = [.. row.Guards.Where(g => g.NeedsInput).SelectMany(g => g.Info.Missing).Distinct()];
            var step = new WorkStep(row.Action.ToKebab(), [], row.Rule, takers, exceptions, missing, dueOf(row.Action));
            var same = steps.FindIndex(other =>
                other.Takers.SequenceEqual(takers) && other.Exceptions.SequenceEqual(exceptions)
            );
            if (same < 0 || row.To is null || !moves[same])
            {
                steps.Add(step);
                moves.Add(row.To is not null);
            }
            else
            {
                // One decision of the same people, to be taken one way or the other.
                steps[same] = steps[same] with
                {
                    Alternatives = [.. steps[same].Alternatives, step.Action],
                    Missing = [.. steps[same].Missing.Intersect(missing)],
                    DueAt = steps[same].DueAt ?? step.DueAt,
                };
            }
        }

        // Where people have something to do, the system's own steps are no news.
        if (steps.Exists(step => !IsSystems(step)))
        {
            return steps.FindAll(step => !IsSystems(step));
        }

        // What only the system does counts here, and so its time.
        context.Watch?.Note();
        return steps.Count > 0 ? steps : Blocked(aggregate, state, context, dueOf);

        static bool IsSystems(WorkStep step) => step.Takers.All(taker => taker.Role == Roles.System);
    }

    // Nobody can go on: the first way that is barred says what for, and who can supply it.
    private IReadOnlyList<WorkStep> Blocked(
        T aggregate,
        TState state,
        CommandContext context,
        Func<TAction, DateTimeOffset?> dueOf
    )
    {
        foreach (var row in _ofState[state].Where(row => IsDuty(row, aggregate, state)))
        {
            var bar = row.Guards.FirstOrDefault(g =>
                !g.NeedsInput
                && (g.People is { } people ? people(aggregate, context).Only is [] : !g.Holds(aggregate, context, null))
            );
            if (bar is not null)
            {
                return
                [
                    new WorkStep(row.Action.ToKebab(), [], bar.Info.Rule, [], [], bar.Info.Missing, dueOf(row.Action))
                    {
                        WaitsFor = bar.Info.SuppliedBy,
                    },
                ];
            }
        }

        return [];
    }

    private bool IsDuty(FlowRow<T, TState, TAction> row, T aggregate, TState state) =>
        row.Duty.ByOrder
            ? row.To is { } to && Comparer<TState>.Default.Compare(to, state) > 0 && !Abandoned.Contains(to)
            : row.Duty.While!(aggregate);

    // Whoever has a role of the row and meets each condition on people. An outside role sees the record only as the
    // organisation that it concerns.
    private static List<Taker> TakersOf(
        FlowRow<T, TState, TAction> row,
        List<People> people,
        Func<string, Guid?> organisationOf
    )
    {
        var takers = new List<Taker>();
        foreach (var role in row.Roles)
        {
            IEnumerable<Taker> some = [new(role)];
            foreach (var only in people.Select(p => p.Only).OfType<IReadOnlyList<Taker>>())
            {
                some = [.. some.SelectMany(one => only.Select(other => Both(one, other, row))).OfType<Taker>()];
            }

            if (role is Roles.Customer or Roles.RepairUnit)
            {
                some = some.Select(one =>
                        one.PersonId is not null || one.OrganisationId is not null ? one
                        : organisationOf(role) is { } organisation ? one with { OrganisationId = organisation }
                        : null
                    )
                    .OfType<Taker>();
            }

            takers.AddRange(some);
        }

        return [.. takers.Distinct()];
    }

    private static Taker? Both(Taker one, Taker other, FlowRow<T, TState, TAction> row)
    {
        if (other.Role is not null && other.Role != one.Role)
        {
            // Who has both roles is found by the other one.
            return row.Roles.Contains(other.Role)
                ? null
                : throw new InvalidOperationException(
                    $"{row.Action} is for {one.Role}, and a condition wants {other.Role} beside it: no list finds that."
                );
        }

        return new(
            one.Role,
            one.OrganisationId ?? other.OrganisationId,
            one.Department ?? other.Department,
            one.PersonId ?? other.PersonId,
            one.Region ?? other.Region
        );
    }

    /// <summary>Null when this actor may start a record by this action.</summary>
    /// <exception cref="InvalidOperationException">The flow has no such start.</exception>
    public Refusal? CheckStart(TAction action, CommandContext context)
    {
        var start = StartOf(action);
        return context.Actor.HasAny(start.Roles) ? null : RoleMissing(action, start.Rule, start.Roles);
    }

    internal FlowStart<TState, TAction> StartOf(TAction action) =>
        Starts.FirstOrDefault(s => s.Action.Equals(action))
        ?? throw new InvalidOperationException($"Flow {Name} does not start with {action}.");

    private static Refusal RoleMissing(TAction action, string rule, IReadOnlyList<string> roles) =>
        Refusal.RoleMissing(rule, roles).With("action", action.ToKebab());

    IReadOnlyList<string> IFlow.States => Spelling.WordsOf<TState>();

    IReadOnlyList<string> IFlow.FinalStates => Ends.Union(Reopens).Select(s => s.ToKebab()).ToList();

    IReadOnlyList<FlowLine> IFlow.Lines =>
        [
            .. Starts.Select(s => new FlowLine([], s.Action.ToKebab(), s.To.ToKebab(), s.Rule, s.Roles, [])),
            .. Rows.Select(r => new FlowLine(
                r.From.Select(s => s.ToKebab()).ToList(),
                r.Action.ToKebab(),
                r.To?.ToKebab(),
                r.Rule,
                r.Roles,
                r.Guards.Select(g => g.Info).ToList()
            )),
        ];

    IReadOnlyList<GuardInfo> IFlow.Guards => Rows.SelectMany(r => r.Guards).Distinct().Select(g => g.Info).ToList();
}

/// <summary>Writes a flow table, one call a row.</summary>
public sealed class FlowBuilder<T, TState, TAction>
    where TState : struct, Enum
    where TAction : struct, Enum
{
    private readonly string _name;
    private readonly List<FlowStart<TState, TAction>> _starts = [];
    private readonly List<FlowRow<T, TState, TAction>> _rows = [];
    private readonly HashSet<(TState, TAction)> _known = [];
    private readonly HashSet<TState> _ends = [];
    private readonly HashSet<TState> _reopens = [];
    private readonly HashSet<TState> _abandoned = [];
    private TState[] _from = [];

    internal FlowBuilder(string name) => _name = name;

    /// <summary>How a record starts.</summary>
    public FlowBuilder<T, TState, TAction> Start(TAction action, TState to, string rule, params string[] roles)
    {
        _starts.Add(new(action, to, rule, roles));
        return this;
    }

    /// <summary>The states to which the next rows belong.</summary>
    public FlowBuilder<T, TState, TAction> From(params TState[] states)
    {
        _from = states;
        return this;
    }

    /// <summary>The same as <see cref="From"/>; reads better before <see cref="Stay"/>.</summary>
    public FlowBuilder<T, TState, TAction> In(params TState[] states) => From(states);

    /// <summary>In the states named before, this action leads to a state.</summary>
    public FlowBuilder<T, TState, TAction> On(
        TAction action,
        TState to,
        string rule,
        string[] roles,
        params Guard<T>[] guards
    ) => Add(action, to, rule, roles, guards, Duty<T>.Forward);

    /// <summary>As <see cref="On"/>, and somebody must take it although the state is no later one.</summary>
    public FlowBuilder<T, TState, TAction> MustOn(
        TAction action,
        TState to,
        string rule,
        string[] roles,
        params Guard<T>[] guards
    ) => Add(action, to, rule, roles, guards, new(ByOrder: false, _ => true));

    /// <summary>As <see cref="On"/>, and somebody must take it while the condition holds.</summary>
    public FlowBuilder<T, TState, TAction> MustOn(
        TAction action,
        TState to,
        string rule,
        string[] roles,
        Func<T, bool> must,
        params Guard<T>[] guards
    ) => Add(action, to, rule, roles, guards, new(ByOrder: false, must));

    /// <summary>As <see cref="On"/>, and nobody must.</summary>
    public FlowBuilder<T, TState, TAction> MayOn(
        TAction action,
        TState to,
        string rule,
        string[] roles,
        params Guard<T>[] guards
    ) => Add(action, to, rule, roles, guards, Duty<T>.None);

    /// <summary>As <see cref="Stay"/>, and somebody must take it whenever its guards hold.</summary>
    public FlowBuilder<T, TState, TAction> MustStay(
        TAction action,
        string rule,
        string[] roles,
        params Guard<T>[] guards
    ) => MustStay(action, rule, roles, _ => true, guards);

    /// <summary>As <see cref="Stay"/>, and somebody must take it while the condition holds.</summary>
    public FlowBuilder<T, TState, TAction> MustStay(
        TAction action,
        string rule,
        string[] roles,
        Func<T, bool> must,
        params Guard<T>[] guards
    ) => Add(action, null, rule, roles, guards, new(ByOrder: false, must));

    /// <summary>In the states named before, this action is taken and the state remains.</summary>
    public FlowBuilder<T, TState, TAction> Stay(
        TAction action,
        string rule,
        string[] roles,
        params Guard<T>[] guards
    ) => Add(action, null, rule, roles, guards, Duty<T>.None);

    /// <summary>States that end the life of the record.</summary>
    public FlowBuilder<T, TState, TAction> Ends(params TState[] states)
    {
        _ends.UnionWith(states);
        return this;
    }

    /// <summary>States that end the life of a record that was given up.</summary>
    public FlowBuilder<T, TState, TAction> Abandons(params TState[] states)
    {
        _ends.UnionWith(states);
        _abandoned.UnionWith(states);
        return this;
    }

    /// <summary>States in which the life of the record may end, and from which it can be reopened.</summary>
    public FlowBuilder<T, TState, TAction> EndsButReopens(params TState[] states)
    {
        _reopens.UnionWith(states);
        return this;
    }

    public Flow<T, TState, TAction> Build() => new(_name, _starts, _rows, _ends, _reopens, _abandoned);

    private FlowBuilder<T, TState, TAction> Add(
        TAction action,
        TState? to,
        string rule,
        string[] roles,
        Guard<T>[] guards,
        Duty<T> duty
    )
    {
        if (_from.Length == 0)
        {
            throw new InvalidOperationException($"Flow {_name}: {action} names no state; call From before it.");
        }

        foreach (var state in _from)
        {
            if (!_known.Add((state, action)))
            {
                throw new InvalidOperationException($"Flow {_name} has two rows for {action} in {state}.");
            }
        }

        _rows.Add(new(_from, action, to, rule, roles, guards, duty));
        return this;
    }
}
