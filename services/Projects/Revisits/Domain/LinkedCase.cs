namespace CustomerService.Projects.Revisits.Domain;

/// <summary>
/// What is known here of a repair order or CAPA of another service, by its events. They may arrive in another order
/// than they happened, so a stale one changes nothing.
/// </summary>
internal sealed class LinkedCase
{
    public const string RepairOrder = "repair-order";
    public const string Capa = "capa";

    /// <summary>The order or CAPA.</summary>
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>The finding that it comes from; null until the opening event has arrived.</summary>
    public Guid? SourceId { get; private set; }

    public string? Number { get; private set; }

    /// <summary>The project of an order; null until the opening event has arrived.</summary>
    public Guid? ProjectId { get; private set; }

    /// <summary>State as this service tells it, <c>kebab-case</c>.</summary>
    public string State { get; private set; } = "";

    /// <summary>Version of the other service's record that the state is from.</summary>
    public long SeenVersion { get; private set; }

    public DateOnly? StateOn { get; private set; }

    /// <summary>True when it is finished.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Where it comes from and its number; both stay once they are known.</summary>
    public void Identify(Guid? sourceId, string? number)
    {
        SourceId ??= sourceId;
        Number ??= number;
    }

    /// <summary>What a CAPA serves, as far as it was asked for with it.</summary>
    public IReadOnlyList<Guid> Serves { get; private set; } = [];

    /// <inheritdoc cref="Serves"/>
    public void Serve(IEnumerable<Guid> cases) => Serves = [.. cases];

    /// <summary>The repair order of this finding.</summary>
    public static LinkedCase? OrderOf(Finding finding, IReadOnlyList<LinkedCase> linked) =>
        linked.FirstOrDefault(c => c.Kind == RepairOrder && c.SourceId == finding.Id);

    /// <summary>The CAPA of this finding: its own or one that it joined, that of its repair order, that of the group of
    /// faults in which one was asked for.</summary>
    public static LinkedCase? CapaOf(Finding finding, IReadOnlyList<LinkedCase> linked)
    {
        var capas = linked.Where(c => c.Kind == Capa).ToList();
        return capas.Find(c => c.SourceId == finding.Id || c.Serves.Contains(finding.Id))
            ?? (OrderOf(finding, linked) is { } order ? capas.Find(c => c.Serves.Contains(order.Id)) : null)
            ?? (finding.CapaGroupId is { } group ? capas.Find(c => c.SourceId == group) : null);
    }

    /// <summary>The project that it is about.</summary>
    public void Place(Guid projectId) => ProjectId = projectId;

    /// <summary>Takes a state, unless a newer one is known.</summary>
    public void Advance(long version, string state, DateOnly on, bool done = false)
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
