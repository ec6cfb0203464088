using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas.Features;

internal static class JoinCapa
{
    /// <param name="CapaId">The CAPA that serves the complaint, too.</param>
    internal sealed record Request(Guid? CapaId);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.CapaId).NotNull().NotEqual(Guid.Empty);
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/join-capa", Handle)
            .AsCommand()
            .WithName("JoinCapa")
            .WithSummary("A CAPA that is open already serves this complaint, too")
            .WithDescription(
                """
                Rules C3.2.3 and C5.4; QC, where the liability is ours. The complaint is then answered and closed on the
                strength of that CAPA. 400 `capa-unknown`; 409 `capa-not-to-join`, `not-our-liability`. If-Match names the
                version of the complaint.
                """
            )
            .Produces<CapaView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Links links,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var complaint = await db.Complaints.VisibleTo(caller.Actor).FirstOrDefaultAsync(c => c.Id == id, cancellation);
        if (caller.Precondition(complaint) is { } failed)
        {
            return failed;
        }

        var context = caller.Context(complaint!);
        if (complaint!.CheckRole(context, ComplaintAction.JoinCapa) is { } forbidden)
        {
            return forbidden;
        }

        var capa = await db.Capas.FirstOrDefaultAsync(c => c.Id == body.CapaId, cancellation);
        if (capa is null)
        {
            return Refusal.Invalid("capa-unknown", "C5.4", "capa-id");
        }

        if (complaint.JoinCapa(context, capa) is { } refusal)
        {
            return refusal;
        }

        await links.LinkAsync(
            context,
            new LinkedPair(
                new RecordRef("complaints", capa.Kind, capa.Id, capa.Number),
                LinkKind.CausedBy,
                new RecordRef("complaints", complaint.Kind, complaint.Id, complaint.Number)
            ),
            cancellation
        );
        return CommandResult.Ok(capa, () => CapaView.From(capa, caller));
    }
}
