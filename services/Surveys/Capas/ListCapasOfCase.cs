using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Capas;

/// <summary>The CAPAs of Complaints that serve a form or an assessment.</summary>
internal static class ListCapasOfCase
{
    private const int Most = 200;

    /// <param name="Id">The CAPA.</param>
    /// <param name="Number">Its number; null until its opening was heard of.</param>
    /// <param name="State">How far it is.</param>
    /// <param name="On">Since when.</param>
    /// <param name="Done">Its effect is verified.</param>
    internal sealed record ServingCapaView(Guid Id, string? Number, string State, DateOnly? On, bool Done);

    internal static void Map(IEndpointRouteBuilder v1)
    {
        Map<Response>(v1.MapGroup("").WithTags("Responses"), "responses", "ListCapasOfResponse", "form");
        Map<Assessment>(
            v1.MapGroup("").WithTags("Service quality"),
            "assessments",
            "ListCapasOfAssessment",
            "assessment"
        );
    }

    private static void Map<T>(IEndpointRouteBuilder routes, string collection, string name, string what)
        where T : Aggregate =>
        routes
            .MapGet($"/{collection}/{{id:guid}}/capas", HandleAsync<T>)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName(name)
            .WithSummary($"The CAPAs that serve the {what}, the newest first")
            .WithDescription("Rules C5.9 and T1 to T3. Complaints opens them; they are told here by event. For staff.")
            .Produces<IReadOnlyList<ServingCapaView>>();

    private static async Task<QueryResult> HandleAsync<T>(Guid id, IDocumentStore store, CancellationToken cancellation)
        where T : Aggregate
    {
        if (!await store.AnyAsync(DocumentQuery<T>.All.Where(record => record.Id, id), cancellation))
        {
            return QueryResult.NotFound;
        }

        var serving = await store.ListAsync(
            DocumentQuery<ServingCapa>.All.Where(one => one.CaseId, id),
            null,
            Most,
            cancellation
        );
        return QueryResult.Of(
            serving
                .OrderByDescending(one => one.CapaId)
                .Select(one => new ServingCapaView(one.CapaId, one.Number, one.CapaState, one.StateOn, one.IsDone))
                .ToList()
        );
    }
}
