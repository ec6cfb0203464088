using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

/// <summary>The contract's term for a part: years, months, seasons, or as the contract (the design life).
/// Without any it is blank: the prescribed term holds.</summary>
internal sealed record CommitmentRequest(string Part, int? Years, int? Months, int? Seasons, bool? AsContract)
{
    public Commitment? Commitment() =>
        (Years, Months, Seasons, AsContract) switch
        {
            ({ } years, _, _, _) => new(Part, WarrantyLength.Years(years)),
            (_, { } months, _, _) => new(Part, WarrantyLength.Months(months)),
            (_, _, { } seasons, _) => new(Part, WarrantyLength.Seasons(seasons)),
            (_, _, _, true) => new(Part, WarrantyLength.DesignLife),
            _ => null,
        };

    /// <summary>The terms that were given, and the parts whose term was left blank.</summary>
    public static (IReadOnlyList<Commitment> Given, IReadOnlyList<string> Blank) Split(
        IReadOnlyList<CommitmentRequest>? rows
    ) =>
        (
            [.. (rows ?? []).Select(row => row.Commitment()).OfType<Commitment>()],
            [.. (rows ?? []).Where(row => row.Commitment() is null).Select(row => row.Part)]
        );

    internal static readonly InlineValidator<CommitmentRequest> Rules = new()
    {
        v => v.RuleFor(c => c.Part).NotEmpty().MaximumLength(60),
        v => v.RuleFor(c => c.Years).InclusiveBetween(1, Warranty.LongestYears),
        v => v.RuleFor(c => c.Months).InclusiveBetween(1, Warranty.LongestMonths),
        v => v.RuleFor(c => c.Seasons).InclusiveBetween(1, Warranty.LongestYears),
        v =>
            v.RuleFor(c => c)
                .Must(c =>
                    new[]
                    {
                        c.Years is not null,
                        c.Months is not null,
                        c.Seasons is not null,
                        c.AsContract == true,
                    }.Count(given => given) <= 1
                )
                .OverridePropertyName("term")
                .WithErrorCode("one-term"),
    };
}

/// <summary>A part of the works that a subcontractor did and repairs (P3.1.1).</summary>
internal sealed record PackageRequest(Guid? SubcontractorId, IReadOnlyList<string>? Parts, string? Scope);

/// <summary>What is sent about a project.</summary>
/// <param name="ContractNumber">Unique.</param>
/// <param name="Name">Name of the works.</param>
/// <param name="OwnerId">Organisation of kind owner.</param>
/// <param name="City">City code of the season calendar, for example <c>beijing</c>; one without a calendar of
/// its own has the default seasons.</param>
/// <param name="SiteAddress">Address of the site.</param>
/// <param name="Latitude">Degrees, north positive.</param>
/// <param name="Longitude">Degrees, east positive.</param>
/// <param name="BuildingAreaSquareMetres">m².</param>
/// <param name="StructureType">For example <c>frame-shear-wall</c>.</param>
/// <param name="QualityGrade">As the acceptance certificate calls it.</param>
/// <param name="ManagerId">Project manager: after handover the original manager of P3.2.2.</param>
/// <param name="ManagerSince">First day of the manager on the project; today when it is not given.</param>
/// <param name="AuthorisedPersonId">法人授權人, who leads the revisits.</param>
/// <param name="DesignLifeYears">Service life by the design document; needed by handover.</param>
internal sealed record ProjectRequest(
    string ContractNumber,
    string Name,
    Guid? OwnerId,
    string City,
    string SiteAddress,
    double? Latitude,
    double? Longitude,
    decimal? BuildingAreaSquareMetres,
    string StructureType,
    string QualityGrade,
    Guid? ManagerId,
    DateOnly? ManagerSince,
    Guid? AuthorisedPersonId,
    Guid? ChiefEngineerId,
    Guid? TechnicalHeadId,
    Guid? EngineeringHeadId,
    Guid? QualityHeadId,
    int? DesignLifeYears,
    IReadOnlyList<PackageRequest>? Packages,
    IReadOnlyList<CommitmentRequest>? Commitments
)
{
    internal sealed class Validator : AbstractValidator<ProjectRequest>
    {
        public Validator()
        {
            RuleFor(r => r.ContractNumber).NotEmpty().MaximumLength(60);
            RuleFor(r => r.Name).NotEmpty().MaximumLength(200);
            RuleFor(r => r.OwnerId).NotNull();
            RuleFor(r => r.City).NotEmpty().CityCode();
            RuleFor(r => r.SiteAddress).NotEmpty().MaximumLength(400);
            RuleFor(r => r.Latitude).NotNull().InclusiveBetween(-90, 90);
            RuleFor(r => r.Longitude).NotNull().InclusiveBetween(-180, 180);
            RuleFor(r => r.BuildingAreaSquareMetres).NotNull().GreaterThan(0).LessThan(100_000_000);
            RuleFor(r => r.StructureType).NotEmpty().MaximumLength(60);
            RuleFor(r => r.QualityGrade).NotEmpty().MaximumLength(60);
            RuleFor(r => r.ManagerId).NotNull();
            RuleFor(r => r.AuthorisedPersonId).NotNull();
            RuleFor(r => r.ChiefEngineerId).NotNull();
            RuleFor(r => r.TechnicalHeadId).NotNull();
            RuleFor(r => r.EngineeringHeadId).NotNull();
            RuleFor(r => r.QualityHeadId).NotNull();
            RuleFor(r => r.DesignLifeYears).InclusiveBetween(1, Warranty.LongestYears);
            RuleForEach(r => r.Packages)
                .ChildRules(package =>
                {
                    package.RuleFor(p => p.SubcontractorId).NotNull();
                    package.RuleFor(p => p.Parts).NotEmpty();
                    package.RuleForEach(p => p.Parts).NotEmpty().MaximumLength(60);
                    package.RuleFor(p => p.Scope).MaximumLength(200);
                });
            RuleForEach(r => r.Commitments).SetValidator(CommitmentRequest.Rules);
            RuleFor(r => r.Commitments).Must(AreDifferent).WithErrorCode("part-twice");
        }

        internal static bool AreDifferent(IReadOnlyList<CommitmentRequest>? commitments) =>
            commitments is null || commitments.Select(c => c.Part).Distinct().Count() == commitments.Count;
    }

    /// <summary>Looks up whom and what it names. Nothing is changed.</summary>
    public async Task<(ProjectDetails? Details, Person? Manager, Refusal? Refusal)> ResolveAsync(
        ProjectsDb store,
        CancellationToken cancellationToken
    )
    {
        var packages = Packages ?? [];
        var organisationIds = packages.Select(p => p.SubcontractorId!.Value).Append(OwnerId!.Value).ToHashSet();
        var organisations = await store
            .Organisations.AsNoTracking()
            .Where(o => organisationIds.Contains(o.Id))
            .Select(o => new
            {
                o.Id,
                o.Name,
                o.OrganisationKind,
            })
            .ToDictionaryAsync(o => o.Id, cancellationToken);
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
        var people = await store.People.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        if (ids.Where(id => !people.ContainsKey(id)).Cast<Guid?>().FirstOrDefault() is { } missing)
        {
            return (
                null,
                null,
                Refusal.ByRule("person-unknown", "P2.2.1", ["person"], Person.Writers).With("person", missing)
            );
        }

        var (commitments, blank) = CommitmentRequest.Split(Commitments);
        PersonRef Ref(Guid id) => new(id, people[id].Name);
        var details = new ProjectDetails(
            ContractNumber.Trim(),
            Name.Trim(),
            owner.Id,
            owner.Name,
            City,
            SiteAddress.Trim(),
            new GeoPoint(Latitude!.Value, Longitude!.Value),
            BuildingAreaSquareMetres!.Value,
            StructureType,
            QualityGrade,
            new ProjectTeam(Ref(ids[0]), Ref(ids[1]), Ref(ids[2]), Ref(ids[3]), Ref(ids[4]), Ref(ids[5])),
            DesignLifeYears,
            packages
                .Select(p => new SubcontractPackage(
                    p.SubcontractorId!.Value,
                    organisations[p.SubcontractorId.Value].Name,
                    p.Parts!.Distinct().ToList(),
                    p.Scope
                ))
                .ToList(),
            commitments
        )
        {
            BlankParts = blank,
        };
        return (details, people[ids[0]], null);
    }
}

internal static class CityCodes
{
    /// <summary>A code of the season calendar: at most 40 of a-z, 0-9 and '-'.</summary>
    internal static IRuleBuilderOptions<T, string?> CityCode<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(40).Matches(@"^[a-z0-9-]*\z");
}
