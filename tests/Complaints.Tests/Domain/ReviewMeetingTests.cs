using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Complaints.Meetings.Features;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using static CustomerService.Complaints.Meetings.Domain.ReviewMeetingState;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Meetings of the department heads: invitation, attendance, minutes, signature.</summary>
public sealed class ReviewMeetingTests
{
    private static CommandContext Desk => A.Context(Someone.InCustomerService());

    private static CommandContext SalesManager => A.Context(Someone.SalesManager());

    [Fact]
    public void The_flow_of_a_meeting_is_sound() =>
        FlowChecks.Problems(ReviewMeetingFlow.Table, ComplaintsTexts.Manager, Texts.Common).ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_only_the_table_changes_a_meeting() =>
        new FlowWalk<ReviewMeeting, ReviewMeetingState, ReviewMeetingAction>(ReviewMeetingFlow.Table)
            .Start(
                ReviewMeetingAction.Call,
                move =>
                    ReviewMeeting.Call(
                        move.Context,
                        "HY-2026-000001",
                        A.Complaint().Build(),
                        move.Pick(MeetingGrounds.UnsettledRule, MeetingGrounds.MajorRule),
                        [EscalationReason.CauseUnknown],
                        MeetingBuilder.CallOf(move.Context)
                    )
            )
            .On(
                ReviewMeetingAction.Move,
                (m, move) =>
                    m.Move(
                        move.Context,
                        move.Context.Now.AddHours(move.Pick(1, -9)),
                        move.Context.Now.AddHours(2),
                        "B",
                        "so"
                    )
            )
            .On(ReviewMeetingAction.Cancel, (m, move) => m.Cancel(move.Context, "no"))
            .On(ReviewMeetingAction.RecordMinutes, (m, move) => m.RecordMinutes(move.Context, AnyMinutes(move)))
            .On(ReviewMeetingAction.Sign, (m, move) => m.Sign(move.Context))
            .Run(walks: 200);

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_report_When_customer_service_calls_Then_the_heads_are_invited_with_an_agenda_of_the_case()
    {
        var (complaint, meeting) = MeetingBuilder.Called();

        (meeting.State, meeting.Rule, meeting.ComplaintId).ShouldBe((Called, "C5.5.1", complaint.Id));
        meeting.Agenda.ShouldBe([$"{complaint.Number} 屋面滲漏", "cause-unknown", "查不出", "外力損壞", "備件"]);
        meeting.Event<MeetingCalled>().Departments.ShouldBe(["sales", "quality"]);
        complaint.CalledMeetings.ShouldHaveSingleItem().Id.ShouldBe(meeting.Id);
        complaint
            .CallMeeting(Desk, Desk, "HY-2026-000002", MeetingBuilder.CallOf(Desk))
            .Refusal.Refused("meeting-called-already", "C5.5.1");
    }

    [Fact]
    [Trait("Rule", "C5.5.2")]
    public void Given_a_major_problem_When_customer_service_calls_Then_it_is_the_head_of_QC_who_calls()
    {
        var complaint = A.Complaint(Severity.Critical).At(ComplaintState.NotOurLiability);
        complaint.EscalateToGeneralManager(A.Context(Someone.HeadOfQuality()), "重大").ShouldBeNull();

        complaint
            .CallMeeting(Desk, Desk, "HY-2026-000001", MeetingBuilder.CallOf(Desk))
            .Refusal.Refused("other-convener", "C5.5.1");
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_called_meeting_When_it_is_cancelled_Then_another_one_is_to_be_called()
    {
        var (complaint, meeting) = MeetingBuilder.Called();

        meeting.Cancel(Desk, "改期").ShouldBeNull();
        complaint.UpdateMeeting(meeting);

        complaint.CalledMeetings.ShouldBeEmpty();
        complaint.Actions(Someone.InCustomerService()).ShouldContain("call-meeting");
        meeting.Event<MeetingCancelled>().Sequence.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_minutes_When_a_department_is_not_accounted_for_or_a_decision_has_no_day_Then_refused()
    {
        var (_, meeting) = MeetingBuilder.Called();
        var minutes = MeetingBuilder.MinutesBy(Desk);

        meeting
            .RecordMinutes(Desk, minutes with { Attendance = [minutes.Attendance[0]] })
            .Refused("attendance-incomplete", "C5.5.1");
        meeting
            .RecordMinutes(
                Desk,
                minutes with
                {
                    Attendance = [minutes.Attendance[0], new("quality", Presence.Absent, "何", null)],
                }
            )
            .Refused("attendance-incomplete", "C5.5.1")
            .Missing.ShouldBe(["attendance"]);
        meeting.RecordMinutes(Desk, minutes with { Decisions = [] }).Refused("decision-incomplete", "C5.5.1");
        meeting
            .RecordMinutes(
                Desk,
                minutes with
                {
                    Decisions = [minutes.Decisions[0] with { DueOn = A.Today.AddDays(-1) }],
                }
            )
            .Refused("decision-incomplete", "C5.5.1");
        meeting.RecordMinutes(Desk, minutes).ShouldBeNull();
    }

    [Theory]
    [InlineData(false, "not-the-leader")]
    [InlineData(true, null)]
    [Trait("Rule", "C5.5.2")]
    public void Given_minutes_of_a_major_problem_When_they_are_signed_Then_only_the_general_manager_or_deputy_may(
        bool general,
        string? code
    )
    {
        var (_, meeting) = MeetingBuilder.Called(major: true);
        var head = A.Context(Someone.HeadOfQuality());
        meeting.RecordMinutes(head, MeetingBuilder.MinutesBy(head)).ShouldBeNull();

        var refusal = meeting.Sign(general ? A.Context(Someone.GeneralManager()) : SalesManager);

        (refusal?.Code).ShouldBe(code);
        (refusal is null).ShouldBe(code is null);
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_minutes_When_they_are_signed_Then_the_ground_is_dealt_with_and_the_customer_is_answered()
    {
        var (complaint, meeting) = MeetingBuilder.Called();
        meeting.RecordMinutes(Desk, MeetingBuilder.MinutesBy(Desk)).ShouldBeNull();
        complaint.Released().Answer(Desk, null, null, null).Refused("meeting-due", "C5.5.1");

        meeting.Sign(SalesManager).ShouldBeNull();
        complaint.UpdateMeeting(meeting);
        complaint.HoldMeeting(A.Context(Someone.System()), meeting.ToRecord()).ShouldBeNull();

        meeting.Signature!.PrintedName.ShouldBe("HONG");
        var kept = complaint.Meetings.ShouldHaveSingleItem();
        (kept.MeetingId, kept.Number, kept.By.Name).ShouldBe((meeting.Id, meeting.Number, "HONG"));
        kept.Departments.ShouldBe(["sales", "quality"]);
        complaint.CalledMeetings.ShouldBeEmpty();
        complaint.Answer(Desk, null, null, null).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_a_second_dispute_When_answered_again_Then_the_heads_meet_first()
    {
        var complaint = A.Complaint().At(ComplaintState.Answered);
        complaint.Object(Desk, "不同意").ShouldBeNull();
        complaint.DecideNotOurs(A.Context(Someone.InQuality()), "U-01", "仍是外力").ShouldBeNull();
        complaint.Released().Answer(Desk, null, null, null).ShouldBeNull();
        complaint.Object(A.Context(Someone.InCustomerService(), A.Moment.AddMinutes(5)), "還是不同意").ShouldBeNull();

        complaint.DecideNotOurs(A.Context(Someone.InQuality()), "U-01", "仍是外力").ShouldBeNull();

        MeetingGrounds.Open(complaint, Desk).ShouldBe([EscalationReason.DisputedAgain]);
        complaint.Released().Answer(Desk, null, null, null).Refused("meeting-due", "C5.5.1");
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_meeting_When_its_invitation_is_written_Then_calendars_take_it_and_its_cancellation()
    {
        var (_, meeting) = MeetingBuilder.Called();

        var invitation = GetInvitation.Write(meeting, A.Moment, ground => "原因不明");
        meeting.Cancel(Desk, "改期").ShouldBeNull();
        var cancellation = GetInvitation.Write(meeting, A.Moment, ground => ground);

        var read = Ical.Net.Calendar.Load(invitation)!;
        read.Method.ShouldBe("REQUEST");
        var entry = read.Events.ShouldHaveSingleItem()!;
        (entry.Uid, entry.Sequence, entry.Location).ShouldBe(($"{meeting.Id}@customer-service", 0, "三樓會議室"));
        entry.Start!.AsUtc.ShouldBe(meeting.From.UtcDateTime);
        entry.Description!.ShouldContain("原因不明");
        invitation.Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain("CN=唐國華");
        var taken = Ical.Net.Calendar.Load(cancellation)!;
        (taken.Method, taken.Events[0]!.Sequence, taken.Events[0]!.Status).ShouldBe(("CANCEL", 1, "CANCELLED"));
    }

    private static Minutes AnyMinutes(Move move)
    {
        var minutes = MeetingBuilder.MinutesBy(move.Context);
        return move.Pick(
            minutes,
            minutes,
            minutes with
            {
                HeldOn = minutes.HeldOn.AddDays(1),
            },
            minutes with
            {
                Attendance = [],
            },
            minutes with
            {
                Decisions = [],
            }
        );
    }
}
