namespace CustomerService.Reporting.DepartmentAccounts.Domain;

internal enum DepartmentAccountState
{
    /// <summary>The account may read its queue.</summary>
    Active,

    /// <summary>Account and queue are gone.</summary>
    Removed,
}

internal enum DepartmentAccountAction
{
    Register,
    Revise,
    RenewPassword,
    Remove,

    /// <summary>It was removed by mistake, or its system comes back.</summary>
    Restore,
}
