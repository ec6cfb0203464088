using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;

namespace CustomerService.Surveys.Features;

/// <summary>Who did what to an invitation or a form.</summary>
internal static class ReadAuditTrail
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/{aggregateId:guid}", Handle)
        .WithSummary("The audit trail of a record")
        .WithDescription("Every step with who, when, from, to, why and policy version; entries are chained by their hashes. Staff only.")
        .Produces<IReadOnlyList<AuditEntry>>()
        .ProducesProblem(StatusCodes.Status404NotFound, Problems.ContentType);

    private static async Task<IResult> Handle(Guid aggregateId, HttpContext context, ISurveyStore store, Caller caller, CancellationToken cancellationToken)
    {
        var entries = caller.Actor.HasAny(Roles.Staff) ? await store.ReadAuditAsync(aggregateId, cancellationToken) : [];
        return entries.Count > 0 ? Results.Json(entries, Json.Options) : Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
    }
}
