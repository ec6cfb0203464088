using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;
using static CustomerService.Complaints.Meetings.Domain.ReviewMeetingState;
using Do = CustomerService.Complaints.Meetings.Domain.ReviewMeetingAction;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Complaints.Meetings.Domain.ReviewMeeting,
    CustomerService.Complaints.Meetings.Domain.ReviewMeetingState,
    CustomerService.Complaints.Meetings.Domain.ReviewMeetingAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Complaints.Meetings.Domain.ReviewMeeting>;

namespace CustomerService.Complaints.Meetings.Domain;

/// <summary>The life of a meeting of the department heads, rules C5.5.1 and C5.5.2.</summary>
internal static class ReviewMeetingFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("meeting")
        .Start(Do.Call, Called, "C5.5.1", Conveners)

        .From(Called)
            .On(Do.RecordMinutes,    Minuted,   "C5.5.1", Conveners, IsConvener, HeldInTime, AllAccountedFor, OwnersAndDates)
            .MayOn(Do.Cancel,        Cancelled, "C5.5.1", Conveners, IsConvener)
            .Stay(Do.Move,                      "C5.5.1", Conveners, IsConvener, TimePossible)
        .From(Minuted)
            .On(Do.Sign,             Signed,    "C5.5.1", Leaders, IsLeader, NotTheWriter)
            .MayOn(Do.RecordMinutes, Minuted,   "C5.5.1", Conveners, IsConvener, HeldInTime, AllAccountedFor, OwnersAndDates)
        .Ends(Signed)
        .Abandons(Cancelled)
        .Build();

    private static readonly string[] Conveners = [Roles.CustomerService, Roles.QcHead];
    private static readonly string[] Leaders = [Roles.SalesManager, Roles.GeneralManager, Roles.DeputyGeneralManager];

    private static readonly Guard IsConvener = Guard.RequirePeople(
        (meeting, _) => People.Of(new Taker(MeetingGrounds.ConvenerOf(meeting.Rule))),
        code: "not-the-convener",
        rule: "C5.5.1",
        missing: ["convener"],
        suppliedBy: Conveners
    );

    // The sales manager leads by C5.5.1, the general manager or the deputy by C5.5.2.
    private static readonly Guard IsLeader = Guard.RequirePeople(
        (meeting, _) =>
            People.Of(
                meeting.Rule == MeetingGrounds.MajorRule
                    ? [new Taker(Roles.GeneralManager), new Taker(Roles.DeputyGeneralManager)]
                    : [new Taker(Roles.SalesManager)]
            ),
        code: "not-the-leader",
        rule: "C5.5.2",
        missing: ["leader"],
        suppliedBy: Leaders
    );

    private static readonly Guard NotTheWriter = Guard.RequirePeople(
        (meeting, _) => People.Not(meeting.Minutes?.By),
        code: "signer-is-writer",
        rule: "C5.5.1",
        missing: ["other-signer"],
        suppliedBy: Leaders
    );

    private static readonly Guard TimePossible = Guard.RequireInput<MeetingTime>(
        (_, context, time) => time.To > time.From && time.From >= context.Now,
        code: "meeting-time-impossible",
        rule: "C5.5.1",
        missing: ["meeting-time"],
        suppliedBy: Conveners
    );

    private static readonly Guard HeldInTime = Guard.RequireInput<Minutes>(
        (meeting, context, minutes) => minutes.HeldOn <= context.Today && minutes.HeldOn >= meeting.ComplaintOpenedOn,
        code: "meeting-day-impossible",
        rule: "C5.5.1",
        missing: ["meeting-date"],
        suppliedBy: Conveners
    );

    // Every department that was asked came, sent a substitute with a reason, or is absent with a reason.
    private static readonly Guard AllAccountedFor = Guard.RequireInput<Minutes>(
        (meeting, _, minutes) =>
            meeting.Invitees.All(one =>
                minutes.Attendance.Any(there =>
                    there.Department == one.Department
                    && (there.Presence == Presence.Attended || !TextFolding.IsBlank(there.Reason))
                )
            ) && minutes.Attendance.Any(there => there.Presence != Presence.Absent),
        code: "attendance-incomplete",
        rule: "C5.5.1",
        missing: ["attendance"],
        suppliedBy: Conveners
    );

    private static readonly Guard OwnersAndDates = Guard.RequireInput<Minutes>(
        (_, context, minutes) =>
            minutes.Decisions.Count > 0 && minutes.Decisions.All(one => one.DueOn >= context.Today),
        code: "decision-incomplete",
        rule: "C5.5.1",
        missing: ["decision-date"],
        suppliedBy: Conveners
    );
}
