using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas.Features;

internal static class ReopenCapa
{
    /// <param name="Reason">What recurred.</param>
    /// <param name="DueOn">New due day.</param>
    internal sealed record Request(string Reason, DateOnly? DueOn);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).RequiredText();
            RuleFor(r => r.DueOn).NotNull();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/capas/{id:guid}/reopen", Handle)
            .AsCommand()
            .WithSummary("The fault recurred after the CAPA was found effective")
            .WithDescription(
                """
                Rule C5.6.2; QC, customer service or sales, with the reason and a new due day (409 `due-in-the-past`).
                Counted in `recurrences`. A complaint of it that was closed meanwhile is reopened in the same commit,
                because no complaint is closed over an open CAPA.
                """
            )
            .Produces<CapaView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Capas.VisibleTo(caller.Actor),
            id,
            async (capa, context) =>
            {
                if (capa.CheckRole(context, CapaAction.Reopen) is { } refusal)
                {
                    return refusal;
                }

                var served = await db
                    .Complaints.Where(c => capa.ComplaintIds.Contains(c.Id))
                    .OrderBy(c => c.Id)
                    .ToListAsync(cancellation);
                if (
                    Recurrence.Reopen(caller.Context, served.FirstOrDefault(), [capa], body.Reason, body.DueOn) is
                    { } no
                )
                {
                    return no;
                }

                foreach (var other in served.Skip(1))
                {
                    if (
                        other.State == ComplaintState.Closed
                        && other.BeginAgain(caller.Context(other), body.Reason) is { } refused
                    )
                    {
                        return refused;
                    }

                    other.UpdateCapa(capa);
                }

                return null;
            },
            CapaView.From,
            cancellation
        );
}
