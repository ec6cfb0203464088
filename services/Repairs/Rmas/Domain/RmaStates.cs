namespace CustomerService.Repairs.Rmas.Domain;

/// <summary>States of an RMA, in the order of its life.</summary>
internal enum RmaState
{
    /// <summary>The customer has said what they send.</summary>
    Declared,

    /// <summary>Received and counted; it waits for the customer where the counts differ (C5.1.1).</summary>
    Counted,

    /// <summary>The received quantity is agreed.</summary>
    Confirmed,

    /// <summary>Everything that came is back, exchanged or scrapped.</summary>
    Closed,

    /// <summary>Nothing was sent.</summary>
    Withdrawn,
}

/// <summary>Actions of an RMA.</summary>
internal enum RmaAction
{
    Declare,
    Revise,
    Receive,
    Confirm,
    Close,
    Withdraw,
    FollowRegistry,
}

/// <summary>Where an RMA comes from.</summary>
internal enum RmaSource
{
    Request,
    Enquiry,
    Complaint,
}
