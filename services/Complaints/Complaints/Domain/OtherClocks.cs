using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>What is called to mind beside the targets, and to whom (C1).</summary>
/// <param name="What"><c>promise</c>, or the stage of a department's own clock.</param>
/// <param name="DueAt">When it runs out, UTC.</param>
/// <param name="PersonId">Account of the person to whom it goes; null: all of the roles.</param>
/// <param name="Roles">Whose it is.</param>
/// <param name="Department">Only people of this department; null: of any.</param>
/// <param name="AtWork">The department in whose working hours it is said; null: at any hour.</param>
internal sealed record ClockToRemind(
    string What,
    DateTimeOffset DueAt,
    string? PersonId,
    IReadOnlyList<string> Roles,
    string? Department,
    string? AtWork
);

/// <summary>A record whose promised dates and departments' clocks are called to mind (C1).</summary>
internal interface IHaveClocks : IUnderPolicy
{
    string Number { get; }

    string Subject { get; }

    /// <summary>When one of them is called to mind next, UTC; null where none is.</summary>
    DateTimeOffset? ClockRemindAt { get; }

    /// <summary>Those that are due.</summary>
    IReadOnlyList<ClockToRemind> DueClocks(CommandContext context);

    /// <summary>They were called to mind.</summary>
    Refusal? RemindOfClocks(CommandContext context);
}

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
                    ServiceDesk,
                    null,
                    context.Policy.Complaints.ServiceDepartment
                )
            );
        }

        due.AddRange(
            OfStages(complaint.Stages, complaint.Assignee?.PersonId, null, context, complaint.Release is not null)
        );
        return due;
    }

    /// <summary>Those of these stages that are due, and whose they are.</summary>
    /// <param name="stages">Of the record.</param>
    /// <param name="assignee">Account of the person who has it.</param>
    /// <param name="department">The department that proposes.</param>
    /// <param name="context">Policy, calendars and time.</param>
    /// <param name="isReleased">QC has said what the customer may be told: the answer is the service desk's turn.</param>
    public static IEnumerable<ClockToRemind> OfStages(
        IReadOnlyList<StageClock> stages,
        string? assignee,
        string? department,
        CommandContext context,
        bool isReleased = false
    )
    {
        var (quality, desk) = (
            context.Policy.Complaints.QualityDepartment,
            context.Policy.Complaints.ServiceDepartment
        );
        return stages
            .Where(stage => stage.RemindAt(context) <= context.Now)
            .Select(stage =>
            {
                (IReadOnlyList<string> Roles, string? Of, string? AtWork) turn = stage.Stage switch
                {
                    Stage.Investigation => (Quality, null, quality),
                    Stage.Answer => isReleased ? (ServiceDesk, null, desk) : (Quality, null, quality),
                    Stage.Proposal => ([Roles.DepartmentHead, Roles.ResponsibleDepartment], department, department),
                    Stage.Review => ([Roles.ManagementRepresentative], null, null),
                    _ => ([.. Quality, Roles.CustomerService], null, quality),
                };
                return new ClockToRemind(
                    stage.Stage.ToKebab(),
                    stage.DueAt,
                    assignee,
                    turn.Roles,
                    turn.Of,
                    turn.AtWork
                );
            });
    }

    // In the morning of the day, and when it is over.
    private static DateTimeOffset? PromiseAt(Complaint complaint, CommandContext context) =>
        complaint.PromisedUntil is not { } until || complaint.LatestPromise() is not { Reminders: < 2 } promise
            ? null
            : context.Zone.EndOf(promise.Reminders == 1 ? until : until.AddDays(-1));
}
