using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>Why this person leads the repair (P3.2.2), in the order of preference.</summary>
internal enum LeaderBasis
{
    OriginalManager,
    NearestProject,
    SpecialDispatch,
}

/// <summary>A person who could lead the repair.</summary>
/// <param name="PersonId">Null for a special dispatch that is not yet named.</param>
/// <param name="ProjectId">The project that the person manages now.</param>
/// <param name="DistanceKm">Great circle to the project of the order, km.</param>
internal sealed record LeaderCandidate(
    LeaderBasis Basis,
    Guid? PersonId,
    string? PersonName,
    Guid? ProjectId = null,
    string? ProjectName = null,
    double? DistanceKm = null
)
{
    /// <summary>Whether choosing the other one would follow this proposal.</summary>
    public bool IsFollowedBy(LeaderCandidate chosen) =>
        PersonId is null
            ? chosen.Basis == LeaderBasis.SpecialDispatch && Basis == LeaderBasis.SpecialDispatch
            : chosen.PersonId == PersonId;
}

/// <summary>What Projects proposed for leading a repair.</summary>
/// <param name="Proposed">Null when there was no answer.</param>
internal sealed record LeaderProposals(
    LeaderCandidate? Proposed,
    IReadOnlyList<LeaderCandidate> Alternatives,
    AskProblem? Problem
)
{
    public static LeaderProposals None(AskProblem problem) => new(null, [], problem);

    /// <summary>What Projects calls this person; null where they are not among the proposed ones.</summary>
    public string? NameOf(Guid person) =>
        Alternatives.Prepend(Proposed).FirstOrDefault(c => c?.PersonId == person)?.PersonName;

    /// <summary>The chosen person, with what the proposals know of them: project and distance are kept with the
    /// choice.</summary>
    public LeaderCandidate Complete(LeaderCandidate chosen)
    {
        var known = Alternatives.Prepend(Proposed).FirstOrDefault(c => c?.PersonId is { } id && id == chosen.PersonId);
        return known is null ? chosen : known with { PersonName = known.PersonName ?? chosen.PersonName };
    }
}

/// <summary>What engineering says when it issues the record.</summary>
internal sealed record DispatchInput
{
    /// <summary>Who leads.</summary>
    public required LeaderCandidate Leader { get; init; }

    /// <summary>What Projects proposes now.</summary>
    public required LeaderProposals Proposals { get; init; }

    /// <summary>The contractor's own unit.</summary>
    public required RepairUnit OwnUnit { get; init; }

    /// <summary>The units in question as the registry has them: it names them, whatever Projects called them.</summary>
    public IReadOnlyList<RepairUnit> Registered { get; init; } = [];

    public string? LeaderReason { get; init; }

    /// <summary>The unit that repairs, as the registry has it, where engineering names one.</summary>
    public RepairUnit? Unit { get; init; }

    public string? UnitReason { get; init; }

    public bool ChargeBack { get; init; }

    /// <summary>What the unit brings, for the task sheet.</summary>
    public string? Materials { get; init; }

    /// <summary>What it looks out for, for the task sheet.</summary>
    public string? Safety { get; init; }

    /// <summary>Why the defect is an emergency, where the order does not say: a finding of a revisit only says
    /// that it is one.</summary>
    public EmergencyReason? EmergencyReason { get; init; }
}

/// <summary>Who repairs and who leads (P3.1.1, P3.2.2), as the guards of the table judge it.</summary>
/// <param name="Unit">Null where several are assigned and none is named.</param>
/// <param name="Assigned">The units that rule P3.1.1 assigns, each once.</param>
internal sealed record DispatchDecision(
    RepairUnit? Unit,
    IReadOnlyList<RepairUnit> Assigned,
    LeaderCandidate Leader,
    LeaderCandidate? Proposed,
    DispatchInput Input
)
{
    public static DispatchDecision Of(WarrantyStanding warranty, DispatchInput input)
    {
        IReadOnlyList<RepairUnit> assigned =
        [
            .. warranty
                .AssignedUnits(input.OwnUnit)
                .Select(unit => input.Registered.FirstOrDefault(known => known.Id == unit.Id) ?? unit),
        ];
        var unit =
            input.Unit
            ?? assigned.Count switch
            {
                0 => input.OwnUnit,
                1 => assigned[0],
                _ => null,
            };
        return new(unit, assigned, input.Proposals.Complete(input.Leader), input.Proposals.Proposed, input);
    }

    /// <summary>Whether the contractor's own people repair.</summary>
    public bool UnitIsOwn => Unit?.Kind == UnitKind.Own;

    /// <summary>Whether another unit than an assigned one repairs.</summary>
    public bool DepartsFromUnit => Assigned.Count > 0 && Assigned.All(unit => unit.Id != Unit?.Id);

    /// <summary>Whether another person than the proposed one leads.</summary>
    public bool DepartsFromLeader => Proposed is not null && !Proposed.IsFollowedBy(Leader);
}
