namespace CustomerService.Surveys.Goals.Domain;

internal enum EvaluationState
{
    /// <summary>The goal is reached: a reward is proposed.</summary>
    RewardProposed,

    /// <summary>The general manager has granted it.</summary>
    RewardGranted,

    /// <summary>Below the goal: corrected until a day, and criticised in public.</summary>
    Ordered,

    /// <summary>Measured again at the deadline, and missed: the heads meet.</summary>
    MeetingDue,

    /// <summary>The reward was given and noted.</summary>
    RewardNoted,

    /// <summary>Measured again and reached: closed with thanks.</summary>
    Corrected,

    /// <summary>The heads have met.</summary>
    MeetingHeld,

    /// <summary>Too few forms, or none: shown, and nothing follows.</summary>
    Shown,

    /// <summary>Measured again by too few forms, or none: shown, and nothing follows.</summary>
    ShownAgain,

    /// <summary>The general manager does not grant it, with a reason.</summary>
    RewardRefused,
}

internal enum EvaluationAction
{
    ProposeReward,
    Order,
    Show,
    Grant,
    Refuse,
    Note,

    /// <summary>Measures again at the deadline.</summary>
    Reach,
    Miss,
    ShowAgain,

    HoldMeeting,
}
