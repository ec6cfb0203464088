using System.Text.RegularExpressions;
using CustomerService.Rules;

namespace CustomerService.Identity.Users.Domain;

/// <summary>What an assignment of roles must satisfy. One place, for the API and the bootstrap alike.</summary>
internal static partial class UserRules
{
    /// <summary>Stands where other refusals name a rule of the procedure: these come from the system's own
    /// access policy.</summary>
    public const string Rule = "ACCESS";

    private static readonly string[] Outside = [Roles.Customer, Roles.RepairUnit];

    public static Refusal? Check(Assignment assignment)
    {
        if (assignment.Roles.Count == 0)
        {
            return Refusal.Invalid("roles-missing", Rule, "roles");
        }

        if (assignment.Roles.FirstOrDefault(role => !Roles.All.Contains(role)) is { } unknown)
        {
            return Refusal.Invalid("role-unknown", Rule, "roles").With("role", unknown);
        }

        // A salesperson is found by region (C5.1.5); nobody else has one.
        var isRegional = assignment.Roles.Contains(Roles.RegionalSales);
        if (isRegional && assignment.Regions.Count == 0)
        {
            return Refusal.Invalid("regions-missing", Rule, "regions");
        }

        if (!isRegional && assignment.Regions.Count > 0)
        {
            return Refusal.Invalid("regions-without-role", Rule, "roles").With("role", Roles.RegionalSales);
        }

        if (assignment.Regions.FirstOrDefault(region => !RegionCode().IsMatch(region)) is { } wrong)
        {
            return Refusal.Invalid("region-form", Rule, "regions").With("region", wrong);
        }

        if (assignment.Roles.Contains(Roles.DepartmentHead) && assignment.Department is null)
        {
            return Refusal.Invalid("head-without-department", Rule, "department");
        }

        if (assignment.Roles.FirstOrDefault(Outside.Contains) is not { } outside)
        {
            return null;
        }

        // Without an organisation nothing would be visible; with a second role everything might be.
        if (assignment.OrganisationId is null)
        {
            return Refusal.Invalid("organisation-missing", Rule, "organisationId").With("role", outside);
        }

        return assignment.Roles.Distinct(StringComparer.Ordinal).Count() > 1
            ? Refusal.Invalid("roles-conflict", Rule, "roles").With("role", outside)
            : null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,49}\\z")]
    private static partial Regex RegionCode();
}
