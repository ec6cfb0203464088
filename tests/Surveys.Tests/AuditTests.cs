using CustomerService.Surveys.Data;
using CustomerService.Surveys.Invitations.Features;
using CustomerService.Surveys.Store;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Surveys.Tests;

public sealed class AuditTests(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_a_document_that_changes_while_the_trail_is_walked_When_it_is_verified_Then_it_is_whole()
    {
        var (id, _) = await Fixture.InviteAsync();
        var changed = false;
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var store = Meanwhile.Of(
            scope.ServiceProvider.GetRequiredService<IDocumentStore>(),
            async () =>
            {
                await WithdrawAsync(id);
                changed = true;
            }
        );
        await using var services = new ServiceCollection().AddSingleton(store).BuildServiceProvider();
        await using var output = new StringWriter();

        await new VerifyAuditCommand().RunAsync([], services, output, default);

        changed.ShouldBeTrue();
        output.ToString().ShouldNotContain(id.ToString());
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_an_entry_that_was_changed_or_deleted_When_the_trail_is_verified_Then_it_is_named()
    {
        var (id, _) = await Fixture.InviteAsync();

        await Fixture.PastTheRulesAsync(store => store.ForgeEntriesAsync(id));
        var (code, changed) = await Fixture.Service.RunCommandAsync("verify-audit");
        await Fixture.PastTheRulesAsync(store => store.DeleteEntriesAsync(id));
        var (_, deleted) = await Fixture.Service.RunCommandAsync("verify-audit");

        code.ShouldBe(1);
        changed.ShouldContain($"BROKEN invitation {id} at entry 1: changed");
        deleted.ShouldContain($"BROKEN invitation {id} at entry 1: cut-off");
        await Fixture.PastTheRulesAsync(store => store.DeleteAsync(id));
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_a_lost_last_entry_or_a_lost_document_When_the_trail_is_read_Then_it_is_not_intact()
    {
        var (id, _) = await Fixture.InviteAsync();
        await WithdrawAsync(id);
        async Task<bool> IntactAsync() =>
            (await Fixture.Sales.GetAsync("/v1/audit/" + id)).Ok()["intact"].GetValue<bool>();
        (await IntactAsync()).ShouldBeTrue();

        await Fixture.PastTheRulesAsync(store => store.DeleteEntriesAsync(id, from: 2));
        (await IntactAsync()).ShouldBeFalse();
        await Fixture.PastTheRulesAsync(store => store.DeleteAsync(id));

        (await IntactAsync()).ShouldBeFalse();
        (await Fixture.Service.RunCommandAsync("verify-audit")).Output.ShouldContain(
            $"BROKEN invitation {id} at entry 1: orphaned"
        );
        await Fixture.PastTheRulesAsync(store => store.DeleteEntriesAsync(id));
    }

    private async Task WithdrawAsync(Guid id) =>
        (
            await Fixture.Sales.ChangeAsync(
                $"/v1/invitations/{id}",
                "withdraw",
                new WithdrawInvitation.Request("sent in error")
            )
        ).Ok();
}
