namespace CustomerService.Rules;

/// <summary>Who acts: a person, another system, a customer, or the system itself on the strength of an
/// event.</summary>
/// <param name="Id">Subject of the token, or <c>system:…</c>.</param>
/// <param name="Name">Printed name.</param>
/// <param name="Roles">Roles held, see <see cref="Rules.Roles"/>.</param>
/// <param name="Department">Department code, where the person has one.</param>
/// <param name="OrganisationId">The outside organisation that the person belongs to: the owner for a customer,
/// the subcontractor for a repair unit.</param>
public sealed record Actor(
    string Id,
    string Name,
    IReadOnlySet<string> Roles,
    string? Department = null,
    Guid? OrganisationId = null
)
{
    /// <summary>Codes of the sales regions that are theirs, of a salesperson (<see cref="Rules.Roles.RegionalSales"/>);
    /// else none.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>What the identity of the system begins with.</summary>
    public const string SystemPrefix = "system:";

    /// <summary>The system acting by itself, for example when an event arrives or a deadline passes.</summary>
    public static Actor System(string service) =>
        new(SystemPrefix + service, service, new HashSet<string> { Rules.Roles.System });

    public bool Has(string role) => Roles.Contains(role);

    public bool HasAny(IEnumerable<string> roles)
    {
        foreach (var role in roles)
        {
            if (Roles.Contains(role))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True for people of the company, who may read its records.</summary>
    public bool IsStaff() => HasAny(Rules.Roles.Staff);
}

/// <summary>The roles of the company. They are names in tokens, so they never change.</summary>
public static class Roles
{
    public const string CustomerService = "customer-service";
    public const string Repair = "repair";
    public const string Sales = "sales";
    public const string SalesManager = "sales-manager";
    public const string Qc = "qc";
    public const string QcHead = "qc-head";
    public const string ResponsibleDepartment = "responsible-department";
    public const string ManagementRepresentative = "management-representative";
    public const string GeneralManager = "general-manager";
    public const string Finance = "finance";
    public const string Engineering = "engineering";
    public const string EngineeringHead = "engineering-head";
    public const string Production = "production";
    public const string UnitLeader = "unit-leader";

    /// <summary>維修組: makes out FM001, diagnoses and repairs products (C5.1.1.1).</summary>
    public const string RepairGroup = "repair-group";

    /// <summary>售后部: collects what comes back for return or exchange (C5.1.5).</summary>
    public const string AfterSales = "after-sales";

    /// <summary>A salesperson; the account names the regions that are theirs (C5.1.5).</summary>
    public const string RegionalSales = "regional-sales";

    /// <summary>Stands in for the general manager where the procedure says so (C5.5.2).</summary>
    public const string DeputyGeneralManager = "deputy-general-manager";

    /// <summary>Receives the wishes and trends of surveys (C5.8.1 E).</summary>
    public const string ProductDevelopment = "product-development";

    /// <summary>Assesses service points (T1 to T3).</summary>
    public const string Assessor = "assessor";

    /// <summary>Head of the department that the account names; answers for what it must carry out (C5.6.2).</summary>
    public const string DepartmentHead = "department-head";

    /// <summary>A repair unit, its own or a subcontractor's. Sees only the orders assigned to it.</summary>
    public const string RepairUnit = "repair-unit";

    /// <summary>An owner or product customer. Sees only records of its own organisation.</summary>
    public const string Customer = "customer";

    public const string BiReader = "bi-reader";
    public const string Operator = "operator";
    public const string Administrator = "administrator";

    /// <summary>Not given to people: an event or a deadline acting.</summary>
    public const string System = "system";

    /// <summary>Everybody who works inside the company and may read its records.</summary>
    public static IReadOnlyList<string> Staff { get; } =
    [
        CustomerService,
        Repair,
        Sales,
        SalesManager,
        Qc,
        QcHead,
        ResponsibleDepartment,
        ManagementRepresentative,
        GeneralManager,
        Finance,
        Engineering,
        EngineeringHead,
        Production,
        UnitLeader,
        RepairGroup,
        AfterSales,
        RegionalSales,
        DeputyGeneralManager,
        ProductDevelopment,
        Assessor,
        DepartmentHead,
        Administrator,
    ];

    /// <summary>Every role that a person or an outside system can be given.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Staff, RepairUnit, Customer, BiReader, Operator];
}
