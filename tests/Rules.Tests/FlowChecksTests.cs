using CustomerService.Testing;

namespace CustomerService.Rules.Tests;

/// <summary>A check that never complains checks nothing: each kind of mistake in a table must be named.</summary>
public sealed class FlowChecksTests
{
    private enum Light
    {
        Off,
        On,
        Broken,
    }

    private enum Hand
    {
        Mount,
        Press,
        Smash,
    }

    [Fact]
    public void A_sound_table_has_no_problems() =>
        FlowChecks.Problems(Sound().Ends(Light.Broken).Build()).ShouldBeEmpty();

    [Fact]
    public void A_flow_without_its_types_is_checked_all_the_same()
    {
        IFlow sound = Sound().Ends(Light.Broken).Build();
        IFlow broken = Sound().Build();

        FlowChecks.Problems(sound).ShouldBeEmpty();
        FlowChecks.Problems(broken).ShouldBe(["light: Broken has no way out and is not marked as an end"]);
    }

    [Fact]
    public void A_state_without_a_way_out_is_named() =>
        FlowChecks.Problems(Sound().Build()).ShouldContain("light: Broken has no way out and is not marked as an end");

    [Fact]
    public void A_state_that_cannot_be_reached_is_named() =>
        FlowChecks
            .Problems(
                Flow<object, Light, Hand>
                    .Named("light")
                    .Start(Hand.Mount, Light.Off, "P1", Roles.Repair)
                    .From(Light.Off)
                    .On(Hand.Press, Light.On, "P1", [Roles.Repair])
                    .From(Light.On)
                    .On(Hand.Press, Light.Off, "P1", [Roles.Repair])
                    .From(Light.Off)
                    .On(Hand.Smash, Light.Off, "P1", [Roles.Repair])
                    .Ends(Light.Broken)
                    .Build()
            )
            .ShouldBe(
                [
                    "light: no end can be reached from Off",
                    "light: no end can be reached from On",
                    "light: Broken cannot be reached",
                ],
                ignoreOrder: true
            );

    [Fact]
    public void A_row_out_of_an_end_is_named() =>
        FlowChecks
            .Problems(Sound().Ends(Light.Broken, Light.On).Build())
            .ShouldContain("light: On is marked as an end and has a row");

    [Fact]
    public void A_state_that_reopens_counts_as_an_end_and_has_a_way_out()
    {
        FlowChecks.Problems(Sound().Ends(Light.Broken).EndsButReopens(Light.Off).Build()).ShouldBeEmpty();
        FlowChecks
            .Problems(Sound().EndsButReopens(Light.Broken).Build())
            .ShouldContain("light: Broken is said to reopen and has no way out: it is an end");
        FlowChecks
            .Problems(
                Flow<object, Light, Hand>
                    .Named("light")
                    .Start(Hand.Mount, Light.Off, "P1", Roles.Repair)
                    .From(Light.Off)
                    .On(Hand.Press, Light.On, "P1", [Roles.Repair])
                    .From(Light.On)
                    .On(Hand.Press, Light.Off, "P1", [Roles.Repair])
                    .From(Light.On)
                    .On(Hand.Smash, Light.Broken, "P1", [Roles.Repair])
                    .From(Light.Broken)
                    .On(Hand.Smash, Light.Broken, "P1", [Roles.Repair])
                    .EndsButReopens(Light.Off)
                    .Build()
            )
            .ShouldContain("light: no end can be reached from Broken");
    }

    [Fact]
    public void An_action_that_nobody_can_take_is_named() =>
        FlowChecks
            .Problems(
                Flow<object, Light, Hand>
                    .Named("light")
                    .Start(Hand.Mount, Light.Off, "P1", Roles.Repair)
                    .From(Light.Off)
                    .On(Hand.Press, Light.On, "P1", [Roles.Repair])
                    .From(Light.On)
                    .On(Hand.Press, Light.Broken, "P1", [Roles.Repair])
                    .Ends(Light.Broken)
                    .Build()
            )
            .ShouldContain("light: Smash is in no row");

    [Fact]
    public void Unknown_rules_and_roles_and_empty_ones_are_named()
    {
        var problems = FlowChecks.Problems(
            Flow<object, Light, Hand>
                .Named("Light Bulb")
                .Start(Hand.Mount, Light.Off, "P99", Roles.Repair)
                .From(Light.Off)
                .On(Hand.Press, Light.On, "P1", ["electrician"])
                .From(Light.On)
                .On(Hand.Smash, Light.Broken, "P1", [], Guard("NotKebab", "P98", [], []))
                .Ends(Light.Broken)
                .Build()
        );

        problems.ShouldContain("Light Bulb: the name is not kebab-case");
        problems.ShouldContain("Light Bulb: Mount: 'P99' is no rule");
        problems.ShouldContain("Light Bulb: Press in Off: 'electrician' is no role");
        problems.ShouldContain("Light Bulb: Smash in On: no role is named");
        problems.ShouldContain("Light Bulb: Smash in On: guard 'NotKebab': the code is not kebab-case");
        problems.ShouldContain("Light Bulb: Smash in On: guard 'NotKebab': 'P98' is no rule");
        problems.ShouldContain("Light Bulb: Smash in On: guard 'NotKebab': it does not say what is missing");
        problems.ShouldContain("Light Bulb: Smash in On: guard 'NotKebab': no role is named");
    }

    [Fact]
    public void A_refusal_without_a_text_is_named_in_every_language_that_lacks_it() =>
        FlowChecks
            .Problems(
                Flow<object, Light, Hand>
                    .Named("light")
                    .Start(Hand.Mount, Light.Off, "P1", Roles.Repair)
                    .From(Light.Off)
                    .On(Hand.Press, Light.On, "P1", [Roles.Repair], Guard("no-such-text"))
                    .From(Light.On)
                    .On(Hand.Smash, Light.Broken, "P1", [Roles.Repair], Guard("case-still-open", name: "HasHammer"))
                    .Ends(Light.Broken)
                    .Build(),
                RuleTexts.Manager
            )
            .ShouldBe([
                "light: refusal 'no-such-text' has no text in English",
                "light: refusal 'no-such-text' has no text in zh-Hant",
                "light: refusal 'no-such-text' has no text in zh-Hans",
            ]);

    [Fact]
    public void A_guard_that_is_written_twice_is_named()
    {
        var (first, second) = (Guard("case-still-open", name: "HasPower"), Guard("no-quality-fault", name: "HasPower"));
        var (third, fourth) = (Guard("case-still-open", name: "IsWhole"), Guard("case-still-open", name: "IsSound"));
        var problems = FlowChecks.Problems(
            Flow<object, Light, Hand>
                .Named("light")
                .Start(Hand.Mount, Light.Off, "P1", Roles.Repair)
                .From(Light.Off)
                .On(Hand.Press, Light.On, "P1", [Roles.Repair], first, third)
                .From(Light.On)
                .On(Hand.Smash, Light.Broken, "P1", [Roles.Repair], second, fourth)
                .From(Light.On)
                .On(Hand.Press, Light.Off, "P1", [Roles.Repair], first)
                .Ends(Light.Broken)
                .Build()
        );

        problems.ShouldBe([
            "light: guard HasPower is defined twice",
            "light: HasPower and IsWhole and IsSound refuse the same: case-still-open (P1), missing power,"
                + " supplied by repair",
        ]);
    }

    [Fact]
    public void A_start_that_is_written_twice_or_not_at_all_is_named()
    {
        FlowChecks
            .Problems(Sound().Start(Hand.Mount, Light.On, "P1", Roles.Repair).Ends(Light.Broken).Build())
            .ShouldBe(["light: Mount starts it twice"]);
        FlowChecks.Problems(Flow<object, Light, Hand>.Named("light").Build()).ShouldContain("light: nothing starts it");
    }

    [Fact]
    public void A_row_that_refuses_by_no_rule_is_named() =>
        FlowChecks
            .Problems(
                Flow<object, Light, Hand>
                    .Named("light")
                    .Start(Hand.Mount, Light.Off, "P1", Roles.Repair)
                    .From(Light.Off)
                    .On(Hand.Press, Light.On, "P99", [Roles.Repair])
                    .Build()
            )
            .ShouldContain("light: Press in Broken is refused by 'P99', which is no rule");

    private static Guard<object> Guard(
        string code,
        string rule = "P1",
        string[]? missing = null,
        string[]? suppliedBy = null,
        string name = "HasPower"
    ) => Guard<object>.Require((_, _) => true, code, rule, missing ?? ["power"], suppliedBy ?? [Roles.Repair], name);

    private static FlowBuilder<object, Light, Hand> Sound() =>
        Flow<object, Light, Hand>
            .Named("light")
            .Start(Hand.Mount, Light.Off, "P1", Roles.Repair)
            .From(Light.Off)
            .On(Hand.Press, Light.On, "P1", [Roles.Repair])
            .From(Light.On)
            .On(Hand.Press, Light.Off, "P1", [Roles.Repair])
            .From(Light.On)
            .On(Hand.Smash, Light.Broken, "P1", [Roles.Repair]);
}
