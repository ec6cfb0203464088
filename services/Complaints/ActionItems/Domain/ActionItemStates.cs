namespace CustomerService.Complaints.ActionItems.Domain;

/// <summary>States of an action item.</summary>
internal enum ActionItemState
{
    /// <summary>Given to its owner, who has not received it yet.</summary>
    Issued,

    /// <summary>Received by name; the owner carries it out.</summary>
    Received,

    /// <summary>Carried out, with evidence; it is checked.</summary>
    Done,

    /// <summary>Checked and settled.</summary>
    Settled,

    /// <summary>Taken back.</summary>
    Withdrawn,
}

/// <summary>Each but the start is also the last part of the route under which it is called; the last one is the system's
/// own.</summary>
internal enum ActionItemAction
{
    Issue,
    Receive,
    Complete,
    Accept,
    SendBack,
    Supervise,
    AskExtension,
    GrantExtension,
    RefuseExtension,
    Withdraw,
    Escalate,
}
