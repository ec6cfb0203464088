using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Features;

internal static class ReadAudit
{
    /// <summary>An entry of the hash-chained audit trail.</summary>
    internal sealed record EntryView(
        long Sequence, string Action, string? From, string To, string ActorId, string ActorName, DateTimeOffset At, string? Why, int PolicyVersion, string PreviousHash, string Hash);

    /// <param name="Intact">False when the chain is broken; <c>verify-audit</c> says where.</param>
    internal sealed record TrailView(Guid AggregateId, string AggregateType, bool Intact, IReadOnlyList<EntryView> Entries);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/{aggregateId:guid}", Handle)
        .WithSummary("Who did what to a complaint or a corrective action")
        .WithDescription("Staff only. 404 where there is no such record.")
        .Produces<TrailView>()
        .ProducesProblem(StatusCodes.Status404NotFound, Problems.ContentType);

    private static async Task<IResult> Handle(Guid aggregateId, HttpContext context, ComplaintsDb store, Caller caller, CancellationToken cancellationToken)
    {
        var rows = caller.Actor.IsStaff()
            ? await store.Set<AuditRow>().AsNoTracking().Where(r => r.AggregateId == aggregateId).OrderBy(r => r.Sequence).ToListAsync(cancellationToken)
            : [];
        if (rows.Count == 0)
        {
            return Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
        }

        var entries = rows.Select(r => r.ToEntry()).ToList();
        return Results.Json(
            new TrailView(
                aggregateId, rows[0].AggregateType, AuditVerification.Check(entries, null) is null,
                entries.Select(e => new EntryView(e.Sequence, e.Action, e.From, e.To, e.ActorId, e.ActorName, e.At, e.Why, e.PolicyVersion, e.PreviousHash, e.Hash)).ToList()),
            Json.Options);
    }
}
