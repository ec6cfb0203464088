using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>How each clock of a complaint was computed.</summary>
internal sealed record ComplaintClocksView(IReadOnlyList<ClockView> Clocks);

/// <summary>A clock with the time that it counted.</summary>
internal sealed record ClockView
{
    /// <summary><c>response</c>, <c>resolution</c>, <c>promise</c>, or a department's: <c>investigation</c> …</summary>
    public required string Clock { get; init; }

    public required string Rule { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>Working hours of the target; null for a promised date.</summary>
    public double? TargetHours { get; init; }

    public string? Calendar { get; init; }

    /// <summary>Null while a pause lasts.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public bool? InTime { get; init; }

    /// <summary>Working hours that were counted so far.</summary>
    public required double CountedHours { get; init; }

    /// <summary>Working hours that are left; negative when it is overdue.</summary>
    public double? HoursLeft { get; init; }

    /// <summary>What was counted, what was paused and when nobody works, in order.</summary>
    public required IReadOnlyList<ClockSpanView> Spans { get; init; }
}

/// <param name="Kind"><c>working</c> counts; <c>paused</c> and <c>closed</c> do not.</param>
/// <param name="Reason">Of a pause.</param>
internal sealed record ClockSpanView(DateTimeOffset From, DateTimeOffset To, string Kind, string? Reason);

internal static class GetComplaintClocks
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/complaints/{id:guid}/clocks", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("GetComplaintClocks")
            .WithSummary("How the clocks of the complaint were computed, span by span")
            .WithDescription(
                """
                Rule C1; staff. The customer's clocks (response, resolution, what was promised) and those of the departments
                (QC's investigation), each with its target, calendar and the spans that it counted. A first response never
                pauses.
                """
            )
            .Produces<ComplaintClocksView>();

    private static async Task<QueryResult> Handle(
        Guid id,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var complaint = await db
            .Complaints.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(c => c.Id == id, cancellation);
        return complaint is null
            ? QueryResult.NotFound
            : QueryResult.Of(Clocks(complaint, caller.Context(complaint)), complaint.Version);
    }

    internal static ComplaintClocksView Clocks(Complaint complaint, CommandContext context)
    {
        var target = context.Policy.Complaints.Targets[complaint.Severity];
        Pause[] pauses = [.. complaint.Pauses.Select(p => new Pause(p.From, p.To, p.Reason.ToKebab()))];
        var clocks = new List<ClockView>
        {
            Of(
                "response",
                "C1",
                complaint.OpenedAt,
                target.RespondHours,
                target.Calendar,
                complaint.ResponseDueAt,
                complaint.RespondedAt,
                complaint.Response?.InTime,
                [],
                context
            ),
            Of(
                "resolution",
                "C1",
                complaint.OpenedAt,
                target.ResolveHours,
                target.Calendar,
                complaint.ResolutionDueAt,
                complaint.ResolvedAt,
                complaint.ResolvedInTime,
                pauses,
                context
            ),
        };
        clocks.AddRange(
            complaint.Stages.Select(stage =>
                Of(
                    stage.Stage.ToKebab(),
                    "C5.3.1",
                    stage.Since,
                    stage.Hours,
                    stage.Calendar,
                    stage.DueAt,
                    stage.Until,
                    stage.InTime,
                    [],
                    context
                )
            )
        );
        if (complaint.Promises.Count > 0)
        {
            var promise = complaint.Promises[^1];
            var due = context.Zone.EndOf(promise.Until);
            var ended = complaint.CustomerAnswer?.By.At;
            clocks.Add(
                new ClockView
                {
                    Clock = "promise",
                    Rule = "C1",
                    From = promise.By.At,
                    DueAt = due,
                    EndedAt = ended,
                    InTime = ended is { } at ? at <= due : null,
                    CountedHours = 0,
                    Spans = [],
                }
            );
        }

        return new(clocks);
    }

    private static ClockView Of(
        string clock,
        string rule,
        DateTimeOffset from,
        double hours,
        string calendar,
        DateTimeOffset? dueAt,
        DateTimeOffset? endedAt,
        bool? inTime,
        IReadOnlyCollection<Pause> pauses,
        CommandContext context
    )
    {
        var working = context.BusinessClock(calendar);
        var until = endedAt ?? context.Now;
        var counted = working.Elapsed(from, until, pauses).TotalHours;
        return new()
        {
            Clock = clock,
            Rule = rule,
            From = from,
            TargetHours = hours,
            Calendar = calendar,
            DueAt = dueAt,
            EndedAt = endedAt,
            InTime = inTime,
            CountedHours = Math.Round(counted, 2),
            HoursLeft = Math.Round(hours - counted, 2),
            Spans =
            [
                .. working.Spans(from, until, pauses).Select(s => new ClockSpanView(s.From, s.To, s.Kind, s.Reason)),
            ],
        };
    }
}
