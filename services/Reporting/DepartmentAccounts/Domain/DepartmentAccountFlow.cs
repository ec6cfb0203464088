using CustomerService.Rules;
using static CustomerService.Reporting.DepartmentAccounts.Domain.DepartmentAccountAction;
using static CustomerService.Reporting.DepartmentAccounts.Domain.DepartmentAccountState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Reporting.DepartmentAccounts.Domain.DepartmentAccount,
    CustomerService.Reporting.DepartmentAccounts.Domain.DepartmentAccountState,
    CustomerService.Reporting.DepartmentAccounts.Domain.DepartmentAccountAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Reporting.DepartmentAccounts.Domain.DepartmentAccount>;

namespace CustomerService.Reporting.DepartmentAccounts.Domain;

/// <summary>The life of a department's account of the event feed (C3.1.4).</summary>
internal static class DepartmentAccountFlow
{
    public static readonly string[] Keepers = [Roles.Operator, Roles.Administrator];

    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("department-account")
        .Start(Register, Active, "C3.1.4", Keepers)

        .In(Active).Stay(Revise, "C3.1.4", Keepers)
        .In(Active).Stay(RenewPassword, "C3.1.4", Keepers)
        .From(Active).MayOn(Remove, Removed, "C3.1.4", Keepers)
        .From(Removed).MayOn(Restore, Active, "C3.1.4", Keepers, NameIsFree)
        .EndsButReopens(Removed)
        .Build();

    // Another account may have been made by its name meanwhile.
    private static readonly Guard NameIsFree = Guard.RequireInput<bool>(
        (_, _, isFree) => isFree,
        code: "account-name-taken",
        rule: "C3.1.4",
        missing: ["name"],
        suppliedBy: Keepers
    );
}
