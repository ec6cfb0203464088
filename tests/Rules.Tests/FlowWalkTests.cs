using CustomerService.Testing;
using static CustomerService.Rules.Tests.ErrandAction;

namespace CustomerService.Rules.Tests;

/// <summary>The harness of the random walks: what it does not complain about, no walk of a service notices.</summary>
public sealed class FlowWalkTests
{
    [Fact]
    public void Given_a_sound_record_When_it_is_walked_Then_everything_is_reached_and_nothing_is_wrong()
    {
        var seen = Walk().Run(walks: 200);

        seen.States.Count.ShouldBe(Enum.GetValues<ErrandState>().Length);
        seen.Steps.Count.ShouldBe(FlowChecks.Pairs(Errand.Flow).Count(pair => pair.Row is not null));
        seen.Refusals.ShouldBe(
            ["not-in-this-state", "role-missing", "no-quality-fault", "return-window-passed", "case-still-open"],
            ignoreOrder: true
        );
    }

    [Fact]
    public void Given_a_refusal_that_changes_something_When_walked_Then_it_is_told() =>
        Wrong(Walk(without: SendBack).On(SendBack, (errand, _) => errand.ChangeAndRefuse()))
            .ShouldContain("is refused by no-quality-fault, and changed something");

    [Fact]
    public void Given_another_action_than_it_says_When_walked_Then_it_is_told() =>
        Wrong(Walk(without: SendBack).On(SendBack, (errand, move) => errand.Do(move.Context, Remark)))
            .ShouldContain("errand: SendBack in ");

    [Fact]
    public void Given_a_success_without_a_change_When_walked_Then_it_is_told() =>
        Wrong(Walk(without: Withdraw).On(Withdraw, (_, _) => null)).ShouldContain("Withdraw in");

    [Fact]
    public void Given_an_entry_that_is_no_row_When_walked_Then_it_is_told() =>
        Wrong(Walk(without: Remark).On(Remark, (errand, move) => errand.NoteOnly(move.Context)))
            .ShouldContain("Remark in ");

    [Fact]
    public void Given_an_action_that_is_never_taken_When_walked_Then_it_is_told() =>
        Wrong(Walk(without: Close))
            .ShouldBe("errand: no walk came to: state closed, action close, refusal case-still-open");

    [Fact]
    public void Given_what_no_walk_can_reach_When_it_is_said_Then_it_is_not_missed() =>
        Walk(without: Close).Never("closed", "close", "case-still-open").Run(walks: 200).States.Count.ShouldBe(4);

    [Fact]
    public void Given_an_invariant_that_breaks_When_walked_Then_its_message_is_told() =>
        Wrong(Walk().Holds((errand, _) => errand.Inspections.ShouldBeLessThan(2))).ShouldContain("Inspections");

    [Fact]
    public void Given_a_record_that_only_some_can_start_When_others_try_Then_they_are_refused() =>
        Walk().Run(walks: 50).Refusals.ShouldContain("role-missing");

    [Fact]
    public void Given_a_walk_without_a_start_When_run_Then_it_is_told() =>
        Wrong(new FlowWalk<Errand, ErrandState, ErrandAction>(Errand.Flow))
            .ShouldContain("does not say how a record starts");

    private static string Wrong(FlowWalk<Errand, ErrandState, ErrandAction> walk)
    {
        Exception wrong = Should.Throw<Exception>(() => walk.Run(walks: 300));
        while (wrong.InnerException is { } inner)
        {
            wrong = inner;
        }

        return wrong.Message;
    }

    private static FlowWalk<Errand, ErrandState, ErrandAction> Walk(ErrandAction? without = null)
    {
        var walk = new FlowWalk<Errand, ErrandState, ErrandAction>(Errand.Flow).Start(
            Draft,
            move => Errand.New(move.Context)
        );
        foreach (var action in Enum.GetValues<ErrandAction>().Where(action => action != Draft && action != without))
        {
            walk.On(
                action,
                (errand, move) => errand.Do(move.Context, action, move.Pick<object?>(true, false, null, "passed"))
            );
        }

        return walk;
    }
}
