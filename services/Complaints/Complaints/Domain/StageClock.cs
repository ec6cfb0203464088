using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>Whose time it is beside the customer's clock (C1).</summary>
internal enum Stage
{
    /// <summary>QC investigates (C5.3.1).</summary>
    Investigation,

    /// <summary>The department analyses and proposes (C5.4).</summary>
    Proposal,

    /// <summary>The management representative reviews (C5.4).</summary>
    Review,

    /// <summary>QC and customer service verify (C5.6.2).</summary>
    Verification,

    /// <summary>The customer is answered where it was not our liability, with FM005 if needed (C5.3.2).</summary>
    Answer,
}

/// <summary>A department's own clock: since when, by when, and until when it took.</summary>
internal sealed record StageClock(
    Stage Stage,
    DateTimeOffset Since,
    double Hours,
    string Calendar,
    DateTimeOffset DueAt,
    DateTimeOffset? Until,
    bool? InTime
)
{
    /// <summary>How often it was called to mind: once before it runs out, once when it has.</summary>
    public int Reminders { get; init; }

    /// <summary>The rule by which it runs.</summary>
    public string Rule =>
        Stage switch
        {
            Stage.Investigation => "C5.3.1",
            Stage.Answer => "C5.3.2",
            Stage.Proposal or Stage.Review => "C5.4",
            _ => "C5.6.2",
        };

    /// <summary>When it is called to mind next, UTC; null where it was twice, or has ended.</summary>
    public DateTimeOffset? RemindAt(CommandContext context)
    {
        if (Until is not null || Reminders > 1)
        {
            return null;
        }

        var before = context.Policy.Complaints.ClockReminders.Select(reminder => -reminder.Hours).Max();
        var left = TimeSpan.FromHours(Hours - Math.Max(0, before));
        return Reminders == 1 ? DueAt
            : left <= TimeSpan.Zero ? Since
            : context.BusinessClock(Calendar).Add(Since, left);
    }

    /// <summary>The clock of this stage, where it runs.</summary>
    public static StageClock? Running(IReadOnlyList<StageClock> stages, Stage stage) =>
        stages.LastOrDefault(one => one.Stage == stage && one.Until is null);

    /// <summary>The clock that runs was called to mind; one that has run out is not called to mind again.</summary>
    public static IReadOnlyList<StageClock> Remind(IReadOnlyList<StageClock> stages, CommandContext context) =>
        [
            .. stages.Select(stage =>
                stage.RemindAt(context) is { } at && at <= context.Now
                    ? stage with
                    {
                        Reminders = context.Now >= stage.DueAt ? 2 : 1,
                    }
                    : stage
            ),
        ];

    /// <summary>The clock of this stage is somebody else's now, to whom it is called to mind from the beginning.</summary>
    public static IReadOnlyList<StageClock> SayAgain(IReadOnlyList<StageClock> stages, Stage stage) =>
        [.. stages.Select(one => one.Stage == stage && one.Until is null ? one with { Reminders = 0 } : one)];

    /// <summary>A clock begins; one that still runs ends.</summary>
    /// <param name="from">When the time begins; null: now.</param>
    public static IReadOnlyList<StageClock> Begin(
        IReadOnlyList<StageClock> stages,
        Stage stage,
        CommandContext context,
        DateTimeOffset? from = null
    )
    {
        var target = context.Policy.Complaints.StageTargets[stage.ToKebab()];
        var since = from ?? context.Now;
        var due = context.BusinessClock(target.Calendar).Add(since, TimeSpan.FromHours(target.Hours));
        return [.. End(stages, context), new(stage, since, target.Hours, target.Calendar, due, null, null)];
    }

    /// <summary>The clock that runs ends now.</summary>
    public static IReadOnlyList<StageClock> End(IReadOnlyList<StageClock> stages, CommandContext context) =>
        [
            .. stages.Select(stage =>
                stage.Until is null ? stage with { Until = context.Now, InTime = context.Now <= stage.DueAt } : stage
            ),
        ];
}
