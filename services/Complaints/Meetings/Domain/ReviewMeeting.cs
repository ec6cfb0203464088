using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;

namespace CustomerService.Complaints.Meetings.Domain;

/// <summary>A meeting of the department heads about a complaint, rules C5.5.1 and C5.5.2.</summary>
internal sealed class ReviewMeeting : Aggregate<ReviewMeeting, ReviewMeetingState, ReviewMeetingAction>, IUnderPolicy
{
    /// <summary>Prefix of the number, which may have gaps.</summary>
    public const string NumberKind = "HY";

    private ReviewMeeting() { }

    protected override Flow<ReviewMeeting, ReviewMeetingState, ReviewMeetingAction> Table => ReviewMeetingFlow.Table;

    public override string Kind => "review-meeting";

    public override WorkSubject WorkSubject => new(Number, Subject);

    public string Number { get; private set; } = "";

    public int PolicyVersion { get; private set; }

    public Guid ComplaintId { get; private set; }

    public string ComplaintNumber { get; private set; } = "";

    public string Subject { get; private set; } = "";

    /// <summary><c>C5.5.1</c>: the sales manager leads; <c>C5.5.2</c>: the general manager or the deputy.</summary>
    public string Rule { get; private set; } = "";

    /// <summary>The grounds that it deals with.</summary>
    public IReadOnlyList<EscalationReason> Reasons { get; private set; } = [];

    /// <summary>When the complaint was opened: no meeting lies before that.</summary>
    public DateOnly ComplaintOpenedOn { get; private set; }

    public DateTimeOffset From { get; private set; }

    public DateTimeOffset To { get; private set; }

    public string Place { get; private set; } = "";

    public IReadOnlyList<string> Agenda { get; private set; } = [];

    public IReadOnlyList<Invitee> Invitees { get; private set; } = [];

    /// <summary>0, and one more with each change of the invitation.</summary>
    public int Sequence { get; private set; }

    public Stamp CalledBy { get; private set; } = null!;

    public string? CancelledBecause { get; private set; }

    public Minutes? Minutes { get; private set; }

    /// <summary>Minutes that were corrected before they were signed.</summary>
    public IReadOnlyList<Minutes> FormerMinutes { get; private set; } = [];

    public Signature? Signature { get; private set; }

    public Stamp? SignedBy { get; private set; }

    protected override DateTimeOffset? DueOf(ReviewMeetingAction action, CommandContext context) =>
        action == ReviewMeetingAction.RecordMinutes ? context.Zone.EndOf(context.DateOf(From)) : null;

    /// <summary>Calls the heads together; called by <see cref="Complaint.CallMeeting"/>.</summary>
    public static Result<ReviewMeeting> Call(
        CommandContext context,
        string number,
        Complaint complaint,
        string rule,
        IReadOnlyList<EscalationReason> reasons,
        MeetingCall call
    )
    {
        if (call.To <= call.From || call.From < context.Now)
        {
            return Refusal.ByRule(
                "meeting-time-impossible",
                "C5.5.1",
                ["meeting-time"],
                Roles.CustomerService,
                Roles.QcHead
            );
        }

        var meeting = new ReviewMeeting { Id = Guid.CreateVersion7(context.Now) };
        if (meeting.Start(context, ReviewMeetingAction.Call, complaint.Subject) is { } refusal)
        {
            return refusal;
        }

        meeting.Number = number;
        meeting.PolicyVersion = context.Policy.Version;
        meeting.ComplaintId = complaint.Id;
        meeting.ComplaintNumber = complaint.Number;
        meeting.ComplaintOpenedOn = context.DateOf(complaint.OpenedAt);
        meeting.Subject = complaint.Subject;
        meeting.Rule = rule;
        meeting.Reasons = reasons;
        meeting.From = call.From.ToWholeMilliseconds();
        meeting.To = call.To.ToWholeMilliseconds();
        meeting.Place = call.Place;
        meeting.Invitees = call.Invitees;
        meeting.Agenda = [.. Domain.Agenda.Of(complaint, reasons), .. call.Agenda];
        meeting.CalledBy = Stamp.Of(context);
        meeting.Announce();
        return meeting;
    }

    /// <summary>Another time or place; the invitation goes out again.</summary>
    public Refusal? Move(CommandContext context, DateTimeOffset from, DateTimeOffset to, string place, string reason) =>
        Transition(
            context,
            ReviewMeetingAction.Move,
            new MeetingTime(from, to),
            reason,
            () =>
            {
                (From, To, Place) = (from.ToWholeMilliseconds(), to.ToWholeMilliseconds(), place);
                Sequence++;
                Announce();
            }
        );

    /// <summary>It does not take place; while its ground stands another one is to be called.</summary>
    public Refusal? Cancel(CommandContext context, string reason) =>
        Transition(
            context,
            ReviewMeetingAction.Cancel,
            why: reason,
            change: () =>
            {
                CancelledBecause = reason;
                Sequence++;
                Raise(new MeetingCancelled(Id, Version, ComplaintId, Sequence, reason));
            }
        );

    /// <summary>Who was there, what was said and decided (C5.5). Until they are signed they may be corrected.</summary>
    public Refusal? RecordMinutes(CommandContext context, Minutes minutes) =>
        Transition(
            context,
            ReviewMeetingAction.RecordMinutes,
            minutes,
            minutes.Text,
            () =>
            {
                FormerMinutes = Minutes is { } former ? [.. FormerMinutes, former] : FormerMinutes;
                Minutes = minutes;
            }
        );

    /// <summary>Who led it signs the minutes.</summary>
    public Refusal? Sign(CommandContext context) =>
        Transition(
            context,
            ReviewMeetingAction.Sign,
            change: () =>
            {
                Signature = new(context.Actor.Name, context.Now, "meeting-minutes");
                SignedBy = Stamp.Of(context);
                Raise(new MeetingSigned(Id, Version, ComplaintId, context.Actor.Name, Minutes!.HeldOn));
            }
        );

    /// <summary>The minutes, or why they cannot be printed yet.</summary>
    public Result<Minutes> CheckMinutes() =>
        Minutes is { } minutes
            ? minutes
            : Refusal.ByRule("minutes-not-recorded", "C5.5.1", ["minutes"], MeetingGrounds.ConvenerOf(Rule));

    /// <summary>What the complaint keeps of it.</summary>
    public MeetingRecord ToRecord() =>
        new(
            Rule,
            Minutes!.HeldOn,
            Minutes.Chair,
            [
                .. Minutes
                    .Attendance.Where(one => one.Presence != Presence.Absent)
                    .Select(one => one.Department)
                    .OfType<string>()
                    .Distinct(),
            ],
            [.. Minutes.Decisions.Select(one => new MeetingDecision(one.What, one.Department, one.DueOn))]
        )
        {
            MeetingId = Id,
            Number = Number,
            By = SignedBy,
        };

    private void Announce() =>
        Raise(
            new MeetingCalled(
                Id,
                Version,
                Number,
                ComplaintId,
                Rule,
                Sequence,
                From,
                To,
                Place,
                [.. Invitees.Select(one => one.Department).OfType<string>().Distinct()]
            )
        );
}
