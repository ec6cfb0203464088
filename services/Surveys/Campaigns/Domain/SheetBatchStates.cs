namespace CustomerService.Surveys.Campaigns.Domain;

internal enum SheetBatchState
{
    /// <summary>Its codes work.</summary>
    Printed,

    /// <summary>Its unused codes are dead.</summary>
    Revoked,
}

internal enum SheetBatchAction
{
    Print,
    Reprint,
    Revoke,
}
