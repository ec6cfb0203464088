namespace CustomerService.Testing;

/// <summary>
/// The clock of a service under test: it runs as the real one does, and a test can move it. A clock that stands still
/// would stop the relay, the jobs and every timeout of a running service as well; tests of rules take
/// <see cref="A.Context(Rules.Actor,DateTimeOffset?,Rules.Policy?)"/> and need no clock.
/// </summary>
public sealed class MovableClock : TimeProvider
{
    private long _offset;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));

    /// <summary>Moves the clock, forward or back. Timers that run already keep their time.</summary>
    public void Move(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

    /// <summary>Moves the clock to an instant.</summary>
    public void MoveTo(DateTimeOffset instant) => Interlocked.Exchange(ref _offset, (instant - base.GetUtcNow()).Ticks);
}
