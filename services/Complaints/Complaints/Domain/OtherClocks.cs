using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>What is called to mind beside the targets, and to whom (C1).</summary>
/// <param name="What"><c>promise</c>, or the stage of a department's own clock.</param>
/// <param name="DueAt">When it runs out, UTC.</param>
/// <param name="PersonId">Account of the person to whom it goes; null: all of the roles.</param>
/// <param name="Roles">Whose it is.</param>
/// <param name="Department">Only people of this department; null: of any.</param>
internal sealed record ClockToRemind(
    string What,
    DateTimeOffset DueAt,
    string? PersonId,
    IReadOnlyList<string> Roles,
    string? Department = null
);

/// <summary>The dates that were promised and the departments' own clocks: each is called to mind once before it runs out, and
/// once when it has (C1).</summary>
internal static class OtherClocks
{
    /// <summary>What the promise to the customer is called.</summary>
    public const string Promise = "promise";

    private static readonly string[] ServiceDesk = [Roles.CustomerService];
    private static readonly string[] Quality = [Roles.Qc, Roles.QcHead];

    /// <summary>When one of a complaint's is called to mind next, UTC.</summary>
    public static DateTimeOffset? Next(Complaint complaint, CommandContext context) =>
        new[] { PromiseAt(complaint, context), StageAt(complaint.Stages, context) }.Min();

    /// <summary>When the running one of these is called to mind next, UTC.</summary>
    public static DateTimeOffset? StageAt(IReadOnlyList<StageClock> stages, CommandContext context) =>
        stages.Select(stage => stage.RemindAt(context)).Min();

    /// <summary>Those of a complaint that are due.</summary>
    public static IReadOnlyList<ClockToRemind> Due(Complaint complaint, CommandContext context)
    {
        var due = new List<ClockToRemind>();
        if (PromiseAt(complaint, context) <= context.Now)
        {
            var promise = complaint.LatestPromise()!;
            due.Add(
                new(
                    Promise,
                    context.Zone.EndOf(promise.Until),
                    complaint.Assignee?.PersonId ?? promise.By.ActorId,
                    ServiceDesk
                )
            );
        }

        due.AddRange(OfStages(complaint.Stages, complaint.Assignee?.PersonId, null, context));
        return due;
    }

    /// <summary>Those of these stages that are due, and whose they are.</summary>
    public static IEnumerable<ClockToRemind> OfStages(
        IReadOnlyList<StageClock> stages,
        string? assignee,
        string? department,
        CommandContext context
    ) =>
        stages
            .Where(stage => stage.RemindAt(context) <= context.Now)
            .Select(stage => new ClockToRemind(
                stage.Stage.ToKebab(),
                stage.DueAt,
                assignee,
                stage.Stage switch
                {
                    Stage.Investigation => Quality,
                    Stage.Proposal => [Roles.DepartmentHead, Roles.ResponsibleDepartment],
                    Stage.Review => [Roles.ManagementRepresentative],
                    _ => [.. Quality, Roles.CustomerService],
                },
                stage.Stage == Stage.Proposal ? department : null
            ));

    // In the morning of the day, and when it is over.
    private static DateTimeOffset? PromiseAt(Complaint complaint, CommandContext context) =>
        complaint.PromisedUntil is not { } until || complaint.LatestPromise() is not { Reminders: < 2 } promise
            ? null
            : context.Zone.EndOf(promise.Reminders == 1 ? until : until.AddDays(-1));
}
