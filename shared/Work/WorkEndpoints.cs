using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Work;

/// <summary>When a step is due.</summary>
public enum WorkDue
{
    /// <summary>Past its instant.</summary>
    Overdue,

    /// <summary>Today, or overdue.</summary>
    Today,

    /// <summary>Up to Sunday, or overdue.</summary>
    Week,
}

/// <summary>A step on a work list, rule S1. The reader takes it by POST to the record's route with the action's
/// name.</summary>
/// <param name="Id">The record.</param>
/// <param name="Number">Its number.</param>
/// <param name="State">Its state.</param>
/// <param name="Version">Its version when the step was written.</param>
/// <param name="Actions">What the reader may do about it; empty where others must.</param>
/// <param name="Kind">Kind of the record, such as <c>repair-order</c>.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Severity">Its severity, where it has one.</param>
/// <param name="Action">The step.</param>
/// <param name="Rule">Rule id.</param>
/// <param name="DueAt">By when, UTC; null where no clock runs.</param>
/// <param name="IsOverdue">Whether that is over.</param>
/// <param name="Since">Since when it is open, UTC.</param>
/// <param name="Missing">What is to be handed in, or waited for.</param>
/// <param name="WaitsFor">Roles of those whose move it is, where it is not the reader's.</param>
/// <param name="Assignee">The person whose record it is; null for nobody, and for readers outside the company.</param>
public sealed record WorkItemView(
    Guid Id,
    string Number,
    string State,
    long Version,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
    string Kind,
    string Title,
    string? Severity,
    string Action,
    string Rule,
    DateTimeOffset? DueAt,
    bool IsOverdue,
    DateTimeOffset Since,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> WaitsFor,
    WorkAssigneeView? Assignee
)
{
    /// <summary>Shows the step to a reader; what outsiders see is listed.</summary>
    public static WorkItemView From(WorkRow row, ReaderWords words, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(caller);
        var isTheirs = words.MayTake(row);
        return new(
            row.RecordId,
            row.Number,
            row.State,
            row.Version,
            isTheirs ? [row.Action, .. row.Alternatives] : [],
            row.RecordKind,
            row.Title,
            row.Severity,
            row.Action,
            row.Rule,
            row.DueAt == WorkRow.NoDue ? null : row.DueAt,
            row.DueAt < caller.Now,
            row.Since,
            row.Missing,
            isTheirs ? []
                : row.WaitsFor.Length > 0 ? row.WaitsFor
                : [.. row.Takers.Select(taker => taker.Split('@', '#', '!')[0]).Distinct()],
            caller.IsStaff && row.AssigneeId is { } id ? new(id, row.AssigneeName ?? "") : null
        );
    }
}

/// <summary>The person whose record it is.</summary>
/// <param name="PersonId">Account.</param>
/// <param name="Name">Printed name.</param>
public sealed record WorkAssigneeView(string PersonId, string Name);

/// <summary>How many steps there are, in one call.</summary>
/// <param name="Mine">The reader may take them now.</param>
/// <param name="Overdue">Of these, overdue.</param>
/// <param name="DueToday">Of these, due today or overdue.</param>
/// <param name="DueThisWeek">Of these, due up to Sunday or overdue.</param>
/// <param name="Assigned">On records of the reader.</param>
/// <param name="Department">With the reader's department.</param>
/// <param name="Waiting">With others, on records on which the reader has worked.</param>
/// <param name="Followed">With anybody, on records that the reader follows.</param>
public sealed record WorkCounts(
    int Mine,
    int Overdue,
    int DueToday,
    int DueThisWeek,
    int Assigned,
    int Department,
    int Waiting,
    int Followed
);

/// <summary>The work lists of a service: <c>/work-items</c>.</summary>
public static class WorkEndpoints
{
    /// <summary>Which steps.</summary>
    public sealed record Query : PageQuery
    {
        /// <summary>Whose: <c>mine</c> (the default), <c>assigned</c>, <c>department</c>, <c>waiting</c>,
        /// <c>followed</c>.</summary>
        public EnumFilter<WorkView>? View { get; init; }

        /// <summary>When it is due: <c>overdue</c>, <c>today</c>, <c>week</c>.</summary>
        public EnumFilter<WorkDue>? Due { get; init; }

        /// <summary>Kinds of records, joined by commas.</summary>
        public TextFilter? Kind { get; init; }

        /// <summary>Severities, joined by commas.</summary>
        public TextFilter? Severity { get; init; }

        /// <summary>Of records with this tag; for staff.</summary>
        public TextFilter? Tag { get; init; }

        /// <summary>Also what the reader has put off.</summary>
        public bool? Snoozed { get; init; }
    }

    /// <summary>Puts a step off.</summary>
    public sealed record SnoozeRequest
    {
        /// <summary>The record.</summary>
        public required Guid RecordId { get; init; }

        /// <summary>The step.</summary>
        public required string Action { get; init; }

        /// <summary>The day on which it is shown again, company time zone; null shows it now.</summary>
        public DateOnly? Until { get; init; }
    }

    internal sealed class SnoozeValidator : AbstractValidator<SnoozeRequest>
    {
        public SnoozeValidator()
        {
            RuleFor(r => r.RecordId).NotEmpty();
            RuleFor(r => r.Action).RequiredCode();
        }
    }

    /// <summary>Maps the lists, the counts and the snooze.</summary>
    public static void MapWorkItems(this IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Work");
        routes
            .MapGet("/work-items", ListAsync)
            .AsQuery()
            .WithName("ListWorkItems")
            .WithSummary("The steps that somebody must take, in order of their due instants")
            .WithDescription(
                """
                Rule S1. A step is on the list "mine" of exactly those to whom the record's _actions offers it. Readers
                outside the company have the lists "mine" and "assigned". 400: bad-filter, bad-cursor.
                """
            )
            .Produces<Page<WorkItemView>>();
        routes
            .MapGet("/work-items/counts", CountAsync)
            .AsQuery()
            .WithName("CountWorkItems")
            .WithSummary("How many steps are on the reader's lists")
            .WithDescription("Rule S1. What the reader has put off does not count.")
            .Produces<WorkCounts>();
        routes
            .MapPost("/work-items/snooze", SnoozeAsync)
            .AsCommand()
            .ForRoles([.. Roles.Staff, Roles.Customer, Roles.RepairUnit])
            .WithName("SnoozeWorkItem")
            .WithSummary("Puts a step off until a day, for the reader alone")
            .WithDescription("Rule S1. 404 where the step is not on a list of the reader. 409: date-in-past.")
            .WithExample(
                new SnoozeRequest
                {
                    RecordId = new Guid("0198c0de-0000-7000-8000-000000000001"),
                    Action = "confirm",
                    Until = new DateOnly(2026, 3, 16),
                }
            )
            .Produces<SnoozedView>();
    }

    /// <summary>A step that was put off.</summary>
    /// <param name="RecordId">The record.</param>
    /// <param name="Action">The step.</param>
    /// <param name="Until">The day on which it is shown again; null for now.</param>
    public sealed record SnoozedView(Guid RecordId, string Action, DateOnly? Until);

    private static async Task<QueryResult> ListAsync(
        [AsParameters] Query query,
        IWorkStore store,
        IMarkedRecords marked,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (query.View is { Values.Count: > 1 })
        {
            return PageQuery.BadFilter("view", Spelling.WordsOf<WorkView>());
        }

        if (!WorkCursor.TryRead(query.After, out var after))
        {
            return PageQuery.BadCursor;
        }

        var view = query.View?.Values[0] ?? WorkView.Mine;
        if (!MayRead(view, caller.Actor) || (query.Tag is not null && !caller.IsStaff))
        {
            return QueryResult.Of(new Page<WorkItemView>([], null));
        }

        IReadOnlyCollection<Guid>? tagged = null;
        if (query.Tag is { Value: var tag } && (tagged = await marked.TaggedAsync(tag, cancellation)) is null)
        {
            return PageQuery.BadFilter("tag", []);
        }

        var followed = view == WorkView.Followed ? await marked.FollowedByAsync(caller.Actor.Id, cancellation) : null;

        var criteria = Criteria(caller, view, query.Due?.Values.Max()) with
        {
            Kinds = query.Kind?.Value.Split(','),
            Severities = query.Severity?.Value.Split(','),
            Records = tagged is null || followed is null ? tagged ?? followed : [.. tagged.Intersect(followed)],
            WithSnoozed = query.Snoozed == true,
            After = after,
        };
        var read = await store.ListAsync(criteria, query.Size + 1, cancellation);
        return QueryResult.Of(
            Lists.Cut(
                read,
                query,
                row => new WorkCursor(row.DueAt, row.RecordId, row.Action).Text,
                row => WorkItemView.From(row, criteria.Words, caller)
            )
        );
    }

    private static async Task<QueryResult> CountAsync(
        IWorkStore store,
        IMarkedRecords marked,
        Caller caller,
        CancellationToken cancellation
    )
    {
        async Task<int> OfAsync(WorkView view) =>
            MayRead(view, caller.Actor) ? await store.CountAsync(Criteria(caller, view, null), cancellation) : 0;
        var mine = MayRead(WorkView.Mine, caller.Actor)
            ? await store.TallyAsync(Criteria(caller, WorkView.Mine, null), DaysOf(caller), cancellation)
            : WorkTally.None;
        var followed = MayRead(WorkView.Followed, caller.Actor)
            ? await marked.FollowedByAsync(caller.Actor.Id, cancellation)
            : [];
        return QueryResult.Of(
            new WorkCounts(
                mine.All,
                mine.Overdue,
                mine.Today,
                mine.Week,
                await OfAsync(WorkView.Assigned),
                await OfAsync(WorkView.Department),
                await OfAsync(WorkView.Waiting),
                followed.Count == 0
                    ? 0
                    : await store.CountAsync(
                        Criteria(caller, WorkView.Followed, null) with
                        {
                            Records = followed,
                        },
                        cancellation
                    )
            )
        );
    }

    private static async Task<CommandResult> SnoozeAsync(
        SnoozeRequest body,
        IWorkStore store,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var step = (await store.OfRecordAsync(body.RecordId, cancellation)).FirstOrDefault(row =>
            row.Action == body.Action
        );
        if (step is null || !IsOnAList(step, caller.Actor))
        {
            return CommandResult.NotFound();
        }

        if (body.Until <= caller.Today)
        {
            return Refusal.ByRule("date-in-past", "S1", ["future-day"]);
        }

        await store.SnoozeAsync(caller.Actor, body.RecordId, body.Action, body.Until, cancellation);
        return CommandResult.Ok(new SnoozedView(body.RecordId, body.Action, body.Until));
    }

    private static bool IsOnAList(WorkRow step, Actor actor) =>
        actor.IsStaff() || step.AssigneeId == actor.Id || step.Takers.Intersect(Taker.KeysOf(actor)).Any();

    private static bool MayRead(WorkView view, Actor actor) =>
        actor.IsStaff()
        || (view is WorkView.Mine or WorkView.Assigned && actor.HasAny([Roles.Customer, Roles.RepairUnit]));

    private static WorkCriteria Criteria(Caller caller, WorkView view, WorkDue? due)
    {
        var days = DaysOf(caller);
        return new(view, caller.Actor, caller.Today)
        {
            DueBefore = due switch
            {
                WorkDue.Overdue => days.Now,
                WorkDue.Today => days.Tomorrow,
                WorkDue.Week => days.Monday,
                _ => null,
            },
        };
    }

    private static WorkDays DaysOf(Caller caller)
    {
        var (zone, today) = (caller.Clock.Zone, caller.Today);
        var sunday = today.AddDays((7 - (int)today.DayOfWeek) % 7);
        return new(caller.Now, zone.EndOf(today).AddMilliseconds(1), zone.EndOf(sunday).AddMilliseconds(1));
    }
}
