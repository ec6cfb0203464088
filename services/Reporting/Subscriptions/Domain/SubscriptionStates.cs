namespace CustomerService.Reporting.Subscriptions.Domain;

internal enum SubscriptionState
{
    /// <summary>The report is sent when it is due.</summary>
    Active,

    /// <summary>Nothing is sent until it is resumed.</summary>
    Paused,

    /// <summary>It is over.</summary>
    Removed,
}

internal enum SubscriptionAction
{
    Subscribe,
    Revise,
    Pause,

    /// <summary>The account of its owner ended.</summary>
    PauseWithAccount,
    Resume,
    Remove,
}

internal enum ReportDeliveryState
{
    /// <summary>To be sent, for the first time or again.</summary>
    Waiting,

    /// <summary>The mail server has taken it.</summary>
    Sent,

    /// <summary>The report is what it was when it was sent last.</summary>
    Unchanged,

    /// <summary>The report has fewer rows than were asked for.</summary>
    BelowThreshold,

    /// <summary>Every try failed.</summary>
    GivenUp,
}

internal enum ReportFormat
{
    Csv,
    Xlsx,

    /// <summary>A report or a figure on paper.</summary>
    Pdf,
}

internal enum ReportPeriod
{
    /// <summary>All rows.</summary>
    All,

    /// <summary>The calendar month before the day on which it is sent.</summary>
    PreviousMonth,

    /// <summary>Monday to Sunday before it.</summary>
    PreviousWeek,

    /// <summary>The day before it.</summary>
    PreviousDay,

    /// <summary>From the first of January to it.</summary>
    YearToDate,

    /// <summary>The calendar year before the day on which it is sent.</summary>
    PreviousYear,
}

internal enum ScheduleKind
{
    /// <summary>Each working day.</summary>
    Daily,

    /// <summary>A day of the week; where it is no working day, the next one that is.</summary>
    Weekly,

    /// <summary>A day of the month; where it is no working day, the next one that is.</summary>
    Monthly,
}
