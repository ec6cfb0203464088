using CustomerService.Identity.Users.Domain;

namespace CustomerService.Gateway.Tests;

/// <summary>The rule that slows attempts under one name down, without a store.</summary>
public sealed class SlowDownTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 250)]
    [InlineData(6, 500)]
    [InlineData(8, 2000)]
    [InlineData(9, 4000)]
    [InlineData(10, 5000)]
    [InlineData(100_000, 5000)]
    public void Given_so_many_wrong_ones_When_another_comes_Then_it_waits(int failed, int milliseconds) =>
        new SlowDown(failed, Noon, null).Turn(Noon, 5).Wait.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public void Given_many_wrong_ones_When_attempts_come_together_Then_they_wait_in_a_row_until_it_is_too_long()
    {
        var slow = new SlowDown(50, Noon, null);
        var waits = new List<double?>();
        for (var i = 0; i < 4; i++)
        {
            (slow, var wait) = slow.Turn(Noon, 5);
            waits.Add(wait?.TotalSeconds);
        }

        waits.ShouldBe([5, 10, 15, null]);
        // Who was sent away took no turn.
        slow.Turn(Noon.AddSeconds(5), 5).Wait.ShouldBe(TimeSpan.FromSeconds(15));
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(1, 1)]
    public void Given_five_of_an_hour_ago_When_another_comes_Then_they_count_for_that_hour_only(int seconds, int failed)
    {
        var now = Noon.AddHours(1).AddSeconds(seconds);

        var after = new SlowDown(5, Noon, null).Another(now);

        after.Failed.ShouldBe(failed);
        new SlowDown(5, Noon, null).Turn(now, 5).Wait.ShouldBe(TimeSpan.FromMilliseconds(seconds == 0 ? 250 : 0));
    }
}
