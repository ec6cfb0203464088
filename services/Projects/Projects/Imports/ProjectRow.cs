using System.Globalization;
using CustomerService.Imports;
using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Projects.Imports;

/// <summary>Organisations and people by what a table calls them. What two have in common finds neither.</summary>
internal sealed class Names
{
    private readonly ILookup<string, PersonRef> _people;
    private readonly ILookup<string, PersonRef> _owners;
    private readonly ILookup<string, PersonRef> _subcontractors;

    private Names(
        ILookup<string, PersonRef> people,
        ILookup<string, PersonRef> owners,
        ILookup<string, PersonRef> subcontractors
    ) => (_people, _owners, _subcontractors) = (people, owners, subcontractors);

    public static async Task<Names> LoadAsync(ProjectsDb db, Table table, CancellationToken cancellation)
    {
        var subcontracts = table.Columns.Where(c => c.StartsWith(ProjectRow.Subcontractor, StringComparison.Ordinal));
        var (people, called) = (KeysOf(table, ProjectRow.Team), KeysOf(table, subcontracts.Append("owner")));
        var persons = await db
            .People.AsNoTracking()
            .Where(p => people.Contains(p.NameKey) || people.Contains(p.StaffKey!))
            .Select(p => new Named(p.Id, p.Name, p.NameKey, p.StaffKey))
            .ToListAsync(cancellation);
        var stayedPeople = await db.StayedPeopleAsync([.. persons.Select(p => p.Id)], cancellation);
        var organisations = await db
            .Organisations.AsNoTracking()
            .Where(o => called.Contains(o.NameKey) || called.Contains(o.CodeKey!))
            .Select(o => new { Named = new Named(o.Id, o.Name, o.NameKey, o.CodeKey), o.OrganisationKind })
            .ToListAsync(cancellation);
        var stayed = await db.StayedOrganisationsAsync([.. organisations.Select(o => o.Named.Id)], cancellation);
        ILookup<string, PersonRef> Of(OrganisationKind kind) =>
            ByKey(
                organisations.Where(o => o.OrganisationKind == kind).Select(o => o.Named),
                id => new(stayed[id].Id, stayed[id].Name)
            );
        return new(
            ByKey(persons, id => new(stayedPeople[id].Id, stayedPeople[id].Name)),
            Of(OrganisationKind.Owner),
            Of(OrganisationKind.Subcontractor)
        );
    }

    public PersonRef? Person(string name, Action<string> fault) => One(_people, name, "import-person-unknown", fault);

    public PersonRef? Owner(string name, Action<string> fault) => One(_owners, name, "import-owner-unknown", fault);

    public PersonRef? Subcontractor(string name, Action<string> fault) =>
        One(_subcontractors, name, "import-subcontractor-unknown", fault);

    private static HashSet<string> KeysOf(Table table, IEnumerable<string> columns) =>
        table.Rows.SelectMany(row => columns.Select(column => TextFolding.Key(row[column]))).ToHashSet();

    // Who was merged means the one that stayed (S4).
    private static ILookup<string, PersonRef> ByKey(IEnumerable<Named> found, Func<Guid, PersonRef> stayed) =>
        found
            .SelectMany(one =>
                new[] { one.NameKey, one.NumberKey }
                    .OfType<string>()
                    .Distinct()
                    .Select(key => (Key: key, Ref: stayed(one.Id)))
            )
            .Distinct()
            .ToLookup(one => one.Key, one => one.Ref);

    private static PersonRef? One(ILookup<string, PersonRef> lookup, string name, string unknown, Action<string> fault)
    {
        var found = lookup[TextFolding.Key(name)].ToList();
        if (found.Count == 1)
        {
            return found[0];
        }

        fault(found.Count == 0 ? unknown : "import-name-ambiguous");
        return null;
    }
}

/// <summary>A person or an organisation with what it is called by.</summary>
internal sealed record Named(Guid Id, string Name, string NameKey, string? NumberKey);

/// <summary>Reads a row of an import into what is entered about a project; every fault is told, not only the
/// first.</summary>
internal static class ProjectRow
{
    /// <summary>Before the part of Table 3.1 that a subcontractor did.</summary>
    public const string Subcontractor = "subcontractor:";

    private const string Warranty = "warranty:";

    public static readonly string[] Team =
    [
        "manager",
        "authorisedPerson",
        "chiefEngineer",
        "technicalHead",
        "engineeringHead",
        "qualityHead",
    ];

    public static readonly string[] Required =
    [
        "contractNumber",
        "name",
        "owner",
        "city",
        "siteAddress",
        "latitude",
        "longitude",
        "buildingAreaSquareMetres",
        "structureType",
        "qualityGrade",
        .. Team,
    ];

    private static readonly string[] Optional =
    [
        "managerSince",
        "designLifeYears",
        "plannedAcceptanceOn",
        "acceptedOn",
        "handedOverOn",
    ];

    public static bool IsColumn(string column) =>
        Required.Contains(column) || Optional.Contains(column) || PartOf(column) is not null;

    /// <summary>The part that a column is about, whether Table 3.1 has it or not.</summary>
    public static string? PartOf(string column) =>
        new[] { Warranty, Subcontractor }.FirstOrDefault(prefix => column.StartsWith(prefix, StringComparison.Ordinal))
            is { } prefix
            ? column[prefix.Length..]
            : null;

    public static ProjectDetails? Read(TableRow row, Policy policy, Names names, Action<string, string> fault)
    {
        string Text(string column, int most)
        {
            var text = row[column];
            if (TextFolding.IsBlank(text) || text.Length > most)
            {
                fault(column, TextFolding.IsBlank(text) ? "import-empty" : "import-too-much");
            }

            return text;
        }

        double Number(string column, double least, double most)
        {
            if (
                !double.TryParse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                || !(number >= least && number <= most)
            )
            {
                fault(column, row[column].Length == 0 ? "import-empty" : "import-number");
                return least;
            }

            return number;
        }

        var people = Team.Select(column =>
                row[column].Length == 0 ? Empty(column) : names.Person(row[column], code => fault(column, code))
            )
            .ToList();
        PersonRef? Empty(string column)
        {
            fault(column, "import-empty");
            return null;
        }

        var owner = row["owner"].Length == 0 ? Empty("owner") : names.Owner(row["owner"], code => fault("owner", code));
        var city = Text("city", 40);
        if (city.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')))
        {
            fault("city", "import-code");
        }

        int? designLife = null;
        if (row["designLifeYears"] is { Length: > 0 } years)
        {
            designLife =
                int.TryParse(years, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is >= 1 and <= WarrantyLength.LongestYears
                    ? number
                    : null;
            if (designLife is null)
            {
                fault("designLifeYears", "import-number");
            }
        }

        foreach (var column in new[] { "managerSince", "plannedAcceptanceOn", "acceptedOn", "handedOverOn" })
        {
            if (row[column] is { Length: > 0 } day && Day(day) is null)
            {
                fault(column, "import-date");
            }
        }

        if (row["handedOverOn"].Length > 0 && row["acceptedOn"].Length == 0)
        {
            fault("acceptedOn", "import-acceptance-missing");
        }

        var packages = policy
            .Warranty.Parts.Select(part => (part.Code, Name: row[Subcontractor + part.Code]))
            .Where(p => p.Name.Length > 0)
            .Select(p => (p.Code, Who: names.Subcontractor(p.Name, code => fault(Subcontractor + p.Code, code))))
            .Where(p => p.Who is not null)
            .GroupBy(p => p.Who!)
            .Select(g => new SubcontractPackage(g.Key.Id, g.Key.Name, g.Select(p => p.Code).ToList()))
            .ToList();

        var commitments = new List<Commitment>();
        foreach (var part in policy.Warranty.Parts)
        {
            var column = Warranty + part.Code;
            if (row[column] is not { Length: > 0 } term)
            {
                continue;
            }

            if (Length(term) is { } length)
            {
                commitments.Add(new(part.Code, length));
            }
            else
            {
                fault(column, "import-term");
            }
        }

        var (contract, name, address) = (Text("contractNumber", 60), Text("name", 200), Text("siteAddress", 400));
        var site = new GeoPoint(Number("latitude", -90, 90), Number("longitude", -180, 180));
        var area = Number("buildingAreaSquareMetres", 0.01, 100_000_000);
        var (structure, grade) = (Text("structureType", 60), Text("qualityGrade", 60));
        return owner is null || people.Contains(null)
            ? null
            : new ProjectDetails
            {
                ContractNumber = contract,
                Name = name,
                OwnerId = owner.Id,
                OwnerName = owner.Name,
                City = city,
                SiteAddress = address,
                Site = site,
                BuildingAreaSquareMetres = (decimal)area,
                StructureType = structure,
                QualityGrade = grade,
                Team = new ProjectTeam(people[0]!, people[1]!, people[2]!, people[3]!, people[4]!, people[5]!),
                DesignLifeYears = designLife,
                PlannedAcceptanceOn = Day(row["plannedAcceptanceOn"]),
                Packages = packages,
                Commitments = commitments,
            };
    }

    /// <summary>An ISO date, as which cells of a date arrive, too; null for anything else.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    private static WarrantyLength? Length(string term)
    {
        if (term == "contract")
        {
            return WarrantyLength.DesignLife;
        }

        return
            int.TryParse(term[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= WarrantyLength.LongestMonths
            ? term[^1] switch
            {
                'y' when count <= WarrantyLength.LongestYears => WarrantyLength.Years(count),
                'm' => WarrantyLength.Months(count),
                's' when count <= WarrantyLength.LongestYears => WarrantyLength.Seasons(count),
                _ => null,
            }
            : null;
    }
}
