namespace CustomerService.Projects.PlanSheets.Domain;

/// <summary>Where a plan sheet stands (P3.3).</summary>
internal enum PlanSheetState
{
    /// <summary>Registered; its first drawing is to be filed.</summary>
    Drafted,

    /// <summary>A new revision was filed; the places of the pins are to be checked on it.</summary>
    ToCheck,

    /// <summary>Its newest revision holds, and every pin is where it belongs.</summary>
    InForce,

    /// <summary>Used no more.</summary>
    Withdrawn,
}

/// <summary>What is done with a plan sheet.</summary>
internal enum PlanSheetAction
{
    Register,

    /// <summary>A drawing becomes the newest revision.</summary>
    FileRevision,
    Pin,

    /// <summary>The place of a pin is checked on the newest revision, or corrected.</summary>
    ConfirmPin,
    RemovePin,

    /// <summary>Every pin is checked.</summary>
    Settle,
    Withdraw,
}

/// <summary>What a pin marks.</summary>
internal enum PinnedKind
{
    /// <summary>A finding of a revisit; an order that is opened from it has its pin too.</summary>
    Finding,
    RepairOrder,
}
