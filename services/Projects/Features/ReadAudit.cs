using CustomerService.Projects.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal sealed record AuditView(
    long Sequence, string AggregateType, string Action, string? From, string To, string ActorId, string ActorName, DateTimeOffset At, string? Why, int PolicyVersion, string Hash);

internal static class ReadAudit
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/{aggregateId:guid}", Handle)
        .WithTags("Audit")
        .WithSummary("Who did what to a record, when and why")
        .WithDescription("For staff. Entries are hash-chained; the program's command verify-audit checks all chains.")
        .Produces<IReadOnlyList<AuditView>>();

    private static async Task<IResult> Handle(Guid aggregateId, ProjectsDb store, Caller caller, HttpContext context, CancellationToken cancellationToken)
    {
        var rows = caller.Actor.HasAny(Roles.Staff)
            ? await store.Set<AuditRow>().AsNoTracking().Where(r => r.AggregateId == aggregateId).OrderBy(r => r.Sequence).ToListAsync(cancellationToken)
            : [];
        return rows.Count == 0
            ? Problems.Result(context, StatusCodes.Status404NotFound, "not-found")
            : Results.Json(
                rows.Select(r => new AuditView(r.Sequence, r.AggregateType, r.Action, r.FromState, r.ToState, r.ActorId, r.ActorName, r.At, r.Why, r.PolicyVersion, r.Hash)), Json.Options);
    }
}
