using CustomerService.Repairs.Data;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>The job that marks overdue confirmations, and the list of them.</summary>
public sealed class OverdueTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_an_unconfirmed_order_past_its_due_day_When_the_job_comes_by_Then_marked_once_and_listed_until_confirmed()
    {
        var it = await Case.Of(Fixture).OpenedAsync(notifiedOn: Fixture.Today.AddDays(-3));
        var inTime = await Case.Of(Fixture).OpenedAsync(notifiedOn: Fixture.Today.AddDays(-2));

        var overdue = await Fixture.OrderEventAsync(it.Id, "confirmation-overdue");
        overdue.Text("confirmDueOn").ShouldBe(RepairsFixture.Iso(Fixture.Today.AddDays(-1)));
        (await RepairListTests.ListAsync(it, "overdue=true")).ShouldBe([it.Id]);
        (await RepairListTests.ListAsync(inTime, "overdue=true")).ShouldBeEmpty();
        (await RepairListTests.ListAsync(inTime, "overdue=false")).ShouldBe([inTime.Id]);

        var confirmed = (await it.DoAsync("confirm")).Ok();

        confirmed["confirmation"]["inTime"]!.GetValue<bool>().ShouldBeFalse();
        confirmed.Text("confirmationOverdueOn").ShouldBe(RepairsFixture.Iso(Fixture.Today));
        (await RepairListTests.ListAsync(it, "overdue=true")).ShouldBeEmpty();
        (await Fixture.OrderEventAsync(it.Id, "confirmed")).Text("inTime").ShouldBe("false");
        Fixture.NamesOf(it.Id).Count(name => name == "confirmation-overdue").ShouldBe(1);
        Fixture.NamesOf(inTime.Id).ShouldNotContain("confirmation-overdue");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_an_order_that_the_database_refuses_to_save_When_the_job_comes_by_Then_the_others_are_marked()
    {
        var service = await Fixture.AnotherAsync(new Dictionary<string, string> { ["Repairs:SweepSeconds"] = "1" });
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RepairsDb>().Database;
        await database.ExecuteSqlRawAsync(
            """
            create table stuck(location text);
            create function refuse() returns trigger language plpgsql as $$
            begin
              if exists (select from stuck where location = new.location) then raise exception 'no' using errcode = '23514'; end if;
              return new;
            end $$;
            create trigger refuse before update on repair_orders for each row execute function refuse();
            insert into stuck values ('stuck');
            """
        );

        // The stuck one comes first: it is the one that would hold up the other.
        var stuck = await OverdueAsync(service, "stuck");
        var other = await OverdueAsync(service, "free");

        await Eventually.IsTrue(() => IsMarkedAsync(other), "the other order is marked");
        (await IsMarkedAsync(stuck)).ShouldBeFalse();
        service.App.Lifetime.ApplicationStopping.IsCancellationRequested.ShouldBeFalse("a failed run stops nothing");
        await database.ExecuteSqlRawAsync("drop trigger refuse on repair_orders");
        await Eventually.IsTrue(() => IsMarkedAsync(stuck), "the order that was stuck is marked, too");
    }

    private async Task<Case> OverdueAsync(RunningService service, string location)
    {
        var it = Case.Of(Fixture, service);
        var notice = it.Notice(notifiedOn: Fixture.Today.AddDays(-5)) with { Location = location };
        return it.Around((await it.OpenAsync(notice)).Ok().Id);
    }

    private static async Task<bool> IsMarkedAsync(Case it) =>
        (await it.ReadAsync()).Ok().Body!["confirmationOverdueOn"] is not null;
}
