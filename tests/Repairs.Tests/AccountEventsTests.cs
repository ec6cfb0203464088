using System.Net;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Messaging;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>What Identity announces reaches a service within seconds, and every replica of it.</summary>
public sealed class AccountEventsTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "S3")]
    public async Task Given_a_token_that_works_When_its_person_changes_Then_it_is_refused_and_a_new_one_is_not()
    {
        var person = Guid.CreateVersion7();
        // A second replica, whose clock no test moves.
        var service = await Fixture.AnotherAsync(
            new Dictionary<string, string>
            {
                ["ConnectionStrings:Store"] = Fixture.Service.Services.GetRequiredService<IConfiguration>()[
                    "ConnectionStrings:Store"
                ]!,
            },
            TimeProvider.System,
            Fixture.BrokerAddress
        );
        var issued = TimeProvider.System.GetUtcNow();
        var token = new ApiClient(service.Http, Token(person, Roles.Repair, issued));
        await Fixture.DeliverAsync(Changed(person, 1, null));
        (await token.GetAsync("/v1/repair-orders")).Ok();

        await Fixture.DeliverAsync(Changed(person, 3, issued.AddSeconds(1)));

        await RefusedAsync(token);

        // An older event comes late.
        await Fixture.DeliverAsync(Changed(person, 2, null, "Older name"));
        (await token.GetAsync("/v1/repair-orders")).Code.ShouldBe("token-outdated");
        await using var scope = service.Services.CreateAsyncScope();
        var kept = await scope.ServiceProvider.GetRequiredService<IAccounts>().FindAsync(person, default);
        (kept!.Version, kept.DisplayName, kept.Active).ShouldBe((3, "王小明", true));
        kept.Regions.ShouldBe(["north"]);
        var renewed = new ApiClient(service.Http, Token(person, Roles.Repair, issued.AddSeconds(2)));
        (await renewed.GetAsync("/v1/repair-orders")).Ok();
    }

    [Fact]
    [Trait("Rule", "S3")]
    public async Task Given_a_replica_that_did_not_get_the_event_When_the_store_knows_Then_the_token_is_refused()
    {
        var person = Guid.CreateVersion7();
        var service = await Fixture.AnotherAsync(clock: TimeProvider.System);
        var issued = TimeProvider.System.GetUtcNow();
        var token = new ApiClient(service.Http, Token(person, Roles.Repair, issued));
        (await token.GetAsync("/v1/repair-orders")).Ok();

        await using var scope = service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
        db.Add(Account.From(Changed(person, 1, issued.AddSeconds(1))));
        await db.SaveChangesAsync();

        await RefusedAsync(token);
    }

    private static Task RefusedAsync(ApiClient token) =>
        Eventually.Holds(
            async () =>
            {
                var refused = await token.GetAsync("/v1/repair-orders");
                (refused.Status, refused.Code).ShouldBe((HttpStatusCode.Unauthorized, "token-outdated"));
            },
            TimeSpan.FromSeconds(10)
        );

    private static UserChanged Changed(Guid person, long version, DateTimeOffset? from, string name = "王小明") =>
        new(person, version, name, [Roles.RegionalSales], ["north"], "sales", null, Active: true, from);

    private string Token(Guid person, string role, DateTimeOffset issuedAt) =>
        Fixture.Issuer.Token(person.ToString(), "王小明", [role], issuedAt: issuedAt);
}
