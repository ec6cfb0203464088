using CustomerService.Rules;
using CustomerService.Surveys.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CustomerService.Surveys.Tests;

public sealed class PooledContextTests
{
    [Fact]
    public async Task Given_a_context_comes_back_from_the_pool_When_it_is_used_again_Then_nothing_of_its_last_user_is_left()
    {
        // Nothing is asked of a server here.
        var pool = new PooledDbContextFactory<SurveysDb>(
            new DbContextOptionsBuilder<SurveysDb>().UseNpgsql("Host=127.0.0.1;Port=1").Options,
            poolSize: 1
        );
        var id = Guid.CreateVersion7();
        var first = await pool.CreateDbContextAsync();
        var left = first.Watch(Row(id), _ => new Note());
        first.Watch(Row(id), _ => new Note()).ShouldBeSameAs(left);
        await first.DisposeAsync();

        await using var second = await pool.CreateDbContextAsync();
        second.ShouldBeSameAs(first);
        second.Watch(Row(id), _ => new Note()).ShouldNotBeSameAs(left);
    }

    private static InvitationRow Row(Guid id) =>
        new()
        {
            Id = id,
            Version = 1,
            Body = "{}",
        };

    private sealed class Note : Aggregate
    {
        public override string Kind => "note";
    }
}
