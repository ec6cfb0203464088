using CustomerService.Complaints.Data;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Meetings.Features;

/// <summary>Another time or place, or no meeting at all; the invitation goes out again.</summary>
internal static class MoveMeeting
{
    internal sealed record Request(DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string Place, string Reason);

    internal sealed record CancelRequest(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.StartsAt).NotNull();
            RuleFor(r => r.EndsAt).NotNull();
            RuleFor(r => r.Place).RequiredText(TextLength.Line);
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal sealed class CancelValidator : AbstractValidator<CancelRequest>
    {
        public CancelValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/meetings/{id:guid}/move", Handle)
            .AsCommand()
            .WithName("MoveMeeting")
            .WithSummary("Another time or place; the invitation goes out again")
            .WithDescription("Rule C5.5; who called it. 409 `not-the-convener`, `meeting-time-impossible`.")
            .Produces<ReviewMeetingView>();
        routes
            .MapPost("/meetings/{id:guid}/cancel", Cancel)
            .AsCommand()
            .WithName("CancelMeeting")
            .WithSummary("The meeting does not take place")
            .WithDescription("Rule C5.5; who called it. While its ground stands another one is to be called.")
            .Produces<ReviewMeetingView>();
    }

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        ComplaintsMails mails,
        Caller caller,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            db,
            mails,
            caller,
            id,
            (meeting, context) =>
                meeting.Move(context, body.StartsAt!.Value, body.EndsAt!.Value, body.Place, body.Reason),
            cancellation
        );

    private static Task<CommandResult> Cancel(
        Guid id,
        CancelRequest body,
        ComplaintsDb db,
        ComplaintsMails mails,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(db, mails, caller, id, (meeting, context) => meeting.Cancel(context, body.Reason), cancellation);

    private static Task<CommandResult> ChangeAsync(
        ComplaintsDb db,
        ComplaintsMails mails,
        Caller caller,
        Guid id,
        Func<ReviewMeeting, CommandContext, Refusal?> change,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Meetings.VisibleTo(caller.Actor),
            id,
            async (meeting, context) =>
            {
                if (change(meeting, context) is { } refusal)
                {
                    return refusal;
                }

                (await db.Complaints.SingleAsync(c => c.Id == meeting.ComplaintId, cancellation)).UpdateMeeting(
                    meeting
                );
                await mails.MeetingAsync(context, meeting, cancellation);
                return null;
            },
            ReviewMeetingView.From,
            cancellation
        );
}
