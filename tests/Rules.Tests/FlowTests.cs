using CsCheck;
using CustomerService.Testing;

namespace CustomerService.Rules.Tests;

public sealed class FlowTests
{
    private static readonly FlowContext Producer = Errand.As("ann", Roles.Production);
    private static readonly FlowContext Repairer = Errand.As("bo", Roles.RepairUnit, Roles.Qc);
    private static readonly FlowContext Inspector = Errand.As("cy", Roles.Qc);
    private static readonly FlowContext Engineer = Errand.As("di", Roles.Engineering);

    [Fact]
    public void The_sample_flow_passes_every_check() =>
        FlowChecks.Problems(Errand.Flow, RuleTexts.Manager).ShouldBeEmpty();

    [Fact]
    public void Every_pair_of_state_and_action_is_walked() =>
        FlowChecks
            .Pairs(Errand.Flow)
            .Count()
            .ShouldBe(Enum.GetValues<ErrandState>().Length * Enum.GetValues<ErrandAction>().Length);

    [Fact]
    public void A_step_moves_on_writes_the_trail_and_raises_its_event()
    {
        var errand = Started();

        errand.Do(ErrandAction.Inspect, Inspector, true).ShouldBeNull();

        errand.State.ShouldBe(ErrandState.Inspected);
        errand
            .PendingEntries.Select(entry => (entry.From, entry.Action, entry.To))
            .ShouldBe([
                (null, "draft", "drafted"),
                ("drafted", "start", "in-work"),
                ("in-work", "inspect", "inspected"),
            ]);
        errand.PendingEvents.ShouldHaveSingleItem().Version.ShouldBe(errand.Version);
    }

    [Fact]
    public void A_refusal_outside_the_table_names_the_rule_the_states_and_who_could()
    {
        var refusal = Started().Do(ErrandAction.Close, Engineer).ShouldNotBeNull();

        refusal.Kind.ShouldBe(RefusalKind.Rule);
        refusal.Code.ShouldBe("not-in-this-state");
        refusal.Rule.ShouldBe("P3.2.3");
        refusal.Missing.ShouldBe(["state:inspected"]);
        refusal.SuppliedBy.ShouldBe([Roles.Engineering, Roles.EngineeringHead]);
        refusal.Arguments["action"].ShouldBe("close");
        refusal.Arguments["state"].ShouldBe("in-work");
    }

    [Fact]
    public void A_role_is_asked_for_before_any_guard()
    {
        var refusal = Started().Do(ErrandAction.Inspect, Engineer, true).ShouldNotBeNull();

        refusal.Kind.ShouldBe(RefusalKind.Forbidden);
        refusal.Code.ShouldBe("role-missing");
        refusal.SuppliedBy.ShouldBe([Roles.Qc]);
    }

    [Fact]
    public void A_guard_on_the_actor_refuses_though_the_role_is_held()
    {
        var errand = Started();

        var refusal = errand.Do(ErrandAction.Inspect, Repairer, true).ShouldNotBeNull();

        refusal.Missing.ShouldBe(["another-inspector"]);
        errand.State.ShouldBe(ErrandState.InWork);
    }

    [Fact]
    public void A_guard_on_the_input_refuses_what_is_missing_or_of_another_kind()
    {
        var errand = Started();

        errand.Do(ErrandAction.Inspect, Inspector).ShouldNotBeNull().Missing.ShouldBe(["finding"]);
        errand.Do(ErrandAction.Inspect, Inspector, "passed").ShouldNotBeNull().Missing.ShouldBe(["finding"]);
    }

    [Fact]
    public void What_is_on_offer_is_what_would_not_be_refused_before_anything_is_handed_in()
    {
        var errand = Started();
        errand.AllowedActions(Inspector).ShouldBe(["inspect"]);
        errand.AllowedActions(Repairer).ShouldBeEmpty();
        errand.AllowedActions(Engineer).ShouldBeEmpty();

        errand.Do(ErrandAction.Inspect, Inspector, false).ShouldBeNull();
        errand.AllowedActions(Inspector).ShouldBe(["send-back"]);
        errand.AllowedActions(Engineer).ShouldBeEmpty();

        errand.Do(ErrandAction.SendBack, Inspector).ShouldBeNull();
        errand.Do(ErrandAction.Inspect, Inspector, true).ShouldBeNull();
        errand.AllowedActions(Engineer).ShouldBe(["close"]);
    }

    [Fact]
    public void Beginning_needs_the_role_too()
    {
        Errand.Draft(Engineer).Refusal.ShouldNotBeNull().SuppliedBy.ShouldBe([Roles.Production, Roles.System]);
        Errand
            .Draft(new FlowContext(Actor.System("projects"), Build.At("2025-03-04 10:00"), Build.Day("2025-03-04")))
            .Refusal.ShouldBeNull();
    }

    [Fact]
    public void Two_rows_for_one_action_in_one_state_are_refused_when_the_table_is_written() =>
        Should.Throw<InvalidOperationException>(() =>
            Flow<Errand, ErrandState, ErrandAction>
                .Named("twice")
                .On(ErrandState.Drafted, ErrandAction.Start, ErrandState.InWork, "P1", Roles.Qc)
                .On(ErrandState.Drafted, ErrandAction.Start, ErrandState.Closed, "P1", Roles.Qc)
        );

    /// <summary>Random walks: anybody tries anything, with any input. What the table refuses changes nothing at
    /// all; what it allows leads where the row says.</summary>
    [Fact]
    public void No_action_outside_the_table_ever_changes_an_aggregate()
    {
        var actors = new[]
        {
            Producer,
            Repairer,
            Inspector,
            Engineer,
            Errand.As("eve"),
            Errand.As("max", [.. Roles.All]),
        };
        var step = Gen.Select(Gen.Enum<ErrandAction>(), Gen.Int[0, actors.Length - 1], Gen.Int[0, 2]);

        step.Array[1, 40]
            .Sample(steps =>
            {
                var errand = Errand.Draft(Producer).Errand;
                foreach (var (action, actor, input) in steps)
                {
                    var (before, state) = (errand.Snapshot(), errand.State);
                    var row = Errand.Flow.Rows.FirstOrDefault(r => r.From == state && r.Action == action);

                    var refusal = errand.Do(action, actors[actor], input == 0 ? null : input == 1);

                    if (refusal is not null)
                    {
                        errand.Snapshot().ShouldBe(before);
                        refusal.Rule.ShouldNotBeNullOrEmpty();
                    }
                    else
                    {
                        row.ShouldNotBeNull();
                        errand.State.ShouldBe(row.To);
                        row.Roles.ShouldContain(role => actors[actor].Actor.Has(role));
                        errand.Snapshot().ShouldNotBe(before);
                    }

                    (row is null).ShouldBe(refusal?.Code == "not-in-this-state");
                }
            });
    }

    [Fact]
    public void The_diagram_has_every_arrow_with_roles_rule_and_refusals()
    {
        var diagram = FlowDiagram.Mermaid(Errand.Flow);

        diagram.ShouldStartWith("stateDiagram-v2\n");
        diagram.ShouldContain("    state \"in-work\" as s_InWork\n");
        diagram.ShouldContain("    [*] --> s_Drafted: draft (P2.1.2)<br/>production, system\n");
        diagram.ShouldContain(
            "    s_Inspected --> s_Closed: close (P3.2.3)<br/>engineering, engineering-head<br/>✗ last-revisit\n"
        );
        diagram.ShouldContain("    s_Withdrawn --> [*]\n");
        diagram
            .Split('\n')
            .Count(line => line.Contains("-->", StringComparison.Ordinal))
            .ShouldBe(Errand.Flow.Starts.Count + Errand.Flow.Rows.Count + Errand.Flow.Terminal.Count);
    }

    private static Errand Started()
    {
        var (refusal, errand) = Errand.Draft(Producer);
        refusal.ShouldBeNull();
        errand.Do(ErrandAction.Start, Repairer).ShouldBeNull();
        return errand;
    }
}
