using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Revisits.Features;

internal static class GetRevisit
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/revisits/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("One revisit, with the state of the repair orders and CAPAs of its findings")
            .Produces<RevisitView>();

    private static async Task<QueryResult> Handle(Guid id, ProjectsDb db, Caller caller, CancellationToken cancellation)
    {
        var revisit = await db
            .Revisits.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(r => r.Id == id, cancellation);
        return revisit is null
            ? QueryResult.NotFound
            : QueryResult.Of(
                RevisitView.From(revisit, caller, await db.LinkedCasesOfAsync(revisit, cancellation)),
                revisit.Version
            );
    }
}
