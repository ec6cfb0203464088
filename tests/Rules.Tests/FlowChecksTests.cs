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
        FlowChecks.Problems(Sound().EndsIn(Light.Broken).Build()).ShouldBeEmpty();

    [Fact]
    public void A_flow_without_its_types_is_checked_all_the_same()
    {
        IFlow sound = Sound().EndsIn(Light.Broken).Build();
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
                    .Begins(Hand.Mount, Light.Off, "P1", Roles.Repair)
                    .On(Light.Off, Hand.Press, Light.On, "P1", Roles.Repair)
                    .On(Light.On, Hand.Press, Light.Off, "P1", Roles.Repair)
                    .On(Light.Off, Hand.Smash, Light.Off, "P1", Roles.Repair)
                    .EndsIn(Light.Broken)
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
            .Problems(Sound().EndsIn(Light.Broken, Light.On).Build())
            .ShouldContain("light: On is marked as an end and has a row");

    [Fact]
    public void A_place_of_rest_counts_as_an_end_and_has_a_way_out()
    {
        FlowChecks.Problems(Sound().EndsIn(Light.Broken).RestsIn(Light.Off).Build()).ShouldBeEmpty();
        FlowChecks
            .Problems(Sound().RestsIn(Light.Broken).Build())
            .ShouldContain("light: Broken is marked as a place of rest and has no way out: it is an end");
        FlowChecks
            .Problems(
                Flow<object, Light, Hand>
                    .Named("light")
                    .Begins(Hand.Mount, Light.Off, "P1", Roles.Repair)
                    .On(Light.Off, Hand.Press, Light.On, "P1", Roles.Repair)
                    .On(Light.On, Hand.Press, Light.Off, "P1", Roles.Repair)
                    .On(Light.On, Hand.Smash, Light.Broken, "P1", Roles.Repair)
                    .On(Light.Broken, Hand.Smash, Light.Broken, "P1", Roles.Repair)
                    .RestsIn(Light.Off)
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
                    .Begins(Hand.Mount, Light.Off, "P1", Roles.Repair)
                    .On(Light.Off, Hand.Press, Light.On, "P1", Roles.Repair)
                    .On(Light.On, Hand.Press, Light.Broken, "P1", Roles.Repair)
                    .EndsIn(Light.Broken)
                    .Build()
            )
            .ShouldContain("light: Smash is in no row");

    [Fact]
    public void Unknown_rules_and_roles_and_empty_ones_are_named()
    {
        var problems = FlowChecks.Problems(
            Flow<object, Light, Hand>
                .Named("Light Bulb")
                .Begins(Hand.Mount, Light.Off, "P99", Roles.Repair)
                .On(Light.Off, Hand.Press, Light.On, "P1", "electrician")
                .On(Light.On, Hand.Smash, Light.Broken, "P1")
                .When((_, _) => true, "NotKebab", "C5.8.1", [])
                .EndsIn(Light.Broken)
                .Build()
        );

        problems.ShouldContain("Light Bulb: the name is not kebab-case");
        problems.ShouldContain("Light Bulb: Mount: 'P99' is no rule");
        problems.ShouldContain("Light Bulb: Press in Off: 'electrician' is no role");
        problems.ShouldContain("Light Bulb: Smash in On: no role is named");
        problems.ShouldContain("Light Bulb: Smash in On: guard 'NotKebab': the code is not kebab-case");
        problems.ShouldContain("Light Bulb: Smash in On: guard 'NotKebab': 'C5.8.1' is no rule");
        problems.ShouldContain("Light Bulb: Smash in On: guard 'NotKebab': it does not say what is missing");
        problems.ShouldContain("Light Bulb: Smash in On: guard 'NotKebab': no role is named");
    }

    [Fact]
    public void A_refusal_without_a_text_is_named_in_every_language_that_lacks_it() =>
        FlowChecks
            .Problems(
                Flow<object, Light, Hand>
                    .Named("light")
                    .Begins(Hand.Mount, Light.Off, "P1", Roles.Repair)
                    .On(Light.Off, Hand.Press, Light.On, "P1", Roles.Repair)
                    .When((_, _) => true, "no-such-text", "P1", ["power"], Roles.Repair)
                    .On(Light.On, Hand.Smash, Light.Broken, "P1", Roles.Repair)
                    .When((_, _) => true, "last-revisit", "P1", ["hammer"], Roles.Repair)
                    .EndsIn(Light.Broken)
                    .Build(),
                RuleTexts.Manager
            )
            .ShouldBe([
                "light: refusal 'no-such-text' has no text in English",
                "light: refusal 'no-such-text' has no text in zh-Hant",
                "light: refusal 'no-such-text' has no text in zh-Hans",
            ]);

    private static FlowBuilder<object, Light, Hand> Sound() =>
        Flow<object, Light, Hand>
            .Named("light")
            .Begins(Hand.Mount, Light.Off, "P1", Roles.Repair)
            .On(Light.Off, Hand.Press, Light.On, "P1", Roles.Repair)
            .On(Light.On, Hand.Press, Light.Off, "P1", Roles.Repair)
            .On(Light.On, Hand.Smash, Light.Broken, "P1", Roles.Repair);
}
