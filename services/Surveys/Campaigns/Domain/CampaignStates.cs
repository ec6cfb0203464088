namespace CustomerService.Surveys.Campaigns.Domain;

internal enum CampaignState
{
    /// <summary>Being prepared.</summary>
    Planned,

    /// <summary>Asks.</summary>
    Running,

    /// <summary>Asks nobody any more; its links work to the end of its day.</summary>
    Closed,

    /// <summary>Given up before it began.</summary>
    Cancelled,
}

internal enum CampaignAction
{
    Plan,
    Begin,

    /// <summary>Asks a list of people.</summary>
    Invite,

    /// <summary>Makes a batch of sheets with a code each.</summary>
    Print,

    /// <summary>An interviewer gets a link to its people.</summary>
    Interview,

    Close,
    Cancel,
}
