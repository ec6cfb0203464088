using CustomerService.Projects.Blobs;
using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ReadAttachments
{
    private const int Most = 1000;

    private const string Order =
        "In the order in which they came, at most 1000. Where there are more, hand in the id of the last one as `after` to go on behind it.";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/revisits/{id:guid}/attachments", OfRevisit)
            .WithTags("Attachments")
            .WithSummary("Files of a revisit")
            .WithDescription(Order)
            .Produces<IReadOnlyList<AttachmentView>>();
        routes
            .MapGet("/projects/{id:guid}/attachments", OfProject)
            .WithTags("Attachments")
            .WithSummary("Files of a project")
            .WithDescription(Order)
            .Produces<IReadOnlyList<AttachmentView>>();
        routes
            .MapGet("/attachments/{id:guid}", Content)
            .WithTags("Attachments")
            .WithSummary("The content of a file")
            .WithDescription("Always sent as a download, with the type that its content has.");
    }

    private static async Task<IResult> OfRevisit(
        Guid id,
        Guid? after,
        ProjectsDb store,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        await store.Revisits.VisibleTo(caller.Actor).AnyAsync(r => r.Id == id, cancellationToken)
            ? await ListAsync(id, after, store, cancellationToken)
            : NotFound(context);

    private static async Task<IResult> OfProject(
        Guid id,
        Guid? after,
        ProjectsDb store,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        await store.Projects.VisibleTo(caller.Actor).AnyAsync(p => p.Id == id, cancellationToken)
            ? await ListAsync(id, after, store, cancellationToken)
            : NotFound(context);

    private static async Task<IResult> Content(
        Guid id,
        ProjectsDb store,
        IBlobs blobs,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var attachment = await store
            .Attachments.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(a => a.Id == id, cancellationToken);
        if (attachment is null || await blobs.GetAsync(attachment.Sha256, cancellationToken) is not { } content)
        {
            return NotFound(context);
        }

        // Somebody else's file never runs in our page.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        context.Response.Headers.CacheControl = "private, max-age=86400, immutable";
        return Results.File(content, attachment.ContentType, attachment.FileName);
    }

    private static async Task<IResult> ListAsync(
        Guid subject,
        Guid? after,
        ProjectsDb store,
        CancellationToken cancellationToken
    ) =>
        Results.Json(
            (
                await store
                    .Attachments.AsNoTracking()
                    .Where(a => a.SubjectId == subject && (after == null || a.Id > after))
                    .OrderBy(a => a.Id)
                    .Take(Most)
                    .ToListAsync(cancellationToken)
            ).Select(AttachmentView.From),
            Json.Options
        );

    private static IResult NotFound(HttpContext context) =>
        Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
}
