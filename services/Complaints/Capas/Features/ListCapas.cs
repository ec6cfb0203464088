using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Features;

internal static class ReadCorrectiveActions
{
    /// <summary>Filters; all given ones must hold.</summary>
    internal sealed record Query(
        string? State,
        string? Department,
        string? Source,
        Guid? SourceId,
        Guid? ComplaintId,
        Guid? ProjectId,
        string? Number,
        bool? Overdue,
        bool? Open,
        string? After,
        int? Limit
    );

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/corrective-actions/{id:guid}", One)
            .WithSummary("A corrective action with proposal, review, execution, verification and earlier rounds")
            .WithDescription(
                "Rules C5.4 and C5.6.2; staff. 404 where there is none, or it is not to be seen. The ETag is for If-Match."
            )
            .Produces<CorrectiveActionView>()
            .ProducesProblem(StatusCodes.Status404NotFound, Problems.ContentType);
        routes
            .MapGet("/corrective-actions", List)
            .WithSummary("Corrective actions, the newest first")
            .WithDescription(
                """
                Filters: `state`, `department`, `source` (`complaint`, `revisit`), `sourceId`, `complaintId`, `projectId`, `number`, `overdue` (not executed by the due day, rule C5.6.2),
                `open`. `limit` 1–200, default 50; pass `next` as `after` for the following page. 400 `bad-filter`, `bad-cursor`.
                """
            )
            .Produces<Page<CorrectiveActionView>>()
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
        var action = await store
            .CorrectiveActions.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(a => a.Id == id, cancellationToken);
        return ETags.Representation(
            context,
            action is null ? null : CorrectiveActionView.From(action, caller),
            action?.Version ?? 0
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

        var wrong =
            !Filters.TryRead<CorrectiveActionState>(query.State, out var state) ? "state"
            : query.Source is not (null or "" or CorrectiveAction.FromComplaint or CorrectiveAction.FromRevisit)
                ? "source"
            : !Filters.IsCode(query.Department) ? "department"
            : !Filters.IsCode(query.Number) ? "number"
            : null;
        if (wrong is not null)
        {
            return Problems.Result(context, Filters.Wrong(wrong));
        }

        var today = caller.Today;
        var actions = store.CorrectiveActions.AsNoTracking().VisibleTo(caller.Actor);
        actions = state is { } s ? actions.Where(a => a.State == s) : actions;
        actions = query.Department is { } department ? actions.Where(a => a.Department == department) : actions;
        actions = query.Source is { Length: > 0 } source ? actions.Where(a => a.Source == source) : actions;
        actions = query.SourceId is { } sourceId ? actions.Where(a => a.SourceId == sourceId) : actions;
        actions = query.ComplaintId is { } complaint ? actions.Where(a => a.ComplaintId == complaint) : actions;
        actions = query.ProjectId is { } project ? actions.Where(a => a.ProjectId == project) : actions;
        actions = query.Number is { } number ? actions.Where(a => a.Number == number) : actions;
        actions = query.Open is { } open
            ? actions.Where(a => (a.State != CorrectiveActionState.Closed) == open)
            : actions;
        actions = query.Overdue is { } overdue ? actions.Where(ActionDeadline.Is(overdue, today)) : actions;
        actions = page!.After is { } after ? actions.Where(a => a.Id < after) : actions;

        var read = await actions.OrderByDescending(a => a.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return Results.Json(page.Cut(read, a => a.Id, a => CorrectiveActionView.From(a, caller)), Json.Options);
    }
}
