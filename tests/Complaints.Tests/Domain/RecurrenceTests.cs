using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.Testing;
using static CustomerService.Complaints.Complaints.Domain.ComplaintState;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>A fault that recurs reopens complaint and CAPAs together, from either side (C5.6.2).</summary>
public sealed class RecurrenceTests
{
    private static readonly DateTimeOffset Later = A.Moment.AddDays(60);

    private static CommandContext Qc(Aggregate record) => A.Context(Someone.InQuality(), Later);

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_closed_complaint_When_its_fault_recurs_Then_a_round_begins_and_its_CAPAs_reopen()
    {
        var builder = A.Complaint().Ours();
        var complaint = builder.At(Closed);
        var capa = builder.Capas.ShouldHaveSingleItem();

        Recurrence.Reopen(Qc, complaint, builder.Capas, "同處再漏", null).ShouldBeNull();

        (complaint.State, complaint.Round, complaint.OpenedAt).ShouldBe((Registered, 2, Later));
        (capa.State, capa.Recurrences, capa.DueOn).ShouldBe((CapaState.Analysis, 1, null));
        complaint.Capas.ShouldHaveSingleItem().State.ShouldBe(CapaState.Analysis);
        complaint
            .Event<ComplaintReopened>()
            .ShouldBe(
                new ComplaintReopened(
                    complaint.Id,
                    complaint.Version,
                    Records.CustomerId,
                    "同處再漏",
                    A.Today.AddDays(60),
                    "major",
                    complaint.ResponseDueAt,
                    complaint.ResolutionDueAt
                )
            );
        complaint.ResponseDueAt.ShouldBeGreaterThan(Later);
        complaint.ResolutionDueAt!.Value.ShouldBeGreaterThan(complaint.ResponseDueAt);
        complaint.PendingEntries[^1].Why.ShouldBe("同處再漏");
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_complaint_that_is_reopened_When_the_round_ends_Then_all_it_said_is_kept_and_nothing_holds_on()
    {
        var complaint = A.Complaint().At(Closed);
        var (ruling, answer, confirmation) = (
            complaint.LiabilityRuling,
            complaint.CustomerAnswer,
            complaint.Confirmation
        );

        Recurrence.Reopen(Qc, complaint, [], "再次發生", null).ShouldBeNull();

        var round = complaint.Rounds.ShouldHaveSingleItem();
        (round.Number, round.OpenedAt, round.ClosedOn, round.ReopenReason, round.ReopenedOn).ShouldBe(
            (1, A.Moment, A.Today, "再次發生", A.Today.AddDays(60))
        );
        (round.Ruling, round.Answer, round.Confirmation).ShouldBe((ruling, answer, confirmation));
        (round.Response!.Message, round.Triage!.Outcome, round.ReopenedBy.At).ShouldBe(
            ("已收到", TriageOutcome.ToQc, Later)
        );
        (complaint.Response, complaint.Triage, complaint.LiabilityRuling, complaint.CustomerAnswer).ShouldBe(
            (null, null, null, null)
        );
        (complaint.Confirmation, complaint.ClosedOn, complaint.ResponsibleDepartment).ShouldBe((null, null, null));
        (complaint.RespondedAt, complaint.ResolvedAt, complaint.ResolvedInTime).ShouldBe((null, null, null));
        complaint.ClosedWithoutConfirmation.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_case_F4_not_ours_with_a_cause_When_the_next_round_is_solved_alone_Then_it_says_no_liability()
    {
        var complaint = A.Complaint().At(Closed);
        Recurrence.Reopen(Qc, complaint, [], "再次發生", null).ShouldBeNull();
        complaint.Respond(A.Context(Someone.InCustomerService(), Later), "收到").ShouldBeNull();

        complaint.Solve(A.Context(Someone.InCustomerService(), Later), "已更換").ShouldBeNull();

        complaint.LiabilityRuling.ShouldBeNull();
        complaint.Rounds[0].Ruling!.CauseCode.ShouldBe("U-01");
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_form_When_the_fault_recurs_Then_the_complaint_keeps_it()
    {
        var complaint = A.Complaint().At(Closed);
        complaint.MakeOutForm("FM004-2026-0001");

        Recurrence.Reopen(Qc, complaint, [], "再次發生", null).ShouldBeNull();

        complaint.FormNumber.ShouldBe("FM004-2026-0001");
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_an_effective_CAPA_When_it_recurs_Then_its_closed_complaint_is_reopened_with_it()
    {
        var builder = A.Complaint().Ours();
        var complaint = builder.At(Closed);
        var (capa, due) = (builder.Capas[0], A.Today.AddDays(70));

        Recurrence.Reopen(Qc, complaint, [capa], "再次發生", due).ShouldBeNull();

        (capa.DueOn, complaint.State).ShouldBe((due, Registered));
        complaint.Capas.ShouldHaveSingleItem().DueOn.ShouldBe(due);
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_an_effective_CAPA_When_it_recurs_while_its_complaint_is_open_Then_that_stays_as_it_is()
    {
        var builder = A.Complaint().Ours();
        var complaint = builder.At(Answered);

        Recurrence.Reopen(Qc, complaint, builder.Capas, "再次發生", null).ShouldBeNull();

        (complaint.State, complaint.Round).ShouldBe((Answered, 1));
        complaint.Capas.ShouldHaveSingleItem().State.ShouldBe(CapaState.Analysis);
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_CAPA_of_a_finding_When_it_recurs_Then_it_is_reopened_alone()
    {
        var capa = A.FindingCapa().At(CapaState.Closed);

        Recurrence.Reopen(Qc, null, [capa], "再次發生", null).ShouldBeNull();

        capa.State.ShouldBe(CapaState.Analysis);
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_due_day_in_the_past_When_a_CAPA_recurs_Then_nothing_is_reopened()
    {
        var builder = A.Complaint().Ours();
        var complaint = builder.At(Closed);

        var refusal = Recurrence.Reopen(Qc, complaint, builder.Capas, "再次發生", A.Today.AddDays(59));

        refusal.Refused("due-in-the-past", "C5.6.2");
        (complaint.State, builder.Capas[0].State, complaint.PendingEvents.Count).ShouldBe(
            (Closed, CapaState.Closed, 0)
        );
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_complaint_that_is_open_When_it_is_reopened_Then_refused()
    {
        var complaint = A.Complaint().At(Answered);

        var refusal = Recurrence.Reopen(Qc, complaint, [], "再次發生", null);

        refusal.Refused("not-in-this-state", "C5.6.2").Missing.ShouldBe(["state:closed"]);
    }
}
