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
        var (first, second) = (Faulty(), Faulty(A.Moment.AddDays(31)));
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

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_plan_When_nothing_could_be_counted_for_it_Then_refused_until_the_complaint_knows_the_fault()
    {
        var complaint = A.Complaint().At(ComplaintState.OurLiability);
        var capa = OpenFor(complaint);
        var owner = A.Context(Someone.InResponsible());
        capa.Propose(owner, "a", "b", "c", "d", Watching, [complaint])
            .Refused("effect-lacks-fault", "C5.6.2")
            .Missing.ShouldBe(["product-and-fault"]);
        complaint.Assess(Qc, new Assessment(false, "E-07", null, "附註", Stamp.Of(Qc)), "M-200").ShouldBeNull();

        capa.Propose(owner, "a", "b", "c", "d", Watching, [complaint]).ShouldBeNull();

        capa.FaultKey.ShouldBe(complaint.FaultKey);
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_fault_before_the_window_or_of_a_merged_complaint_When_it_becomes_known_in_it_Then_it_does_not_count()
    {
        var served = Faulty();
        var capa = Executed(served);
        var (before, child) = (Faulty(A.Moment.AddDays(-1)), Faulty());
        child.MergeInto(Desk, served, "一併處理").ShouldBeNull();
        var looked = A.Context(Someone.System(), A.Today.AddDays(10));

        EffectWatch.Count(capa, before, looked).ShouldBeFalse();
        EffectWatch.Count(capa, child, looked).ShouldBeFalse();

        capa.Occurrences.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_an_action_of_somebody_of_QC_When_they_verify_Then_refused()
    {
        var capa = Open();
        var owner = A.Context(Someone.InResponsible());
        capa.Propose(
                owner,
                "a",
                "b",
                "c",
                "d",
                Watching with
                {
                    Actions =
                    [
                        new(ActionType.Corrective, "改檢驗", "quality", Qc.Actor.Id, Qc.Actor.Name, A.Today.AddDays(5)),
                    ],
                }
            )
            .ShouldBeNull();
        var representative = A.Context(Someone.ManagementRepresentative());
        capa.Approve(representative, "同意").ShouldBeNull();
        var item = ActionItem
            .Issue(A.Context(Someone.System()), "AI-1", ActionSource.Of(capa), capa.Orders(representative)[0])
            .Required();
        item.Receive(Qc).ShouldBeNull();
        item.Complete(Qc, "完成", "記錄", A.Today).ShouldBeNull();
        item.Accept(A.Context(Someone.HeadOf("quality", "qc-chief")), null).ShouldBeNull();
        capa.UpdateAction(item);
        capa.Execute(A.Context(Someone.HeadOf()), "已完成", A.Today).ShouldBeNull();

        capa.VerifyEffective(A.Context(Someone.InQuality(), A.Today.AddDays(31)), "好")
            .Refused("verifier-is-owner", "C5.6.2");
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_an_action_When_a_later_day_is_granted_Then_the_CAPA_follows_and_a_day_that_has_passed_is_not()
    {
        var capa = Open();
        var owner = A.Context(Someone.InResponsible());
        capa.Propose(
                owner,
                "a",
                "b",
                "c",
                "d",
                Watching with
                {
                    Actions = [new(ActionType.Corrective, "x", "production", null, null, A.Today.AddDays(5))],
                }
            )
            .ShouldBeNull();
        var representative = A.Context(Someone.ManagementRepresentative());
        capa.Approve(representative, "同意").ShouldBeNull();
        var item = ActionItem
            .Issue(A.Context(Someone.System()), "AI-1", ActionSource.Of(capa), capa.Orders(representative)[0])
            .Required();
        item.Escalate(A.Context(Someone.System(), A.Today.AddDays(6))).ShouldBeNull();
        item.AskExtension(owner, A.Today.AddDays(20), "等料").ShouldBeNull();
        item.GrantExtension(A.Context(Someone.ManagementRepresentative(), A.Today.AddDays(21)), null)
            .Refused("extension-passed", "C5.6.2");

        item.GrantExtension(representative, null).ShouldBeNull();

        capa.FollowExtension(representative, item).ShouldBeTrue();
        capa.DueOn.ShouldBe(A.Today.AddDays(20));
        item.Escalate(A.Context(Someone.System(), A.Today.AddDays(21))).ShouldBeNull();
        item.Escalations[^1].Level.ShouldBe(1, "for the later day it begins again");
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_another_plan_of_effect_and_another_owner_When_it_comes_again_Then_the_difference_shows_both()
    {
        var capa = Open();
        var owner = A.Context(Someone.InResponsible());
        ProposalDetail With(string who, int target) =>
            Watching with
            {
                Effect = new(EffectMetric.RecurrencesOfFault, null, target, 30),
                Actions = [new(ActionType.Corrective, "x", "production", who, who, A.Today.AddDays(5))],
                Whys = [new($"為何 {target}", "因為", null)],
            };
        capa.Propose(owner, "a", "b", "c", "d", With("甲", 1)).ShouldBeNull();
        capa.SendBack(A.Context(Someone.ManagementRepresentative()), "不足").ShouldBeNull();

        capa.Propose(owner, "a", "b", "c", "d", With("乙", 0)).ShouldBeNull();

        ProposalChangeView.Of(capa).Select(change => change.Part).ShouldBe(["actions", "whys", "effect"]);
    }

    private static Complaint Faulty(DateTimeOffset? on = null)
    {
        var complaint = A.Complaint().On(on ?? A.Moment).At(ComplaintState.OurLiability);
        complaint.Assess(Qc, new Assessment(false, "E-07", null, "附註", Stamp.Of(Qc)), "M-200").ShouldBeNull();
        return complaint;
    }

    private static Capa OpenFor(Complaint complaint) =>
        complaint
            .OpenCapa(Qc, Qc, "CAPA-2026-000001", new CapaRequest(null, A.Today.AddDays(10), "防止再次發生"))
            .Required();

    private static Capa Open() => OpenFor(Faulty());

    private static Capa Executed(ProposalDetail? detail = null) => Executed(Faulty(), detail);

    private static Capa Executed(Complaint served, ProposalDetail? detail = null)
    {
        var capa = OpenFor(served);
        capa.Propose(A.Context(Someone.InResponsible()), "a", "b", "c", "d", detail ?? Watching).ShouldBeNull();
        capa.Approve(A.Context(Someone.ManagementRepresentative()), "同意").ShouldBeNull();
        capa.Execute(A.Context(Someone.HeadOf()), "已完成", A.Today).ShouldBeNull();
        return capa;
    }
}
