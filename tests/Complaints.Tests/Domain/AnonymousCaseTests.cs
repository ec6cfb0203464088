using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.Testing;
using static CustomerService.Complaints.Complaints.Domain.ComplaintState;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>A complaint of an anonymous form (C5.9): the case goes its whole way, and nobody is owed an answer.</summary>
public sealed class AnonymousCaseTests
{
    private static CommandContext Desk => A.Context(Someone.InCustomerService());

    private static CommandContext Qc => A.Context(Someone.InQuality());

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_an_anonymous_form_When_it_is_registered_Then_it_is_triaged_at_once_and_no_response_is_late()
    {
        var complaint = Registered();

        complaint.State.ShouldBe(Responded);
        (complaint.RespondedAt, complaint.Response).ShouldBe((null, null));
        var later = A.Moment.AddDays(30);
        ComplaintDeadlines.IsResponseOverdue(complaint, later).ShouldBeFalse();
        ComplaintDeadlines.Overdue([ComplaintTarget.Response], later).Compile()(complaint).ShouldBeFalse();
        ComplaintDeadlines.Overdue([ComplaintTarget.Resolution], later).Compile()(complaint).ShouldBeTrue();
        ClockReminders.Next(complaint, Desk)!.Target.ShouldBe(ComplaintTarget.Resolution);
        Steps(complaint).ShouldBe(["explain", "send-to-qc", "solve"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "C5.9")]
    public void Given_it_was_settled_alone_When_it_is_closed_Then_nobody_is_asked_and_no_reason_is_wanted(bool explain)
    {
        var complaint = Registered();
        (explain ? complaint.Explain(Desk, "使用不當") : complaint.Solve(Desk, "已培訓")).ShouldBeNull();
        Steps(complaint).ShouldBe(["close"]);
        complaint.Confirm(Desk, "王小姐", "滿意").Refused("customer-anonymous", "C5.9");
        complaint.Object(Desk, "不滿意").Refused("customer-anonymous", "C5.9");
        complaint.AwaitsConfirmation.ShouldBeFalse();

        complaint.Close(Desk, null).ShouldBeNull();

        complaint.State.ShouldBe(Closed);
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_QC_ruled_that_it_is_not_ours_When_it_is_closed_Then_it_was_resolved_without_an_answer()
    {
        var complaint = WithQuality();
        complaint.DecideNotOurs(Qc, "U-01", "外力損壞").ShouldBeNull();
        Steps(complaint).ShouldBe(["close"]);
        complaint.Stages.ShouldAllBe(stage => stage.Until != null, "nobody waits for an answer");
        complaint.Released().Answer(Desk, null, null, null).Refused("customer-anonymous", "C5.9");

        complaint.Close(Desk, null).ShouldBeNull();

        (complaint.State, complaint.ResolvedAt, complaint.ResolvedInTime).ShouldBe((Closed, A.Moment, true));
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_it_is_ours_When_it_is_closed_Then_remedy_and_effective_CAPA_are_there_as_for_everybody()
    {
        var complaint = WithQuality();
        complaint.DecideOurs(Qc, "production", "W-03", "搭接不足").ShouldBeNull();
        complaint.Close(Desk, null).Refused("capa-missing", "C5.4");
        var capa = complaint
            .OpenCapa(Qc, Qc, "CAPA-2026-000001", new CapaRequest(null, A.Today.AddDays(10), "防止再次發生"))
            .Required();
        complaint.Close(Desk, null).Refused("capa-open", "C5.6.2");
        CapaBuilder.CarryThrough(capa, A.Moment);
        complaint.UpdateCapa(capa);
        complaint.Close(Desk, null).Refused("remedy-missing", "C5.3.1");
        complaint.Remedied();
        Steps(complaint).ShouldContain("close");

        complaint.Close(Desk, null).ShouldBeNull();

        complaint.State.ShouldBe(Closed);
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_recurrence_When_it_is_reopened_Then_it_is_triaged_again_and_nobody_is_responded_to()
    {
        var complaint = Registered();
        complaint.Solve(Desk, "已培訓").ShouldBeNull();
        complaint.Close(Desk, null).ShouldBeNull();

        complaint.BeginAgain(Desk, "再次發生").ShouldBeNull();

        (complaint.State, complaint.Round).ShouldBe((Responded, 2));
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_a_known_customer_When_their_complaint_is_merged_into_an_anonymous_one_Then_refused_because_no_answer_would_come()
    {
        A.Complaint().At(Responded).MergeInto(Desk, Registered(), "一併處理").Refused("parent-does-not-fit", "S4");

        var child = Registered();
        child.MergeInto(Desk, A.Complaint().At(Responded), "一併處理").ShouldBeNull();
        child.Response.ShouldBeNull("nobody was told anything");
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_known_customer_When_the_system_waives_the_response_Then_refused()
    {
        A.Complaint().Build().WaiveResponse(A.Context(Someone.System("complaints"))).Refused("customer-known", "C5.9");
    }

    private static Complaint Registered()
    {
        var system = A.Context(Someone.System("surveys"));
        var complaint = Complaint
            .Register(
                system,
                "TS-2026-000124",
                A.Intake(Severity.Minor) with
                {
                    CustomerId = Guid.Empty,
                    Customer = null,
                    CustomerName = "（匿名）",
                    Channel = Channel.Survey,
                }
            )
            .Required();
        complaint.WaiveResponse(system).ShouldBeNull();
        return complaint;
    }

    private static Complaint WithQuality()
    {
        var complaint = Registered();
        complaint.SendToQc(Desk, "需勘查").ShouldBeNull();
        return complaint;
    }

    private static IReadOnlyList<string> Steps(Complaint complaint) =>
        [
            .. complaint
                .WorkSteps(A.Context(Someone.System("work")))
                .SelectMany(step => (IEnumerable<string>)[step.Action, .. step.Alternatives])
                .Order(StringComparer.Ordinal),
        ];
}
