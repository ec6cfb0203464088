using CsCheck;
using CustomerService.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

public sealed class FlowTests
{
    private static readonly ComplaintTargets Targets = new(
        PolicyCatalogue.BuiltIn,
        new CompanyClock(TimeProvider.System)
    );

    [Fact]
    public void The_flow_of_a_complaint_is_sound() =>
        FlowChecks.Problems(ComplaintFlow.Table, ComplaintsService.Texts, Texts.Common).ShouldBeEmpty();

    [Fact]
    public void The_flow_of_a_corrective_action_is_sound() =>
        FlowChecks.Problems(CorrectiveActionFlow.Table, ComplaintsService.Texts, Texts.Common).ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Nothing_is_executed_in_any_state_before_the_review()
    {
        var action = Any.FindingAction();
        foreach (var state in Enum.GetValues<CorrectiveActionState>().Where(s => s != CorrectiveActionState.Execution))
        {
            var refusal = CorrectiveActionFlow.Table.Check(
                action,
                state,
                CorrectiveActionStep.Execute,
                Any.Flow(Any.Maker),
                Any.Today,
                out _
            );
            refusal.ShouldNotBeNull(state.ToString());
        }

        foreach (
            var state in new[]
            {
                CorrectiveActionState.Unassigned,
                CorrectiveActionState.Analysis,
                CorrectiveActionState.Review,
            }
        )
        {
            var refusal = CorrectiveActionFlow.Table.Check(
                action,
                state,
                CorrectiveActionStep.Execute,
                Any.Flow(Any.Maker),
                Any.Today,
                out _
            )!;
            (refusal.Code, refusal.Rule).ShouldBe(("capa-not-reviewed", "C5.4"));
            refusal.Missing.ShouldBe(["review"]);
            refusal.SuppliedBy.ShouldBe([Roles.ManagementRepresentative]);
        }
    }

    [Fact]
    public void Whatever_is_tried_on_a_complaint_changes_it_by_the_table_or_not_at_all() =>
        Gen.Select(Gen.Int[0, 18], Gen.Int[0, Any.People.Count - 1])
            .List[1, 40]
            .Sample(
                tries =>
                {
                    var now = Any.Now;
                    var complaint = Complaint
                        .Register(Any.Flow(Any.Service, now), "FM004-2026-0001", Any.Intake(now), Targets)
                        .Complaint!;
                    var actions = new List<CorrectiveAction>();
                    foreach (var (what, who) in tries)
                    {
                        now = now.AddMinutes(7);
                        var flow = Any.Flow(Any.People[who], now);
                        var (state, version, entries) = (
                            complaint.State,
                            complaint.Version,
                            complaint.PendingEntries.Count
                        );
                        var refusal = Try(complaint, (ComplaintAction)what, flow, actions);
                        if ((ComplaintAction)what == ComplaintAction.Register)
                        {
                            continue;
                        }

                        var row = ComplaintFlow.Table.Rows.FirstOrDefault(r =>
                            r.From == state && r.Action == (ComplaintAction)what
                        );
                        if (refusal is not null)
                        {
                            (complaint.State, complaint.Version, complaint.PendingEntries.Count).ShouldBe(
                                (state, version, entries)
                            );
                        }
                        else
                        {
                            row.ShouldNotBeNull();
                            flow.Actor.HasAny(row.Roles).ShouldBeTrue();
                            complaint.State.ShouldBe(row.To);
                            complaint.PendingEntries.Count.ShouldBe(entries + 1);
                        }

                        (complaint.State == ComplaintState.Closed && complaint.HasOpenAction).ShouldBeFalse();
                        (complaint.ResolvedAt is not null && complaint.IsPaused).ShouldBeFalse();
                        complaint.ResponseDueAt.ShouldBeGreaterThan(complaint.OpenedAt);
                    }

                    AuditVerification.Check(complaint.PendingEntries, complaint.AuditHead).ShouldBeNull();
                },
                iter: 300
            );

    [Fact]
    public void Whatever_is_tried_on_a_corrective_action_changes_it_by_the_table_or_not_at_all() =>
        Gen.Select(Gen.Int[2, 9], Gen.Int[0, Any.People.Count - 1])
            .List[1, 60]
            .Sample(
                tries =>
                {
                    var now = Any.Now;
                    var action = Any.FindingAction();
                    foreach (var (what, who) in tries)
                    {
                        now = now.AddHours(3);
                        var flow = Any.Flow(Any.People[who], now);
                        var (state, version, entries) = (action.State, action.Version, action.PendingEntries.Count);
                        var step = (CorrectiveActionStep)what;
                        var refusal = Try(action, step, flow);
                        if (refusal is not null)
                        {
                            (action.State, action.Version, action.PendingEntries.Count).ShouldBe(
                                (state, version, entries)
                            );
                        }
                        else
                        {
                            action.State.ShouldBe(
                                CorrectiveActionFlow.Table.Rows.Single(r => r.From == state && r.Action == step).To
                            );
                        }

                        // C5.4 and C5.6.2, whatever way it came here.
                        if (action.Execution is { } execution)
                        {
                            action.Review!.Approved.ShouldBeTrue();
                            execution.By.Department.ShouldBe(action.Department);
                            action.Review.By.Id.ShouldNotBe(action.Proposal!.By.Id);
                        }

                        if (action.State == CorrectiveActionState.Closed)
                        {
                            action.Verification!.By.Id.ShouldNotBe(action.Execution!.By.Id);
                            action.Verification.By.Id.ShouldNotBe(action.Proposal!.By.Id);
                        }

                        action.Rounds.Count(r => r.EndedBy == "ineffective").ShouldBe(action.Ineffective);
                        action.Rounds.Count(r => r.EndedBy == "recurred").ShouldBe(action.Recurrences);
                    }

                    AuditVerification.Check(action.PendingEntries, action.AuditHead).ShouldBeNull();
                },
                iter: 500
            );

    private static Refusal? Try(
        Complaint complaint,
        ComplaintAction action,
        FlowContext flow,
        List<CorrectiveAction> actions
    )
    {
        switch (action)
        {
            case ComplaintAction.Respond:
                return complaint.Respond(flow, "received");
            case ComplaintAction.Explain:
                return complaint.Explain(flow, "not ours", Targets);
            case ComplaintAction.Solve:
                return complaint.Solve(flow, "done", Targets);
            case ComplaintAction.SendToQc:
                return complaint.SendToQc(flow, "look");
            case ComplaintAction.DecideOurs:
                return complaint.Decide(flow, Liability.Ours, "production", "M01", "ours");
            case ComplaintAction.DecideNotOurs:
                return complaint.Decide(flow, Liability.NotOurs, null, null, "theirs");
            case ComplaintAction.DecideUnclear:
                return complaint.Decide(flow, Liability.Unclear, null, null, "?");
            case ComplaintAction.OpenCorrectiveAction:
                if (complaint.OpenCorrectiveAction(flow, flow.Today.AddDays(5), "recurs") is { } refusal)
                {
                    return refusal;
                }

                var opened = CorrectiveAction
                    .OpenFor(complaint, flow, "CAPA-2026-0001", "production", flow.Today.AddDays(5), "recurs")
                    .Action!;
                // Half of them are carried through, so that closing is reached as well.
                if (actions.Count % 2 == 0)
                {
                    Any.CarryThrough(opened, flow.Now);
                }

                actions.Add(opened);
                complaint.Follow(opened);
                return null;
            case ComplaintAction.Answer:
                return complaint.Reply(flow, "cause", "lot", "conclusion", Targets);
            case ComplaintAction.Confirm:
                return complaint.Confirm(flow, "customer", null);
            case ComplaintAction.Object:
                return complaint.Object(flow, "no", Targets);
            case ComplaintAction.Close:
                return complaint.Close(flow, flow.Actor.Has(Roles.SalesManager) ? "not reached" : null);
            case ComplaintAction.Reopen:
                return complaint.Reopen(flow, "again", Targets);
            case ComplaintAction.Pause:
                return complaint.Pause(flow, PauseReason.WaitingForSample, null, Targets);
            case ComplaintAction.Resume:
                return complaint.Resume(flow, Targets);
            case ComplaintAction.Reclassify:
                return complaint.Reclassify(
                    flow,
                    complaint.Severity == Severity.Minor ? Severity.Critical : Severity.Minor,
                    "so",
                    Targets
                );
            case ComplaintAction.ReportToSalesManager:
                return complaint.ReportToSalesManager(flow, MeetingGround.CauseUnknown, "unknown");
            case ComplaintAction.ReportToGeneralManager:
                return complaint.ReportToGeneralManager(flow, "grave");
            default:
                return null;
        }
    }

    private static Refusal? Try(CorrectiveAction action, CorrectiveActionStep step, FlowContext flow) =>
        step switch
        {
            CorrectiveActionStep.Assign => action.Assign(flow, "production", flow.Today.AddDays(3), null),
            CorrectiveActionStep.Propose => action.Propose(flow, "rework", "cause", "correct", "prevent"),
            CorrectiveActionStep.Approve => action.Approve(flow, "good"),
            CorrectiveActionStep.SendBack => action.SendBack(flow, "not yet"),
            CorrectiveActionStep.Execute => action.Execute(flow, "done", flow.Today),
            CorrectiveActionStep.VerifyEffective => action.VerifyEffective(flow, "seen"),
            CorrectiveActionStep.VerifyIneffective => action.VerifyIneffective(flow, "not seen", flow.Today.AddDays(3)),
            CorrectiveActionStep.Reopen => action.Reopen(flow, "again", flow.Today.AddDays(3)),
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
}
