using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas.Features;

/// <summary>Changes a CAPA together with the copy that its complaint keeps of it.</summary>
internal static class CapaChange
{
    public static Task<CommandResult> ChangeCapaAsync(
        this Caller caller,
        ComplaintsDb db,
        Guid id,
        Func<Capa, CommandContext, Refusal?> change,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Capas.VisibleTo(caller.Actor),
            id,
            async (capa, context) =>
            {
                if (change(capa, context) is { } refusal)
                {
                    return refusal;
                }

                if (capa.ComplaintId is { } complaintId)
                {
                    (await db.Complaints.SingleAsync(c => c.Id == complaintId, cancellation)).UpdateCapa(capa);
                }

                return null;
            },
            CapaView.From,
            cancellation
        );
}
