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

    /// <summary>Round of the complaint: 1, and one more with each reopening; null for a department's.</summary>
    public int? Round { get; init; }

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
                (QC's investigation, the answer where it is not our liability), each with its target, calendar and the spans that it counted. Those of earlier rounds
                come first. A first response never pauses.
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
        Pause[] pauses = [.. complaint.Pauses.Select(p => new Pause(p.From, p.To, p.Reason.ToKebab()))];
        var clocks = new List<ClockView>();
        foreach (var past in complaint.Rounds)
        {
            clocks.AddRange(Customers(RoundClocks.Of(past, complaint.Severity), pauses, context));
        }

        clocks.AddRange(Customers(RoundClocks.Of(complaint), pauses, context));
        clocks.AddRange(
            complaint.Stages.Select(stage =>
                Of(
                    stage.Stage.ToKebab(),
                    stage.Rule,
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
        if (complaint.LatestPromise() is { } promise)
        {
            var due = context.Zone.EndOf(promise.Until);
            // What is promised after the resolution is not kept by it.
            var ended = complaint.ResolvedAt >= promise.By.At ? complaint.ResolvedAt : null;
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

    // A response keeps the target by which it was judged; the resolution has that of the last severity.
    private static IEnumerable<ClockView> Customers(
        RoundClocks round,
        IReadOnlyCollection<Pause> pauses,
        CommandContext context
    )
    {
        var target = context.Policy.Complaints.Targets[round.Severity];
        var response = Of(
            "response",
            "C1",
            round.OpenedAt,
            round.Response?.TargetHours ?? target.RespondHours,
            round.Response?.Calendar ?? target.Calendar,
            round.ResponseDueAt,
            round.Response?.By.At,
            round.Response?.InTime,
            [],
            context
        );
        var resolution = Of(
            "resolution",
            "C1",
            round.OpenedAt,
            target.ResolveHours,
            target.Calendar,
            round.ResolutionDueAt,
            round.ResolvedAt,
            round.ResolvedInTime,
            pauses,
            context
        );
        return [response with { Round = round.Number }, resolution with { Round = round.Number }];
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

/// <summary>What is known of the customer's clocks in one round.</summary>
internal sealed record RoundClocks
{
    public required int Number { get; init; }

    public required Severity Severity { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public FirstResponse? Response { get; init; }

    public DateTimeOffset? ResponseDueAt { get; init; }

    public DateTimeOffset? ResolutionDueAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public bool? ResolvedInTime { get; init; }

    public static RoundClocks Of(Complaint now) =>
        new()
        {
            Number = now.Round,
            Severity = now.Severity,
            OpenedAt = now.OpenedAt,
            Response = now.Response,
            ResponseDueAt = now.ResponseDueAt,
            ResolutionDueAt = now.ResolutionDueAt,
            ResolvedAt = now.ResolvedAt,
            ResolvedInTime = now.ResolvedInTime,
        };

    public static RoundClocks Of(ComplaintRound past, Severity severity) =>
        new()
        {
            Number = past.Number,
            Severity = past.Severity ?? severity,
            OpenedAt = past.OpenedAt,
            Response = past.Response,
            ResponseDueAt = past.ResponseDueAt,
            ResolutionDueAt = past.ResolutionDueAt,
            ResolvedAt = past.ResolvedAt,
            ResolvedInTime = past.ResolvedInTime,
        };
}
