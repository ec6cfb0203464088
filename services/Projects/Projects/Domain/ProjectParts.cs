using System.Text.Json.Serialization;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.Projects.Domain;

/// <summary>A person of the company as a project names them.</summary>
internal sealed record PersonRef(Guid Id, string Name);

/// <summary>A place in the team of a project.</summary>
internal enum TeamSeat
{
    Manager,
    AuthorisedPerson,
    ChiefEngineer,
    TechnicalHead,
    EngineeringHead,
    QualityHead,
}

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
    [JsonIgnore]
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

    /// <summary>Another person in some of the seats.</summary>
    public ProjectTeam With(IReadOnlySet<TeamSeat> seats, PersonRef person)
    {
        PersonRef In(TeamSeat seat, PersonRef present) => seats.Contains(seat) ? person : present;
        return new(
            In(TeamSeat.Manager, Manager),
            In(TeamSeat.AuthorisedPerson, AuthorisedPerson),
            In(TeamSeat.ChiefEngineer, ChiefEngineer),
            In(TeamSeat.TechnicalHead, TechnicalHead),
            In(TeamSeat.EngineeringHead, EngineeringHead),
            In(TeamSeat.QualityHead, QualityHead)
        );
    }

    /// <summary>The seats that a person has.</summary>
    public IReadOnlySet<TeamSeat> SeatsOf(Guid person) =>
        new[]
        {
            (Seat: TeamSeat.Manager, Manager.Id),
            (Seat: TeamSeat.AuthorisedPerson, AuthorisedPerson.Id),
            (Seat: TeamSeat.ChiefEngineer, ChiefEngineer.Id),
            (Seat: TeamSeat.TechnicalHead, TechnicalHead.Id),
            (Seat: TeamSeat.EngineeringHead, EngineeringHead.Id),
            (Seat: TeamSeat.QualityHead, QualityHead.Id),
        }
            .Where(held => held.Id == person)
            .Select(held => held.Seat)
            .ToHashSet();

    public PersonRef InSeat(Seat seat) =>
        seat switch
        {
            Seat.Lead => AuthorisedPerson,
            Seat.ChiefEngineer => ChiefEngineer,
            Seat.TechnicalHead => TechnicalHead,
            Seat.EngineeringHead => EngineeringHead,
            Seat.QualityHead => QualityHead,
            _ => throw new ArgumentOutOfRangeException(nameof(seat), seat, "Not a seat of the team."),
        };
}

/// <summary>A part of the works that a subcontractor did and repairs (P3.1.1).</summary>
/// <param name="SubcontractorId">The organisation.</param>
/// <param name="SubcontractorName">Its name in the registry; a rename is followed (S3).</param>
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

/// <summary>Protection beyond the term, granted for a reason and at the company's own cost.</summary>
/// <param name="Part">Part code.</param>
/// <param name="Through">Last day.</param>
/// <param name="Reason">Why.</param>
/// <param name="Granted">Who and when.</param>
internal sealed record Goodwill(string Part, DateOnly Through, string Reason, Stamp Granted);

/// <summary>What kind of thing stays on the site after it was cleared (P1).</summary>
internal enum RetainedKind
{
    Staff,
    Material,
}

/// <summary>Staff or material that stays for repairs, with the reason (P1).</summary>
internal sealed record RetainedItem(RetainedKind Kind, string What, string Why);

/// <summary>The owner's word that the ground is as it was (P1).</summary>
/// <param name="By">Who said so for the owner, in print.</param>
/// <param name="On">When.</param>
internal sealed record OwnerWord(string By, DateOnly On);

/// <summary>恢復: the ground that the works occupied was restored (P1).</summary>
/// <param name="What">What was done.</param>
/// <param name="Photos">Files of the project that show it.</param>
/// <param name="Word">The owner's word, where there are no photos.</param>
internal sealed record Restoration(string What, IReadOnlyList<Guid> Photos, OwnerWord? Word)
{
    /// <summary>Photos show it, or the owner says so.</summary>
    [JsonIgnore]
    public bool IsShown => Photos.Count > 0 || Word is not null;
}

/// <summary>A user (用戶) of the building beside its owner.</summary>
/// <param name="Id">The user; what stands on a form keeps how they were called then.</param>
/// <param name="Name">Name of the person or firm.</param>
/// <param name="Place">Unit or place in the building.</param>
/// <param name="Contact">Whom the company calls.</param>
/// <param name="Phone">Telephone number.</param>
internal sealed record ProjectUser(Guid Id, string Name, string Place, string? Contact, string? Phone);

/// <summary>保修合同: the contract under which the warranty service runs (P3).</summary>
/// <param name="Number">Its number.</param>
/// <param name="SignedOn">Its date.</param>
/// <param name="FileId">File of the project with the contract.</param>
/// <param name="Terms">What it agrees, in words; terms by part are commitments.</param>
/// <param name="Exclusions">What it does not cover.</param>
internal sealed record WarrantyContract(
    string Number,
    DateOnly SignedOn,
    Guid FileId,
    string Terms,
    IReadOnlyList<string> Exclusions
);

/// <summary>A warranty contract with what it is checked against.</summary>
internal sealed record ContractInput(WarrantyContract Contract, bool FileIsKnown);

/// <summary>The clearing of a site (P1).</summary>
/// <param name="On">The day.</param>
/// <param name="LandReturned">Whether occupied land was returned to the owner.</param>
/// <param name="Retained">What stays, each with the reason.</param>
/// <param name="Remarks">Further words.</param>
/// <param name="Photos">Files of the project that show the cleared site.</param>
/// <param name="Restoration">How the ground was restored.</param>
internal sealed record SiteClearance(
    DateOnly On,
    bool LandReturned,
    IReadOnlyList<RetainedItem> Retained,
    string? Remarks,
    IReadOnlyList<Guid> Photos,
    Restoration? Restoration
) : IHappened;

/// <summary>What is entered about a project.</summary>
internal sealed record ProjectDetails
{
    public required string ContractNumber { get; init; }

    public required string Name { get; init; }

    public required Guid OwnerId { get; init; }

    public required string OwnerName { get; init; }

    /// <summary>City code of the season calendar.</summary>
    public required string City { get; init; }

    public required string SiteAddress { get; init; }

    public required GeoPoint Site { get; init; }

    public required decimal BuildingAreaSquareMetres { get; init; }

    public required string StructureType { get; init; }

    public required string QualityGrade { get; init; }

    public required ProjectTeam Team { get; init; }

    public int? DesignLifeYears { get; init; }

    /// <summary>The day for which completion acceptance is planned (P1).</summary>
    public DateOnly? PlannedAcceptanceOn { get; init; }

    /// <summary>Users beside the owner; a new one has no identity yet.</summary>
    public IReadOnlyList<ProjectUser> Users { get; init; } = [];

    public IReadOnlyList<SubcontractPackage> Packages { get; init; } = [];

    public IReadOnlyList<Commitment> Commitments { get; init; } = [];

    /// <summary>Parts whose committed term was left blank: the prescribed one holds, but the part must be one
    /// of Table 3.1 (P3.1.2).</summary>
    public IReadOnlyList<string> BlankParts { get; init; } = [];
}

/// <summary>What the warranty terms follow from besides the dates.</summary>
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

/// <summary>What is entered when it has happened.</summary>
internal interface IHappened
{
    DateOnly On { get; }
}

/// <summary>A date that is entered for something that has happened.</summary>
internal sealed record DateInput(DateOnly On) : IHappened;

/// <summary>Acceptance and handover as they should have been entered; no handover where there was none yet.</summary>
internal sealed record CorrectedDates(DateOnly Acceptance, DateOnly? Handover);

/// <summary>Corrected dates with what they are checked against.</summary>
/// <param name="Dates">The dates.</param>
/// <param name="Held">The days on which revisits were held.</param>
/// <param name="Horizon">Last day of the plan that follows from the dates; null until it is known.</param>
internal sealed record DateCorrection(CorrectedDates Dates, IReadOnlyList<DateOnly> Held, DateOnly? Horizon = null);

/// <summary>Other commitments, with what they are checked against.</summary>
/// <param name="Held">The days on which revisits were held.</param>
/// <param name="Horizon">Last day of the plan that follows from them; null until it is known.</param>
internal sealed record CommitmentChange(IReadOnlyList<DateOnly> Held, DateOnly? Horizon = null);
