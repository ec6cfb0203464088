using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using static CustomerService.Complaints.ActionItems.Domain.ActionItemState;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Slips, remedies and decisions: received by name, carried out, checked, escalated.</summary>
public sealed class ActionItemTests
{
    private static CommandContext Owner => A.Context(Someone.InResponsible());

    private static CommandContext Desk => A.Context(Someone.InCustomerService());

    private static CommandContext Qc => A.Context(Someone.InQuality());

    [Fact]
    public void The_flow_of_an_action_item_is_sound() =>
        FlowChecks.Problems(ActionItemFlow.Table, ComplaintsTexts.Manager, Texts.Common).ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_only_the_table_changes_an_action_item() =>
        new FlowWalk<ActionItem, ActionItemState, ActionItemAction>(ActionItemFlow.Table)
            .Start(
                ActionItemAction.Issue,
                move =>
                    ActionItem.Issue(
                        move.Context,
                        "AI-2026-000001",
                        new ActionSource("complaint", Guid.CreateVersion7(), "TS-2026-000001", null, "屋面滲漏"),
                        Records.Order(
                            move.Pick(ActionPurpose.PassOn, ActionPurpose.Remedy, ActionPurpose.Decision),
                            move.Context.Today.AddDays(3)
                        ) with
                        {
                            OwnerId = move.OneIn(4) ? "ren" : null,
                        }
                    )
            )
            .On(ActionItemAction.Receive, (i, move) => i.Receive(move.Context))
            .On(
                ActionItemAction.Complete,
                (i, move) =>
                    i.Complete(
                        move.Context,
                        "done",
                        move.OneIn(4) ? null : "seen",
                        move.Context.Today.AddDays(move.OneIn(5) ? 1 : 0)
                    )
            )
            .On(ActionItemAction.Accept, (i, move) => i.Accept(move.Context, null))
            .On(ActionItemAction.SendBack, (i, move) => i.SendBack(move.Context, "no"))
            .On(ActionItemAction.Supervise, (i, move) => i.Supervise(move.Context, "seen"))
            .On(
                ActionItemAction.AskExtension,
                (i, move) => i.AskExtension(move.Context, move.Context.Today.AddDays(move.Pick(60, -1)), "more")
            )
            .On(ActionItemAction.GrantExtension, (i, move) => i.GrantExtension(move.Context, null))
            .On(ActionItemAction.RefuseExtension, (i, move) => i.RefuseExtension(move.Context, "no"))
            .On(ActionItemAction.Withdraw, (i, move) => i.Withdraw(move.Context, "no"))
            .On(ActionItemAction.Escalate, (i, move) => i.Escalate(move.Context))
            .By(item =>
                [
                    Someone.WithEveryRole() with
                    {
                        Department = "production",
                    },
                    Someone.WithoutRole(),
                    Someone.InResponsible(),
                    Someone.HeadOf(),
                    Someone.InCustomerService(),
                    Someone.InQuality(),
                    Someone.HeadOfQuality(),
                    Someone.SalesManager(),
                    Someone.ManagementRepresentative(),
                    Someone.System(),
                ]
            )
            .Run(walks: 300);

    [Fact]
    [Trait("Rule", "C3.1.4")]
    public void Given_a_complaint_When_it_is_passed_on_Then_the_department_has_a_slip_with_a_deadline_and_it_stays_open()
    {
        var complaint = A.Complaint().At(ComplaintState.Confirmed);

        var slip = complaint
            .PassOn(Desk, Desk, "AI-2026-000007", Records.Order(ActionPurpose.PassOn, A.Today.AddDays(2)))
            .Required();

        (slip.State, slip.Rule, slip.Department, slip.DueOn).ShouldBe(
            (Issued, "C3.1.4", "production", A.Today.AddDays(2))
        );
        slip.WorkSteps(Desk).ShouldHaveSingleItem().Rule.ShouldBe("C3.1.4");
        complaint.Close(Desk, null).Refused("action-open", "C3.1.4");
        slip.Receive(Desk).Refused("not-the-owner", "C3.1.4");
        slip.Receive(Owner).ShouldBeNull();
        slip.ReceivedBy!.Name.ShouldBe("REN");
        slip.Complete(Owner, "批次 2026-08-A", null, A.Today).ShouldBeNull();
        slip.Accept(Owner, null).Refused("role-missing", "C3.1.4");
        slip.Accept(Desk, "可").ShouldBeNull();
        complaint.UpdateAction(slip);
        complaint.Close(Desk, null).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_decision_of_a_meeting_When_it_is_not_carried_out_Then_the_complaint_is_not_closed()
    {
        var complaint = A.Complaint().At(ComplaintState.Confirmed);
        var decision = ActionItem
            .Issue(
                A.Context(Someone.System("complaints")),
                "AI-2026-000009",
                ActionSource.Of(complaint) with
                {
                    Kind = "review-meeting",
                },
                Records.Order(ActionPurpose.Decision, A.Today.AddDays(5)) with
                {
                    Rule = "C5.5.1",
                }
            )
            .Required();
        complaint.UpdateAction(decision);
        complaint.Close(Desk, null).Refused("action-open", "C3.1.4");
        decision.Receive(Owner).ShouldBeNull();
        decision.Complete(Owner, "已委託", null, A.Today).ShouldBeNull();
        decision.Accept(Desk, "可").ShouldBeNull();

        complaint.UpdateAction(decision);

        complaint.Close(Desk, null).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.3.1")]
    public void Given_QC_that_investigates_When_the_department_received_the_notice_Then_it_remedies_before_the_cause()
    {
        var complaint = A.Complaint().At(ComplaintState.WithQc);
        var order = Records.Order(ActionPurpose.Remedy, A.Today.AddDays(1));
        complaint.PlanRemedy(Owner, Owner, "AI-1", order).Refusal.Refused("notice-not-received", "C5.3.1");
        complaint.InformDepartment(Qc, "production", "先隔離庫存").ShouldBeNull();
        complaint.PlanRemedy(Owner, Owner, "AI-1", order).Refusal.Refused("notice-not-received", "C5.3.1");
        complaint.ReceiveNotice(A.Context(Someone.HeadOf("sales"))).Refused("notice-of-another", "C5.3.1");
        complaint.ReceiveNotice(Owner).ShouldBeNull();

        var remedy = complaint.PlanRemedy(Owner, Owner, "AI-1", order).Required();

        remedy.State.ShouldBe(Received, "who plans it for the own department has received it");
        complaint.Notices[0].Received!.Name.ShouldBe("REN");
        remedy.Supervise(Qc, "已到場").ShouldBeNull();
        remedy.Complete(Owner, "已隔離", null, A.Today).Refused("evidence-missing", "C5.6.2");
        remedy.Complete(Owner, "已隔離", "照片", A.Today).ShouldBeNull();
        remedy.Accept(Desk, null).Refused("not-the-checker", "C3.1.4");
        remedy.Accept(Qc, null).ShouldBeNull();
        (remedy.State, remedy.Notes[0].Text).ShouldBe((Settled, "已到場"));
    }

    [Fact]
    [Trait("Rule", "C5.3.1")]
    public void Given_our_liability_When_no_remedy_is_settled_Then_the_complaint_is_not_closed()
    {
        var complaint = A.Complaint().At(ComplaintState.WithQc);
        complaint.DecideOurs(Qc, "production", null, "原因待查").ShouldBeNull();
        complaint.Notices.ShouldHaveSingleItem().Department.ShouldBe("production");
        var capa = complaint.OpenCapa(Qc, Qc, "CAPA-1", new Capas.Domain.CapaRequest(null, A.Today, "防止")).Required();
        CapaBuilder.CarryThrough(capa, A.Moment);
        complaint.UpdateCapa(capa);
        complaint.Released().Answer(Desk, null, null, null).ShouldBeNull();
        complaint.Confirm(Desk, "王小姐", "滿意", Records.ByPhone).ShouldBeNull();

        complaint.Close(Desk, null).Refused("remedy-missing", "C5.3.1");

        complaint.Remedied().Close(Desk, null).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_an_owner_who_needs_longer_When_it_is_granted_Then_the_day_moves_and_it_is_counted()
    {
        var item = Issue(ActionPurpose.Remedy);
        item.AskExtension(Owner, A.Today.AddDays(3), "材料").Refused("extension-not-later", "C5.6.2");
        item.AskExtension(Owner, A.Today.AddDays(9), "材料").ShouldBeNull();
        item.AskExtension(Owner, A.Today.AddDays(10), "材料").Refused("extension-asked-already", "C5.6.2");

        item.GrantExtension(Qc, "同意").ShouldBeNull();

        (item.DueOn, item.ExtensionsGranted).ShouldBe((A.Today.AddDays(9), 1));
        item.AskExtension(Owner, A.Today.AddDays(20), "材料").ShouldBeNull();
        item.RefuseExtension(Qc, "不再延").ShouldBeNull();
        (item.DueOn, item.ExtensionsGranted).ShouldBe((A.Today.AddDays(9), 1));
    }

    // Monday, 2 March 2026; three working days lie between the levels.
    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_an_overdue_decision_When_days_go_by_Then_it_comes_before_its_caller_and_then_the_level_above()
    {
        var issued = A.Context(Someone.System(), A.At("2026-03-02 09:00"));
        var item = ActionItem
            .Issue(
                issued,
                "AI-1",
                new ActionSource("meeting", Guid.CreateVersion7(), "HY-1", null, "x"),
                Records.Order(ActionPurpose.Decision, A.Day("2026-03-03"))
            )
            .Required();
        item.Escalate(A.Context(Someone.System(), A.Day("2026-03-03"))).Refused("not-to-escalate", "C5.5.1");

        item.Escalate(A.Context(Someone.System(), A.Day("2026-03-04"))).ShouldBeNull();
        item.Escalate(A.Context(Someone.System(), A.Day("2026-03-09"))).Refused("not-to-escalate", "C5.5.1");
        item.MarkSaved();
        item.Escalate(A.Context(Someone.System(), A.Day("2026-03-10"))).ShouldBeNull();

        item.Escalations.Select(e => (e.Level, e.To)).ShouldBe([(1, Roles.CustomerService), (2, Roles.SalesManager)]);
        item.Event<ActionItemOverdue>().EscalatedTo.ShouldBe(Roles.SalesManager);
        ActionItemDeadlines.ToEscalate(A.Day("2026-04-30")).Compile()(item).ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C3.1.4")]
    public void Given_a_result_When_it_is_not_what_was_asked_for_Then_it_goes_back_and_is_kept()
    {
        var item = Issue(ActionPurpose.PassOn);
        item.Receive(Owner).ShouldBeNull();
        item.Complete(Owner, "查過", null, A.Today).ShouldBeNull();

        item.SendBack(Desk, "缺批次號").ShouldBeNull();

        (item.State, item.Result, item.SentBack.Count).ShouldBe((Received, null, 1));
    }

    private static ActionItem Issue(ActionPurpose purpose) =>
        ActionItem
            .Issue(
                Qc,
                "AI-2026-000001",
                new ActionSource("complaint", Guid.CreateVersion7(), "TS-1", null, "x"),
                Records.Order(purpose, A.Today.AddDays(3))
            )
            .Required();
}
