using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.Testing;
using static CustomerService.Complaints.Complaints.Domain.ComplaintState;
using static CustomerService.Complaints.Complaints.Domain.EscalationReason;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>When the department heads must meet, and what waits for it.</summary>
public sealed class MeetingTests
{
    private static CommandContext Desk => A.Context(Someone.InCustomerService());

    private static CommandContext Qc => A.Context(Someone.InQuality());

    private static CommandContext QcHead => A.Context(Someone.HeadOfQuality());

    private static Assessment Assessed(bool safety = false, string? fault = null, decimal? cost = null) =>
        new(safety, fault, cost, "附註", Stamp.Of(Qc));

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_ground_without_a_meeting_When_answered_or_closed_Then_refused_and_not_on_offer()
    {
        var complaint = A.Complaint().At(NotOurLiability);
        complaint.EscalateToSalesManager(Desk, NotImprovableInTime, "需外協").ShouldBeNull();

        var due = complaint.Answer(Desk, "原因", "追溯", "結論").Refused("meeting-due", "C5.5.1");

        due.Missing.ShouldBe(["meeting"]);
        due.SuppliedBy.ShouldBe([Roles.CustomerService, Roles.QcHead]);
        complaint.Actions(Someone.InCustomerService()).ShouldNotContain("answer");
    }

    [Theory]
    [InlineData(Explained)]
    [InlineData(Solved)]
    [InlineData(Answered)]
    [InlineData(Confirmed)]
    [Trait("Rule", "C5.5.2")]
    internal void Given_a_major_problem_without_a_meeting_When_closed_Then_refused(ComplaintState state)
    {
        var complaint = A.Complaint().At(state);
        complaint.Assess(Qc, Assessed(safety: true), null).ShouldBeNull();

        complaint.Close(A.Context(Someone.SalesManager()), "聯絡不上").Refused("meeting-due", "C5.5.1");
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_report_When_the_heads_have_met_Then_all_is_kept_and_told_and_the_customer_is_answered()
    {
        var complaint = A.Complaint().At(NotOurLiability);
        complaint.EscalateToSalesManager(Desk, CauseUnknown, "查不出").ShouldBeNull();
        complaint.MarkSaved();

        complaint.Met(Desk, A.Today).ShouldBeNull();

        var meeting = complaint.Meetings.ShouldHaveSingleItem();
        (meeting.HeldOn, meeting.Chair, meeting.Round, meeting.By).ShouldBe((A.Today, "唐國華", 1, Stamp.Of(Desk)));
        meeting.Reasons.ShouldBe([CauseUnknown]);
        meeting.Departments.ShouldBe(["sales", "quality"]);
        meeting.Decisions.ShouldBe([new MeetingDecision("委託第三方檢測", "quality", A.Today.AddDays(7))]);
        complaint.PendingEntries[^1].Why.ShouldBe("委託第三方檢測");
        var told = complaint.Event<ComplaintMeetingHeld>();
        (told.ComplaintId, told.Version, told.CustomerId, told.HeldOn).ShouldBe(
            (complaint.Id, complaint.Version, Records.CustomerId, A.Today)
        );
        (told.Reasons[0], told.Departments[1]).ShouldBe(("cause-unknown", "quality"));
        MeetingGrounds.Standing(complaint, Desk).ShouldBe([CauseUnknown], "it still stands, and was dealt with");
        complaint.Released().Answer(Desk, "原因", "追溯", "結論").ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_no_ground_When_a_meeting_is_recorded_Then_refused()
    {
        var complaint = A.Complaint().At(WithQc);

        complaint.Met(Desk, A.Today).Refused("no-ground-of-this-rule", "C5.5.1").Missing.ShouldBe(["meeting-ground"]);
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    [Trait("Rule", "C5.5.2")]
    public void Given_both_kinds_of_grounds_When_one_convener_meets_Then_the_others_ground_remains()
    {
        var complaint = A.Complaint(Severity.Critical).At(ComplaintState.LiabilityUnclear);
        complaint.EscalateToSalesManager(Desk, EscalationReason.LiabilityUnclear, "不清").ShouldBeNull();
        complaint.EscalateToGeneralManager(QcHead, "重大").ShouldBeNull();

        complaint.Met(Desk, A.Today).ShouldBeNull();

        MeetingGrounds.Open(complaint, Desk).ShouldBe([MajorQualityProblem]);
        complaint.Met(Desk, A.Today).Refused("no-ground-of-this-rule", "C5.5.1");
        complaint.Met(QcHead, A.Today).ShouldBeNull();
        MeetingGrounds.Open(complaint, Desk).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.5.2")]
    public void Given_a_ground_that_was_not_reported_When_a_meeting_is_called_Then_refused()
    {
        var complaint = A.Complaint(Severity.Critical).At(WithQc);

        complaint
            .CallMeeting(QcHead, QcHead, "HY-2026-000001", MeetingBuilder.CallOf(QcHead))
            .Refusal.Refused("not-reported", "C5.5.1")
            .Missing.ShouldBe(["report"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_day_to_come_or_before_the_complaint_When_a_meeting_is_recorded_Then_refused(int days)
    {
        var complaint = A.Complaint(Severity.Critical).At(WithQc);
        complaint.EscalateToGeneralManager(QcHead, "重大").ShouldBeNull();

        complaint.Met(QcHead, A.Today.AddDays(days)).Refused("meeting-day-impossible", "C5.5.1");
    }

    // Friday, 6 March 2026: Monday, Tuesday and Wednesday are the three working days.
    [Theory]
    [InlineData("2026-03-11", false)]
    [InlineData("2026-03-12", true)]
    [Trait("Rule", "C5.5.1")]
    public void Given_an_unclear_liability_When_three_working_days_are_over_Then_the_meeting_is_due(
        string today,
        bool due
    )
    {
        var complaint = A.Complaint().On(A.At("2026-03-06 10:00")).At(ComplaintState.LiabilityUnclear);
        var system = A.Context(Someone.System("complaints"), A.Day(today));

        var refusal = complaint.RequireMeeting(system);

        complaint.UnclearThrough.ShouldBe(A.Day("2026-03-11"));
        (refusal?.Code).ShouldBe(due ? null : "no-meeting-to-require");
        complaint.MeetingRequiredOn.ShouldBe(due ? A.Day(today) : null);
        ComplaintDeadlines.MeetingToRequire(A.Day(today)).Compile()(complaint).ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_an_unclear_liability_When_it_is_too_long_Then_it_is_told_once()
    {
        var complaint = A.Complaint().On(A.At("2026-03-06 10:00")).At(ComplaintState.LiabilityUnclear);
        var system = A.Context(Someone.System("complaints"), A.Day("2026-03-12"));
        ComplaintDeadlines.MeetingToRequire(A.Day("2026-03-11")).Compile()(complaint).ShouldBeFalse();
        ComplaintDeadlines.MeetingToRequire(A.Day("2026-03-12")).Compile()(complaint).ShouldBeTrue();

        complaint.RequireMeeting(system).ShouldBeNull();

        complaint
            .Event<ComplaintMeetingRequired>()
            .ShouldBe(
                new ComplaintMeetingRequired(
                    complaint.Id,
                    complaint.Version,
                    Records.CustomerId,
                    A.Day("2026-03-11"),
                    A.Day("2026-03-12")
                )
            );
        complaint.RequireMeeting(system).Refused("no-meeting-to-require", "C5.5.1");
    }

    [Theory]
    [InlineData("2026-03-11", false)]
    [InlineData("2026-03-12", true)]
    [Trait("Rule", "C5.5.1")]
    public void Given_an_unclear_liability_When_QC_rules_Then_the_meeting_is_due_only_where_it_took_too_long(
        string ruled,
        bool due
    )
    {
        var complaint = A.Complaint().On(A.At("2026-03-06 10:00")).At(ComplaintState.LiabilityUnclear);

        complaint.DecideNotOurs(A.Context(Someone.InQuality(), A.Day(ruled)), "external", "外力").ShouldBeNull();

        MeetingGrounds
            .Standing(complaint, A.Context(Someone.InQuality(), A.At($"{ruled} 10:01")))
            .Contains(EscalationReason.LiabilityUnclear)
            .ShouldBe(due);
        complaint.PendingEvents.OfType<ComplaintMeetingRequired>().Count().ShouldBe(due ? 1 : 0);
        complaint.UnclearThrough.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_second_unclear_ruling_When_asked_Then_the_days_count_from_the_first()
    {
        var complaint = A.Complaint().On(A.At("2026-03-06 10:00")).At(ComplaintState.LiabilityUnclear);

        complaint.DecideUnclear(A.Context(Someone.InQuality(), A.Day("2026-03-10")), "仍不清").ShouldBeNull();

        complaint.UnclearThrough.ShouldBe(A.Day("2026-03-11"));
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_an_unknown_cause_that_was_reported_When_QC_finds_it_later_Then_the_ground_is_gone()
    {
        var complaint = A.Complaint().At(WithQc);
        complaint.EscalateToSalesManager(Desk, CauseUnknown, "查不出").ShouldBeNull();
        MeetingGrounds.Open(complaint, Desk).ShouldBe([CauseUnknown]);

        complaint.DecideNotOurs(A.Context(Someone.InQuality(), A.Moment.AddMinutes(1)), null, "外力").ShouldBeNull();
        MeetingGrounds.Open(complaint, Desk).ShouldBe([CauseUnknown], "no cause was named");
        complaint
            .DecideNotOurs(A.Context(Someone.InQuality(), A.Moment.AddMinutes(2)), "external", "外力")
            .ShouldBeNull();

        MeetingGrounds.Open(complaint, Desk).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_report_When_it_is_made_Then_it_is_told_with_ground_and_role()
    {
        var complaint = A.Complaint(Severity.Critical).At(WithQc);

        complaint.EscalateToGeneralManager(QcHead, "重大", Roles.DeputyGeneralManager).ShouldBeNull();

        complaint
            .Event<ComplaintEscalated>()
            .ShouldBe(
                new ComplaintEscalated(
                    complaint.Id,
                    complaint.Version,
                    Records.CustomerId,
                    "major-quality-problem",
                    "deputy-general-manager",
                    A.Today
                )
            );
        complaint.Escalations[^1].EscalatedTo.ShouldBe(Roles.DeputyGeneralManager);
    }

    [Theory]
    [InlineData(false, null, false)]
    [InlineData(true, null, true)]
    [InlineData(false, "100000", false)]
    [InlineData(false, "100000.01", true)]
    [Trait("Rule", "C5.5.2")]
    public void Given_an_assessment_When_asked_Then_safety_and_a_cost_above_the_limit_make_it_major(
        bool safety,
        string? cost,
        bool major
    )
    {
        var complaint = A.Complaint().At(WithQc);
        var amount = cost is null
            ? (decimal?)null
            : decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture);

        complaint.Assess(Qc, Assessed(safety, cost: amount), null).ShouldBeNull();

        MeetingGrounds.IsMajor(complaint, Qc).ShouldBe(major);
        complaint.Actions(Someone.HeadOfQuality()).Contains("escalate-to-general-manager").ShouldBe(major);
        complaint.PendingEntries[^1].Why.ShouldBe("附註");
    }

    [Theory]
    [InlineData(0, 30, true)]
    [InlineData(0, 31, false)]
    [InlineData(15, 30, true)]
    [InlineData(-30, -30, true)]
    [Trait("Rule", "C5.5.2")]
    public void Given_three_customers_with_one_model_and_fault_When_within_30_days_Then_all_open_ones_are_major(
        int second,
        int third,
        bool major
    )
    {
        var complaints = new[] { 0, second, third }
            .Select(days => Of(Guid.CreateVersion7(), A.Moment.AddDays(days), "Ｍ-200", "e-07"))
            .ToList();

        Note(complaints[2], complaints[0], complaints[1]);

        complaints.ShouldAllBe(one => one.HasRepeatedFault == major);
        complaints.ShouldAllBe(one => MeetingGrounds.IsMajor(one, Qc) == major);
    }

    [Fact]
    [Trait("Rule", "C5.5.2")]
    public void Given_three_complaints_of_two_customers_When_assessed_Then_they_are_no_major_problem()
    {
        var same = Guid.CreateVersion7();
        var complaints = new[] { same, same, Guid.CreateVersion7() }
            .Select(customer => Of(customer, A.Moment, "M-200", "E-07"))
            .ToList();

        Note(complaints[0], complaints[1], complaints[2]);

        complaints.ShouldAllBe(one => !one.HasRepeatedFault);
    }

    [Fact]
    [Trait("Rule", "C5.5.2")]
    public void Given_a_model_and_fault_When_spelled_otherwise_Then_they_are_the_same_and_without_one_there_is_none()
    {
        RepeatedFault.KeyOf("Ｍ-200", " e-07").ShouldBe(RepeatedFault.KeyOf("m-200", "E-07"));
        RepeatedFault.KeyOf("M-200", "E-08").ShouldNotBe(RepeatedFault.KeyOf("M-200", "E-07"));
        RepeatedFault.KeyOf(null, "E-07").ShouldBeNull();
        RepeatedFault.KeyOf("M-200", " ").ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    [Trait("Rule", "C5.5.2")]
    public void Given_a_major_problem_that_was_closed_When_the_fault_recurs_Then_the_new_round_begins_without_all_of_it()
    {
        var complaint = A.Complaint().At(Explained);
        complaint.Assess(Qc, Assessed(safety: true, fault: "E-07"), "M-200").ShouldBeNull();
        complaint.EscalateToGeneralManager(QcHead, "重大").ShouldBeNull();
        complaint.Met(QcHead, A.Today).ShouldBeNull();
        complaint.Close(A.Context(Someone.SalesManager()), "聯絡不上").ShouldBeNull();

        complaint.Reopen(Desk, "再漏").ShouldBeNull();

        (complaint.Assessment, complaint.FaultKey, complaint.MeetingRequiredOn).ShouldBe((null, null, null));
        complaint.Rounds[0].Assessment!.Safety.ShouldBeTrue();
        complaint.MeetingsNow.ShouldBeEmpty();
        MeetingGrounds.Standing(complaint, Desk).ShouldBeEmpty();
    }

    private static Complaint Of(Guid customer, DateTimeOffset at, string model, string fault)
    {
        var desk = A.Context(Someone.InCustomerService(), at);
        var complaint = Complaint
            .Register(desk, "TS-2026-000001", A.Intake() with { CustomerId = customer })
            .Required();
        complaint.Assess(desk, Assessed(fault: fault), model).ShouldBeNull();
        return complaint;
    }

    private static void Note(Complaint complaint, params Complaint[] others) =>
        RepeatedFault.Note(
            _ => A.Context(Someone.System("complaints")),
            complaint,
            others,
            [.. others.Select(one => new FaultCase(one.CustomerId, one.RegisteredOn))]
        );
}
