namespace CustomerService.Projects.Domain;

/// <summary>
/// What is known here about a repair order or corrective action of another service, by its events. They may
/// arrive in another order
/// than they happened, so each tells only what is newer than what is known.
/// </summary>
internal sealed class FollowUp
{
    public const string RepairOrder = "repair-order";
    public const string CorrectiveAction = "corrective-action";

    /// <summary>The order or action.</summary>
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>The finding that it comes from; null until the opening event has arrived.</summary>
    public Guid? SourceId { get; private set; }

    public string? Number { get; private set; }

    /// <summary>State as this service tells it, <c>kebab-case</c>.</summary>
    public string State { get; private set; } = "";

    /// <summary>Version of the other service's record that the state is from.</summary>
    public long SeenVersion { get; private set; }

    public DateOnly? StateOn { get; private set; }

    /// <summary>True when nothing more will come.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Where it comes from and how it is called; never overwritten by what came earlier.</summary>
    public void Identify(Guid? sourceId, string? number)
    {
        SourceId ??= sourceId;
        Number ??= number;
    }

    public void Take(long version, string state, DateOnly on, bool done = false)
    {
        if (version <= SeenVersion)
        {
            return;
        }

        SeenVersion = version;
        State = state;
        StateOn = on;
        IsDone = done;
    }
}
