using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.ActionItems.Features;

/// <summary>Changes an action item together with the copy that its record keeps of it.</summary>
internal static class ActionItemChange
{
    public static Task<CommandResult> ChangeActionAsync(
        this Caller caller,
        ComplaintsDb db,
        Guid id,
        Func<ActionItem, CommandContext, Refusal?> change,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ActionItems.VisibleTo(caller.Actor),
            id,
            async (item, context) =>
            {
                if (change(item, context) is { } refusal)
                {
                    return refusal;
                }

                switch (item.Source.Kind)
                {
                    case "complaint":
                        (await db.Complaints.SingleAsync(c => c.Id == item.SourceId, cancellation)).UpdateAction(item);
                        break;
                    // A decision of a meeting on the complaint (C5.5).
                    case "review-meeting":
                        (await db.Complaints.SingleAsync(c => c.Id == item.ComplaintId, cancellation)).UpdateAction(
                            item
                        );
                        break;
                    case "capa":
                        await UpdateCapaAsync(db, context, item, cancellation);
                        break;
                }

                return null;
            },
            ActionItemView.From,
            cancellation
        );

    private static async Task UpdateCapaAsync(
        ComplaintsDb db,
        CommandContext context,
        ActionItem item,
        CancellationToken cancellation
    )
    {
        var capa = await db.Capas.SingleAsync(c => c.Id == item.SourceId, cancellation);
        capa.UpdateAction(item);
        if (!capa.FollowExtension(context, item))
        {
            return;
        }

        var served = await db.Complaints.Where(c => capa.ComplaintIds.Contains(c.Id)).ToListAsync(cancellation);
        served.ForEach(complaint => complaint.UpdateCapa(capa));
    }
}
