using CustomerService.Reporting.FigureSnapshots.Domain;
using CustomerService.Testing;

namespace CustomerService.Reporting.Tests.Domain;

public sealed class FigureSnapshotTests
{
    private static readonly FrozenFigure Asked = new(
        "complaints-registered",
        new(2026, 1, 1),
        new(2026, 12, 31),
        new Dictionary<string, string> { ["severity"] = "major" },
        DateTimeOffset.UnixEpoch
    );

    private static readonly FrozenCase One = new(Guid.CreateVersion7(), "", "complaint", "TS-1", new(2026, 2, 1), 1);
    private static readonly FrozenCase Two = new(Guid.CreateVersion7(), "", "complaint", "TS-2", new(2026, 2, 2), 1);

    [Fact, Trait("Rule", "C5.7")]
    public void Given_the_same_cases_in_another_order_When_hashed_Then_the_hash_is_the_same_and_another_for_any_change()
    {
        var hash = FigureSnapshot.HashOf(Asked, [One, Two]);

        FigureSnapshot.HashOf(Asked, [Two, One with { Value = 1.00m }]).ShouldBe(hash);
        FigureSnapshot.HashOf(Asked, [One]).ShouldNotBe(hash);
        FigureSnapshot.HashOf(Asked, [One, Two with { Value = 2 }]).ShouldNotBe(hash);
        FigureSnapshot.HashOf(Asked, [One, Two with { Day = new(2026, 2, 3) }]).ShouldNotBe(hash);
        FigureSnapshot.HashOf(Asked with { To = new(2026, 11, 30) }, [One, Two]).ShouldNotBe(hash);
        FigureSnapshot.HashOf(Asked with { Filters = new Dictionary<string, string>() }, [One, Two]).ShouldNotBe(hash);
    }

    [Fact, Trait("Rule", "C5.7")]
    public void Given_a_frozen_figure_When_compared_Then_added_removed_and_changed_cases_are_told()
    {
        FigureSnapshot
            .Freeze(A.Context(Someone.InQuality()), Asked, [One, Two])
            .Failed(out _, out var frozen)
            .ShouldBeFalse();
        var three = One with { CaseId = Guid.CreateVersion7(), Number = "TS-3" };

        var differences = frozen!.Differences([Two with { Value = 5 }, three]);

        differences
            .Select(d => (d.Before?.Number, d.After?.Number))
            .ShouldBe([("TS-1", null), ("TS-2", "TS-2"), (null, "TS-3")], ignoreOrder: true);
        frozen.Differences([One, Two]).ShouldBeEmpty();
    }
}
