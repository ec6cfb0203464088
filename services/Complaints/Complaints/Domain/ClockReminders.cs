using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>The reminder that comes next.</summary>
/// <param name="Target">Of which target.</param>
/// <param name="Level">Its place in the policy's list, from 0.</param>
/// <param name="At">When, UTC: in working hours.</param>
/// <param name="Role">Whom it reaches.</param>
/// <param name="DueAt">When the target runs out.</param>
internal sealed record ClockReminder(
    ComplaintTarget Target,
    int Level,
    DateTimeOffset At,
    string Role,
    DateTimeOffset DueAt
);

/// <summary>When the targets of a complaint are called to mind, and to whom they escalate (C1): so many working hours before
/// a target runs out, at its end, and after it, each time one level higher.</summary>
internal static class ClockReminders
{
    /// <summary>The next reminder; null where there is none: paused, resolved, or the highest level was told.</summary>
    public static ClockReminder? Next(Complaint complaint, CommandContext context)
    {
        var policy = context.Policy.Complaints;
        var (target, dueAt) =
            complaint is { Response: null, IsAnonymous: false }
                ? (ComplaintTarget.Response, (DateTimeOffset?)complaint.ResponseDueAt)
            : complaint.ResolvedAt is null ? (ComplaintTarget.Resolution, complaint.ResolutionDueAt)
            : (ComplaintTarget.Resolution, null);
        // A later end is called to mind from the beginning.
        var level =
            complaint.Reminded is { } told && told.Target == target && !(dueAt > told.DueAt) ? told.Level + 1 : 0;
        if (dueAt is not { } due || level >= policy.ClockReminders.Count)
        {
            return null;
        }

        var reminder = policy.ClockReminders[level];
        return new(target, level, At(complaint, target, due, reminder.Hours, context), reminder.Role, due);
    }

    // Hours before the end are the hours of the target that are not left yet.
    private static DateTimeOffset At(
        Complaint complaint,
        ComplaintTarget target,
        DateTimeOffset due,
        double hours,
        CommandContext context
    )
    {
        var given = context.Policy.Complaints.Targets[complaint.Severity];
        var clock = context.BusinessClock(given.Calendar);
        if (hours >= 0)
        {
            return clock.Add(due, TimeSpan.FromHours(hours));
        }

        var left = (target == ComplaintTarget.Response ? given.Respond : given.Resolve) + TimeSpan.FromHours(hours);
        return left <= TimeSpan.Zero
            ? complaint.OpenedAt
            : clock.Add(
                complaint.OpenedAt,
                left,
                target == ComplaintTarget.Response
                    ? []
                    : [.. complaint.Pauses.Select(p => new Pause(p.From, p.To, p.Reason.ToKebab()))]
            ) ?? due;
    }
}
