using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>Gives a department something to do for a complaint: a slip that is passed on (C3.1.4), a remedy
/// (C5.3.1).</summary>
internal static class PassOnComplaint
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/pass-on", PassOn)
            .AsCommand()
            .WithName("PassOnComplaint")
            .WithSummary("Pass the complaint on to a department, with a slip and a deadline")
            .WithDescription(
                """
                Rule C3.1.4; customer service or sales. The department receives the slip by name and answers it;
                customer service follows up until it is settled, and before the complaint is closed (409
                `action-open`). What is overdue is brought before the next level. The slip is an action item.
                """
            )
            .WithExample(
                new ActionOrderRequest(
                    "請提供近三個月同型號的出貨批次。",
                    "production",
                    null,
                    new DateOnly(2026, 12, 3)
                )
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/plan-remedy", PlanRemedy)
            .AsCommand()
            .WithName("PlanRemedyOfComplaint")
            .WithSummary("Plan a remedy (補救對策), which does not wait for the cause")
            .WithDescription(
                """
                Rule C5.3.1; QC, or a department that received QC's notice (else 409 `notice-not-received`). The
                department carries it out, QC supervises and settles it. Where the liability is ours the complaint is
                not closed without one (409 `remedy-missing`). The remedy is an action item. Where it is the repair of the
                customer's goods (`repairsGoods`), Repairs opens an RMA, which takes the complaint's files along.
                """
            )
            .Produces<ComplaintView>();
    }

    private static Task<CommandResult> PassOn(
        Guid id,
        ActionOrderRequest body,
        ComplaintsDb db,
        RecordNumbers numbers,
        IAccounts accounts,
        Caller caller,
        CancellationToken cancellation
    ) => IssueAsync(id, body, ActionPurpose.PassOn, db, numbers, accounts, caller, cancellation);

    private static Task<CommandResult> PlanRemedy(
        Guid id,
        ActionOrderRequest body,
        ComplaintsDb db,
        RecordNumbers numbers,
        IAccounts accounts,
        Caller caller,
        CancellationToken cancellation
    ) => IssueAsync(id, body, ActionPurpose.Remedy, db, numbers, accounts, caller, cancellation);

    internal static Task<CommandResult> IssueAsync(
        Guid id,
        ActionOrderRequest body,
        ActionPurpose purpose,
        ComplaintsDb db,
        RecordNumbers numbers,
        IAccounts accounts,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
            {
                if ((await body.ToOrderAsync(purpose, accounts, cancellation)).Failed(out var unknown, out var order))
                {
                    return unknown;
                }

                var number = await numbers.NextAsync(ActionItem.NumberKind, caller.Today.Year, cancellation);
                var issued =
                    purpose == ActionPurpose.PassOn
                        ? complaint.PassOn(context, caller.Context(), number, order)
                        : complaint.PlanRemedy(context, caller.Context(), number, order);
                if (issued.Failed(out var refusal, out var item))
                {
                    return refusal;
                }

                db.Add(item);
                return null;
            },
            ComplaintView.From,
            cancellation
        );
}
