using CustomerService.Identity.Users.Domain;

namespace CustomerService.Gateway.Tests;

/// <summary>The rule of the lock-out, without a store.</summary>
public sealed class WrongPasswordsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    [Fact]
    public void Given_none_When_wrong_ones_come_Then_the_third_locks_and_the_count_starts_again()
    {
        var first = new WrongPasswords(0, null, null).Another(Noon, 3, Quarter);
        var second = first.Another(Noon.AddSeconds(1), 3, Quarter);
        var third = second.Another(Noon.AddSeconds(2), 3, Quarter);

        first.ShouldBe(new WrongPasswords(1, Noon, null));
        second.ShouldBe(new WrongPasswords(2, Noon.AddSeconds(1), null));
        third.ShouldBe(new WrongPasswords(0, Noon.AddSeconds(2), Noon.AddSeconds(2) + Quarter));
    }

    [Fact]
    public void Given_one_attempt_only_When_it_is_wrong_Then_it_locks() =>
        new WrongPasswords(0, null, null).Another(Noon, 1, Quarter).IsLocked(Noon).ShouldBeTrue();

    [Theory]
    [InlineData(14, true)]
    [InlineData(15, false)]
    [InlineData(16, false)]
    public void Given_a_lock_out_of_fifteen_minutes_When_they_are_over_Then_it_has_ended(int minutes, bool locked) =>
        Locked.IsLocked(Noon.AddMinutes(minutes)).ShouldBe(locked);

    [Fact]
    public void Given_a_lock_out_When_a_wrong_one_comes_Then_it_is_neither_prolonged_nor_counted() =>
        Locked.Another(Noon.AddMinutes(14), 3, Quarter).ShouldBe(Locked with { LastAt = Noon.AddMinutes(14) });

    [Fact]
    public void Given_a_lock_out_that_ended_When_a_wrong_one_comes_Then_it_is_the_first() =>
        Locked.Another(Noon.AddMinutes(15), 3, Quarter).ShouldBe(new WrongPasswords(1, Noon.AddMinutes(15), null));

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    public void Given_two_of_a_day_ago_When_more_than_a_day_has_passed_Then_they_are_forgotten(int seconds, int failed)
    {
        var before = new WrongPasswords(2, Noon, null);

        before.Another(Noon.AddDays(1).AddSeconds(seconds), 5, Quarter).Failed.ShouldBe(failed);
    }

    private static WrongPasswords Locked => new(0, Noon, Noon + Quarter);
}
