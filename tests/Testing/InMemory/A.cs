using System.Globalization;
using CustomerService.Rules;

namespace CustomerService.Testing;

/// <summary>
/// Where a test's records begin: <c>A.Context(Someone.InQuality())</c>, <c>A.RepairOrder().At(Inspected)</c>. The
/// tests of a service add their records by an <c>extension(A)</c> block, one file a record, on
/// <see cref="RecordBuilder{T,TState,TAction}"/>.
/// </summary>
public sealed class A
{
    private A() { }

    /// <summary>The zone of every date in tests.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(CompanyClock.DefaultZone);

    /// <summary>The usual moment of a test: Tuesday, 10 March 2026, 10:00 in Shanghai.</summary>
    public static DateTimeOffset Moment { get; } = At("2026-03-10 10:00");

    /// <summary>The day of <see cref="Moment"/>.</summary>
    public static DateOnly Today { get; } = new(2026, 3, 10);

    /// <summary>The first policy that is built in.</summary>
    public static Policy Policy => PolicyCatalogue.BuiltIn.ByVersion(1);

    /// <summary>Who acts, when, under which policy.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="at">The instant; <see cref="Moment"/> by default.</param>
    /// <param name="policy">The policy; <see cref="Policy"/> by default.</param>
    public static CommandContext Context(Actor actor, DateTimeOffset? at = null, Policy? policy = null) =>
        new(actor, at ?? Moment, policy ?? Policy, PolicyCatalogue.BuiltIn.Calendars, Zone);

    /// <summary>Somebody with one role.</summary>
    public static CommandContext Context(string role, DateTimeOffset? at = null, Policy? policy = null) =>
        Context(Someone.With(role, null, role), at, policy);

    /// <summary>10:00 of a day.</summary>
    public static CommandContext Context(Actor actor, DateOnly day, Policy? policy = null) =>
        Context(actor, On(day), policy);

    /// <inheritdoc cref="Context(Actor,DateOnly,Policy?)"/>
    public static CommandContext Context(string role, DateOnly day, Policy? policy = null) =>
        Context(role, On(day), policy);

    /// <summary>A date as <c>2026-03-10</c>.</summary>
    public static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant as local time, <c>2026-03-10 10:00</c>, of Shanghai or of another zone.</summary>
    public static DateTimeOffset At(string local, TimeZoneInfo? zone = null)
    {
        var time = DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new(time, (zone ?? TimeZoneInfo.FindSystemTimeZoneById(CompanyClock.DefaultZone)).GetUtcOffset(time));
    }

    private static DateTimeOffset On(DateOnly day)
    {
        var time = day.ToDateTime(new TimeOnly(10, 0));
        return new(time, Zone.GetUtcOffset(time));
    }
}

/// <summary>
/// Brings a record into a state on the normal way, by its own methods, so that a test begins where its point is.
/// </summary>
public abstract class RecordBuilder<T, TState, TAction>
    where T : Aggregate<T, TState, TAction>
    where TState : struct, Enum
    where TAction : struct, Enum
{
    /// <summary>Makes the record in its first state.</summary>
    protected abstract T Start();

    /// <summary>Takes the normal step out of the state in which the record is.</summary>
    /// <param name="record">The record.</param>
    /// <param name="towards">The state that the test asked for, where ways part.</param>
    protected abstract Refusal? Next(T record, TState towards);

    /// <summary>The record in its first state, saved: what is pending afterwards comes from the test.</summary>
    public T Build()
    {
        var record = Start();
        record.MarkSaved();
        return record;
    }

    /// <summary>The record in this state, saved.</summary>
    /// <exception cref="InvalidOperationException">A step was refused, or the way does not lead there.</exception>
    public T At(TState state)
    {
        var record = Start();
        var (comparer, seen) = (EqualityComparer<TState>.Default, new List<TState>());
        while (!comparer.Equals(record.State, state))
        {
            seen.Add(record.State);
            if (Next(record, state) is { } refusal)
            {
                throw new InvalidOperationException(
                    $"On the way to {state}, in {record.State}: {refusal.Code} ({refusal.Rule}),"
                        + $" missing {string.Join(", ", refusal.Missing)}."
                );
            }

            // Longer than any way without loops.
            if (seen.Count > 2 * Enum.GetValues<TState>().Length)
            {
                throw new InvalidOperationException($"The way does not lead to {state}: {string.Join(" → ", seen)}.");
            }
        }

        record.MarkSaved();
        return record;
    }

    /// <summary>A builder is the record in its first state where one is wanted.</summary>
    public static implicit operator T(RecordBuilder<T, TState, TAction> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Build();
    }
}
