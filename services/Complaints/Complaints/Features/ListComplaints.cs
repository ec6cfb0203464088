using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Features;

internal static class ReadComplaints
{
    /// <summary>Filters; all given ones must hold.</summary>
    internal sealed record Query(
        string? State,
        string? Severity,
        string? Channel,
        Guid? CustomerId,
        Guid? ProjectId,
        string? Department,
        string? Number,
        Guid? OriginId,
        string? From,
        string? To,
        string? Overdue,
        bool? Open,
        string? After,
        int? Limit
    );

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/complaints/{id:guid}", One)
            .WithSummary("A complaint with its targets, answers and corrective actions")
            .WithDescription(
                "Rules C1–C5.6. Customers see their own only, without what is internal. 404 where there is none, or it is not to be seen. The ETag is for If-Match."
            )
            .Produces<ComplaintView>()
            .ProducesProblem(StatusCodes.Status404NotFound, Problems.ContentType);
        routes
            .MapGet("/complaints", List)
            .WithSummary("Complaints, the newest first")
            .WithDescription(
                """
                Filters: `state`, `severity`, `channel`, `customerId`, `projectId`, `department` (responsible), `number`, `originId` (survey form, order …),
                `from`/`to` (day of registration, both included), `overdue` = `response` or `resolution` (targets of rule C1, now), `open` = true/false.
                `limit` 1–200, default 50; pass `next` as `after` for the following page. 400 `bad-filter`, `bad-cursor`.
                """
            )
            .Produces<Page<ComplaintRow>>()
            .ProducesProblem(StatusCodes.Status400BadRequest, Problems.ContentType);
    }

    private static async Task<IResult> One(
        Guid id,
        HttpContext context,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var complaint = await store
            .Complaints.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(c => c.Id == id, cancellationToken);
        return ETags.Representation(
            context,
            complaint is null ? null : ComplaintView.From(complaint, caller),
            complaint?.Version ?? 0
        );
    }

    private static async Task<IResult> List(
        [AsParameters] Query query,
        HttpContext context,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var (page, refusal) = PageRequest.Read(query.After, query.Limit);
        if (refusal is not null)
        {
            return Problems.Result(context, refusal);
        }

        if (Wrong(query, out var state, out var severity, out var channel, out var from, out var to) is { } wrong)
        {
            return Problems.Result(context, Filters.Wrong(wrong));
        }

        var now = caller.Clock.Now;
        var complaints = store.Complaints.AsNoTracking().VisibleTo(caller.Actor);
        complaints = state is { } s ? complaints.Where(c => c.State == s) : complaints;
        complaints = severity is { } v ? complaints.Where(c => c.Severity == v) : complaints;
        complaints = channel is { } h ? complaints.Where(c => c.Channel == h) : complaints;
        complaints = query.CustomerId is { } customer ? complaints.Where(c => c.CustomerId == customer) : complaints;
        complaints = query.ProjectId is { } project ? complaints.Where(c => c.ProjectId == project) : complaints;
        // The department is internal: a customer's filter by it would answer what the view keeps back.
        complaints = query.Department is { } department
            ? complaints.Where(c => c.ResponsibleDepartment == department && caller.Actor.IsStaff())
            : complaints;
        complaints = query.Number is { } number ? complaints.Where(c => c.Number == number) : complaints;
        complaints = query.OriginId is { } origin ? complaints.Where(c => c.OriginId == origin) : complaints;
        complaints = from is { } first ? complaints.Where(c => c.RegisteredOn >= first) : complaints;
        complaints = to is { } last ? complaints.Where(c => c.RegisteredOn <= last) : complaints;
        complaints = query.Open is { } open
            ? complaints.Where(c => (c.State != ComplaintState.Closed) == open)
            : complaints;
        complaints = query.Overdue switch
        {
            "response" => complaints.Where(c => c.RespondedAt == null && c.ResponseDueAt < now),
            "resolution" => complaints.Where(c =>
                c.ResolvedAt == null && c.ResolutionDueAt < now && c.State != ComplaintState.Closed
            ),
            _ => complaints,
        };
        complaints = page!.After is { } after ? complaints.Where(c => c.Id < after) : complaints;

        var staff = caller.Actor.IsStaff();
        var read = await complaints.OrderByDescending(c => c.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return Results.Json(page.Cut(read, c => c.Id, c => ComplaintRow.From(c, staff)), Json.Options);
    }

    private static string? Wrong(
        Query query,
        out ComplaintState? state,
        out Severity? severity,
        out Channel? channel,
        out DateOnly? from,
        out DateOnly? to
    )
    {
        var stateRead = Filters.TryRead(query.State, out state);
        var severityRead = Filters.TryRead(query.Severity, out severity);
        var channelRead = Filters.TryRead(query.Channel, out channel);
        var fromRead = Filters.TryRead(query.From, out from);
        var toRead = Filters.TryRead(query.To, out to);
        return !stateRead ? "state"
            : !severityRead ? "severity"
            : !channelRead ? "channel"
            : !fromRead ? "from"
            : !toRead ? "to"
            : query.Overdue is not (null or "" or "response" or "resolution") ? "overdue"
            : !Filters.IsCode(query.Department) ? "department"
            : !Filters.IsCode(query.Number) ? "number"
            : null;
    }
}
