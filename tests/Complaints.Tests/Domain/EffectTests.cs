using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Effects that the system measures, several actions, several complaints.</summary>
public sealed class EffectTests
{
    private static readonly ProposalDetail Watching = ProposalDetail.None with
    {
        Effect = new(EffectMetric.RecurrencesOfFault, null, 1, 30),
    };

    private static readonly ProposalDetail RateOf80 = ProposalDetail.None with
    {
        Effect = new(EffectMetric.FirstPassRate, "M-200", 80, 30),
    };

    private static CommandContext Qc => A.Context(Someone.InQuality());

    private static CommandContext Desk => A.Context(Someone.InCustomerService());

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_known_model_and_fault_When_proposed_without_a_plan_Then_refused()
    {
        var capa = Open();

        capa.Propose(A.Context(Someone.InResponsible()), "a", "b", "c", "d")
            .Refused("effect-plan-missing", "C5.6.2")
            .Missing.ShouldBe(["effect-plan"]);
        capa.Propose(A.Context(Someone.InResponsible()), "a", "b", "c", "d", Watching).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_an_action_after_the_due_day_When_proposed_Then_refused()
    {
        var capa = Open();

        capa.Propose(
                A.Context(Someone.InResponsible()),
                "a",
                "b",
                "c",
                "d",
                Watching with
                {
                    Actions = [new(ActionType.Corrective, "x", "production", null, null, A.Today.AddDays(11))],
                }
            )
            .Refused("action-after-due", "C5.6.2");
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    [Trait("Rule", "C3.2.3")]
    public void Given_several_actions_When_one_is_open_Then_the_head_does_not_report_the_execution()
    {
        var capa = Open();
        ProposedAction[] actions =
        [
            new(ActionType.Corrective, "改治具", "production", null, null, A.Today.AddDays(5)),
            new(ActionType.PreventiveSystem, "修訂作業標準", "production", null, null, A.Today.AddDays(8)),
        ];
        capa.Propose(A.Context(Someone.InResponsible()), "a", "b", "c", "d", Watching with { Actions = actions })
            .ShouldBeNull();
        var representative = A.Context(Someone.ManagementRepresentative());
        capa.Approve(representative, "同意").ShouldBeNull();
        var items = capa.Orders(representative)
            .Select(order =>
                ActionItem.Issue(A.Context(Someone.System()), "AI-1", ActionSource.Of(capa), order).Required()
            )
            .ToList();
        items.ForEach(capa.UpdateAction);
        items
            .Select(item => (item.Type, item.Rule))
            .ShouldBe([(ActionType.Corrective, "C5.6.2"), (ActionType.PreventiveSystem, "C5.6.2")]);
        var head = A.Context(Someone.HeadOf());
        capa.Execute(head, "已完成", A.Today).Refused("capa-actions-open", "C5.6.2");

        foreach (var item in items)
        {
            item.Receive(A.Context(Someone.InResponsible())).ShouldBeNull();
            item.Complete(A.Context(Someone.InResponsible()), "完成", "記錄", A.Today).ShouldBeNull();
            item.Accept(head, null).ShouldBeNull();
            capa.UpdateAction(item);
        }

        capa.Execute(head, "已完成", A.Today).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_window_When_it_is_open_Then_nobody_verifies()
    {
        var capa = Executed();
        capa.WatchThrough.ShouldBe(A.Today.AddDays(30));

        capa.VerifyEffective(Qc, "好").Refused("watch-window-open", "C5.6.2").Missing.ShouldBe(["window-end"]);
        capa.VerifyEffective(A.Context(Someone.InQuality(), A.Today.AddDays(30)), "好")
            .Refused("watch-window-open", "C5.6.2");

        capa.VerifyEffective(A.Context(Someone.InQuality(), A.Today.AddDays(31)), "好").ShouldBeNull();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_window_When_more_recur_than_the_target_allows_Then_it_is_analysed_again_by_itself(
        int recurrences,
        bool back
    )
    {
        var capa = Executed();
        var returned = false;
        for (var i = 0; i < recurrences; i++)
        {
            returned = EffectWatch.Count(capa, Faulty(), A.Context(Someone.System(), A.Today.AddDays(10)));
        }

        returned.ShouldBe(back);
        capa.State.ShouldBe(back ? CapaState.Analysis : CapaState.Verification);
        if (back)
        {
            (capa.DueOn, capa.Recurrences, capa.WatchThrough).ShouldBe((null, 1, null));
            capa.Rounds[^1].EndedBy.ShouldBe(CapaRoundEnd.Measured);
            capa.Rounds[^1].Occurrences.Count.ShouldBe(2);
        }
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_an_effective_CAPA_When_the_fault_recurs_within_the_window_or_after_Then_only_within_counts()
    {
        var capa = Executed();
        var (first, second) = (Faulty(), Faulty());
        EffectWatch.Count(capa, first, A.Context(Someone.System(), A.Today.AddDays(10))).ShouldBeFalse();

        EffectWatch.Count(capa, first, A.Context(Someone.System(), A.Today.AddDays(11))).ShouldBeFalse("known already");
        EffectWatch.Count(capa, second, A.Context(Someone.System(), A.Today.AddDays(31))).ShouldBeFalse();

        capa.Occurrences.ShouldHaveSingleItem().ComplaintId.ShouldBe(first.Id);
    }

    [Theory]
    [InlineData(8, 10, true)]
    [InlineData(0, 0, true)]
    [InlineData(79, 100, false)]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_rate_as_the_target_When_its_window_is_over_Then_it_is_verified_or_analysed_again(
        int good,
        int counted,
        bool reached
    )
    {
        var capa = Executed(RateOf80);
        var rate = new EffectRate(good, counted, A.Today.AddDays(31));
        var after = A.Context(Someone.System(), A.Today.AddDays(31));
        capa.ConfirmRate(A.Context(Someone.System(), A.Today.AddDays(30)), rate).Refused("watch-window-open", "C5.6.2");
        capa.VerifyEffective(A.Context(Someone.InQuality(), A.Today.AddDays(31)), "好")
            .Refused("rate-not-measured", "C5.6.2");

        if (reached)
        {
            capa.FallShort(after, rate).Refused("rate-reached", "C5.6.2");
            capa.ConfirmRate(after, rate).ShouldBeNull();

            capa.Rate.ShouldBe(rate);
            capa.VerifyEffective(A.Context(Someone.InQuality(), A.Today.AddDays(31)), "好").ShouldBeNull();
            capa.ConfirmRate(after, rate).ShouldNotBeNull();
        }
        else
        {
            capa.ConfirmRate(after, rate).Refused("rate-below-target", "C5.6.2");
            capa.FallShort(after, rate).ShouldBeNull();

            (capa.State, capa.Ineffective, capa.DueOn, capa.Rate, capa.WatchKey).ShouldBe(
                (CapaState.Analysis, 1, null, null, null)
            );
            (capa.Rounds[^1].EndedBy, capa.Rounds[^1].Rate).ShouldBe((CapaRoundEnd.Measured, rate));
        }
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_rate_as_the_target_When_complaints_come_Then_they_do_not_count_against_it()
    {
        var capa = Executed(RateOf80);

        EffectWatch.Count(capa, Faulty(), A.Context(Someone.System(), A.Today.AddDays(1))).ShouldBeFalse();

        capa.Occurrences.ShouldBeEmpty();
        new EffectRate(2, 3, A.Today).Percent().ShouldBe(66.7m);
        new EffectRate(0, 0, A.Today).Percent().ShouldBeNull("of nothing there is no share (C5.10)");
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_two_complaints_with_one_cause_When_the_second_joins_Then_one_CAPA_serves_both()
    {
        var first = Faulty();
        var capa = OpenFor(first);
        var second = A.Complaint().At(ComplaintState.OurLiability);

        second.JoinCapa(Qc, capa).ShouldBeNull();

        capa.ComplaintIds.ShouldBe([first.Id, second.Id]);
        capa.ServedIds.ShouldBe([first.Id, second.Id]);
        capa.Event<CapaCaseJoined>().CaseId.ShouldBe(second.Id);
        second.Capas.ShouldHaveSingleItem().Number.ShouldBe(capa.Number);
        second.JoinCapa(Qc, capa).Refused("capa-not-to-join", "C5.4");
        second.Close(Desk, null).Refused("capa-open", "C5.6.2");
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_a_proposal_that_was_sent_back_When_it_comes_again_Then_the_difference_is_shown()
    {
        var capa = Open();
        var owner = A.Context(Someone.InResponsible());
        capa.Propose(owner, "重做", "搭接不足", "重做", "停檢點", Watching).ShouldBeNull();
        capa.SendBack(A.Context(Someone.ManagementRepresentative()), "原因不足").ShouldBeNull();

        capa.Propose(owner, "重做", "搭接與養護不足", "重做", "停檢點", Watching).ShouldBeNull();

        ProposalChangeView.Of(capa).ShouldBe([new ProposalChangeView("cause", "搭接不足", "搭接與養護不足")]);
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_CAPA_When_it_goes_its_way_Then_each_department_has_a_clock_of_its_own()
    {
        var capa = Executed();

        capa.Stages.Select(stage => (stage.Stage, stage.Until is null))
            .ShouldBe([(Stage.Proposal, false), (Stage.Review, false), (Stage.Verification, true)]);
    }

    private static Complaint Faulty()
    {
        var complaint = A.Complaint().At(ComplaintState.OurLiability);
        complaint.Assess(Qc, new Assessment(false, "E-07", null, "附註", Stamp.Of(Qc)), "M-200").ShouldBeNull();
        return complaint;
    }

    private static Capa OpenFor(Complaint complaint) =>
        complaint
            .OpenCapa(Qc, Qc, "CAPA-2026-000001", new CapaRequest(null, A.Today.AddDays(10), "防止再次發生"))
            .Required();

    private static Capa Open() => OpenFor(Faulty());

    private static Capa Executed(ProposalDetail? detail = null)
    {
        var capa = Open();
        capa.Propose(A.Context(Someone.InResponsible()), "a", "b", "c", "d", detail ?? Watching).ShouldBeNull();
        capa.Approve(A.Context(Someone.ManagementRepresentative()), "同意").ShouldBeNull();
        capa.Execute(A.Context(Someone.HeadOf()), "已完成", A.Today).ShouldBeNull();
        return capa;
    }
}
