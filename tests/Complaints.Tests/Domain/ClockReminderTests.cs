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

    private static BusinessClock Hours { get; } =
        A.Context(Someone.InCustomerService())
            .BusinessClock(A.Context(Someone.InCustomerService()).Policy.Complaints.Targets[Severity.Major].Calendar);

    private static CommandContext System(DateTimeOffset at) => A.Context(Someone.System("complaints"), at);

    private static CommandContext Desk(DateTimeOffset? at = null) => A.Context(Someone.InCustomerService(), at);
}
