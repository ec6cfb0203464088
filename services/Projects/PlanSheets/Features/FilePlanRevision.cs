using CustomerService.Forms;
using CustomerService.Projects.Data;
using CustomerService.Projects.PlanSheets.Domain;
using CustomerService.Records;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.PlanSheets.Features;

internal static class FilePlanRevision
{
    private static readonly string[] Drawings = ["application/pdf", "image/png"];

    /// <param name="Label">As the title block has it.</param>
    /// <param name="FileId">One of the sheet's files, PDF or PNG.</param>
    internal sealed record Request(string Label, Guid? FileId);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Label).RequiredText(20);
            RuleFor(r => r.FileId).NotNull().NotEqual(Guid.Empty);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/plan-sheets/{id:guid}/file-revision", Handle)
            .AsCommand()
            .WithSummary("A drawing becomes the newest revision of the sheet")
            .WithDescription(
                """
                Rule P3.3. Pins stay where they are and are marked `checkPlace` until somebody has checked them on the new
                revision. The file can no longer be struck through. 409: drawing-missing, revision-there-already.
                """
            )
            .WithExample(new Request("B", Guid.Parse("0198c0de-0000-7000-8000-000000000001")))
            .Produces<PlanSheetView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Files files,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.PlanSheets.VisibleTo(caller.Actor),
            id,
            async (sheet, context) =>
            {
                if (sheet.CheckRole(context, PlanSheetAction.FileRevision) is { } refusal)
                {
                    return refusal;
                }

                string? type = null;
                RecordFile? drawing = null;
                _ = await files.HoldAsync(
                    context,
                    id,
                    [body.FileId!.Value],
                    file =>
                    {
                        (type, drawing) = Drawings.Contains(file.ContentType) ? (file.ContentType, file) : (null, null);
                        return type is not null;
                    },
                    cancellation
                );
                var pages = await PagesOfAsync(drawing, files, cancellation);
                if (sheet.FileRevision(context, new(body.Label, body.FileId.Value, type, pages)) is { } refused)
                {
                    return refused;
                }

                sheet.SettleWhereChecked(context);
                return null;
            },
            PlanSheetView.From,
            cancellation
        );

    // A drawing that cannot be read here is filed all the same: people can open it.
    private static async Task<int> PagesOfAsync(RecordFile? drawing, Files files, CancellationToken cancellation) =>
        drawing is { IsPicture: false }
        && await files.ContentAsync(drawing, cancellation) is { } content
        && PdfDrawings.Pages(content) is { } pages
            ? pages
            : 1;
}
