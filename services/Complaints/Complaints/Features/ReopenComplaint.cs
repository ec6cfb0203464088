using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints.Features;

internal static class ReopenComplaint
{
    /// <param name="Reason">What recurred.</param>
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/reopen", Handle)
            .AsCommand()
            .WithSummary("The fault recurred: open the complaint again")
            .WithDescription(
                """
                Rule C5.6.2; customer service, sales or QC, with a reason. A new round begins with targets of its own
                and ends what the last one said, and every CAPA of the complaint that was found effective goes back to
                analysis; QC sets its new due date by assigning.
                """
            )
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
            {
                if (complaint.CheckRole(context, ComplaintAction.Reopen) is { } refusal)
                {
                    return refusal;
                }

                var effective = await db
                    .Capas.Where(capa => capa.ComplaintIds.Contains(id) && capa.State == CapaState.Closed)
                    .ToListAsync(cancellation);
                return Recurrence.Reopen(caller.Context, complaint, effective, body.Reason, dueOn: null);
            },
            ComplaintView.From,
            cancellation
        );
}
