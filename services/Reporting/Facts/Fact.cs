using CustomerService.Contracts;

namespace CustomerService.Reporting.Facts;

/// <summary>Says that a fact is filled by an event of this type. The event's subject is the fact's identity.</summary>
internal interface IApplies<in TEvent>
    where TEvent : IIntegrationEvent
{
    void Apply(TEvent e);
}

/// <summary>
/// A fact is filled by several events of one subject. The order of arrival does not matter: what one kind of
/// event writes once is
/// its own, and what several write, or one writes again, carries the version of the event that wrote it; the
/// higher one wins.
/// </summary>
internal abstract class Fact
{
    public Guid Id { get; init; }

    /// <summary>When the row was written last, UTC: what tools that fetch only what is new ask for. Not of the events,
    /// so that what came late is not overlooked.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Last state by version, for people.</summary>
    public string State { get; private set; } = "";

    /// <summary>Version of the event that set the state.</summary>
    public long StateVersion { get; private set; }

    /// <summary>Whether an event is newer than the one that a group of columns was written by; if so, the group
    /// is the event's.</summary>
    protected static bool IsNewer(long version, long known, Action<long> take)
    {
        if (version <= known)
        {
            return false;
        }

        take(version);
        return true;
    }

    /// <summary>Moves the state on when the event is newer than what is known.</summary>
    protected void AdvanceState(string state, long version)
    {
        if (IsNewer(version, StateVersion, v => StateVersion = v))
        {
            State = state;
        }
    }
}
