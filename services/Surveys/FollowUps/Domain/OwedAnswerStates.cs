namespace CustomerService.Surveys.FollowUps.Domain;

internal enum OwedAnswerState
{
    /// <summary>The customer waits for an answer or service.</summary>
    Owed,

    /// <summary>The customer has it.</summary>
    Given,

    /// <summary>Not owed after all, with the reason.</summary>
    Dropped,
}

internal enum OwedAnswerAction
{
    Open,
    Give,
    Drop,
}
