namespace CustomerService.Reporting.Webhooks.Domain;

internal enum WebhookState
{
    /// <summary>Events are sent.</summary>
    Active,

    /// <summary>Events are kept and sent once it is resumed.</summary>
    Suspended,

    /// <summary>It is over.</summary>
    Removed,
}

internal enum WebhookAction
{
    Register,
    Revise,
    Suspend,
    Resume,
    RenewSecret,
    Remove,
}

internal enum DeliveryState
{
    /// <summary>To be sent, for the first time or again.</summary>
    Waiting,

    /// <summary>The receiver has confirmed it.</summary>
    Delivered,

    /// <summary>Every try failed.</summary>
    GivenUp,
}
