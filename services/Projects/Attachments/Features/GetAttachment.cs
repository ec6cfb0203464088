using CustomerService.Attachments;
using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Attachments.Features;

internal static class GetAttachment
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/attachments/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("The content of a file")
            .WithDescription("Always sent as a download, with the type that its content has.")
            .ProducesFile("application/octet-stream");

    private static async Task<QueryResult> Handle(
        Guid id,
        ProjectsDb db,
        IBlobs blobs,
        Caller caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var attachment = await db
            .Attachments.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(a => a.Id == id, cancellation);
        if (attachment is null || await blobs.GetAsync(attachment.Sha256, cancellation) is not { } content)
        {
            return QueryResult.NotFound;
        }

        // A foreign file never runs in our page.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        context.Response.Headers.CacheControl = "private, max-age=86400, immutable";
        return QueryResult.File(Results.File(content, attachment.ContentType, attachment.FileName));
    }
}
