using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using CustomerService.Rules;

namespace CustomerService.Testing;

/// <summary>
/// What must hold for every flow table. Test projects link this file; one test a flow calls <see cref="Problems"/> and
/// expects an empty list. Each line of the list is one problem, for the author of the table.
/// </summary>
internal static partial class FlowChecks
{
    private static readonly CultureInfo[] Languages =
    [
        CultureInfo.InvariantCulture,
        CultureInfo.GetCultureInfo("zh-Hant"),
        CultureInfo.GetCultureInfo("zh-Hans"),
    ];

    /// <summary>Every pair of state and action, with its row or null.</summary>
    public static IEnumerable<(TState State, TAction Action, FlowRow<T, TState, TAction>? Row)> Pairs<
        T,
        TState,
        TAction
    >(Flow<T, TState, TAction> flow)
        where TState : struct, Enum
        where TAction : struct, Enum =>
        from state in Enum.GetValues<TState>()
        from action in Enum.GetValues<TAction>()
        select (state, action, flow.RowOf(state, action));

    /// <summary>All problems of a flow.</summary>
    /// <param name="flow">The table.</param>
    /// <param name="texts">Where the refusals' texts are looked up, the first that has one; when none is given
    /// texts are not checked.</param>
    public static IReadOnlyList<string> Problems<T, TState, TAction>(
        Flow<T, TState, TAction> flow,
        params ResourceManager[] texts
    )
        where TState : struct, Enum
        where TAction : struct, Enum =>
        [.. Answers(flow), .. Reachability(flow), .. Vocabulary(flow), .. texts.Length > 0 ? Texts(flow, texts) : []];

    /// <summary>The same for a flow whose types are not at hand, as a list of all flows has them.</summary>
    public static IReadOnlyList<string> Problems(IFlow flow, params ResourceManager[] texts)
    {
        Func<Flow<object, DayOfWeek, DayOfWeek>, ResourceManager[], IReadOnlyList<string>> typed = Problems;
        return (IReadOnlyList<string>)
            typed
                .Method.GetGenericMethodDefinition()
                .MakeGenericMethod(flow.GetType().GetGenericArguments())
                .Invoke(null, [flow, texts])!;
    }

    // A caller without a role is refused everywhere: outside the table by the table, inside it by the role. No guard
    // is asked before that, which is why no record is needed.
    private static IEnumerable<string> Answers<T, TState, TAction>(Flow<T, TState, TAction> flow)
        where TState : struct, Enum
        where TAction : struct, Enum
    {
        var outsider = new CommandContext(
            new Actor("outsider", "outsider", new HashSet<string>()),
            DateTimeOffset.UnixEpoch,
            PolicyCatalogue.BuiltIn.Versions[0],
            PolicyCatalogue.BuiltIn.Calendars,
            TimeZoneInfo.Utc
        );
        foreach (var (state, action, row) in Pairs(flow))
        {
            var refusal = flow.Check(default!, state, action, outsider, null);
            var expected = row is null ? "not-in-this-state" : "role-missing";
            if (refusal?.Code != expected)
            {
                yield return $"{flow.Name}: {action} in {state} answers {refusal?.Code ?? "yes"} to a caller without"
                    + $" a role, expected {expected}";
            }
            else if (!RuleCatalogue.MayRefuse(refusal.Rule))
            {
                yield return $"{flow.Name}: {action} in {state} is refused by '{refusal.Rule}', which is no rule";
            }
        }
    }

    private static IEnumerable<string> Reachability<T, TState, TAction>(Flow<T, TState, TAction> flow)
        where TState : struct, Enum
        where TAction : struct, Enum
    {
        if (flow.Starts.Count == 0)
        {
            yield return $"{flow.Name}: nothing starts it";
        }

        foreach (var twice in flow.Starts.GroupBy(start => start.Action).Where(group => group.Count() > 1))
        {
            yield return $"{flow.Name}: {twice.Key} starts it twice";
        }

        var steps = Pairs(flow)
            .Where(pair => pair.Row is not null)
            .Select(pair => (From: pair.State, To: flow.Target(pair.State, pair.Action)!.Value))
            .ToList();
        var reached = Closure(
            flow.Starts.Select(start => start.To),
            state => steps.Where(step => step.From.Equals(state)).Select(step => step.To)
        );
        var ending = Closure(
            flow.Ends.Union(flow.Reopens),
            state => steps.Where(step => step.To.Equals(state)).Select(step => step.From)
        );
        foreach (var state in Enum.GetValues<TState>())
        {
            var exits = steps.Count(step => step.From.Equals(state) && !step.To.Equals(state));
            var end = flow.Ends.Contains(state);
            if (!reached.Contains(state))
            {
                yield return $"{flow.Name}: {state} cannot be reached";
            }

            if (flow.Reopens.Contains(state) && exits == 0)
            {
                yield return $"{flow.Name}: {state} is said to reopen and has no way out: it is an end";
            }
            else if (exits == 0 && !end)
            {
                yield return $"{flow.Name}: {state} has no way out and is not marked as an end";
            }

            if (end && steps.Any(step => step.From.Equals(state)))
            {
                yield return $"{flow.Name}: {state} is marked as an end and has a row";
            }

            if (flow.Ends.Count + flow.Reopens.Count > 0 && !ending.Contains(state))
            {
                yield return $"{flow.Name}: no end can be reached from {state}";
            }
        }

        foreach (
            var action in Enum.GetValues<TAction>()
                .Where(action =>
                    !flow.Rows.Any(row => row.Action.Equals(action))
                    && !flow.Starts.Any(start => start.Action.Equals(action))
                )
        )
        {
            yield return $"{flow.Name}: {action} is in no row";
        }
    }

    private static IEnumerable<string> Vocabulary<T, TState, TAction>(Flow<T, TState, TAction> flow)
        where TState : struct, Enum
        where TAction : struct, Enum
    {
        if (!Kebab().IsMatch(flow.Name))
        {
            yield return $"{flow.Name}: the name is not kebab-case";
        }

        var lines = flow
            .Starts.Select(start => ($"{start.Action}", start.Rule, start.Roles))
            .Concat(flow.Rows.Select(row => (Where(row), row.Rule, row.Roles)));
        foreach (var (where, rule, roles) in lines)
        {
            if (!RuleCatalogue.MayRefuse(rule))
            {
                yield return $"{flow.Name}: {where}: '{rule}' is no rule";
            }

            foreach (var problem in RoleProblems(roles))
            {
                yield return $"{flow.Name}: {where}: {problem}";
            }
        }

        foreach (var (row, guard) in flow.Rows.SelectMany(row => row.Guards.Select(guard => (row, guard.Info))))
        {
            var where = $"{flow.Name}: {Where(row)}: guard '{guard.Code}'";
            if (!Kebab().IsMatch(guard.Code))
            {
                yield return $"{where}: the code is not kebab-case";
            }

            if (!RuleCatalogue.MayRefuse(guard.Rule))
            {
                yield return $"{where}: '{guard.Rule}' is no rule";
            }

            if (guard.Missing.Count == 0)
            {
                yield return $"{where}: it does not say what is missing";
            }

            foreach (var problem in RoleProblems(guard.SuppliedBy))
            {
                yield return $"{where}: {problem}";
            }
        }

        var guards = flow.Rows.SelectMany(row => row.Guards).Distinct().Select(guard => guard.Info).ToList();
        foreach (var name in guards.GroupBy(guard => guard.Name).Where(group => group.Count() > 1))
        {
            yield return $"{flow.Name}: guard {name.Key} is defined twice";
        }

        foreach (var same in guards.GroupBy(Refused).Where(group => group.Select(g => g.Name).Distinct().Count() > 1))
        {
            yield return $"{flow.Name}: {string.Join(" and ", same.Select(g => g.Name))} refuse the same: {same.Key}";
        }
    }

    private static string Where<T, TState, TAction>(FlowRow<T, TState, TAction> row)
        where TState : struct, Enum
        where TAction : struct, Enum => $"{row.Action} in {string.Join(", ", row.From)}";

    private static string Refused(GuardInfo guard) =>
        $"{guard.Code} ({guard.Rule}), missing {string.Join(", ", guard.Missing)},"
        + $" supplied by {string.Join(", ", guard.SuppliedBy)}";

    private static IEnumerable<string> Texts<T, TState, TAction>(Flow<T, TState, TAction> flow, ResourceManager[] texts)
        where TState : struct, Enum
        where TAction : struct, Enum =>
        from code in flow.Rows.SelectMany(row => row.Guards).Select(guard => guard.Info.Code).Distinct()
        from language in Languages
        where !texts.Any(manager => Has(manager, code, language))
        select $"{flow.Name}: refusal '{code}' has no text in {(language.Name.Length > 0 ? language.Name : "English")}";

    // Looked up in exactly this language: the fallback to English is for readers, not for tests.
    private static bool Has(ResourceManager manager, string key, CultureInfo language) =>
        manager.GetResourceSet(language, createIfNotExists: true, tryParents: false) is { } set
        && set.Cast<DictionaryEntry>()
            .Any(entry => entry.Key is string name && name == key && entry.Value is string { Length: > 0 });

    private static IEnumerable<string> RoleProblems(IReadOnlyList<string> roles) =>
        roles.Count == 0
            ? ["no role is named"]
            : roles
                .Where(role => role != Roles.System && !Roles.All.Contains(role))
                .Select(role => $"'{role}' is no role");

    private static HashSet<TState> Closure<TState>(IEnumerable<TState> from, Func<TState, IEnumerable<TState>> next)
    {
        var closure = new HashSet<TState>();
        var open = new Stack<TState>(from);
        while (open.TryPop(out var state))
        {
            if (closure.Add(state))
            {
                foreach (var following in next(state))
                {
                    open.Push(following);
                }
            }
        }

        return closure;
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Kebab();
}
