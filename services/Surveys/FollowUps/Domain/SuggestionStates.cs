namespace CustomerService.Surveys.FollowUps.Domain;

internal enum SuggestionState
{
    /// <summary>Came with a form.</summary>
    Registered,

    /// <summary>Will be done.</summary>
    TakenUp,

    /// <summary>Will not be done, with the reason.</summary>
    Declined,

    /// <summary>The customer knows what became of it.</summary>
    Told,
}

internal enum SuggestionAction
{
    Register,
    TakeUp,
    Decline,

    /// <summary>Tells the customer, or notes that nobody is there to be told.</summary>
    Tell,
}
