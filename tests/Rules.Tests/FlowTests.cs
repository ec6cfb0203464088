using CustomerService.Testing;
using static CustomerService.Rules.Tests.ErrandAction;
using static CustomerService.Rules.Tests.ErrandState;

namespace CustomerService.Rules.Tests;

public sealed class FlowTests
{
    private static readonly CommandContext Producer = A.Context(Someone.InProduction());
    private static readonly CommandContext Repairer = A.Context(Someone.With("bo", null, Roles.Repair, Roles.Qc));
    private static readonly CommandContext Inspector = A.Context(Someone.InQuality());
    private static readonly CommandContext Engineer = A.Context(Someone.InEngineering());

    [Fact]
    public void Given_the_sample_When_its_table_is_checked_Then_it_has_no_problem() =>
        FlowChecks.Problems(Errand.Flow, RuleTexts.Manager).ShouldBeEmpty();

    [Fact]
    public void Given_a_table_When_its_pairs_are_listed_Then_every_state_and_action_is_there()
    {
        var pairs = FlowChecks.Pairs(Errand.Flow).ToList();

        pairs.Count.ShouldBe(Enum.GetValues<ErrandState>().Length * Enum.GetValues<ErrandAction>().Length);
        pairs
            .Where(pair => pair.Row is not null)
            .Select(pair => (pair.State, pair.Action))
            .ShouldBe([
                (Drafted, Start),
                (Drafted, Withdraw),
                (InWork, Remark),
                (InWork, Inspect),
                (Inspected, Remark),
                (Inspected, SendBack),
                (Inspected, Close),
            ]);
    }

    [Fact]
    public void Given_a_table_When_a_target_is_asked_Then_a_step_a_stay_and_an_unknown_one_are_told_apart()
    {
        Errand.Flow.Target(InWork, Inspect).ShouldBe(Inspected);
        Errand.Flow.Target(InWork, Remark).ShouldBe(InWork);
        Errand.Flow.Target(InWork, Close).ShouldBeNull();
        Errand.Flow.RowOf(InWork, Close).ShouldBeNull();
    }

    [Fact]
    public void Given_one_in_work_When_inspected_Then_it_moves_on_writes_the_trail_and_raises_its_event()
    {
        var errand = InWorkNow();

        errand.Do(Inspector, Inspect, true).ShouldBeNull();

        errand.State.ShouldBe(Inspected);
        errand
            .PendingEntries.Select(entry => (entry.From, entry.Action, entry.To, entry.Why))
            .ShouldBe([
                (null, "draft", "drafted", "to be done"),
                ("drafted", "start", "in-work", "why Start"),
                ("in-work", "inspect", "inspected", "why Inspect"),
            ]);
        errand.PendingEvents.ShouldHaveSingleItem().Version.ShouldBe(errand.Version);
    }

    [Fact]
    public void Given_a_step_When_it_is_audited_Then_the_entry_tells_who_when_and_under_which_policy()
    {
        var policy = A.Policy with { Version = 7 };
        var context = A.Context(Someone.InProduction("ann"), policy: policy);

        var errand = Errand.New(context).Required();

        var entry = errand.PendingEntries.ShouldHaveSingleItem();
        (entry.AggregateType, entry.AggregateId, entry.Sequence).ShouldBe(("errand", errand.Id, 1));
        (entry.ActorId, entry.ActorName, entry.At, entry.PolicyVersion).ShouldBe(("ann", "ANN", A.Moment, 7));
    }

    [Fact]
    public void Given_an_action_that_stays_When_taken_Then_the_state_remains_and_the_trail_tells_it()
    {
        var errand = InWorkNow();

        errand.Do(Repairer, Remark).ShouldBeNull();

        errand.State.ShouldBe(InWork);
        (errand.PendingEntries[^1].From, errand.PendingEntries[^1].To).ShouldBe(("in-work", "in-work"));
    }

    [Fact]
    public void Given_an_action_outside_the_table_When_refused_Then_rule_states_and_roles_are_named()
    {
        var refusal = InWorkNow().Do(Engineer, Close).ShouldNotBeNull();

        refusal.Kind.ShouldBe(RefusalKind.Rule);
        refusal.Code.ShouldBe("not-in-this-state");
        refusal.Rule.ShouldBe("P3.2.3");
        refusal.Missing.ShouldBe(["state:inspected"]);
        refusal.SuppliedBy.ShouldBe([Roles.Engineering, Roles.EngineeringHead]);
        refusal.Arguments["action"].ShouldBe("close");
        refusal.Arguments["state"].ShouldBe("in-work");
    }

    [Fact]
    public void Given_an_action_of_several_states_When_refused_elsewhere_Then_each_state_is_named_once() =>
        Errand.New(Producer).Required().Do(Repairer, Remark)!.Missing.ShouldBe(["state:in-work", "state:inspected"]);

    [Fact]
    public void Given_an_action_that_is_in_no_row_When_refused_Then_by_the_flow_itself()
    {
        var refusal = InWorkNow().Do(Producer, Draft).ShouldNotBeNull();

        (refusal.Code, refusal.Rule).ShouldBe(("not-in-this-state", RuleCatalogue.Flow));
        refusal.Missing.ShouldBeEmpty();
    }

    [Fact]
    public void Given_no_role_When_a_guard_would_refuse_too_Then_the_role_is_named()
    {
        var refusal = InWorkNow().Do(Engineer, Inspect).ShouldNotBeNull();

        (refusal.Kind, refusal.Code, refusal.Rule).ShouldBe((RefusalKind.Forbidden, "role-missing", "P3.2.3"));
        refusal.Missing.ShouldBe(["role"]);
        refusal.SuppliedBy.ShouldBe([Roles.Qc]);
        refusal.Arguments["action"].ShouldBe("inspect");
    }

    [Fact]
    public void Given_the_role_When_a_guard_on_the_person_does_not_hold_Then_refused_by_it()
    {
        var errand = InWorkNow();

        var refusal = errand.Do(Repairer, Inspect, true).ShouldNotBeNull();

        (refusal.Kind, refusal.Code, refusal.Rule).ShouldBe((RefusalKind.Rule, "no-quality-fault", "P3.2.3"));
        refusal.Missing.ShouldBe(["another-inspector"]);
        (refusal.Arguments["action"], refusal.Arguments["state"]).ShouldBe(("inspect", "in-work"));
        errand.State.ShouldBe(InWork);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("passed")]
    public void Given_a_guard_on_the_input_When_it_is_missing_or_of_another_type_Then_refused(object? input) =>
        InWorkNow().Do(Inspector, Inspect, input).ShouldNotBeNull().Missing.ShouldBe(["finding"]);

    [Fact]
    public void Given_a_refusal_When_nothing_else_happens_Then_nothing_is_pending()
    {
        var errand = InWorkNow();
        errand.MarkSaved();

        errand.Do(Engineer, Close).ShouldNotBeNull();

        (errand.Version, errand.PendingEntries.Count, errand.PendingEvents.Count).ShouldBe((1, 0, 0));
    }

    [Fact]
    public void Given_a_role_When_only_the_role_is_asked_for_Then_guards_do_not_count()
    {
        var errand = InWorkNow();

        errand.CheckRole(Repairer, Inspect).ShouldBeNull();
        errand.CheckRole(Engineer, Inspect).ShouldNotBeNull().Code.ShouldBe("role-missing");
        errand.CheckRole(Inspector, Close).ShouldNotBeNull().Code.ShouldBe("not-in-this-state");
    }

    [Fact]
    public void Given_a_state_When_actions_are_offered_Then_those_that_nothing_but_their_input_could_refuse()
    {
        var errand = InWorkNow();
        errand.AllowedActions(Inspector).ShouldBe(["inspect"]);
        errand.AllowedActions(Repairer).ShouldBe(["remark"]);
        errand.AllowedActions(Engineer).ShouldBeEmpty();

        errand.Do(Inspector, Inspect, false).ShouldBeNull();
        errand.AllowedActions(Inspector).ShouldBe(["send-back"]);
        errand.AllowedActions(Engineer).ShouldBeEmpty();

        errand.Do(Inspector, SendBack).ShouldBeNull();
        errand.Do(Inspector, Inspect, true).ShouldBeNull();
        errand.AllowedActions(Engineer).ShouldBe(["close"]);
    }

    [Fact]
    public void Given_no_role_When_started_Then_refused_and_the_roles_are_named()
    {
        Errand.New(Engineer).Failed(out var refusal, out _).ShouldBeTrue();

        (refusal!.Code, refusal.Rule).ShouldBe(("role-missing", "P2.1.2"));
        refusal.SuppliedBy.ShouldBe([Roles.Production, Roles.System]);
        refusal.Arguments["action"].ShouldBe("draft");
    }

    [Fact]
    public void Given_the_system_When_started_Then_it_may() =>
        Errand.New(A.Context(Someone.System("projects"))).Refusal.ShouldBeNull();

    [Fact]
    public void Given_a_start_that_the_table_does_not_have_When_asked_Then_it_is_a_mistake_of_the_code() =>
        Should
            .Throw<InvalidOperationException>(() => Errand.Flow.CheckStart(Close, Producer))
            .Message.ShouldBe("Flow errand does not start with Close.");

    [Fact]
    public void Given_two_rows_for_one_action_in_one_state_When_the_table_is_written_Then_it_fails() =>
        Should
            .Throw<InvalidOperationException>(() =>
                Flow<Errand, ErrandState, ErrandAction>
                    .Named("twice")
                    .From(Drafted)
                    .On(Start, InWork, "P1", [Roles.Qc])
                    .In(InWork, Drafted)
                    .Stay(Start, "P1", [Roles.Qc])
            )
            .Message.ShouldBe("Flow twice has two rows for Start in Drafted.");

    [Fact]
    public void Given_a_row_without_a_state_When_the_table_is_written_Then_it_fails() =>
        Should
            .Throw<InvalidOperationException>(() =>
                Flow<Errand, ErrandState, ErrandAction>.Named("nowhere").Stay(Start, "P1", [Roles.Qc])
            )
            .Message.ShouldBe("Flow nowhere: Start names no state; call From before it.");

    [Fact]
    public void Given_a_table_When_it_is_printed_Then_starts_come_first_and_guards_are_there_once()
    {
        IFlow flow = Errand.Flow;

        flow.Name.ShouldBe("errand");
        flow.States.ShouldBe(["drafted", "in-work", "inspected", "closed", "withdrawn"]);
        flow.FinalStates.ShouldBe(["closed", "withdrawn"]);
        var lines = flow.Lines.Select(l => $"{string.Join("+", l.From)} {l.Action} {l.To} {l.Rule}");
        lines.ShouldBe([
            " draft drafted P2.1.2",
            "drafted start in-work P3.2.2",
            "drafted withdraw withdrawn P2.1.2",
            "in-work inspect inspected P3.2.3",
            "inspected send-back in-work P3.2.3",
            "inspected close closed P3.2.3",
            "in-work+inspected remark  P3.3",
        ]);
        flow.Guards.Select(guard => guard.Name).ShouldBe(["AnotherInspector", "HasFinding", "HasPassed"]);
        flow.Lines[3].Guards.Select(guard => guard.Code).ShouldBe(["no-quality-fault", "return-window-passed"]);
        flow.Lines[0].Roles.ShouldBe([Roles.Production, Roles.System]);
    }

    [Fact]
    public void Given_a_table_When_it_is_drawn_Then_every_step_is_an_arrow_and_every_stay_a_note()
    {
        var diagram = FlowDiagram.Mermaid(Errand.Flow);

        diagram
            .Split('\n')
            .ShouldBe([
                "stateDiagram-v2",
                "    state \"drafted\" as s_drafted",
                "    state \"in-work\" as s_in_work",
                "    state \"inspected\" as s_inspected",
                "    state \"closed\" as s_closed",
                "    state \"withdrawn\" as s_withdrawn",
                "    [*] --> s_drafted: draft (P2.1.2)<br/>production, system",
                "    s_drafted --> s_in_work: start (P3.2.2)<br/>repair",
                "    s_drafted --> s_withdrawn: withdraw (P2.1.2)<br/>production, system",
                "    s_in_work --> s_inspected: inspect (P3.2.3)<br/>qc<br/>✗ no-quality-fault, return-window-passed",
                "    s_inspected --> s_in_work: send-back (P3.2.3)<br/>qc",
                "    s_inspected --> s_closed: close (P3.2.3)<br/>engineering, engineering-head<br/>✗ case-still-open",
                "    note right of s_in_work",
                "        stays in in-work, inspected:",
                "        remark (P3.3) · repair",
                "    end note",
                "    s_closed --> [*]",
                "    s_withdrawn --> [*]",
                "",
            ]);
    }

    private static Errand InWorkNow()
    {
        var errand = Errand.New(Producer).Required();
        errand.Do(Repairer, Start).ShouldBeNull();
        return errand;
    }
}
