using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using static CustomerService.Complaints.Capas.Domain.CapaState;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>The way of a CAPA: assignment, proposal, review, execution, verification.</summary>
public sealed class CapaFlowTests
{
    private static CommandContext Maker => A.Context(Someone.InResponsible());

    private static CommandContext Representative => A.Context(Someone.ManagementRepresentative());

    private static CommandContext Head => A.Context(Someone.HeadOf());

    private static CommandContext Qc => A.Context(Someone.InQuality());

    private static CommandContext Desk => A.Context(Someone.InCustomerService());

    [Fact]
    public void The_flow_of_a_CAPA_is_sound() =>
        FlowChecks.Problems(CapaFlow.Table, ComplaintsTexts.Manager, Texts.Common).ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_only_the_table_changes_a_CAPA() =>
        new FlowWalk<Capa, CapaState, CapaAction>(CapaFlow.Table)
            .Start(
                CapaAction.OpenForFinding,
                move => Capa.OpenForFinding(move.Context, "CAPA-2026-000001", CapaBuilder.Finding)
            )
            .Start(
                CapaAction.OpenForOrder,
                move => Capa.OpenForOrder(move.Context, "CAPA-2026-000001", Order(move.Context.Today))
            )
            .Start(
                CapaAction.OpenForComplaint,
                move =>
                    Capa.OpenForComplaint(
                        move.Context,
                        "CAPA-2026-000001",
                        Faulty(move),
                        new CapaRequest("production", move.Context.Today, "recurs")
                    )
            )
            .Start(CapaAction.OpenForResponse, move => OpenForCase(move, Form))
            .Start(CapaAction.OpenForAssessment, move => OpenForCase(move, Assessed))
            .On(CapaAction.RemindOfClocks, (c, move) => c.RemindOfClocks(move.Context))
            .On(CapaAction.JoinCase, (c, move) => JoinCase(c, move))
            .On(
                CapaAction.Assign,
                (c, move) => c.Assign(move.Context, move.Pick("production", "purchasing"), Due(move), null)
            )
            .On(
                CapaAction.Propose,
                (c, move) => c.Propose(move.Context, "rework", "cause", "correct", "prevent", Detail(move))
            )
            .On(CapaAction.Measure, (c, move) => c.Measure(move.Context, new(Guid.Empty, "TS-1", move.Context.Today)))
            .On(CapaAction.Recur, (c, move) => c.Recur(move.Context, new(Guid.Empty, "TS-1", move.Context.Today)))
            .On(CapaAction.ConfirmRate, (c, move) => c.ConfirmRate(move.Context, Rate(move)))
            .On(CapaAction.FallShort, (c, move) => c.FallShort(move.Context, Rate(move)))
            .On(CapaAction.Approve, (c, move) => c.Approve(move.Context, "good") ?? Issue(c, move))
            .On(CapaAction.SendBack, (c, move) => c.SendBack(move.Context, "not yet"))
            .On(
                CapaAction.Execute,
                (c, move) => c.Execute(move.Context, "done", move.Context.Today.AddDays(move.Pick(0, 0, 0, 1, -99)))
            )
            .On(CapaAction.VerifyEffective, (c, move) => c.VerifyEffective(move.Context, "seen"))
            .On(CapaAction.VerifyIneffective, (c, move) => c.VerifyIneffective(move.Context, "not seen", Due(move)))
            .On(CapaAction.Reopen, (c, move) => c.Reopen(move.Context, "again", move.OneIn(3) ? null : Due(move)))
            .By(
                Someone.InQuality(),
                Someone.InResponsible(),
                Someone.InResponsible("purchasing", "gou"),
                Someone.HeadOf(),
                Someone.HeadOf("purchasing", "zhang"),
                Someone.ManagementRepresentative(),
                Someone.InCustomerService(),
                Someone.WithoutRole(),
                Someone.System(),
                Someone.System("others"),
                // People with too many roles: the rules on persons hold whatever the roles.
                Someone.With(
                    "many-hats",
                    "production",
                    Roles.ResponsibleDepartment,
                    Roles.ManagementRepresentative,
                    Roles.Qc
                ),
                Someone.With("two-hats", null, Roles.ManagementRepresentative, Roles.Qc, Roles.ResponsibleDepartment),
                Someone.With("three-hats", "production", Roles.DepartmentHead, Roles.Qc, Roles.CustomerService),
                Someone.With("both-sides", null, Roles.Qc, Roles.CustomerService)
            )
            .Holds(Invariants)
            .Run(walks: 250, steps: 60);

    // Some are given an action that nobody carries out.
    private static Refusal? Issue(Capa capa, Move move)
    {
        if (move.OneIn(4))
        {
            var order = new ActionOrder(
                ActionPurpose.Capa,
                "改治具",
                "production",
                null,
                null,
                move.Context.Today,
                ActionType.Corrective
            );
            var system = move.Context with { Actor = Someone.System() };
            capa.UpdateAction(ActionItem.Issue(system, "AI-1", ActionSource.Of(capa), order).Required());
        }

        return null;
    }

    private static Refusal? JoinCase(Capa capa, Move move) =>
        move.OneIn(3)
            ? capa.JoinCase(move.Context, Fault, move.OneIn(2) ? "CAPA-2026-000002" : null)
            : capa.JoinCase(move.Context, move.OneIn(2) ? Form : Assessed);

    private static SurveyCase Fault { get; } = Survey(CapaSource.Repair, "WX-2026-000031");

    private static SurveyCase Form { get; } = Survey(CapaSource.SurveyResponse, "FM006 2026-11-20 WX-2026-000007");

    private static SurveyCase Assessed { get; } = Survey(CapaSource.Assessment, "PG-2026-000003");

    private static SurveyCase Survey(CapaSource source, string number) =>
        SurveyCase.Hear(
            A.Context(Someone.System("surveys")),
            Guid.CreateVersion7(),
            source,
            number,
            "安全設施",
            A.Today,
            ["T2.safety"]
        );

    private static Result<Capa> OpenForCase(Move move, SurveyCase survey) =>
        Capa.OpenForCase(move.Context, "CAPA-2026-000001", survey, new("production", move.Context.Today, "recurs"));

    [Theory]
    [InlineData(true, CapaSource.SurveyResponse, "response", "C5.9")]
    [InlineData(false, CapaSource.Assessment, "assessment", "T1")]
    [Trait("Rule", "C5.9")]
    [Trait("Rule", "T1")]
    internal void Given_a_form_or_an_assessment_When_QC_opens_a_CAPA_Then_it_serves_it_and_the_department_proposes(
        bool form,
        CapaSource source,
        string kind,
        string rule
    )
    {
        var survey = form ? Form : Assessed;
        var request = new CapaRequest("repair", A.Today, "防止再次發生");

        var capa = Capa.OpenForCase(Qc, "CAPA-2026-000021", survey, request).Required();

        (capa.State, capa.Source, capa.SourceId, capa.SourceNumber, capa.Department).ShouldBe(
            (Analysis, source, survey.Id, survey.Number, "repair")
        );
        capa.Serves.ShouldBe([new(kind, survey.Id, survey.Number, A.Today)]);
        capa.ServedIds.ShouldBe([survey.Id]);
        capa.Event<CapaOpened>().Source.ShouldBe(source.ToKebab());
        Capa.OpenForCase(Desk, "CAPA-2026-000021", survey, request).Refusal.Refused("role-missing", rule);
        Capa.OpenForCase(Qc, "CAPA-2026-000021", survey, request with { DueOn = A.Today.AddDays(-1) })
            .Refusal.Refused("due-in-the-past", "C5.6.2");
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_an_open_CAPA_When_a_form_and_an_assessment_join_Then_it_serves_all_three_each_once_and_tells_it()
    {
        var capa = A.Capa().At(Execution);
        var first = capa.Serves.ShouldHaveSingleItem();

        capa.JoinCase(Qc, Form).ShouldBeNull();
        capa.JoinCase(Qc, Assessed).ShouldBeNull();

        capa.Serves.Select(served => (served.Kind, served.Id))
            .ShouldBe([(first.Kind, first.Id), ("response", Form.Id), ("assessment", Assessed.Id)]);
        capa.ServedIds.ShouldBe([first.Id, Form.Id, Assessed.Id]);
        capa.PendingEvents.OfType<CapaCaseJoined>()
            .ShouldBe([
                new CapaCaseJoined(capa.Id, capa.Version, capa.Number, "response", Form.Id, A.Today),
                new CapaCaseJoined(capa.Id, capa.Version, capa.Number, "assessment", Assessed.Id, A.Today),
            ]);
        capa.JoinCase(Qc, Form).Refused("case-served-already", "C5.4");
        capa.JoinCase(Desk, Form).Refused("role-missing", "C5.4");
        A.Capa().At(Closed).JoinCase(Qc, Form).Refused("not-in-this-state", "C5.4");
    }

    [Theory]
    [InlineData(CapaSource.Revisit)]
    [InlineData(CapaSource.Repair)]
    [Trait("Rule", "P2.2.3")]
    internal void Given_a_construction_fault_with_a_CAPA_When_it_is_to_join_another_Then_refused_and_the_first_is_named(
        CapaSource source
    )
    {
        var capa = A.Capa().At(Execution);
        var fault = Survey(source, "WX-2026-000031");

        var refusal = capa.JoinCase(Qc, fault, "CAPA-2026-000002").Refused("case-has-capa", "P2.2.3");

        refusal.Arguments["capa"].ShouldBe("CAPA-2026-000002");
        capa.JoinCase(Qc, fault).ShouldBeNull();
        capa.JoinCase(Qc, Form, "CAPA-2026-000002").ShouldBeNull("a form may be served by several");
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_a_finding_When_a_CAPA_is_opened_Then_QC_must_assign_it_and_all_the_finding_said_is_kept()
    {
        var finding = CapaBuilder.Finding;

        var capa = Capa.OpenForFinding(A.Context(Someone.System("projects")), "CAPA-2026-000012", finding).Required();

        (capa.State, capa.Number, capa.Source, capa.SourceId, capa.SourceNumber).ShouldBe(
            (Unassigned, "CAPA-2026-000012", CapaSource.Revisit, finding.Id, "HT-2024-018")
        );
        (capa.ProjectId, capa.ComplaintId, capa.Subject, capa.Description).ShouldBe(
            (finding.ProjectId, null, "東湖花園二期 · 3 號樓屋面", "防水層起鼓滲漏")
        );
        (capa.Department, capa.DueOn, capa.OpenedOn, capa.PolicyVersion).ShouldBe((null, null, A.Today, 1));
        capa.Actions(Someone.InQuality()).ShouldBe(["assign", "join-case"]);
        var told = capa.Event<CapaOpened>();
        (told with { Cases = null }).ShouldBe(
            new CapaOpened(capa.Id, 1, "CAPA-2026-000012", "revisit", finding.Id, null, A.Today, null)
        );
        told.Cases.ShouldBe([new("finding", finding.Id)]);
        capa.PendingEntries[^1].Why.ShouldBe("防水層起鼓滲漏");
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_a_person_When_they_open_a_CAPA_for_a_finding_Then_the_role_is_missing()
    {
        var result = Capa.OpenForFinding(Qc, "CAPA-2026-000012", CapaBuilder.Finding);

        result.Refusal.Refused("role-missing", "P2.2.3");
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_a_corrective_order_When_a_CAPA_is_opened_Then_the_department_proposes_by_the_orders_deadline()
    {
        var capa = Capa.OpenForOrder(
                A.Context(Someone.System("surveys")),
                "CAPA-2026-000013",
                Order(A.Today.AddDays(30))
            )
            .Required();

        (capa.State, capa.Source, capa.Department, capa.DueOn).ShouldBe(
            (Analysis, CapaSource.CorrectiveOrder, "production", A.Today.AddDays(30))
        );
        capa.Actions(Someone.InResponsible()).ShouldContain("propose");
        Capa.OpenForOrder(Qc, "CAPA-2026-000013", Order(A.Today)).Refusal.Refused("role-missing", "C5.10");
    }

    private static SatisfactionOrder Order(DateOnly dueOn) =>
        new(
            Guid.Parse("0198c0de-0000-7000-8000-0000000000ee"),
            "TB-2026-0001",
            "production",
            dueOn,
            "整改令",
            "未達標"
        );

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_a_complaint_When_a_CAPA_is_opened_Then_it_is_told_with_department_and_due_day()
    {
        var complaint = A.Complaint().Build();

        var capa = Capa.OpenForComplaint(
                Qc,
                "CAPA-2026-000012",
                complaint,
                new CapaRequest("production", A.Today, "防止")
            )
            .Required();

        (capa.State, capa.Source, capa.Description).ShouldBe((Analysis, CapaSource.Complaint, "防止"));
        var told = capa.Event<CapaOpened>();
        (told with { Cases = null }).ShouldBe(
            new CapaOpened(capa.Id, 1, "CAPA-2026-000012", "complaint", complaint.Id, "production", A.Today, A.Today)
        );
        told.Cases.ShouldBe([new("complaint", complaint.Id)]);
    }

    [Theory]
    [InlineData(Unassigned)]
    [InlineData(Analysis)]
    [Trait("Rule", "P2.2.3")]
    internal void Given_a_CAPA_before_its_proposal_When_QC_assigns_it_Then_department_and_due_day_hold(CapaState state)
    {
        var capa = A.FindingCapa().At(state);

        capa.Assign(Qc, "purchasing", A.Today, null).ShouldBeNull();

        (capa.State, capa.Department, capa.DueOn).ShouldBe((Analysis, "purchasing", A.Today));
        capa.Event<CapaAssigned>()
            .ShouldBe(new CapaAssigned(capa.Id, capa.Version, capa.SourceId, "purchasing", A.Today, A.Today));
        capa.PendingEntries[^1].Why.ShouldBe("purchasing");
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_a_reason_When_QC_assigns_Then_it_is_audited()
    {
        var capa = A.Capa().Build();

        capa.Assign(Qc, "purchasing", A.Today, "材料問題").ShouldBeNull();

        capa.PendingEntries[^1].Why.ShouldBe("材料問題");
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_due_day_in_the_past_When_QC_assigns_Then_refused()
    {
        var capa = A.FindingCapa().Build();

        var refusal = capa.Assign(Qc, "production", A.Today.AddDays(-1), null);

        refusal.Refused("due-in-the-past", "C5.6.2").SuppliedBy.ShouldBe([Roles.Qc, Roles.QcHead]);
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_a_CAPA_When_the_responsible_department_proposes_Then_all_four_parts_are_kept()
    {
        var capa = A.Capa().Build();

        capa.Propose(Maker, "處置", "原因", "糾正", "預防").ShouldBeNull();

        capa.Proposal.ShouldBe(new CapaProposal("處置", "原因", "糾正", "預防", A.Today, Stamp.Of(Maker)));
        capa.Event<CapaAnalysed>().ShouldBe(new CapaAnalysed(capa.Id, capa.Version, capa.SourceId, A.Today));
        capa.PendingEntries[^1].Why.ShouldBe("原因");
    }

    [Theory]
    [InlineData("purchasing")]
    [InlineData(null)]
    [Trait("Rule", "C5.4")]
    public void Given_another_department_When_it_proposes_Then_refused_and_not_on_offer(string? department)
    {
        var other = Someone.With("gou", department, Roles.ResponsibleDepartment);
        var capa = A.Capa().Build();

        capa.Propose(A.Context(other), "a", "b", "c", "d").Refused("other-department", "C5.4");

        capa.Actions(other).ShouldBeEmpty();
        capa.Actions(Someone.InResponsible()).ShouldBe(["propose"]);
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_no_due_day_When_the_department_proposes_Then_refused()
    {
        var capa = A.Capa().At(Closed);
        capa.Reopen(Qc, "再次發生", null).ShouldBeNull();

        var refusal = capa.Propose(Maker, "a", "b", "c", "d");

        refusal.Refused("due-date-missing", "C5.6.2").Missing.ShouldBe(["due-date"]);
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_a_proposal_When_the_management_representative_approves_Then_it_may_be_executed()
    {
        var capa = A.Capa().At(Review);

        capa.Approve(Representative, "同意").ShouldBeNull();

        (capa.State, capa.Review).ShouldBe(
            (Execution, new CapaReview(true, "同意", A.Today, Stamp.Of(Representative)))
        );
        capa.Event<CapaReviewed>().ShouldBe(new CapaReviewed(capa.Id, capa.Version, capa.SourceId, true, A.Today));
        capa.PendingEntries[^1].Why.ShouldBe("同意");
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_a_proposal_When_it_is_sent_back_Then_it_is_analysed_again_and_the_old_one_is_kept()
    {
        var capa = A.Capa().At(Review);
        var proposal = capa.Proposal;

        capa.SendBack(Representative, "原因不足").ShouldBeNull();

        (capa.State, capa.Proposal, capa.Review).ShouldBe((Analysis, null, null));
        capa.Rounds.ShouldHaveSingleItem()
            .ShouldBe(
                new CapaRound(
                    1,
                    A.Today.AddDays(10),
                    proposal,
                    new CapaReview(false, "原因不足", A.Today, Stamp.Of(Representative)),
                    null,
                    [],
                    CapaRoundEnd.SentBack,
                    "原因不足",
                    A.Today
                )
            );
        capa.Event<CapaReviewed>().Approved.ShouldBeFalse();
        capa.PendingEntries[^1].Why.ShouldBe("原因不足");
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_the_proposer_When_they_review_Then_refused()
    {
        var both = Someone.With("ren", "production", Roles.ResponsibleDepartment, Roles.ManagementRepresentative);
        var capa = A.Capa().At(Review);

        capa.Approve(A.Context(both), "同意")
            .Refused("reviewer-is-proposer", "C5.4")
            .Missing.ShouldBe(["other-reviewer"]);
        capa.SendBack(A.Context(both), "不").Refused("reviewer-is-proposer", "C5.4");
    }

    [Theory]
    [InlineData(Unassigned)]
    [InlineData(Analysis)]
    [InlineData(Review)]
    [Trait("Rule", "C5.4")]
    internal void Given_case_7_no_review_When_executed_Then_refused_and_it_says_who_can_help(CapaState state)
    {
        var capa = A.FindingCapa().At(state);

        var refusal = capa.Execute(Head, "已做", A.Today);

        var missing = refusal.Refused("capa-not-reviewed", "C5.4");
        missing.Missing.ShouldBe(["review"]);
        missing.SuppliedBy.ShouldBe([Roles.ManagementRepresentative]);
        capa.Actions(Someone.HeadOf()).ShouldNotContain("execute");
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_a_proposal_that_was_sent_back_When_executed_Then_refused()
    {
        var capa = A.Capa().At(Review);
        capa.SendBack(Representative, "原因不足").ShouldBeNull();

        capa.Execute(Head, "已做", A.Today).Refused("capa-not-reviewed", "C5.4");
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_due_day_When_executed_Then_it_says_whether_it_was_in_time(int days, bool inTime)
    {
        var capa = A.Capa().At(Execution);
        var on = A.Today.AddDays(days);

        capa.Execute(A.Context(Someone.HeadOf(), on), "已重做", on).ShouldBeNull();

        (capa.State, capa.Execution!.Record, capa.Execution.On, capa.Execution.InTime).ShouldBe(
            (Verification, "已重做", on, inTime)
        );
        capa.Event<CapaExecuted>().ShouldBe(new CapaExecuted(capa.Id, capa.Version, capa.SourceId, on, inTime));
        capa.PendingEntries[^1].Why.ShouldBe("已重做");
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_an_approval_When_another_department_executes_Then_refused()
    {
        var capa = A.Capa().At(Execution);

        var refusal = capa.Execute(A.Context(Someone.HeadOf("purchasing", "gou")), "已做", A.Today);

        refusal.Refused("other-department", "C5.4").Missing.ShouldBe(["own-department"]);
    }

    [Theory]
    [InlineData(1, "execution-in-the-future", "C5.6.2")]
    [InlineData(-1, "executed-before-review", "C5.4")]
    [Trait("Rule", "C5.6.2")]
    [Trait("Rule", "C5.4")]
    public void Given_an_approval_When_the_day_of_execution_is_impossible_Then_refused(
        int days,
        string code,
        string rule
    )
    {
        var capa = A.Capa().At(Execution);

        var refusal = capa.Execute(Head, "已做", A.Today.AddDays(days));

        refusal.Refused(code, rule).Missing.ShouldBe(["execution-date"]);
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_an_approval_When_a_member_of_the_department_executes_Then_only_its_head_answers_for_it()
    {
        var capa = A.Capa().At(Execution);

        capa.Execute(Maker, "已做", A.Today)
            .Refused("role-missing", "C5.6.2")
            .SuppliedBy.ShouldBe([Roles.DepartmentHead]);
        capa.Actions(Someone.HeadOf()).ShouldBe(["execute"]);
    }

    [Theory]
    [InlineData(Roles.Qc, Roles.CustomerService, VerifyingSide.Quality)]
    [InlineData(Roles.QcHead, Roles.CustomerService, VerifyingSide.Quality)]
    [InlineData(Roles.CustomerService, Roles.QcHead, VerifyingSide.CustomerService)]
    [Trait("Rule", "C3.2.3")]
    [Trait("Rule", "C5.6.2")]
    internal void Given_an_execution_When_both_sides_find_the_effect_Then_the_CAPA_is_closed(
        string first,
        string second,
        VerifyingSide side
    )
    {
        var capa = A.Capa().At(Verification);
        var (one, other) = (A.Context(Someone.With("one", "a", first)), A.Context(Someone.With("other", "b", second)));

        capa.VerifyEffective(one, "無滲漏").ShouldBeNull();

        (capa.State, capa.ClosedOn).ShouldBe((EffectiveForOne, null));
        capa.Verifications.ShouldBe([new CapaVerification(side, true, "無滲漏", A.Today, null, Stamp.Of(one))]);
        EffectVerification.Missing(capa).ShouldBe(EffectVerification.Sides.Except([side]));
        capa.Event<CapaSideVerified>()
            .ShouldBe(new CapaSideVerified(capa.Id, capa.Version, capa.SourceId, side.ToKebab(), true, A.Today));
        capa.PendingEvents.OfType<CapaVerified>().ShouldBeEmpty("the other side has not spoken");
        capa.MarkSaved();

        capa.VerifyEffective(other, "客戶滿意").ShouldBeNull();

        (capa.State, capa.ClosedOn, capa.Verifications.Count).ShouldBe((Closed, A.Today, 2));
        EffectVerification.Missing(capa).ShouldBeEmpty();
        capa.Event<CapaVerified>()
            .ShouldBe(new CapaVerified(capa.Id, capa.Version, capa.SourceId, true, A.Today, null));
        capa.PendingEntries[^1].Why.ShouldBe("客戶滿意");
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_one_side_has_verified_When_it_verifies_again_Then_the_other_side_is_awaited()
    {
        var capa = A.Capa().At(EffectiveForOne);
        var colleague = Someone.HeadOfQuality();

        capa.VerifyEffective(A.Context(colleague), "也好")
            .Refused("other-side-verifies", "C5.6.2")
            .Missing.ShouldBe(["other-side"]);

        // A case joins at any time; the effect is the other side's to judge.
        capa.Actions(colleague).ShouldBe(["join-case"]);
        capa.Actions(Someone.InCustomerService()).ShouldBe(["verify-effective", "verify-ineffective"]);
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_person_of_both_sides_When_they_verified_for_one_Then_not_for_the_other()
    {
        var capa = A.Capa().At(Verification);
        var both = A.Context(Someone.With("both", null, Roles.Qc, Roles.CustomerService));
        capa.VerifyEffective(both, "好").ShouldBeNull();

        capa.VerifyEffective(both, "好").Refused("other-side-verifies", "C5.6.2");
        capa.VerifyIneffective(both, "不好", A.Today).Refused("other-side-verifies", "C5.6.2");
    }

    [Theory]
    [InlineData("quality", VerifyingSide.Quality)]
    [InlineData("customer-service", VerifyingSide.CustomerService)]
    [Trait("Rule", "C5.6.2")]
    internal void Given_a_side_that_is_itself_responsible_When_verified_Then_the_management_representative_stands_in(
        string department,
        VerifyingSide side
    )
    {
        var capa = A.FindingCapa().Build();
        capa.Assign(Qc, department, A.Today, null).ShouldBeNull();
        capa.Propose(A.Context(Someone.HeadOf(department)), "a", "b", "c", "d").ShouldBeNull();
        capa.Approve(Representative, "同意").ShouldBeNull();
        capa.Execute(A.Context(Someone.HeadOf(department)), "已做", A.Today).ShouldBeNull();
        var own = side == VerifyingSide.Quality ? Roles.Qc : Roles.CustomerService;

        capa.VerifyEffective(A.Context(Someone.With("own", department, own)), "好")
            .Refused("verifier-is-owner", "C5.6.2");
        capa.VerifyEffective(A.Context(Someone.With("else", null, own)), "好")
            .Refused("not-a-verifying-side", "C5.6.2");
        capa.VerifyEffective(Representative, "好").ShouldBeNull();

        capa.Verifications.ShouldHaveSingleItem().Side.ShouldBe(side);
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_two_sides_that_can_verify_When_the_management_representative_does_Then_refused()
    {
        var capa = A.Capa().At(Verification);

        capa.VerifyEffective(Representative, "好")
            .Refused("not-a-verifying-side", "C5.6.2")
            .Missing.ShouldBe(["verifying-side"]);
    }

    [Theory]
    [InlineData("ren", null)]
    [InlineData("other", "production")]
    [InlineData("zuo", null)]
    [Trait("Rule", "C5.6.2")]
    public void Given_the_owner_When_they_verify_Then_refused(string name, string? department)
    {
        // Proposed by ren, executed by zuo, of the department production.
        var capa = A.Capa().At(Execution);
        capa.Execute(A.Context(Someone.HeadOf("production", "zuo")), "已做", A.Today).ShouldBeNull();
        var owner = A.Context(Someone.With(name, department, Roles.Qc));

        capa.VerifyEffective(owner, "好").Refused("verifier-is-owner", "C5.6.2").Missing.ShouldBe(["other-verifier"]);
        capa.VerifyIneffective(owner, "不好", A.Today).Refused("verifier-is-owner", "C5.6.2");
    }

    [Theory]
    [InlineData(true, false, 9)]
    [InlineData(false, true, 5)]
    [InlineData(false, false, 9)]
    [Trait("Rule", "C5.6.2")]
    public void Given_no_effect_for_one_side_or_both_When_both_have_spoken_Then_it_is_analysed_again_and_counted(
        bool first,
        bool second,
        int dueIn
    )
    {
        var capa = A.Capa().At(Verification);
        var execution = capa.Execution;

        (
            first ? capa.VerifyEffective(Qc, "好") : capa.VerifyIneffective(Qc, "仍滲漏", A.Today.AddDays(5))
        ).ShouldBeNull();
        (capa.State, capa.Ineffective).ShouldBe((first ? EffectiveForOne : IneffectiveForOne, 0));
        (
            second ? capa.VerifyEffective(Desk, "好") : capa.VerifyIneffective(Desk, "又投訴", A.Today.AddDays(9))
        ).ShouldBeNull();

        var due = A.Today.AddDays(dueIn);
        (capa.State, capa.Ineffective, capa.DueOn, capa.Execution, capa.Verifications.Count).ShouldBe(
            (Analysis, 1, due, null, 0)
        );
        var round = capa.Rounds.ShouldHaveSingleItem();
        (round.EndedBy, round.Reason, round.DueOn, round.Execution).ShouldBe(
            (CapaRoundEnd.Ineffective, second ? "仍滲漏" : "又投訴", A.Today.AddDays(10), execution)
        );
        round.Verifications.Select(said => said.Effective).ShouldBe([first, second]);
        capa.Event<CapaVerified>()
            .ShouldBe(new CapaVerified(capa.Id, capa.Version, capa.SourceId, false, A.Today, due));
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_no_effect_When_the_new_due_day_is_past_Then_refused()
    {
        var capa = A.Capa().At(Verification);

        capa.VerifyIneffective(Qc, "仍滲漏", A.Today.AddDays(-1)).Refused("due-in-the-past", "C5.6.2");
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_an_effective_CAPA_When_it_recurs_Then_it_is_analysed_again_and_counted()
    {
        var capa = A.Capa().At(Closed);

        capa.Reopen(A.Context(Someone.InSales()), "又漏了", A.Today).ShouldBeNull();

        (capa.State, capa.Recurrences, capa.Ineffective, capa.DueOn, capa.ClosedOn).ShouldBe(
            (Analysis, 1, 0, A.Today, null)
        );
        var round = capa.Rounds.ShouldHaveSingleItem();
        (round.Number, round.EndedBy, round.Verifications.Count(v => v.Effective)).ShouldBe(
            (1, CapaRoundEnd.Recurred, 2)
        );
        capa.Event<CapaReopened>()
            .ShouldBe(new CapaReopened(capa.Id, capa.Version, capa.SourceId, "又漏了", A.Today, A.Today));
        capa.PendingEntries[^1].Why.ShouldBe("又漏了");
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_all_states_and_days_When_asked_what_is_overdue_Then_store_and_code_agree()
    {
        foreach (var state in Enum.GetValues<CapaState>())
        {
            var capa = A.FindingCapa().At(state);
            var executed = state is Verification or EffectiveForOne or IneffectiveForOne or Closed;
            foreach (var today in new[] { A.Today, A.Today.AddDays(10), A.Today.AddDays(11) })
            {
                var overdue = CapaDeadlines.IsOverdue(capa.State, capa.DueOn, today);
                overdue.ShouldBe(
                    !executed && capa.DueOn is not null && today > A.Today.AddDays(10),
                    $"{state} {today}"
                );
                CapaDeadlines.Overdue(true, today).Compile()(capa).ShouldBe(overdue);
                CapaDeadlines.Overdue(false, today).Compile()(capa).ShouldBe(!overdue);
            }
        }
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_a_CAPA_When_others_than_staff_look_Then_there_is_none()
    {
        var capas = new[] { A.Capa().Build() }.AsQueryable();

        capas.VisibleTo(Someone.InResponsible("purchasing")).ShouldNotBeEmpty();
        capas.VisibleTo(Someone.AtCustomer(Records.CustomerId)).ShouldBeEmpty();
        capas.VisibleTo(Someone.InRepairUnit(Guid.CreateVersion7())).ShouldBeEmpty();
    }

    private static EffectRate Rate(Move move) => new(move.Pick(0, 0, 7, 8), move.Pick(8, 10, 10), move.Context.Today);

    private static DateOnly Due(Move move) => move.Context.Today.AddDays(move.Pick(3, 30, -1));

    private static void Invariants(Capa capa, CommandContext context)
    {
        // C5.4 and C5.6.2, whatever way it came here.
        if (capa.Execution is { } execution)
        {
            capa.Review!.Approved.ShouldBeTrue();
            execution.By.Department.ShouldBe(capa.Department);
            capa.Review.By.ActorId.ShouldNotBe(capa.Proposal!.By.ActorId);
        }

        if (capa.State == Closed)
        {
            capa.Verifications.Select(said => said.Side).ShouldBe(EffectVerification.Sides, ignoreOrder: true);
            capa.Verifications.ShouldAllBe(said => said.Effective);
            capa.Verifications.Select(said => said.By.ActorId)
                .Append(capa.Execution!.By.ActorId)
                .ShouldBeUnique("nobody verifies twice, or what they executed");
            capa.Verifications.ShouldAllBe(said => said.By.ActorId != capa.Proposal!.By.ActorId);
        }

        // A rate that fell short is no effect; a count above its target is a recurrence.
        var fellShort = capa.Rounds.Count(r => r is { EndedBy: CapaRoundEnd.Measured, Rate: not null });
        capa.Rounds.Count(r => r.EndedBy == CapaRoundEnd.Ineffective).ShouldBe(capa.Ineffective - fellShort);
        capa.Rounds.Count(r => r.EndedBy is CapaRoundEnd.Recurred or CapaRoundEnd.Measured)
            .ShouldBe(capa.Recurrences + fellShort);
        context.Actor.ShouldNotBeNull();
    }

    // One of three knows model and fault, so that its effect must be planned.
    private static Complaint Faulty(Move move)
    {
        var complaint = A.Complaint().Build();
        if (move.OneIn(3))
        {
            complaint.Assess(Qc, new(false, "E-07", null, "seen", Stamp.Of(Qc)), "M-200").ShouldBeNull();
        }

        return complaint;
    }

    private static readonly ProposalDetail RateOf80 = ProposalDetail.None with
    {
        Effect = new(EffectMetric.FirstPassRate, "M-200", 80, 1),
    };

    private static ProposalDetail? Detail(Move move) =>
        move.Pick<ProposalDetail?>(
            null,
            ProposalDetail.None with
            {
                Effect = new(EffectMetric.RecurrencesOfFault, null, 1, 30),
            },
            ProposalDetail.None with
            {
                Effect = new(EffectMetric.DissatisfiedItem, "E.attitude", 0, 1),
            },
            ProposalDetail.None with
            {
                Effect = new(EffectMetric.DissatisfiedItem, "E.attitude", 1, 30),
            },
            ProposalDetail.None with
            {
                Effect = new(EffectMetric.RecurrencesOfCause, null, 1, 30),
            },
            RateOf80,
            RateOf80,
            RateOf80,
            ProposalDetail.None with
            {
                Actions =
                [
                    new(
                        ActionItems.Domain.ActionType.Corrective,
                        "x",
                        "production",
                        null,
                        null,
                        move.Context.Today.AddDays(900)
                    ),
                ],
            }
        );
}
