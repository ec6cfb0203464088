namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>Whether the part was under warranty on the day of notice.</summary>
internal enum WarrantyCover
{
    /// <summary>Projects could not be asked, or had no answer.</summary>
    Unknown,
    Yes,
    No,
}

/// <summary>Why a question to Projects brought nothing.</summary>
internal enum AskProblem
{
    NoAnswer,
    ProjectUnknown,
    PartUnknown,
}

/// <summary>What an organisation is that is to repair.</summary>
internal enum UnitKind
{
    Subcontractor,

    /// <summary>The contractor's own: its repairers act for it, whatever organisation they belong to.</summary>
    Own,

    /// <summary>An owner or a customer, who repairs nothing for the company.</summary>
    Other,
}

/// <summary>The unit that repairs: a subcontractor, or the contractor's own.</summary>
internal sealed record RepairUnit(Guid Id, string Name, UnitKind Kind);

/// <summary>A subcontractor that did a part and repairs it (P3.1.1).</summary>
/// <param name="Scope">What of the part, in words; null: all of it.</param>
internal sealed record PartUnit(Guid Id, string Name, string? Scope);

/// <summary>What Projects said about warranty and responsible unit, or why it said nothing.</summary>
internal sealed record WarrantyStanding
{
    /// <summary>Unknown as long as there was no answer.</summary>
    public required WarrantyCover Covered { get; init; }

    /// <summary>The day that the question was about: the day of notice.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Last day of the term; null for an unlimited one.</summary>
    public DateOnly? Until { get; init; }

    public string? Rule { get; init; }

    public int? PolicyVersion { get; init; }

    /// <summary>What the term follows from, a stable code.</summary>
    public string? Basis { get; init; }

    /// <summary>Subcontractor whose part it is, of several the one that is asked first; null: the contractor
    /// itself.</summary>
    public Guid? ResponsibleUnitId { get; init; }

    public string? ResponsibleUnitName { get; init; }

    /// <summary>Every subcontractor of the part.</summary>
    public IReadOnlyList<PartUnit> Units { get; init; } = [];

    /// <summary>When the answer was given, UTC; null while there is none.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When it was last asked, UTC.</summary>
    public required DateTimeOffset TriedAt { get; init; }

    /// <summary>Why the last try brought nothing.</summary>
    public AskProblem? Problem { get; init; }

    public bool IsAnswered => AnsweredAt is not null;

    /// <summary>Projects was away; it is asked again.</summary>
    public bool IsPending => !IsAnswered && Problem == AskProblem.NoAnswer;

    public static WarrantyStanding Unanswered(DateOnly on, DateTimeOffset triedAt, AskProblem problem) =>
        new()
        {
            Covered = WarrantyCover.Unknown,
            On = on,
            TriedAt = triedAt,
            Problem = problem,
        };

    /// <summary>A try that brought nothing does not wipe out an answer that is there.</summary>
    public WarrantyStanding After(WarrantyStanding earlier) =>
        !IsAnswered && earlier.IsAnswered ? earlier with { TriedAt = TriedAt, Problem = Problem } : this;

    /// <summary>A subcontractor turned out to be another one that is known (S4).</summary>
    public WarrantyStanding WithUnit(Guid from, Guid to, string name) =>
        this with
        {
            ResponsibleUnitId = ResponsibleUnitId == from ? to : ResponsibleUnitId,
            ResponsibleUnitName = ResponsibleUnitId == from ? name : ResponsibleUnitName,
            Units = [.. Units.Select(unit => unit.Id == from ? unit with { Id = to, Name = name } : unit)],
        };

    /// <summary>The units that rule P3.1.1 assigns, each once; none while it is not known whose part it is.</summary>
    /// <param name="own">The contractor's own unit, which repairs what is no subcontractor's part.</param>
    public IReadOnlyList<RepairUnit> AssignedUnits(RepairUnit own)
    {
        if (!IsAnswered)
        {
            return [];
        }

        // One subcontractor may have done two scopes of the part.
        if (Units.Count > 0)
        {
            return
            [
                .. Units
                    .DistinctBy(unit => unit.Id)
                    .Select(unit => new RepairUnit(unit.Id, unit.Name, UnitKind.Subcontractor)),
            ];
        }

        return ResponsibleUnitId is { } subcontractor
            ? [new RepairUnit(subcontractor, ResponsibleUnitName ?? "", UnitKind.Subcontractor)]
            : [own];
    }
}
