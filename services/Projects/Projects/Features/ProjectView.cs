using System.Text.Json.Serialization;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Features;

/// <summary>A row of Table 3.1 for a project.</summary>
/// <param name="Part">Part code.</param>
/// <param name="Prescribed">Prescribed term: <c>5y</c>, <c>2s</c> (seasons), <c>design-life</c>.</param>
/// <param name="Committed">The contract's term; null where it is blank.</param>
/// <param name="Through">Last day, with goodwill; null before handover.</param>
/// <param name="Seasons">For heating and cooling the last day of each, with goodwill; empty for other parts.</param>
/// <param name="Basis"><c>prescribed</c>, <c>committed</c> or <c>goodwill</c>; null before handover.</param>
/// <param name="CommitmentRefused">Code of the refusal of a stored commitment that does not count, because it
/// is below the prescribed term now; else null.</param>
internal sealed record WarrantyRowView(
    string Part,
    string Prescribed,
    string? Committed,
    DateOnly? Through,
    string? Basis,
    string? CommitmentRefused,
    IReadOnlyList<SeasonEnd> Seasons
);

internal sealed record ProjectView(
    Guid Id,
    string State,
    long Version,
    string ContractNumber,
    string Name,
    Guid OwnerId,
    string OwnerName,
    string City,
    string SiteAddress,
    double Latitude,
    double Longitude,
    decimal BuildingAreaSquareMetres,
    string StructureType,
    string QualityGrade,
    ProjectTeam Team,
    int? DesignLifeYears,
    IReadOnlyList<SubcontractPackage> Packages,
    IReadOnlyList<WarrantyRowView> Warranty,
    int PolicyVersion,
    DateOnly? AcceptedOn,
    DateOnly? ClearanceDueOn,
    SiteClearance? Clearance,
    bool ClearanceOverdue,
    DateOnly? HandedOverOn,
    DateOnly? RevisitHorizonEndsOn,
    DateOnly? WarrantyEndsOn,
    IReadOnlyList<Goodwill> Goodwill,
    int HeldRevisits,
    int StandingRevisits,
    bool InBreach,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions
)
{
    public static ProjectView From(Project p, Policy policy, Caller caller) =>
        new(
            p.Id,
            Spelling.Kebab(p.State.ToString()),
            p.Version,
            p.ContractNumber,
            p.Name,
            p.OwnerId,
            p.OwnerName,
            p.City,
            p.SiteAddress,
            p.Latitude,
            p.Longitude,
            p.BuildingAreaSquareMetres,
            p.StructureType,
            p.QualityGrade,
            p.Team,
            p.DesignLifeYears,
            p.Packages,
            policy.Warranty.Parts.Select(part => Row(p, part, policy.Warranty)).ToList(),
            p.PolicyVersion,
            p.AcceptedOn,
            p.ClearanceDueOn,
            p.Clearance,
            p is { Clearance: null, ClearanceDueOn: { } due } && Deadlines.IsOverdue(due, caller.Today),
            p.HandedOverOn,
            p.HorizonEndsOn,
            p.WarrantyEndsOn,
            p.GoodwillGrants,
            p.HeldRevisits,
            p.StandingRevisits,
            p.IsInBreach(caller.Today),
            p.AllowedActions(caller.Flow(p.PolicyVersion))
        );

    private static WarrantyRowView Row(Project p, WarrantyPart part, WarrantyPolicy policy)
    {
        var committed = p.Commitments.FirstOrDefault(c => c.Part == part.Code)?.Length.ToString();
        if (p.Basis.TermOf(part, policy, out var refused) is not { } term)
        {
            return new(part.Code, part.Prescribed.ToString(), committed, null, null, refused?.Code, []);
        }

        var seasons = term
            .Seasons.Select(s =>
                p.GoodwillOf(part.Code) is { } favour && favour.Through > s.Through
                    ? s with
                    {
                        Through = favour.Through,
                    }
                    : s
            )
            .ToList();
        return p.GoodwillOf(part.Code) is { } goodwill && goodwill.Through > term.Through
            ? new(
                part.Code,
                part.Prescribed.ToString(),
                committed,
                goodwill.Through,
                "goodwill",
                refused?.Code,
                seasons
            )
            : new(
                part.Code,
                part.Prescribed.ToString(),
                committed,
                term.Through,
                term.ByCommitment ? "committed" : "prescribed",
                refused?.Code,
                seasons
            );
    }
}

/// <summary>A project in a list.</summary>
internal sealed record ProjectListItem(
    Guid Id,
    string State,
    long Version,
    string ContractNumber,
    string Name,
    Guid OwnerId,
    string OwnerName,
    string City,
    string SiteAddress,
    double Latitude,
    double Longitude,
    string ManagerName,
    DateOnly? AcceptedOn,
    DateOnly? ClearanceDueOn,
    DateOnly? ClearedOn,
    DateOnly? HandedOverOn,
    DateOnly? RevisitHorizonEndsOn,
    int HeldRevisits,
    bool InBreach
);
