using CustomerService.Rules;

namespace CustomerService.Reporting.Subscriptions.Domain;

/// <summary>What is sent, to whom and when.</summary>
internal sealed record SubscriptionSettings
{
    /// <summary>What it is called; the subject of the mail.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string Report { get; init; }

    /// <summary>Column of days by which the period cuts.</summary>
    public string? On { get; init; }

    /// <summary>Which days.</summary>
    public ReportPeriod Period { get; init; }

    public ReportFormat Format { get; init; }

    public required SubscriptionSchedule Schedule { get; init; }

    /// <summary>Not sent where it is what it was when it was sent last.</summary>
    public bool OnlyWhenChanged { get; init; }

    /// <summary>Not sent with fewer rows.</summary>
    public int AtLeastRows { get; init; }

    /// <summary>Which rows, or which cases of the figures; all of them hold.</summary>
    public IReadOnlyList<ReportCondition> Where { get; init; } = [];

    /// <summary>Of a report on paper: sent only where its first figure is outside.</summary>
    public ReportThreshold? Threshold { get; init; }

    /// <summary>Addresses of the mail.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>Language of the mail: zh-Hant, zh-Hans or en.</summary>
    public required string Language { get; init; }
}

/// <summary>Rows with one of these values in a column, or cases with this value of a dimension.</summary>
internal sealed record ReportCondition(string Column, IReadOnlyList<string> Values);

/// <summary>A figure that is as it should be is no news.</summary>
/// <param name="Above">Sent where the figure is greater.</param>
/// <param name="Below">Sent where the figure is less.</param>
internal sealed record ReportThreshold(decimal? Above, decimal? Below)
{
    /// <summary>Whether a figure is outside; one that cannot be computed is not.</summary>
    public bool IsCrossedBy(decimal? figure) => figure > Above || figure < Below;
}

/// <summary>A report that is sent by mail when it is due (C3.1.3).</summary>
internal sealed class Subscription : Aggregate<Subscription, SubscriptionState, SubscriptionAction>
{
    protected override Flow<Subscription, SubscriptionState, SubscriptionAction> Table => SubscriptionFlow.Table;

    public override string Kind => "subscription";

    public SubscriptionSettings Settings { get; private set; } = null!;

    public string OwnerId { get; private set; } = "";

    public string Owner { get; private set; } = "";

    /// <summary>When it is sent next, UTC; null while nothing is.</summary>
    public DateTimeOffset? NextAt { get; private set; }

    /// <summary>Hash of the rows that were sent last.</summary>
    public string? LastHash { get; private set; }

    public DateTimeOffset? LastSentAt { get; private set; }

    public static Result<Subscription> Subscribe(CommandContext context, SubscriptionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        var subscription = new Subscription
        {
            Id = Guid.CreateVersion7(context.Now),
            Settings = settings,
            OwnerId = context.Actor.Id,
            Owner = context.Actor.Name,
        };
        if (subscription.Start(context, SubscriptionAction.Subscribe, why: settings.Report) is { } refusal)
        {
            return refusal;
        }

        subscription.Plan(context);
        return subscription;
    }

    public Refusal? Revise(CommandContext context, SubscriptionSettings settings) =>
        Transition(
            context,
            SubscriptionAction.Revise,
            why: settings.Report,
            change: () =>
            {
                Settings = settings;
                LastHash = null;
                if (State == SubscriptionState.Active)
                {
                    Plan(context);
                }
            }
        );

    public Refusal? Pause(CommandContext context) =>
        Transition(context, SubscriptionAction.Pause, change: () => NextAt = null);

    /// <summary>Whose it is may not sign in any more, or keeps no reports: nothing is sent in that name.</summary>
    public Refusal? PauseWithAccount(CommandContext context) =>
        Transition(context, SubscriptionAction.PauseWithAccount, change: () => NextAt = null);

    public Refusal? Resume(CommandContext context) =>
        Transition(context, SubscriptionAction.Resume, change: () => Plan(context));

    public Refusal? Remove(CommandContext context) =>
        Transition(context, SubscriptionAction.Remove, change: () => NextAt = null);

    /// <summary>What is due now is put down; the next one is later than now, however long nobody looked.</summary>
    public ReportDelivery? Due(CommandContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (NextAt is not { } due || due > context.Now)
        {
            return null;
        }

        Plan(context);
        return ReportDelivery.Of(context, Id, due);
    }

    private void Plan(CommandContext context) =>
        NextAt = Settings.Schedule.NextAfter(context.Now, context.Calendars[DayRule.DefaultCalendar], context.Zone);
}
