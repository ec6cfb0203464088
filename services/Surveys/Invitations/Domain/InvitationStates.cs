namespace CustomerService.Surveys.Invitations.Domain;

internal enum InvitationState
{
    /// <summary>The link is out.</summary>
    Sent,

    /// <summary>The customer has looked at the form.</summary>
    Opened,

    /// <summary>The form was returned.</summary>
    Answered,

    /// <summary>Not answered in time.</summary>
    Expired,

    /// <summary>Withdrawn, with a reason.</summary>
    Withdrawn,

    /// <summary>An interview that was broken off; never counted as recovered.</summary>
    BrokenOff,
}

internal enum InvitationAction
{
    InviteTester,
    InviteAfterRepair,
    InviteAfterVisit,
    InviteSpecially,

    /// <summary>Somebody opens the link of a campaign that is for everybody.</summary>
    InviteOpenly,

    Open,
    Answer,
    Expire,
    Withdraw,

    /// <summary>Staff take the answers down: an interview, or a form on paper.</summary>
    TakeDown,

    BreakOff,
    SaveDraft,
    Remind,
}
