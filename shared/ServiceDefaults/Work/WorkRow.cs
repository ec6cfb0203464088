using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.ServiceDefaults;

/// <summary>A step of a record that somebody must take (S1), as work lists read it.</summary>
public sealed class WorkRow
{
    /// <summary>The due instant of what has none, so that it comes last.</summary>
    public static DateTimeOffset NoDue { get; } = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public required Guid RecordId { get; init; }

    /// <summary>The action of the flow table.</summary>
    public required string Action { get; init; }

    /// <summary>Kind of the record, for example <c>repair-order</c>.</summary>
    public required string RecordKind { get; init; }

    public required string Number { get; init; }

    public required string Title { get; init; }

    public string? Severity { get; init; }

    public required string State { get; init; }

    /// <summary>Version of the record of which this is a step.</summary>
    public required long Version { get; init; }

    public required string Rule { get; init; }

    public required string[] Alternatives { get; init; }

    /// <summary>Words of who may, see <see cref="Taker.Key"/>.</summary>
    public required string[] Takers { get; init; }

    /// <summary>Words of who may not, see <see cref="People.ExceptionKeys"/>.</summary>
    public required string[] Exceptions { get; init; }

    public required string[] Missing { get; init; }

    public required string[] WaitsFor { get; init; }

    /// <summary>By when, UTC; <see cref="NoDue"/> where no clock runs.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Since when the step is open, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether time alone can change the steps of the record; they are then looked at again.</summary>
    public bool DependsOnTime { get; set; }

    public string? AssigneeId { get; init; }

    public string? AssigneeName { get; init; }

    public string? AssigneeDepartment { get; init; }

    /// <summary>The rows of a record at this moment.</summary>
    public static IReadOnlyList<WorkRow> Of(Aggregate record, CommandContexts contexts)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(contexts);
        const string system = "work";
        if (record.WorkSubject is not { } subject)
        {
            return [];
        }

        var context = record is IUnderPolicy under ? contexts.ForSystem(system, under) : contexts.ForSystem(system);
        var watch = new TimeWatch();
        var steps = record.WorkSteps(context with { Watch = watch });
        return
        [
            .. steps.Select(step => new WorkRow
            {
                RecordId = record.Id,
                Action = step.Action,
                RecordKind = record.Kind,
                Number = subject.Number,
                Title = subject.Title.Truncate(LongestTitle, "…"),
                Severity = subject.Severity,
                State = record.StateName,
                Version = record.Version,
                Rule = step.Rule,
                Alternatives = [.. step.Alternatives],
                Takers = [.. step.Takers.Select(taker => taker.Key)],
                Exceptions = [.. step.Exceptions],
                Missing = [.. step.Missing],
                WaitsFor = [.. step.WaitsFor],
                DueAt = step.DueAt ?? NoDue,
                Since = context.Now,
                DependsOnTime = watch.LookedAtTime,
                AssigneeId = record.Assignee?.PersonId,
                AssigneeName = record.Assignee?.Name,
                AssigneeDepartment = record.Assignee?.Department,
            }),
        ];
    }

    /// <summary>Whether the same people have the same to do by the same time.</summary>
    public bool IsSameStep(WorkRow other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Action == other.Action
            && DueAt == other.DueAt
            && DependsOnTime == other.DependsOnTime
            && Alternatives.SequenceEqual(other.Alternatives)
            && Takers.SequenceEqual(other.Takers)
            && Exceptions.SequenceEqual(other.Exceptions)
            && Missing.SequenceEqual(other.Missing)
            && WaitsFor.SequenceEqual(other.WaitsFor);
    }

    /// <summary>Whether these are the same steps, in whatever order.</summary>
    public static bool AreSame(IReadOnlyCollection<WorkRow> stored, IReadOnlyCollection<WorkRow> now)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(now);
        return stored.Count == now.Count
            && stored
                .OrderBy(row => row.Action, StringComparer.Ordinal)
                .Zip(now.OrderBy(row => row.Action, StringComparer.Ordinal))
                .All(pair => pair.First.IsSameStep(pair.Second));
    }

    private const int LongestTitle = 300;
}

/// <summary>Somebody does not want to see a step before a day.</summary>
public sealed class WorkSnooze
{
    public required string PersonId { get; init; }

    public required Guid RecordId { get; init; }

    public required string Action { get; init; }

    /// <summary>The day on which it is shown again, company time zone.</summary>
    public required DateOnly Until { get; set; }
}

/// <summary>The tables of the work lists.</summary>
public static class WorkModel
{
    internal static ModelBuilder AddWork(this ModelBuilder model)
    {
        model.Entity<WorkRow>(row =>
        {
            row.ToTable("work_items");
            row.HasKey(r => new { r.RecordId, r.Action });
            row.Property(r => r.Action).HasMaxLength(60);
            row.Property(r => r.RecordKind).HasMaxLength(40);
            row.HasIndex(r => r.Takers).HasMethod("gin");
            // Most steps are nobody's yet, and each place in an index costs a write with every command.
            row.HasIndex(r => new { r.AssigneeId, r.DueAt }).HasFilter("assignee_id is not null");
            // Who may take a large part of all steps walks them in their order.
            row.HasIndex(r => new
            {
                r.DueAt,
                r.RecordId,
                r.Action,
            });
            row.HasIndex(r => r.AssigneeDepartment).HasFilter("assignee_department is not null");
            row.HasIndex(r => r.RecordId).HasFilter("depends_on_time");
        });
        model.Entity<WorkSnooze>(snooze =>
        {
            snooze.ToTable("work_snoozes");
            snooze.HasKey(s => new
            {
                s.PersonId,
                s.RecordId,
                s.Action,
            });
        });
        return model;
    }
}
