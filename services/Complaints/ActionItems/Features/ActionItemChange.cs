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
                    case "capa":
                        (await db.Capas.SingleAsync(c => c.Id == item.SourceId, cancellation)).UpdateAction(item);
                        break;
                }

                return null;
            },
            ActionItemView.From,
            cancellation
        );
}
