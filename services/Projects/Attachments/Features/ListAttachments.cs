using CustomerService.Projects.Data;
using CustomerService.Projects.Projects;
using CustomerService.Projects.Revisits;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Attachments.Features;

internal static class ListAttachments
{
    internal sealed record Query : PageQuery;

    private const string Order = "The newest first. Walk on with `after`.";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/revisits/{id:guid}/attachments", OfRevisit)
            .AsQuery()
            .WithSummary("Files of a revisit")
            .WithDescription(Order)
            .Produces<Page<AttachmentView>>();
        routes
            .MapGet("/projects/{id:guid}/attachments", OfProject)
            .AsQuery()
            .WithSummary("Files of a project")
            .WithDescription(Order)
            .Produces<Page<AttachmentView>>();
    }

    private static async Task<QueryResult> OfRevisit(
        Guid id,
        [AsParameters] Query query,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await db.Revisits.VisibleTo(caller.Actor).AnyAsync(r => r.Id == id, cancellation)
            ? await ListAsync(id, query, db, cancellation)
            : QueryResult.NotFound;

    private static async Task<QueryResult> OfProject(
        Guid id,
        [AsParameters] Query query,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await db.Projects.VisibleTo(caller.Actor).AnyAsync(p => p.Id == id, cancellation)
            ? await ListAsync(id, query, db, cancellation)
            : QueryResult.NotFound;

    private static Task<QueryResult> ListAsync(
        Guid subject,
        Query query,
        ProjectsDb db,
        CancellationToken cancellation
    ) => db.Attachments.Where(a => a.SubjectId == subject).ToPageAsync(query, AttachmentView.From, cancellation);
}
