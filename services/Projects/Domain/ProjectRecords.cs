using CustomerService.Rules;

namespace CustomerService.Projects.Domain;

/// <summary>Somebody of the company as a project names him.</summary>
internal sealed record PersonRef(Guid Id, string Name);

/// <summary>The people whom P2.2.1 and P3.2.2 ask for.</summary>
internal sealed record ProjectTeam(
    PersonRef Manager,
    PersonRef AuthorisedPerson,
    PersonRef ChiefEngineer,
    PersonRef TechnicalHead,
    PersonRef EngineeringHead,
    PersonRef QualityHead
)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public Guid[] Ids =>
        [
            .. new[] { Manager, AuthorisedPerson, ChiefEngineer, TechnicalHead, EngineeringHead, QualityHead }
                .Select(p => p.Id)
                .Distinct(),
        ];

    public ProjectTeam Renamed(Guid id, string name)
    {
        PersonRef Now(PersonRef person) => person.Id == id ? person with { Name = name } : person;
        return new(
            Now(Manager),
            Now(AuthorisedPerson),
            Now(ChiefEngineer),
            Now(TechnicalHead),
            Now(EngineeringHead),
            Now(QualityHead)
        );
    }

    public PersonRef InSeat(Seat seat) =>
        seat switch
        {
            Seat.Lead => AuthorisedPerson,
            Seat.ChiefEngineer => ChiefEngineer,
            Seat.TechnicalHead => TechnicalHead,
            Seat.EngineeringHead => EngineeringHead,
            Seat.QualityHead => QualityHead,
            _ => throw new ArgumentOutOfRangeException(nameof(seat), seat, "Nobody of the team holds it."),
        };
}

/// <summary>A part of the works that a subcontractor did and repairs (P3.1.1).</summary>
/// <param name="SubcontractorId">The organisation.</param>
/// <param name="SubcontractorName">Its name at the time.</param>
/// <param name="Parts">Part codes of Table 3.1.</param>
/// <param name="Scope">What of these parts, in words: "curtain wall", "lifts".</param>
internal sealed record SubcontractPackage(
    Guid SubcontractorId,
    string SubcontractorName,
    IReadOnlyList<string> Parts,
    string? Scope = null
);

/// <summary>The contract's term for a part; a part without one has the prescribed term (P3.1.2).</summary>
internal sealed record Commitment(string Part, WarrantyLength Length);

/// <summary>The warranty term of a part as it was worked out at handover; heating and cooling are each
/// protected to their own end (P3.1.2).</summary>
internal sealed class PartTerm
{
    public required string Part { get; init; }

    /// <summary><c>heating</c> or <c>cooling</c> for a part with seasons; empty for the whole part.</summary>
    public required string Season { get; init; }

    /// <summary>Last day, counted with the owner's goodwill grants.</summary>
    public required DateOnly Through { get; set; }

    public required bool IsFinite { get; set; }
}

/// <summary>Protection beyond the term, granted for a reason and at the company's own cost.</summary>
/// <param name="Part">Part code.</param>
/// <param name="Through">Last day.</param>
/// <param name="Reason">Why.</param>
/// <param name="GrantedBy">Printed name.</param>
/// <param name="GrantedOn">When.</param>
internal sealed record Goodwill(string Part, DateOnly Through, string Reason, string GrantedBy, DateOnly GrantedOn);

/// <summary>Who or what stays on the site after it was cleared (P1).</summary>
internal enum StayKind
{
    Staff,
    Material,
}

/// <summary>Somebody or something that stays for repairs, with the reason (P1).</summary>
internal sealed record Stay(StayKind Kind, string What, string Why);

/// <summary>The clearing of a site (P1).</summary>
/// <param name="Photos">Attachments of the project that show it; null in what was recorded before there were
/// any.</param>
internal sealed record SiteClearance(
    DateOnly On,
    bool LandReturned,
    IReadOnlyList<Stay> Stays,
    string? Remarks,
    IReadOnlyList<Guid>? Photos = null
);

/// <summary>What is entered about a project.</summary>
internal sealed record ProjectDetails(
    string ContractNumber,
    string Name,
    Guid OwnerId,
    string OwnerName,
    string City,
    string SiteAddress,
    GeoPoint Site,
    decimal BuildingAreaSquareMetres,
    string StructureType,
    string QualityGrade,
    ProjectTeam Team,
    int? DesignLifeYears,
    IReadOnlyList<SubcontractPackage> Packages,
    IReadOnlyList<Commitment> Commitments
)
{
    /// <summary>Parts whose committed term was left blank: the prescribed one holds, but the part must be one
    /// of Table 3.1 (P3.1.2).</summary>
    public IReadOnlyList<string> BlankParts { get; init; } = [];
}

/// <summary>What the warranty terms are worked out from besides the dates.</summary>
/// <param name="City">City code.</param>
/// <param name="DesignLifeYears">Service life by the design document.</param>
/// <param name="Commitments">The contract's terms.</param>
/// <param name="BlankParts">Parts whose term was left blank.</param>
internal sealed record CommittedTerms(
    string City,
    int? DesignLifeYears,
    IReadOnlyList<Commitment> Commitments,
    IReadOnlyList<string> BlankParts
);

internal enum ProjectState
{
    /// <summary>Under construction.</summary>
    Registered,

    /// <summary>竣工驗收 passed; the site is being cleared.</summary>
    Accepted,

    /// <summary>交付: the warranty runs and revisits are held.</summary>
    HandedOver,

    /// <summary>Every term has ended, the design life among them.</summary>
    WarrantyEnded,

    /// <summary>Entered by mistake.</summary>
    Withdrawn,
}

internal enum ProjectAction
{
    Register,
    Revise,
    Withdraw,
    Accept,
    HandOver,
    ClearSite,
    CorrectDates,
    ChangeCommitments,
    RegeneratePlan,
    GrantGoodwill,
    RemindOfClearance,
    NoteClearanceOverdue,
    NoteBreach,
    EndWarranty,
}
