using CustomerService.Forms;
using CustomerService.Projects.Blobs;
using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Projects.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class PrintRevisit
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/revisits/{id:guid}/form.pdf", Handle)
            .WithTags("Revisits")
            .WithSummary("Form 3.3.1, 工程回訪記錄表, as PDF")
            .WithDescription(
                "In Traditional Chinese, with what is there by now. 503 font-missing: the server has no font with Chinese characters; the detail says what to install."
            )
            .Produces<byte[]>(StatusCodes.Status200OK, "application/pdf");

    private static async Task<IResult> Handle(
        Guid id,
        ProjectsDb store,
        IBlobs blobs,
        Caller caller,
        HttpContext context,
        Texts texts,
        FormFont font,
        CompanyClock clock,
        CancellationToken cancellationToken
    )
    {
        var revisit = await store
            .Revisits.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (revisit is null)
        {
            return Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
        }

        var project = await store.Projects.AsNoTracking().FirstAsync(p => p.Id == revisit.ProjectId, cancellationToken);
        var findings = revisit.Findings.Select(f => (Guid?)f.Id).ToList();
        var numbers = await store
            .FollowUps.AsNoTracking()
            .Where(f => f.Kind == FollowUp.RepairOrder && findings.Contains(f.SourceId) && f.Number != null)
            .Select(f => f.Number!)
            .OrderBy(n => n)
            .ToListAsync(cancellationToken);
        byte[]? signature = null;
        if (
            Guid.TryParse(revisit.OwnerSignature?.ImageId, out var image)
            && await store.Attachments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == image, cancellationToken)
                is { } attachment
        )
        {
            signature = await blobs.GetAsync(attachment.Sha256, cancellationToken);
        }

        return Printing.Pdf(
            context,
            $"{(revisit.FileNumber ?? id.ToString()).Replace('/', '-')}.pdf",
            () => new RevisitRecordForm(texts, font, clock).Print(project, revisit, numbers, signature)
        );
    }
}
