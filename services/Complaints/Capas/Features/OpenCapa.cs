using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Records;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas.Features;

internal static class OpenCapa
{
    /// <param name="Department">Code of the responsible department; that of QC's ruling by default.</param>
    /// <param name="DueOn">Last day of execution that is in time.</param>
    /// <param name="Description">What must not recur.</param>
    internal sealed record Request(string? Department, DateOnly? DueOn, string Description);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Department).OptionalCode();
            RuleFor(r => r.DueOn).NotNull();
            RuleFor(r => r.Description).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/open-capa", Handle)
            .AsCommand()
            .WithSummary("Open a corrective and preventive action (CAPA) for the complaint")
            .WithDescription(
                """
                Rules C3.2.3 and C5.4; QC, where the liability is ours. If-Match names the version of the complaint. 409
                `due-in-the-past`, `not-our-liability`.
                """
            )
            .WithExample(new Request(null, new DateOnly(2026, 12, 18), "防止搭接不足再次發生。"))
            .Produces<CapaView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        RecordNumbers numbers,
        Links links,
        Files files,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var complaint = await db.Complaints.VisibleTo(caller.Actor).FirstOrDefaultAsync(c => c.Id == id, cancellation);
        if (caller.Precondition(complaint) is { } failed)
        {
            return failed;
        }

        var number = await numbers.NextAsync(Capa.NumberKind, caller.Today.Year, cancellation);
        var opened = complaint!.OpenCapa(
            caller.Context(complaint),
            caller.Context(),
            number,
            new CapaRequest(body.Department, body.DueOn!.Value, body.Description)
        );
        if (!opened.Failed(out _, out var capa))
        {
            var own = new RecordRef("complaints", capa.Kind, capa.Id, capa.Number);
            var cause = new RecordRef("complaints", complaint.Kind, complaint.Id, complaint.Number);
            await own.ComesFromAsync(cause, links, files, caller.Context(), cancellation);
        }

        return caller.Create(db, "capas", opened, CapaView.From);
    }
}
