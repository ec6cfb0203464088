namespace CustomerService.Projects.Projects.Domain;

internal enum ProjectState
{
    /// <summary>Under construction.</summary>
    Registered,

    /// <summary>竣工驗收 passed; the site is being cleared.</summary>
    Accepted,

    /// <summary>交付: the warranty runs and revisits are held.</summary>
    HandedOver,

    /// <summary>Every term has ended, the design life among them.</summary>
    WarrantyEnded,

    /// <summary>Entered by mistake.</summary>
    Withdrawn,
}

internal enum ProjectAction
{
    Register,
    Revise,
    Withdraw,
    Accept,
    HandOver,
    ClearSite,
    CorrectDates,
    ChangeCommitments,
    RegeneratePlan,
    GrantGoodwill,
    RecordContract,
    RemindOfClearance,
    MarkClearanceOverdue,
    MarkBreach,
    EndWarranty,
}
