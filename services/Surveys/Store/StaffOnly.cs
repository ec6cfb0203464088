using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Surveys.Store;

/// <summary>What only people of the company may ask.</summary>
internal static class StaffOnly
{
    /// <summary>Null for staff, else the refusal.</summary>
    public static Refusal? Check(Caller caller) =>
        caller.IsStaff
            ? null
            : new Refusal(RefusalKind.Forbidden, "role-missing", RuleCatalogue.Flow, ["role"], Roles.Staff);
}
