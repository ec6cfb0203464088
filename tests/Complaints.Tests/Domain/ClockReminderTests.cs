using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Reminders of targets, in working hours, and to whom they escalate.</summary>
public sealed class ClockReminderTests
{
    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_target_When_it_runs_out_Then_each_level_is_told_once_in_working_hours()
    {
        var complaint = A.Complaint().Build();
        var due = complaint.ResponseDueAt;
        complaint.MarkSaved();
        var roles = new List<string>();
        while (complaint.RemindAt is { } at)
        {
            complaint.Remind(System(at.AddMinutes(-1))).Refused("no-reminder-due", "C1");
            complaint.Remind(System(at)).ShouldBeNull();
            var told = complaint.Event<ComplaintClockReminderDue>();
            (told.Target, told.Level, told.DueAt).ShouldBe(("response", roles.Count + 1, due));
            told.Overdue.ShouldBe(at > due);
            roles.Add(told.Role);
            Hours.IsOpen(at.AddTicks(-1)).ShouldBeTrue($"{at} ends a working hour");
            complaint.MarkSaved();
        }

        roles.ShouldBe([Roles.CustomerService, Roles.DepartmentHead, Roles.SalesManager, Roles.GeneralManager]);
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_first_answer_When_given_Then_the_resolution_is_called_to_mind_next_and_a_pause_moves_it()
    {
        var complaint = A.Complaint().At(ComplaintState.Responded);
        var first = complaint.RemindAt.ShouldNotBeNull();
        Hours.Elapsed(first, complaint.ResolutionDueAt!.Value).ShouldBe(TimeSpan.FromHours(2));

        complaint.Pause(Desk(), PauseReason.WaitingForSample, null).ShouldBeNull();
        complaint.RemindAt.ShouldBeNull("while it is paused there is nothing to call to mind");
        complaint.Resume(Desk(A.Moment.AddDays(1))).ShouldBeNull();

        complaint.RemindAt!.Value.ShouldBeGreaterThan(first);
        Hours.Elapsed(complaint.RemindAt.Value, complaint.ResolutionDueAt!.Value).ShouldBe(TimeSpan.FromHours(2));
        A.Complaint().At(ComplaintState.Explained).RemindAt.ShouldBeNull("what is resolved has no target");
    }

    [Fact]
    [Trait("Rule", "C1")]
    [Trait("Rule", "S1")]
    public void Given_a_date_that_was_promised_When_it_comes_before_the_target_Then_the_step_is_due_by_it()
    {
        var complaint = A.Complaint(Severity.Minor).At(ComplaintState.Responded);
        DateTimeOffset? Due() =>
            complaint
                .WorkSteps(Desk())
                .First(step => step.Action == "explain" || step.Alternatives.Contains("explain"))
                .DueAt;
        Due().ShouldBe(complaint.ResolutionDueAt);

        complaint.Promise(Desk(), A.Today, "今日答覆").ShouldBeNull();

        Due().ShouldBe(Desk().Zone.EndOf(A.Today));
        Due()!.Value.ShouldBeLessThan(complaint.ResolutionDueAt!.Value);
        complaint.Promise(Desk(), A.Today.AddDays(90), "改期").ShouldBeNull();
        Due().ShouldBe(complaint.ResolutionDueAt, "a later promise moves no target");
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_date_that_was_promised_When_its_day_comes_and_goes_Then_each_is_told_once_to_who_promised()
    {
        var complaint = A.Complaint(Severity.Minor).At(ComplaintState.Responded);
        complaint.Promise(Desk(), A.Today.AddDays(3), "答覆").ShouldBeNull();
        var (morning, over) = (Desk().Zone.EndOf(A.Today.AddDays(2)), Desk().Zone.EndOf(A.Today.AddDays(3)));
        complaint.ClockRemindAt.ShouldBe(morning);
        complaint.RemindOfClocks(System(morning.AddMinutes(-1))).Refused("no-clock-due", "C1");

        var due = OtherClocks.Due(complaint, System(morning)).ShouldHaveSingleItem();
        (due.What, due.DueAt, due.PersonId).ShouldBe(("promise", over, Someone.InCustomerService().Id));
        complaint.RemindOfClocks(System(morning)).ShouldBeNull();
        complaint.ClockRemindAt.ShouldBe(over);
        complaint.RemindOfClocks(System(over)).ShouldBeNull();

        complaint.ClockRemindAt.ShouldBeNull("before and at its end, once each");
        complaint.Promise(Desk(over), A.Today.AddDays(9), "改期").ShouldBeNull();
        complaint.ClockRemindAt.ShouldNotBeNull("another date is another promise");
        complaint.Solve(Desk(over), "已更換").ShouldBeNull();
        complaint.ClockRemindAt.ShouldBeNull("kept or broken by now");
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_QC_that_investigates_When_its_own_clock_runs_out_Then_quality_is_told_before_and_at_its_end()
    {
        var complaint = A.Complaint(Severity.Minor).At(ComplaintState.WithQc);
        var stage = complaint.Stages.ShouldHaveSingleItem();
        var before = complaint.ClockRemindAt.ShouldNotBeNull();
        A.Context(Someone.InQuality())
            .BusinessClock(stage.Calendar)
            .Elapsed(before, stage.DueAt)
            .ShouldBe(TimeSpan.FromHours(2));
        OtherClocks.Due(complaint, System(before)).ShouldHaveSingleItem().Roles.ShouldBe([Roles.Qc, Roles.QcHead]);
        complaint.RemindOfClocks(System(before)).ShouldBeNull();
        complaint.ClockRemindAt.ShouldBe(stage.DueAt);
        complaint.DecideOurs(A.Context(Someone.InQuality(), before), "production", "W-03", "搭接不足").ShouldBeNull();

        complaint.ClockRemindAt.ShouldBeNull("QC has ruled");
    }

    [Fact]
    [Trait("Rule", "C1")]
    [Trait("Rule", "C5.3.2")]
    public void Given_it_is_not_ours_When_the_answer_waits_Then_QC_and_after_the_release_customer_service_are_told()
    {
        var complaint = A.Complaint(Severity.Minor).At(ComplaintState.NotOurLiability);
        var stage = StageClock.Running(complaint.Stages, Stage.Answer).ShouldNotBeNull();
        var before = complaint.ClockRemindAt.ShouldNotBeNull();
        Hours.Elapsed(before, stage.DueAt).ShouldBe(TimeSpan.FromHours(2));
        DueOf("release-conclusion")
            .ShouldBe(stage.DueAt, "the answer alone is waited for, whatever the resolution's target allows");
        complaint.DueClocks(System(before.AddMinutes(-1))).ShouldBeEmpty();
        Due(before).ShouldBe(("answer", Roles.Qc, "quality"), "the customer cannot be answered before QC's words");
        complaint.RemindOfClocks(System(before)).ShouldBeNull();
        complaint.ClockRemindAt.ShouldBe(stage.DueAt);

        complaint.Released(before.AddMinutes(5));

        DueOf("answer").ShouldBe(stage.DueAt);
        Due(before.AddMinutes(5)).ShouldBe(("answer", Roles.CustomerService, "customer-service"));
        complaint.RemindOfClocks(System(before.AddMinutes(5))).ShouldBeNull();
        complaint.ClockRemindAt.ShouldBe(stage.DueAt);
        complaint.RemindOfClocks(System(stage.DueAt)).ShouldBeNull();
        complaint.ClockRemindAt.ShouldBeNull("once before and once at its end");
        complaint.Answer(Desk(stage.DueAt), null, null, null).ShouldBeNull();
        var ended = complaint.Stages[^1];
        (ended.Stage, ended.Until, ended.InTime).ShouldBe((Stage.Answer, stage.DueAt, true));

        DateTimeOffset? DueOf(string action) =>
            complaint
                .WorkSteps(Desk())
                .First(step => step.Action == action || step.Alternatives.Contains(action))
                .DueAt;

        (string, string, string?) Due(DateTimeOffset at)
        {
            var due = complaint.DueClocks(System(at)).ShouldHaveSingleItem();
            return (due.What, due.Roles[0], due.AtWork);
        }
    }

    [Fact]
    [Trait("Rule", "C1")]
    [Trait("Rule", "C5.3.2")]
    public void Given_it_was_not_ours_When_QC_takes_that_back_Then_no_answer_is_waited_for_any_more()
    {
        var complaint = A.Complaint().At(ComplaintState.NotOurLiability);
        var first = StageClock.Running(complaint.Stages, Stage.Answer).ShouldNotBeNull();
        var quality = A.Context(Someone.InQuality(), A.Moment.AddHours(1));
        complaint.DecideNotOurs(quality, "U-02", "另一外因").ShouldBeNull();
        StageClock.Running(complaint.Stages, Stage.Answer).ShouldBe(first, "the customer waits since the first ruling");

        complaint.DecideUnclear(quality, "需再檢測").ShouldBeNull();

        complaint.Stages.Single(stage => stage.Until is null).Stage.ShouldBe(Stage.Investigation);
        complaint.DecideOurs(quality, "production", "W-03", "搭接不足").ShouldBeNull();
        complaint.Stages.ShouldAllBe(stage => stage.Until != null);
    }

    [Fact]
    [Trait("Rule", "C1")]
    [Trait("Rule", "C5.4")]
    public void Given_a_CAPA_When_the_departments_clock_was_forgotten_Then_its_people_are_told_once_that_it_is_over()
    {
        var capa = A.Capa().Build();
        var stage = capa.Stages.ShouldHaveSingleItem();
        var late = System(stage.DueAt.AddDays(1));
        var due = capa.DueClocks(late).ShouldHaveSingleItem();
        (due.What, due.Department, due.Roles[0]).ShouldBe(("proposal", "production", Roles.DepartmentHead));

        capa.RemindOfClocks(late).ShouldBeNull();

        capa.ClockRemindAt.ShouldBeNull("what is over is not said to be due soon");
        capa.RemindOfClocks(late).Refused("no-clock-due", "C1");
    }

    private static BusinessClock Hours { get; } =
        A.Context(Someone.InCustomerService())
            .BusinessClock(A.Context(Someone.InCustomerService()).Policy.Complaints.Targets[Severity.Major].Calendar);

    private static CommandContext System(DateTimeOffset at) => A.Context(Someone.System("complaints"), at);

    private static CommandContext Desk(DateTimeOffset? at = null) => A.Context(Someone.InCustomerService(), at);
}
