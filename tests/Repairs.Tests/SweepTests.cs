using CustomerService.Repairs.Data;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>The sweep for overdue confirmations, when the database will not.</summary>
public sealed class SweepTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_an_order_that_the_database_refuses_to_save_When_the_sweep_comes_by_Then_the_others_are_marked_and_it_later()
    {
        var service = await Fixture.AnotherAsync(
            new Dictionary<string, string>
            {
                ["Services:Projects:Grpc"] = Fixture.Projects.Address,
                ["Repairs:SweepSeconds"] = "1",
            }
        );
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RepairsDb>().Database;
        await database.ExecuteSqlRawAsync(
            """
            create table stuck(location text);
            create function refuse() returns trigger language plpgsql as $$
            begin
              if exists (select from stuck where location = new.location) then raise exception 'cannot execute UPDATE in a read-only transaction' using errcode = '25006'; end if;
              return new;
            end $$;
            create trigger refuse before update on repair_orders for each row execute function refuse();
            insert into stuck values ('stuck');
            """
        );

        // The stuck one comes first: it is the one that would hold up the other.
        var stuck = await OverdueAsync(service, "stuck");
        var other = await OverdueAsync(service, "free");
        await Eventually.IsTrue(() => MarkedAsync(other), "the other order is marked");
        (await MarkedAsync(stuck)).ShouldBeFalse();
        service.App.Lifetime.ApplicationStopping.IsCancellationRequested.ShouldBeFalse(
            "a sweep that fails does not stop the service"
        );
        await database.ExecuteSqlRawAsync("drop trigger refuse on repair_orders");
        await Eventually.IsTrue(() => MarkedAsync(stuck), "the sweep still runs and marks the order that was stuck");
    }

    private async Task<Case> OverdueAsync(RunningService service, string location)
    {
        var it = Case.Of(Fixture, service);
        var notice = it.Notice(notifiedOn: RepairsFixture.Today.AddDays(-5));
        notice["location"] = location;
        return Case.Around(service, (await it.Service.PostAsync("/v1/repair-orders", notice)).Ok().Id);
    }

    private static async Task<bool> MarkedAsync(Case it) =>
        (await it.ReadAsync()).Ok().Body!["confirmationOverdueOn"] is not null;
}
