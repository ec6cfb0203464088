using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Meetings.Features;

internal static class SignMinutes
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/meetings/{id:guid}/sign", Handle)
            .AsCommand()
            .WithName("SignMinutes")
            .WithSummary("Who led the meeting signs its minutes; the decisions go to their owners' lists")
            .WithDescription(
                """
                Rule C5.5: the sales manager by C5.5.1, the general manager or the deputy by C5.5.2 (409
                `not-the-leader`), never who wrote the minutes (409 `signer-is-writer`). With it the grounds are dealt
                with: the customer can be answered.
                """
            )
            .Produces<ReviewMeetingView>();

    private static Task<CommandResult> Handle(
        Guid id,
        ComplaintsDb db,
        RecordNumbers numbers,
        CommandContexts contexts,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Meetings.VisibleTo(caller.Actor),
            id,
            async (meeting, context) =>
            {
                if (meeting.Sign(context) is { } refusal)
                {
                    return refusal;
                }

                var complaint = await db.Complaints.SingleAsync(c => c.Id == meeting.ComplaintId, cancellation);
                complaint.UpdateMeeting(meeting);
                // Where the ground went meanwhile there is nothing more to deal with; the decisions stand.
                _ = complaint.HoldMeeting(contexts.ForSystem("complaints", complaint), meeting.ToRecord());
                foreach (var decision in meeting.Minutes!.Decisions)
                {
                    var number = await numbers.NextAsync(ActionItem.NumberKind, context.Today.Year, cancellation);
                    var order = new ActionOrder(
                        ActionPurpose.Decision,
                        decision.What,
                        decision.Department,
                        decision.OwnerId,
                        decision.OwnerName,
                        decision.DueOn < context.Today ? context.Today : decision.DueOn,
                        Rule: meeting.Rule
                    );
                    var item = ActionItem
                        .Issue(contexts.ForSystem("complaints"), number, ActionSource.Of(meeting), order)
                        .Required();
                    db.Add(item);
                    // The complaint is not closed while a decision about it is open.
                    complaint.UpdateAction(item);
                }

                return null;
            },
            ReviewMeetingView.From,
            cancellation
        );
}
