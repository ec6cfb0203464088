using CustomerService.Rules;

namespace CustomerService.Testing;

/// <summary>
/// The people of a test. The same call gives the same person; another name gives another person of the same
/// department, so that "not the author" reads <c>Someone.InQuality("lee")</c>.
/// </summary>
public static class Someone
{
    public static Actor InCustomerService(string name = "chen") =>
        With(name, "customer-service", Roles.CustomerService);

    public static Actor InRepair(string name = "bao") => With(name, "repair", Roles.Repair);

    public static Actor InSales(string name = "huang") => With(name, "sales", Roles.Sales);

    public static Actor SalesManager(string name = "hong") => With(name, "sales", Roles.SalesManager);

    public static Actor InQuality(string name = "qiu") => With(name, "quality", Roles.Qc);

    public static Actor HeadOfQuality(string name = "he") => With(name, "quality", Roles.QcHead);

    public static Actor InEngineering(string name = "wu") => With(name, "engineering", Roles.Engineering);

    public static Actor HeadOfEngineering(string name = "zhou") => With(name, "engineering", Roles.EngineeringHead);

    public static Actor InProduction(string name = "lin") => With(name, "production", Roles.Production);

    public static Actor InFinance(string name = "fang") => With(name, "finance", Roles.Finance);

    /// <summary>A member of the department that answers for a fault.</summary>
    public static Actor InResponsible(string department = "production", string name = "ren") =>
        With(name, department, Roles.ResponsibleDepartment);

    /// <summary>The head of a department, who answers for what it must carry out.</summary>
    public static Actor HeadOf(string department = "production", string name = "tou") =>
        With(name, department, Roles.DepartmentHead);

    public static Actor UnitLeader(string name = "dan") => With(name, "engineering", Roles.UnitLeader);

    public static Actor ManagementRepresentative(string name = "guan") =>
        With(name, null, Roles.ManagementRepresentative);

    public static Actor GeneralManager(string name = "zong") => With(name, null, Roles.GeneralManager);

    public static Actor Operator(string name = "cao") => With(name, "it", Roles.Operator);

    /// <summary>A member of a repair unit, the company's own or a subcontractor's.</summary>
    public static Actor InRepairUnit(Guid unit, string name = "ban") => Outside(name, unit, Roles.RepairUnit);

    /// <summary>A member of a customer's organisation.</summary>
    public static Actor AtCustomer(Guid organisation, string name = "wang") =>
        Outside(name, organisation, Roles.Customer);

    /// <summary>Signed in, without any role.</summary>
    public static Actor WithoutRole(string name = "eve") => With(name, null);

    /// <summary>Holds every role, the system's too: what is refused is refused by a rule, never by a role.</summary>
    public static Actor WithEveryRole(string name = "max") => With(name, "quality", [.. Roles.All, Roles.System]);

    /// <summary>The system on the strength of an event or a deadline.</summary>
    public static Actor System(string service = "tests") => Actor.System(service);

    public static Actor With(string name, string? department, params string[] roles) =>
        new(name, name.ToUpperInvariant(), roles.ToHashSet(StringComparer.Ordinal), department);

    /// <summary>A person of another organisation.</summary>
    public static Actor Outside(string name, Guid organisation, params string[] roles) =>
        With(name, null, roles) with
        {
            OrganisationId = organisation,
        };

    /// <summary>The same person with other roles.</summary>
    public static Actor As(this Actor actor, params string[] roles) =>
        actor with
        {
            Roles = roles.ToHashSet(StringComparer.Ordinal),
        };
}
