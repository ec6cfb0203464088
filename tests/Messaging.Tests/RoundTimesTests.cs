namespace CustomerService.Messaging.Tests;

public sealed class RoundTimesTests
{
    private static readonly MessagingOptions Settings = new()
    {
        Gather = Milliseconds(10),
        GatherAbove = 300,
        SlowRound = Milliseconds(5),
        GatherAtMost = Milliseconds(50),
    };

    [Fact]
    public void Given_quick_rounds_and_a_standstill_When_few_events_come_Then_none_waits()
    {
        var rounds = Took(2, 2, 90, 80, 2, 3, 95, 2, 2);

        rounds.Gather(Settings, 299).ShouldBe(TimeSpan.Zero);
        rounds.Gather(Settings, 300).ShouldBe(Settings.Gather);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 10)]
    [InlineData(20, 40)]
    [InlineData(25, 50)]
    [InlineData(400, 50)]
    public void Given_rounds_that_take_long_When_few_events_come_Then_they_wait_twice_as_long(int took, int gather)
    {
        var rounds = Took(Enumerable.Repeat(took, 9).ToArray());

        rounds.Gather(Settings, 1).ShouldBe(Milliseconds(gather));
        rounds.Gather(Settings, 1_000).ShouldBe(Milliseconds(Math.Max(10, gather)));
    }

    [Fact]
    public void Given_rounds_that_are_long_because_they_are_large_When_few_events_come_Then_none_waits()
    {
        var rounds = Took(2, 2, 2, 2, 2);
        for (var i = 0; i < 9; i++)
        {
            rounds.Add(500, Milliseconds(60));
        }

        rounds.Gather(Settings, 1).ShouldBe(TimeSpan.Zero);
    }

    private static RoundTimes Took(params int[] milliseconds)
    {
        var rounds = new RoundTimes();
        foreach (var took in milliseconds)
        {
            rounds.Add(1, Milliseconds(took));
        }

        return rounds;
    }

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
