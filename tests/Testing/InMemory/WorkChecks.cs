using System.Text.Json;
using CustomerService.Rules;

namespace CustomerService.Testing;

/// <summary>What rule S1 says of a record at any moment.</summary>
public static class WorkChecks
{
    /// <summary>
    /// Null where it holds: steps that time alone changes say so, so that they are looked at again; else what is wrong.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="context">The system at an instant.</param>
    /// <param name="now">The moment.</param>
    public static string? UnwatchedTime<T, TState, TAction>(
        Aggregate<T, TState, TAction> record,
        Func<DateTimeOffset, CommandContext> context,
        DateTimeOffset now
    )
        where T : Aggregate<T, TState, TAction>
        where TState : struct, Enum
        where TAction : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(context);
        var watch = new TimeWatch();
        var steps = JsonSerializer.Serialize(record.WorkSteps(context(now) with { Watch = watch }));
        return
            watch.LookedAtTime
            || Later.All(later => JsonSerializer.Serialize(record.WorkSteps(context(now + later))) == steps)
            ? null
            : $"steps in {record.State} change with time, and do not say so";
    }

    private static readonly TimeSpan[] Later =
    [
        TimeSpan.FromHours(1),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(9),
        TimeSpan.FromDays(70),
        TimeSpan.FromDays(800),
    ];

    /// <summary>
    /// Null where it holds: an open record has a step, and each step is on the lists of exactly those whose
    /// <c>_actions</c> has its action; else what is wrong.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="isOpen">Whether its life goes on.</param>
    /// <param name="context">The moment, for a person.</param>
    /// <param name="actors">The people of the case.</param>
    public static string? Problem<T, TState, TAction>(
        Aggregate<T, TState, TAction> record,
        bool isOpen,
        Func<Actor, CommandContext> context,
        IEnumerable<Actor> actors
    )
        where T : Aggregate<T, TState, TAction>
        where TState : struct, Enum
        where TAction : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(record);
        var steps = record.WorkSteps(context(Someone.System()));
        if (isOpen && steps.Count == 0)
        {
            return $"{record.State} is open, and nobody has to do anything";
        }

        if (!isOpen && steps.Count > 0)
        {
            return $"{record.State} is an end, and {steps[0].Action} is asked for";
        }

        foreach (var actor in actors.Concat(Everybody(record)).Where(actor => Sees(record, actor)))
        {
            var allowed = record.AllowedActions(context(actor));
            foreach (var step in steps)
            {
                if (
                    step.Takers.Count == 0
                    && step is { WaitsFor.Count: 0 } or { Missing.Count: 0, WaitsFor.Count: > 0 }
                )
                {
                    return $"{step.Action} in {record.State} waits, and does not say for what or whom";
                }

                foreach (var action in step.Alternatives.Prepend(step.Action))
                {
                    if (step.Includes(actor) != allowed.Contains(action))
                    {
                        return $"{action} in {record.State} is {(step.Includes(actor) ? "" : "not ")}on the list of "
                            + $"{actor.Id} ({string.Join(", ", actor.Roles)}), and _actions says otherwise";
                    }
                }

                var found =
                    step.Takers.Any(taker => Taker.KeysOf(actor).Contains(taker.Key))
                    && !step.Exceptions.Intersect(People.ExceptionKeysOf(actor)).Any();
                if (found != step.Includes(actor))
                {
                    return $"the words of {step.Action} find another list than its takers, for {actor.Id}";
                }
            }
        }

        return null;
    }

    private static IEnumerable<Actor> Everybody(Aggregate record) =>
        Roles
            .All.Select(role => Someone.With("somebody-" + role, null, role))
            .Concat(
                new[] { Roles.Customer, Roles.RepairUnit }.Select(role =>
                    Someone.Outside("own-" + role, record.OutsideOrganisation(role) ?? Guid.Empty, role)
                )
            );

    // An outsider who does not see the record has neither its steps nor its actions.
    private static bool Sees(Aggregate record, Actor actor) =>
        actor.IsStaff()
        || actor.Has(Roles.System)
        || new[] { Roles.Customer, Roles.RepairUnit }.Any(role =>
            actor.Has(role) && actor.OrganisationId is { } own && record.OutsideOrganisation(role) == own
        );
}
