namespace CustomerService.Rules;

/// <summary>What a guard may look at besides the aggregate: who acts, when, and what was handed in.</summary>
/// <param name="Actor">Who acts.</param>
/// <param name="Now">The instant, UTC.</param>
/// <param name="Today">The date in the company's time zone.</param>
/// <param name="PolicyVersion">The version of the policies under which the case runs.</param>
public sealed record FlowContext(Actor Actor, DateTimeOffset Now, DateOnly Today, int PolicyVersion = 1);

/// <summary>A condition on a row of a flow table, with the refusal that is given when it does not hold.</summary>
/// <param name="Code">Refusal code.</param>
/// <param name="Rule">Rule id.</param>
/// <param name="Missing">What is missing when it does not hold.</param>
/// <param name="SuppliedBy">Roles that can supply it.</param>
/// <param name="NeedsInput">True when the guard looks at what was handed in, so that it cannot be answered
/// beforehand.</param>
/// <param name="Holds">The condition. The input is null when the question is only whether the action is on
/// offer.</param>
public sealed record FlowGuard<T>(
    string Code,
    string Rule,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> SuppliedBy,
    bool NeedsInput,
    Func<T, FlowContext, object?, bool> Holds
)
{
    public Refusal Refusal => new(RefusalKind.Rule, Code, Rule, Missing, SuppliedBy);
}

/// <summary>One row of a flow table: in this state, this action leads there, for these roles, under these
/// guards.</summary>
public sealed record FlowRow<T, TState, TAction>(
    TState From,
    TAction Action,
    TState To,
    string Rule,
    IReadOnlyList<string> Roles,
    IReadOnlyList<FlowGuard<T>> Guards
)
    where TState : struct, Enum
    where TAction : struct, Enum;

/// <summary>How an aggregate comes into being.</summary>
public sealed record FlowStart<TState, TAction>(TAction Action, TState To, string Rule, IReadOnlyList<string> Roles)
    where TState : struct, Enum
    where TAction : struct, Enum;

/// <summary>A flow without its types, for the things that print or check every flow: diagrams, architecture
/// tests.</summary>
public interface IFlow
{
    string Name { get; }
    IReadOnlyList<string> States { get; }

    /// <summary>States in which its life may end, for good or until it is taken up again.</summary>
    IReadOnlyList<string> TerminalStates { get; }

    IReadOnlyList<FlowEdge> Edges { get; }
}

/// <summary>An edge of a flow as text; <see cref="From"/> is null where the aggregate begins.</summary>
public sealed record FlowEdge(
    string? From,
    string Action,
    string To,
    string Rule,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Refusals
);

/// <summary>
/// The life of an aggregate as data. The aggregate is its only caller; tests walk every state and action of it;
/// the API
/// lists what is allowed now from it; the diagrams in docs/ are drawn from it. There is at most one row per
/// (state, action).
/// </summary>
public sealed class Flow<T, TState, TAction> : IFlow
    where TState : struct, Enum
    where TAction : struct, Enum
{
    private readonly Dictionary<(TState, TAction), FlowRow<T, TState, TAction>> _rows;

    internal Flow(
        string name,
        IReadOnlyList<FlowStart<TState, TAction>> starts,
        IReadOnlyList<FlowRow<T, TState, TAction>> rows,
        IReadOnlySet<TState> terminal,
        IReadOnlySet<TState> resting
    )
    {
        Name = name;
        Starts = starts;
        Rows = rows;
        Terminal = terminal;
        Resting = resting;
        _rows = rows.ToDictionary(row => (row.From, row.Action));
    }

    public string Name { get; }

    public IReadOnlyList<FlowStart<TState, TAction>> Starts { get; }

    public IReadOnlyList<FlowRow<T, TState, TAction>> Rows { get; }

    /// <summary>States that are meant to have no way out.</summary>
    public IReadOnlySet<TState> Terminal { get; }

    /// <summary>States in which it may stay for good, though there is a way out: what is closed can be
    /// reopened.</summary>
    public IReadOnlySet<TState> Resting { get; }

    public static FlowBuilder<T, TState, TAction> Named(string name) => new(name);

    /// <summary>The row that applies, or the refusal: unknown in this state, role missing, guard not met; in
    /// that order.</summary>
    public Refusal? Check(
        T aggregate,
        TState state,
        TAction action,
        FlowContext context,
        object? input,
        out FlowRow<T, TState, TAction>? row
    )
    {
        if (CheckRole(state, action, context, out row) is { } refusal)
        {
            return refusal;
        }

        foreach (var guard in row!.Guards)
        {
            if (!guard.Holds(aggregate, context, input))
            {
                return guard
                    .Refusal.With("action", Spelling.Kebab(action.ToString()))
                    .With("state", Spelling.Kebab(state.ToString()));
            }
        }

        return null;
    }

    /// <summary>Only the first two: whether the action is known in this state and the role there. Asked before
    /// anything is looked up, so that who may not is told nothing of what exists.</summary>
    public Refusal? CheckRole(TState state, TAction action, FlowContext context, out FlowRow<T, TState, TAction>? row)
    {
        if (!_rows.TryGetValue((state, action), out row))
        {
            var from = Rows.Where(r => r.Action.Equals(action)).ToList();
            return new Refusal(
                RefusalKind.Rule,
                "not-in-this-state",
                from.Count > 0 ? from[0].Rule : "FLOW",
                from.Select(r => "state:" + Spelling.Kebab(r.From.ToString())).Distinct().ToList(),
                from.SelectMany(r => r.Roles).Distinct().ToList()
            )
                .With("action", Spelling.Kebab(action.ToString()))
                .With("state", Spelling.Kebab(state.ToString()));
        }

        return context.Actor.HasAny(row.Roles) ? null : RoleMissing(action, row.Rule, row.Roles);
    }

    /// <summary>The actions that this actor could take now, as far as that can be said before anything is
    /// handed in.</summary>
    public IEnumerable<TAction> Allowed(T aggregate, TState state, FlowContext context) =>
        Rows.Where(row =>
                row.From.Equals(state)
                && context.Actor.HasAny(row.Roles)
                && row.Guards.All(guard => guard.NeedsInput || guard.Holds(aggregate, context, null))
            )
            .Select(row => row.Action);

    internal Refusal? CheckStart(TAction action, FlowContext context, out FlowStart<TState, TAction> start)
    {
        start =
            Starts.FirstOrDefault(s => s.Action.Equals(action))
            ?? throw new InvalidOperationException($"Flow {Name} does not begin with {action}.");
        return context.Actor.HasAny(start.Roles) ? null : RoleMissing(action, start.Rule, start.Roles);
    }

    private static Refusal RoleMissing(TAction action, string rule, IReadOnlyList<string> roles) =>
        new Refusal(RefusalKind.Forbidden, "role-missing", rule, ["role"], roles).With(
            "action",
            Spelling.Kebab(action.ToString())
        );

    IReadOnlyList<string> IFlow.States => Enum.GetValues<TState>().Select(s => s.ToString()).ToList();

    IReadOnlyList<string> IFlow.TerminalStates => Terminal.Union(Resting).Select(s => s.ToString()!).ToList();

    IReadOnlyList<FlowEdge> IFlow.Edges =>
        [
            .. Starts.Select(s => new FlowEdge(null, s.Action.ToString(), s.To.ToString(), s.Rule, s.Roles, [])),
            .. Rows.Select(r => new FlowEdge(
                r.From.ToString(),
                r.Action.ToString(),
                r.To.ToString(),
                r.Rule,
                r.Roles,
                r.Guards.Select(g => g.Code).ToList()
            )),
        ];
}

/// <summary>Writes a flow table, one call a row.</summary>
public sealed class FlowBuilder<T, TState, TAction>
    where TState : struct, Enum
    where TAction : struct, Enum
{
    private readonly string _name;
    private readonly List<FlowStart<TState, TAction>> _starts = [];
    private readonly List<FlowRow<T, TState, TAction>> _rows = [];
    private readonly HashSet<TState> _terminal = [];
    private readonly HashSet<TState> _resting = [];

    internal FlowBuilder(string name) => _name = name;

    /// <summary>How the aggregate begins.</summary>
    public FlowBuilder<T, TState, TAction> Begins(TAction action, TState to, string rule, params string[] roles)
    {
        _starts.Add(new(action, to, rule, roles));
        return this;
    }

    /// <summary>A row. Guards that follow with <see cref="When"/> or <see cref="Given{TInput}"/> belong to
    /// it.</summary>
    public FlowBuilder<T, TState, TAction> On(
        TState from,
        TAction action,
        TState to,
        string rule,
        params string[] roles
    )
    {
        if (_rows.Any(r => r.From.Equals(from) && r.Action.Equals(action)))
        {
            throw new InvalidOperationException($"Flow {_name} has two rows for {action} in {from}.");
        }

        _rows.Add(new(from, action, to, rule, roles, []));
        return this;
    }

    /// <summary>A guard on the last row that can be answered from the aggregate and the context alone.</summary>
    public FlowBuilder<T, TState, TAction> When(
        Func<T, FlowContext, bool> holds,
        string code,
        string rule,
        string[] missing,
        params string[] suppliedBy
    ) => Guard(new(code, rule, missing, suppliedBy, false, (aggregate, context, _) => holds(aggregate, context)));

    /// <summary>A guard on the last row that looks at what was handed in.</summary>
    public FlowBuilder<T, TState, TAction> Given<TInput>(
        Func<T, FlowContext, TInput, bool> holds,
        string code,
        string rule,
        string[] missing,
        params string[] suppliedBy
    )
        where TInput : notnull =>
        Guard(
            new(
                code,
                rule,
                missing,
                suppliedBy,
                true,
                (aggregate, context, input) => input is TInput typed && holds(aggregate, context, typed)
            )
        );

    /// <summary>States that end the life of the aggregate.</summary>
    public FlowBuilder<T, TState, TAction> EndsIn(params TState[] states)
    {
        _terminal.UnionWith(states);
        return this;
    }

    /// <summary>States in which the life of the aggregate may end, but out of which it can be taken up
    /// again.</summary>
    public FlowBuilder<T, TState, TAction> RestsIn(params TState[] states)
    {
        _resting.UnionWith(states);
        return this;
    }

    public Flow<T, TState, TAction> Build() => new(_name, _starts, _rows, _terminal, _resting);

    private FlowBuilder<T, TState, TAction> Guard(FlowGuard<T> guard)
    {
        var row = _rows[^1];
        _rows[^1] = row with { Guards = [.. row.Guards, guard] };
        return this;
    }
}

/// <summary>How names of states and actions are spelled outside the code.</summary>
public static class Spelling
{
    /// <summary><c>InRepair</c> becomes <c>in-repair</c>.</summary>
    public static string Kebab(string name) =>
        string.Concat(
            name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString())
        );
}
