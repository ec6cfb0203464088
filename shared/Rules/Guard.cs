using System.Runtime.CompilerServices;

namespace CustomerService.Rules;

/// <summary>
/// A condition of a flow table, defined once and named, with the refusal that is given when it does not hold.
/// </summary>
public sealed class Guard<T>
{
    private Guard(
        GuardInfo info,
        bool needsInput,
        Func<T, CommandContext, object?, bool> holds,
        Func<T, CommandContext, People>? people = null
    )
    {
        People = people;
        Info = info;
        NeedsInput = needsInput;
        Holds = holds;
        Refusal = new(RefusalKind.Rule, info.Code, info.Rule, info.Missing, info.SuppliedBy);
    }

    /// <summary>Name of the field that defines it, refusal code, rule id, what is missing, who can supply it.</summary>
    public GuardInfo Info { get; }

    /// <summary>True when it looks at what was handed in, so that it cannot be answered beforehand.</summary>
    public bool NeedsInput { get; }

    /// <summary>The condition. The input is null when the question is only whether the action is on offer.</summary>
    public Func<T, CommandContext, object?, bool> Holds { get; }

    public Refusal Refusal { get; }

    /// <summary>Whom the condition lets through, where it is about people and nothing else.</summary>
    public Func<T, CommandContext, People>? People { get; }

    /// <summary>A condition that can be answered from the record and the context alone.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="code">Refusal code.</param>
    /// <param name="rule">Rule id.</param>
    /// <param name="missing">What is missing when it does not hold.</param>
    /// <param name="suppliedBy">Roles that can supply it.</param>
    /// <param name="name">Name of the field; the compiler fills it in.</param>
    public static Guard<T> Require(
        Func<T, CommandContext, bool> holds,
        string code,
        string rule,
        string[] missing,
        string[] suppliedBy,
        [CallerMemberName] string name = ""
    ) => new(new(name, code, rule, missing, suppliedBy), false, (record, context, _) => holds(record, context));

    /// <summary>A condition on who acts, as data, so that work lists are found by it. The context that it is given
    /// names no actor.</summary>
    /// <inheritdoc cref="Require"/>
    public static Guard<T> RequirePeople(
        Func<T, CommandContext, People> people,
        string code,
        string rule,
        string[] missing,
        string[] suppliedBy,
        [CallerMemberName] string name = ""
    ) =>
        new(
            new(name, code, rule, missing, suppliedBy),
            false,
            (record, context, _) => people(record, context).Includes(context.Actor),
            people
        );

    /// <summary>A condition on what was handed in. It does not hold for input of another type or without input.</summary>
    /// <inheritdoc cref="Require"/>
    public static Guard<T> RequireInput<TInput>(
        Func<T, CommandContext, TInput, bool> holds,
        string code,
        string rule,
        string[] missing,
        string[] suppliedBy,
        [CallerMemberName] string name = ""
    )
        where TInput : notnull =>
        new(
            new(name, code, rule, missing, suppliedBy),
            true,
            (record, context, input) => input is TInput typed && holds(record, context, typed)
        );
}
