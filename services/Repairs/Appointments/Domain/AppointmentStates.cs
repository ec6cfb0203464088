namespace CustomerService.Repairs.Appointments.Domain;

/// <summary>Where an appointment with the owner stands (P3.2.1).</summary>
internal enum AppointmentState
{
    /// <summary>Up to three times are offered; the owner picks one or proposes another.</summary>
    Offered,

    /// <summary>The owner proposes another time; the company is to agree.</summary>
    Proposed,

    /// <summary>Agreed.</summary>
    Agreed,

    /// <summary>Given up, or replaced by another offer.</summary>
    Cancelled,
}

/// <summary>What is done with an appointment.</summary>
internal enum AppointmentAction
{
    Offer,
    Choose,

    /// <summary>The owner proposes another time.</summary>
    Propose,

    /// <summary>The company agrees to it.</summary>
    Agree,
    Remind,
    Cancel,

    /// <summary>Its order went to another unit.</summary>
    FollowOrder,

    /// <summary>Its order was merged into another one, or a side is another organisation that is known (S4).</summary>
    FollowMerge,
}
