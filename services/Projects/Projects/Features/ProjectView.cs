using System.Text.Json.Serialization;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Projects.Features;

/// <summary>A project, with its warranty table and what may be done now.</summary>
internal sealed record ProjectView
{
    public required Guid Id { get; init; }

    public required ProjectState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now, each the last part of a route.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string ContractNumber { get; init; }

    public required string Name { get; init; }

    public required Guid OwnerId { get; init; }

    public required string OwnerName { get; init; }

    /// <summary>City code of the season calendar.</summary>
    public required string City { get; init; }

    public required string SiteAddress { get; init; }

    /// <summary>Degrees, north positive.</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees, east positive.</summary>
    public required double Longitude { get; init; }

    /// <summary>m².</summary>
    public required decimal BuildingAreaSquareMetres { get; init; }

    public required string StructureType { get; init; }

    public required string QualityGrade { get; init; }

    /// <summary>The people whom P2.2.1 and P3.2.2 ask for.</summary>
    public required ProjectTeam Team { get; init; }

    /// <summary>Service life by the design document.</summary>
    public int? DesignLifeYears { get; init; }

    /// <summary>Users (用戶) beside the owner.</summary>
    public required IReadOnlyList<ProjectUser> Users { get; init; }

    /// <summary>保修合同 (P3).</summary>
    public WarrantyContract? WarrantyContract { get; init; }

    /// <summary>What is to be seen to, though nothing refuses it.</summary>
    public required IReadOnlyList<WarningView> Warnings { get; init; }

    /// <summary>What subcontractors did (P3.1.1).</summary>
    public required IReadOnlyList<SubcontractPackage> Packages { get; init; }

    /// <summary>Table 3.1 for this project.</summary>
    public required IReadOnlyList<WarrantyRowView> Warranty { get; init; }

    /// <summary>The policies under which it was registered.</summary>
    public required int PolicyVersion { get; init; }

    /// <summary>The day for which completion acceptance is planned (P1).</summary>
    public DateOnly? PlannedAcceptanceOn { get; init; }

    public DateOnly? AcceptedOn { get; init; }

    /// <summary>Days from the planned to the actual acceptance, below zero where it came before; until it is accepted
    /// the days since the planned one. Null without a plan, and while the planned day has not passed.</summary>
    public int? AcceptanceDaysLate { get; init; }

    /// <summary>Last day for clearing the site (P1).</summary>
    public DateOnly? ClearanceDueOn { get; init; }

    public SiteClearance? Clearance { get; init; }

    public required bool ClearanceOverdue { get; init; }

    public DateOnly? HandedOverOn { get; init; }

    /// <summary>Last day of the revisit plan (P2.1.1).</summary>
    public DateOnly? RevisitHorizonEndsOn { get; init; }

    /// <summary>Last day of the last term of all, the design life among them.</summary>
    public DateOnly? WarrantyEndsOn { get; init; }

    public required IReadOnlyList<GoodwillView> Goodwill { get; init; }

    public required int HeldRevisits { get; init; }

    /// <summary>Revisits that are not cancelled, held or to be held.</summary>
    public required int ActiveRevisits { get; init; }

    /// <summary>No revisit was held and the plan has ended (P2.1.1).</summary>
    public required bool InBreach { get; init; }

    // Owners see the whole of their project: it is what was agreed with them, and who serves them.
    public static ProjectView From(Project project, Caller caller)
    {
        var context = caller.Context(project);
        var (policy, basis) = (context.Policy.Warranty, project.Basis);
        return new()
        {
            Id = project.Id,
            State = project.State,
            Version = project.Version,
            Actions = project.AllowedActions(context),
            ContractNumber = project.ContractNumber,
            Name = project.Name,
            OwnerId = project.OwnerId,
            OwnerName = project.OwnerName,
            City = project.City,
            SiteAddress = project.SiteAddress,
            Latitude = project.Latitude,
            Longitude = project.Longitude,
            BuildingAreaSquareMetres = project.BuildingAreaSquareMetres,
            StructureType = project.StructureType,
            QualityGrade = project.QualityGrade,
            Team = project.Team,
            DesignLifeYears = project.DesignLifeYears,
            Users = project.Users,
            WarrantyContract = project.WarrantyContract,
            Warnings = caller.IsStaff ? [.. project.Warnings.Select(WarningView.Of)] : [],
            Packages = project.Packages,
            Warranty = [.. policy.Parts.Select(part => WarrantyRowView.From(basis, part, policy))],
            PolicyVersion = project.PolicyVersion,
            PlannedAcceptanceOn = project.PlannedAcceptanceOn,
            AcceptedOn = project.AcceptedOn,
            AcceptanceDaysLate = ProjectDeadlines.AcceptanceDaysLate(project, context.Today),
            ClearanceDueOn = project.ClearanceDueOn,
            Clearance = project.Clearance,
            ClearanceOverdue = ProjectDeadlines.IsClearanceOverdue(project, context.Today),
            HandedOverOn = project.HandedOverOn,
            RevisitHorizonEndsOn = project.HorizonEndsOn,
            WarrantyEndsOn = project.WarrantyEndsOn,
            Goodwill = [.. project.GoodwillGrants.Select(grant => GoodwillView.From(grant, caller.Clock))],
            HeldRevisits = project.HeldRevisits,
            ActiveRevisits = project.ActiveRevisits,
            InBreach = ProjectDeadlines.IsInBreach(project, context.Today),
        };
    }
}

/// <summary>Something to be seen to.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Rule">Rule that asks for it.</param>
internal sealed record WarningView(string Code, string Rule)
{
    public static WarningView Of(string code) => new(code, "P3");
}

/// <summary>Protection beyond a term.</summary>
/// <param name="Part">Part code.</param>
/// <param name="Through">Last day.</param>
/// <param name="Reason">Why.</param>
/// <param name="GrantedBy">Printed name.</param>
/// <param name="GrantedOn">When.</param>
internal sealed record GoodwillView(string Part, DateOnly Through, string Reason, string GrantedBy, DateOnly GrantedOn)
{
    public static GoodwillView From(Goodwill grant, CompanyClock clock) =>
        new(grant.Part, grant.Through, grant.Reason, grant.Granted.Name, clock.DateOf(grant.Granted.At));
}

/// <summary>A row of Table 3.1 for a project.</summary>
/// <param name="Part">Part code.</param>
/// <param name="Prescribed">Prescribed term: <c>5y</c>, <c>2s</c> (seasons), <c>design-life</c>.</param>
/// <param name="Committed">The contract's term; null where it is blank.</param>
/// <param name="Through">Last day, with goodwill; null before handover.</param>
/// <param name="Basis"><c>prescribed</c>, <c>committed</c> or <c>goodwill</c>; null before handover.</param>
/// <param name="CommitmentRefused">Code of the refusal of a stored commitment that does not count, because it
/// is below the prescribed term now; else null.</param>
/// <param name="Seasons">For heating and cooling the last day of each, with goodwill; empty for other parts.</param>
internal sealed record WarrantyRowView(
    string Part,
    string Prescribed,
    string? Committed,
    DateOnly? Through,
    string? Basis,
    string? CommitmentRefused,
    IReadOnlyList<SeasonEnd> Seasons
)
{
    public static WarrantyRowView From(WarrantyBasis basis, WarrantyPart part, WarrantyPolicy policy)
    {
        var committed = basis.Commitments.FirstOrDefault(c => c.Part == part.Code)?.Length.ToString();
        var row = new WarrantyRowView(part.Code, part.Prescribed.ToString(), committed, null, null, null, []);
        var term = basis.TermOf(part, policy, out var refused);
        row = row with { CommitmentRefused = refused?.Code };
        if (term is null)
        {
            return row;
        }

        var goodwill = basis.GoodwillOf(part.Code)?.Through ?? DateOnly.MinValue;
        return row with
        {
            Through = goodwill > term.Through ? goodwill : term.Through,
            Basis =
                goodwill > term.Through ? "goodwill"
                : term.ByCommitment ? "committed"
                : "prescribed",
            Seasons =
            [
                .. term.Seasons.Select(season =>
                    goodwill > season.Through ? season with { Through = goodwill } : season
                ),
            ],
        };
    }
}
