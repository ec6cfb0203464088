using System.Text;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Targets of rules C1 and C2, with worked cases 3 and 11: 10:00–18:00, 5 March 2019 a holiday.</summary>
public sealed class TargetTests
{
    [Theory]
    [Trait("Rule", "C1")]
    [Trait("Rule", "C2")]
    [InlineData("2019-03-04 14:00", "2019-03-04 18:00", "2019-03-06 12:00")]
    [InlineData("2019-03-04 20:00", "2019-03-06 14:00", "2019-03-06 16:00")]
    public void Given_case_3_When_registered_Then_targets_count_working_hours_and_skip_the_holiday(
        string opened,
        string respond,
        string resolve
    )
    {
        var complaint = Register(opened, Severity.Major);

        (complaint.ResponseDueAt, complaint.ResolutionDueAt).ShouldBe((A.At(respond), A.At(resolve)));
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_case_3_When_registered_later_than_received_Then_the_targets_count_from_the_receipt()
    {
        var complaint = Complaint
            .Register(
                Case3(Someone.InSales(), "2019-03-06 11:00"),
                "TS-2019-000001",
                A.Intake() with
                {
                    ReceivedAt = A.At("2019-03-04 14:00").AddTicks(7),
                }
            )
            .Required();

        complaint.OpenedAt.ShouldBe(A.At("2019-03-04 14:00"), "whole milliseconds");
        complaint.ResolutionDueAt.ShouldBe(A.At("2019-03-06 12:00"));
    }

    [Theory]
    [Trait("Rule", "C1")]
    [InlineData("2019-03-04 18:00", "2019-03-06 10:00", "2019-03-06 12:00")]
    [InlineData("2019-03-05 00:00", "2019-03-05 23:59", "2019-03-06 12:00")]
    [InlineData("2019-03-04 15:00", "2019-03-04 16:30", "2019-03-06 13:30")]
    public void Given_case_3_When_it_is_paused_Then_only_business_hours_move_the_resolution_and_nothing_the_response(
        string from,
        string to,
        string resolve
    )
    {
        var complaint = Register("2019-03-04 14:00", Severity.Major);
        complaint.Pause(Case3(Someone.InQuality(), from), PauseReason.WaitingForSample, null).ShouldBeNull();

        complaint.Resume(Case3(Someone.InQuality(), to)).ShouldBeNull();

        (complaint.ResponseDueAt, complaint.ResolutionDueAt).ShouldBe((A.At("2019-03-04 18:00"), A.At(resolve)));
        complaint.IsPaused.ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_case_11_When_it_is_raised_Then_the_answer_stays_in_time_and_the_resolution_is_due_on_Thursday()
    {
        var complaint = Case11();

        complaint
            .Reclassify(Case11(Someone.InCustomerService(), "2026-03-11 14:00"), Severity.Major, "危及安全")
            .ShouldBeNull();

        complaint.Response!.InTime.ShouldBeTrue();
        complaint.ResponseDueAt.ShouldBe(A.At("2026-03-09 18:00"), "judged by the target that held then");
        complaint.ResolutionDueAt.ShouldBe(A.At("2026-03-12 18:00"));
        complaint
            .Event<ComplaintReclassified>()
            .ShouldBe(
                new ComplaintReclassified(
                    complaint.Id,
                    complaint.Version,
                    Records.CustomerId,
                    "minor",
                    "major",
                    A.At("2026-03-09 18:00"),
                    A.At("2026-03-12 18:00"),
                    A.Day("2026-03-11")
                )
            );
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_case_11_When_it_is_lowered_again_Then_the_resolution_is_due_on_Monday_of_the_next_week()
    {
        var complaint = Case11();
        complaint
            .Reclassify(Case11(Someone.InCustomerService(), "2026-03-11 14:00"), Severity.Major, "危及安全")
            .ShouldBeNull();

        complaint
            .Reclassify(Case11(Someone.InCustomerService(), "2026-03-11 15:00"), Severity.Minor, "查明無危險")
            .ShouldBeNull();

        complaint.ResolutionDueAt.ShouldBe(A.At("2026-03-16 18:00"));
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_no_response_yet_When_the_severity_changes_Then_its_target_counts_from_the_same_start()
    {
        var complaint = A.Complaint(Severity.Minor).Build();

        complaint.Reclassify(A.Context(Someone.InQuality()), Severity.Critical, "結構安全").ShouldBeNull();

        // Critical runs round the clock: 2 h and 24 h.
        (complaint.ResponseDueAt, complaint.ResolutionDueAt).ShouldBe((A.Moment.AddHours(2), A.Moment.AddHours(24)));
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_severity_When_it_is_the_same_again_Then_refused()
    {
        var complaint = A.Complaint().Build();

        var refusal = complaint.Reclassify(A.Context(Someone.InCustomerService()), Severity.Major, "?");

        refusal.Refused("severity-unchanged", "C1").Missing.ShouldBe(["other-severity"]);
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_running_target_When_paused_Then_no_resolution_date_can_be_said_and_it_is_told_since_when()
    {
        var complaint = A.Complaint().Build();

        complaint
            .Pause(A.Context(Someone.InCustomerService()), PauseReason.WaitingForCustomer, "等照片")
            .ShouldBeNull();

        (complaint.IsPaused, complaint.ResolutionDueAt).ShouldBe((true, null));
        var pause = complaint.Pauses.ShouldHaveSingleItem();
        (pause.From, pause.To, pause.Reason, pause.Note).ShouldBe(
            (A.Moment, null, PauseReason.WaitingForCustomer, "等照片")
        );
        complaint
            .Event<ComplaintPaused>()
            .ShouldBe(
                new ComplaintPaused(
                    complaint.Id,
                    complaint.Version,
                    Records.CustomerId,
                    "waiting-for-customer",
                    A.Moment
                )
            );
        complaint.PendingEntries[^1].Why.ShouldBe("等照片");
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_pause_without_note_When_it_is_audited_Then_the_reason_stands_there()
    {
        var complaint = A.Complaint().Build();

        complaint.Pause(A.Context(Someone.InQuality()), PauseReason.ForceMajeure, null).ShouldBeNull();

        complaint.PendingEntries[^1].Why.ShouldBe("force-majeure");
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_pause_When_it_is_paused_again_Then_refused()
    {
        var complaint = A.Complaint().Build();
        complaint.Pause(A.Context(Someone.InQuality()), PauseReason.WaitingForSample, null).ShouldBeNull();

        var refusal = complaint.Pause(A.Context(Someone.InQuality()), PauseReason.WaitingForSample, null);

        refusal.Refused("already-paused", "C1");
        complaint.Actions(Someone.InQuality()).ShouldContain("resume");
        complaint.Actions(Someone.InQuality()).ShouldNotContain("pause");
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_running_target_When_it_is_resumed_Then_refused()
    {
        var complaint = A.Complaint().Build();

        var refusal = complaint.Resume(A.Context(Someone.InQuality()));

        refusal.Refused("not-paused", "C1");
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_two_pauses_When_the_second_is_resumed_Then_the_first_keeps_its_end()
    {
        var complaint = A.Complaint().Build();
        CommandContext At(int hour) => A.Context(Someone.InQuality(), A.Moment.AddHours(hour));
        complaint.Pause(At(0), PauseReason.WaitingForSample, null).ShouldBeNull();
        complaint.Resume(At(1)).ShouldBeNull();
        complaint.Pause(At(2), PauseReason.WaitingForSample, null).ShouldBeNull();

        complaint.Resume(At(3)).ShouldBeNull();

        complaint.Pauses.Select(p => p.To).ShouldBe([A.Moment.AddHours(1), A.Moment.AddHours(3)]);
        complaint
            .PendingEvents.OfType<ComplaintResumed>()
            .Last()
            .ShouldBe(
                new ComplaintResumed(
                    complaint.Id,
                    complaint.Version,
                    Records.CustomerId,
                    A.Moment.AddHours(3),
                    complaint.ResolutionDueAt!.Value
                )
            );
    }

    [Theory]
    [Trait("Rule", "C1")]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Given_a_target_When_the_first_response_comes_Then_it_says_whether_it_was_in_time(int late, bool inTime)
    {
        var complaint = A.Complaint().Build();
        var at = complaint.ResponseDueAt.AddMilliseconds(late);

        complaint.Respond(A.Context(Someone.InCustomerService(), at), "已收到").ShouldBeNull();

        (complaint.State, complaint.RespondedAt, complaint.Response!.Message, complaint.Response.InTime).ShouldBe(
            (ComplaintState.Responded, at, "已收到", inTime)
        );
        complaint
            .Event<ComplaintResponded>()
            .ShouldBe(new ComplaintResponded(complaint.Id, complaint.Version, Records.CustomerId, at, inTime));
    }

    [Theory]
    [Trait("Rule", "C1")]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Given_a_target_When_the_complaint_is_solved_Then_it_says_whether_it_was_in_time(int late, bool inTime)
    {
        var complaint = A.Complaint().At(ComplaintState.Responded);
        var at = complaint.ResolutionDueAt!.Value.AddMilliseconds(late);

        var desk = A.Context(Someone.InCustomerService(), at);
        if (!inTime)
        {
            // What is late is not settled before the heads met (C5.5.1).
            complaint.EscalateToSalesManager(desk, EscalationReason.NotImprovableInTime, "逾期").ShouldBeNull();
            complaint.Met(desk, desk.Today).ShouldBeNull();
        }

        complaint.Solve(desk, "已修復").ShouldBeNull();

        (complaint.ResolvedAt, complaint.ResolvedInTime).ShouldBe((at, inTime));
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_pause_When_the_work_is_done_all_the_same_Then_it_ends_the_pause_and_is_in_time()
    {
        var complaint = A.Complaint().At(ComplaintState.Responded);
        complaint.Pause(A.Context(Someone.InQuality()), PauseReason.WaitingForSample, null).ShouldBeNull();
        var later = A.Moment.AddDays(30);

        complaint.Solve(A.Context(Someone.InCustomerService(), later), "已修復").ShouldBeNull();

        (complaint.IsPaused, complaint.Pauses[0].To, complaint.ResolvedInTime).ShouldBe((false, later, true));
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_an_answer_When_the_customer_objects_Then_the_time_they_took_does_not_count()
    {
        var complaint = Register("2019-03-04 14:00", Severity.Major);
        complaint.Respond(Case3(Someone.InCustomerService(), "2019-03-04 15:00"), "已收到").ShouldBeNull();
        complaint.Solve(Case3(Someone.InCustomerService(), "2019-03-06 11:30"), "已修復").ShouldBeNull();
        complaint.MarkSaved();

        complaint.Object(Case3(Someone.InCustomerService(), "2019-03-06 13:30"), "沒有修好").ShouldBeNull();

        // Half an hour was left, and is left still.
        complaint.ResolutionDueAt.ShouldBe(A.At("2019-03-06 14:00"));
        (complaint.ResolvedAt, complaint.ResolvedInTime).ShouldBe((null, null));
        var pause = complaint.Pauses.ShouldHaveSingleItem();
        (pause.From, pause.To, pause.Reason).ShouldBe(
            (A.At("2019-03-06 11:30"), A.At("2019-03-06 13:30"), PauseReason.WaitingForConfirmation)
        );
        complaint
            .Event<ComplaintObjected>()
            .ShouldBe(
                new ComplaintObjected(
                    complaint.Id,
                    complaint.Version,
                    Records.CustomerId,
                    "沒有修好",
                    A.Day("2019-03-06"),
                    A.At("2019-03-06 14:00")
                )
            );
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_pause_that_lasts_When_targets_are_calculated_Then_the_response_has_one_and_the_resolution_none()
    {
        var pause = new ComplaintPause(
            A.At("2019-03-04 15:00"),
            null,
            PauseReason.WaitingForCustomer,
            null,
            Stamp.Of(A.Context(Someone.InQuality()))
        );

        var targets = ServiceTargets.For(
            A.At("2019-03-04 14:00"),
            Severity.Major,
            Case3(Someone.InQuality(), "2019-03-04 16:00"),
            [pause]
        );

        targets.ShouldBe(new ServiceTargets(A.At("2019-03-04 18:00"), null));
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_complaints_at_all_times_When_asked_what_is_overdue_Then_store_and_code_agree()
    {
        var complaint = A.Complaint().Build();
        var solved = A.Complaint().At(ComplaintState.Solved);
        var paused = A.Complaint().Build();
        paused.Pause(A.Context(Someone.InQuality()), PauseReason.WaitingForSample, null).ShouldBeNull();
        DateTimeOffset[] moments =
        [
            A.Moment,
            complaint.ResponseDueAt,
            complaint.ResponseDueAt.AddMilliseconds(1),
            complaint.ResolutionDueAt!.Value,
            complaint.ResolutionDueAt.Value.AddMilliseconds(1),
        ];

        foreach (var now in moments)
        {
            foreach (var each in new[] { complaint, solved, paused })
            {
                bool Stored(params ComplaintTarget[] targets) =>
                    ComplaintDeadlines.Overdue(targets, now).Compile()(each);
                var response = ComplaintDeadlines.IsResponseOverdue(each, now);
                var resolution = ComplaintDeadlines.IsResolutionOverdue(each, now);
                Stored(ComplaintTarget.Response).ShouldBe(response);
                Stored(ComplaintTarget.Resolution).ShouldBe(resolution);
                Stored(ComplaintTarget.Response, ComplaintTarget.Resolution).ShouldBe(response || resolution);
                response.ShouldBe(each.RespondedAt is null && now > each.ResponseDueAt);
                resolution.ShouldBe(each == complaint && now > complaint.ResolutionDueAt);
            }
        }
    }

    private static Complaint Register(string at, Severity severity) =>
        Complaint.Register(Case3(Someone.InSales(), at), "TS-2019-000001", A.Intake(severity)).Required();

    // Opened on Monday as minor, answered five hours later, paused for a day.
    private static Complaint Case11()
    {
        var complaint = Complaint
            .Register(Case11(Someone.InSales(), "2026-03-09 10:00"), "TS-2026-000001", A.Intake(Severity.Minor))
            .Required();
        complaint.Respond(Case11(Someone.InCustomerService(), "2026-03-09 15:00"), "已收到").ShouldBeNull();
        complaint
            .Pause(Case11(Someone.InQuality(), "2026-03-10 10:00"), PauseReason.WaitingForSample, null)
            .ShouldBeNull();
        complaint.Resume(Case11(Someone.InQuality(), "2026-03-11 10:00")).ShouldBeNull();
        complaint.MarkSaved();
        return complaint;
    }

    private static CommandContext Case3(Actor actor, string at) => On(actor, at, respond: 4, resolve: 6);

    private static CommandContext Case11(Actor actor, string at) => On(actor, at, respond: 4, resolve: 24);

    private static CommandContext On(Actor actor, string at, double respond, double resolve)
    {
        using var json = new MemoryStream(
            Encoding.UTF8.GetBytes(
                """
                { "calendars": [ { "id": "case", "extends": "china", "hours": { "default": ["10:00-18:00"] },
                  "closed": [ { "date": "2019-03-05", "reason": "company holiday" } ] } ] }
                """
            )
        );
        var policy = A.Policy with
        {
            Complaints = new ComplaintPolicy
            {
                Targets = new Dictionary<Severity, ServiceTarget>
                {
                    [Severity.Minor] = new(8, 40, "case"),
                    [Severity.Major] = new(respond, resolve, "case"),
                    [Severity.Critical] = new(2, 24, "always"),
                },
            },
        };
        return new CommandContext(actor, A.At(at), policy, WorkCalendars.BuiltIn.With(json, "case"), A.Zone);
    }
}
