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
}

internal enum InvitationAction
{
    InviteTester,
    InviteAfterRepair,
    InviteAfterVisit,
    InviteSpecially,
    Open,
    Answer,
    Expire,
    Withdraw,
}
