using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>A form FM006 that was returned (C5.8.3).</summary>
internal static class GetResponse
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/responses/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A response")
            .WithDescription("Rule C5.8.3. Staff see all, a customer those of its own organisation.")
            .Produces<ResponseView>();

    private static Task<QueryResult> Handle(
        Guid id,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ReadAsync(store, ResponseAccess.VisibleTo(caller.Actor), id, ResponseView.From, cancellation);
}
