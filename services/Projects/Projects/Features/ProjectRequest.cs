using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People;
using CustomerService.Projects.People.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Projects.Features;

/// <summary>A part of the works that a subcontractor did and repairs (P3.1.1).</summary>
/// <param name="SubcontractorId">Organisation of kind subcontractor.</param>
/// <param name="Parts">Part codes of Table 3.1.</param>
/// <param name="Scope">What of these parts, in words.</param>
internal sealed record PackageRequest(Guid? SubcontractorId, IReadOnlyList<string>? Parts, string? Scope = null);

/// <summary>A user (用戶) of the building beside its owner.</summary>
/// <param name="Name">Name of the person or firm.</param>
/// <param name="Place">Unit or place in the building.</param>
/// <param name="Contact">Whom the company calls.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Id">The user, where it is known already.</param>
internal sealed record UserRequest(
    string Name,
    string Place,
    string? Contact = null,
    string? Phone = null,
    Guid? Id = null
);

/// <summary>What is sent about a project.</summary>
internal sealed record ProjectRequest
{
    /// <summary>Unique.</summary>
    public required string ContractNumber { get; init; }

    /// <summary>Name of the works.</summary>
    public required string Name { get; init; }

    /// <summary>Organisation of kind owner.</summary>
    public required Guid? OwnerId { get; init; }

    /// <summary>City code of the season calendar, for example <c>beijing</c>; a city without a calendar of its own has
    /// the default seasons.</summary>
    public required string City { get; init; }

    /// <summary>Address of the site.</summary>
    public required string SiteAddress { get; init; }

    /// <summary>Degrees, north positive.</summary>
    public required double? Latitude { get; init; }

    /// <summary>Degrees, east positive.</summary>
    public required double? Longitude { get; init; }

    /// <summary>m².</summary>
    public required decimal? BuildingAreaSquareMetres { get; init; }

    /// <summary>For example <c>frame-shear-wall</c>.</summary>
    public required string StructureType { get; init; }

    /// <summary>As the acceptance certificate names it.</summary>
    public required string QualityGrade { get; init; }

    /// <summary>Project manager: after handover the original manager of P3.2.2.</summary>
    public required Guid? ManagerId { get; init; }

    /// <summary>First day of the manager on the project; today when it is not given.</summary>
    public DateOnly? ManagerSince { get; init; }

    /// <summary>法人授權人, who leads the revisits.</summary>
    public required Guid? AuthorisedPersonId { get; init; }

    public required Guid? ChiefEngineerId { get; init; }

    public required Guid? TechnicalHeadId { get; init; }

    public required Guid? EngineeringHeadId { get; init; }

    public required Guid? QualityHeadId { get; init; }

    /// <summary>Service life by the design document; needed by handover.</summary>
    public int? DesignLifeYears { get; init; }

    /// <summary>The day for which completion acceptance is planned (P1); stays from acceptance on.</summary>
    public DateOnly? PlannedAcceptanceOn { get; init; }

    /// <summary>Users beside the owner (form 3.3.1).</summary>
    public IReadOnlyList<UserRequest>? Users { get; init; }

    /// <summary>What subcontractors did (P3.1.1).</summary>
    public IReadOnlyList<PackageRequest>? Packages { get; init; }

    /// <summary>The contract's warranty terms (P3.1.2).</summary>
    public IReadOnlyList<CommitmentRequest>? Commitments { get; init; }

    internal sealed class Validator : AbstractValidator<ProjectRequest>
    {
        public Validator()
        {
            RuleFor(r => r.ContractNumber).RequiredText(60);
            RuleFor(r => r.Name).RequiredText(TextLength.Line);
            RuleFor(r => r.OwnerId).NotNull();
            RuleFor(r => r.City).NotEmpty().CityCode();
            RuleFor(r => r.SiteAddress).RequiredText(400);
            RuleFor(r => r.Latitude).NotNull().InclusiveBetween(-90, 90);
            RuleFor(r => r.Longitude).NotNull().InclusiveBetween(-180, 180);
            RuleFor(r => r.BuildingAreaSquareMetres).NotNull().GreaterThan(0).LessThan(100_000_000);
            RuleFor(r => r.StructureType).RequiredText(60);
            RuleFor(r => r.QualityGrade).RequiredText(60);
            RuleFor(r => r.ManagerId).NotNull();
            RuleFor(r => r.AuthorisedPersonId).NotNull();
            RuleFor(r => r.ChiefEngineerId).NotNull();
            RuleFor(r => r.TechnicalHeadId).NotNull();
            RuleFor(r => r.EngineeringHeadId).NotNull();
            RuleFor(r => r.QualityHeadId).NotNull();
            RuleFor(r => r.DesignLifeYears).InclusiveBetween(1, WarrantyLength.LongestYears);
            RuleFor(r => r.Users).AtMost(500);
            RuleForEach(r => r.Users)
                .ChildRules(user =>
                {
                    user.RuleFor(u => u.Name).RequiredText(TextLength.Line);
                    user.RuleFor(u => u.Place).RequiredText(TextLength.Line);
                    user.RuleFor(u => u.Contact).OptionalText(100);
                    user.RuleFor(u => u.Phone).MaximumLength(TextLength.Code).Matches(@"^[0-9+()\-\s#*]*$");
                });
            RuleForEach(r => r.Packages)
                .ChildRules(package =>
                {
                    package.RuleFor(p => p.SubcontractorId).NotNull();
                    package.RuleFor(p => p.Parts).NotEmpty();
                    package.RuleForEach(p => p.Parts).RequiredText(60);
                    package.RuleFor(p => p.Scope).MaximumLength(TextLength.Line);
                });
            RuleForEach(r => r.Commitments).SetValidator(CommitmentRequest.Rules);
            RuleFor(r => r.Commitments).Must(CommitmentRequest.AreOfDifferentParts).WithErrorCode("part-twice");
        }
    }

    /// <summary>Looks up the organisations and people that it names. Nothing is changed.</summary>
    public async Task<(ProjectDetails? Details, Person? Manager, Refusal? Refusal)> ResolveAsync(
        ProjectsDb db,
        CancellationToken cancellation
    )
    {
        var packages = Packages ?? [];
        var organisations = await db.StayedOrganisationsAsync(
            [.. packages.Select(p => p.SubcontractorId!.Value).Append(OwnerId!.Value).Distinct()],
            cancellation
        );
        if (organisations.GetValueOrDefault(OwnerId.Value) is not { OrganisationKind: OrganisationKind.Owner } owner)
        {
            return (null, null, Refusal.ByRule("owner-unknown", "P3.3", ["owner"], Organisation.OwnerWriters));
        }

        if (
            packages.FirstOrDefault(p =>
                organisations.GetValueOrDefault(p.SubcontractorId!.Value)?.OrganisationKind
                != OrganisationKind.Subcontractor
            ) is
            { } foreign
        )
        {
            return (
                null,
                null,
                Refusal
                    .ByRule("subcontractor-unknown", "P3.1.1", ["subcontractor"], Organisation.Writers)
                    .With("subcontractor", foreign.SubcontractorId)
            );
        }

        Guid[] ids =
        [
            ManagerId!.Value,
            AuthorisedPersonId!.Value,
            ChiefEngineerId!.Value,
            TechnicalHeadId!.Value,
            EngineeringHeadId!.Value,
            QualityHeadId!.Value,
        ];
        var people = await db.StayedPeopleAsync(ids, cancellation);
        if (ids.Where(id => !people.ContainsKey(id)).Cast<Guid?>().FirstOrDefault() is { } missing)
        {
            return (
                null,
                null,
                Refusal.ByRule("person-unknown", "P2.2.1", ["person"], Person.Writers).With("person", missing)
            );
        }

        var (commitments, blank) = CommitmentRequest.Split(Commitments);
        PersonRef Ref(Guid id) => new(people[id].Id, people[id].Name);
        var details = new ProjectDetails
        {
            ContractNumber = ContractNumber.Trim(),
            Name = Name.Trim(),
            OwnerId = owner.Id,
            OwnerName = owner.Name,
            City = City,
            SiteAddress = SiteAddress.Trim(),
            Site = new GeoPoint(Latitude!.Value, Longitude!.Value),
            BuildingAreaSquareMetres = BuildingAreaSquareMetres!.Value,
            StructureType = StructureType,
            QualityGrade = QualityGrade,
            Team = new ProjectTeam(Ref(ids[0]), Ref(ids[1]), Ref(ids[2]), Ref(ids[3]), Ref(ids[4]), Ref(ids[5])),
            DesignLifeYears = DesignLifeYears,
            PlannedAcceptanceOn = PlannedAcceptanceOn,
            Users =
            [
                .. (Users ?? []).Select(u => new ProjectUser(
                    u.Id ?? Guid.Empty,
                    u.Name.Trim(),
                    u.Place.Trim(),
                    u.Contact,
                    u.Phone
                )),
            ],
            Packages =
            [
                .. packages.Select(p => new SubcontractPackage(
                    organisations[p.SubcontractorId!.Value].Id,
                    organisations[p.SubcontractorId.Value].Name,
                    [.. p.Parts!.Distinct()],
                    p.Scope
                )),
            ],
            Commitments = commitments,
            BlankParts = blank,
        };
        return (details, people[ids[0]], null);
    }
}
