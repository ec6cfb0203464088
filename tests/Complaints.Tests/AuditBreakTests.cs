using CustomerService.Complaints.Complaints.Features;
using CustomerService.Complaints.Data;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CustomerService.Complaints.Tests;

/// <summary>A change of the trail behind the service's back is found by the command and by the endpoint.</summary>
public sealed class AuditBreakTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Every_way_to_tamper_with_a_chain_is_named_by_the_command_and_shown_by_the_endpoint()
    {
        // A service of its own: the others' trail stays whole.
        var service = await Fixture.AnotherAsync();
        var (sales, agent) = (service.As(Someone.InSales()), service.As(Someone.InCustomerService()));

        // Each with two entries: registered, responded.
        async Task<Guid> ComplaintAsync()
        {
            var complaint = (
                await sales.PostAsync("/v1/complaints", Steps.Intake(await ComplaintsFixture.CustomerOfAsync(service)))
            ).Ok();
            return (
                await agent.ChangeAsync(
                    Steps.Complaint(complaint),
                    "respond",
                    new RespondToComplaint.Request("已收到。")
                )
            )
                .Ok()
                .Id;
        }

        var untouched = await ComplaintAsync();
        (await service.RunCommandAsync("verify-audit")).ShouldBe(
            (0, "2 entries in 1 chains, 0 broken" + Environment.NewLine)
        );

        var ways = new (string Sql, int At, string Problem)[]
        {
            (
                "UPDATE audit_trail SET actor_name = 'somebody else' WHERE aggregate_id = $1 AND sequence = 1",
                1,
                "changed"
            ),
            (
                "UPDATE audit_trail SET at = at - interval '1 day' WHERE aggregate_id = $1 AND sequence = 2",
                2,
                "changed"
            ),
            ("UPDATE audit_trail SET why = 'another reason' WHERE aggregate_id = $1 AND sequence = 2", 2, "changed"),
            ("UPDATE audit_trail SET previous_hash = hash WHERE aggregate_id = $1 AND sequence = 2", 2, "unlinked"),
            ("DELETE FROM audit_trail WHERE aggregate_id = $1 AND sequence = 1", 1, "gap"),
            ("DELETE FROM audit_trail WHERE aggregate_id = $1 AND sequence = 2", 2, "cut-off"),
            ("DELETE FROM audit_trail WHERE aggregate_id = $1", 1, "cut-off"),
            ("UPDATE complaints SET audit_head = repeat('0', 64) WHERE id = $1", 3, "cut-off"),
            ("DELETE FROM complaints WHERE id = $1", 2, "orphaned"),
        };
        var expected = new List<string>();
        await using var scope = service.Services.CreateAsyncScope();
        await using var source = NpgsqlDataSource.Create(
            scope.ServiceProvider.GetRequiredService<ComplaintsDb>().Database.GetConnectionString()!
        );
        foreach (var (sql, at, problem) in ways)
        {
            var id = await ComplaintAsync();
            (await agent.GetAsync("/v1/audit/" + id)).Ok()["intact"].GetValue<bool>().ShouldBeTrue();
            await using (var command = source.CreateCommand(sql))
            {
                command.Parameters.AddWithValue(id);
                (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0, sql);
            }

            expected.Add($"BROKEN complaint {id} at entry {at}: {problem}");
            var shown = (await agent.GetAsync("/v1/audit/" + id)).Ok();
            shown["intact"].GetValue<bool>().ShouldBeFalse(sql);
            shown.Text("aggregateType").ShouldBe("complaint");
        }

        var (code, output) = await service.RunCommandAsync("verify-audit");
        code.ShouldBe(1);
        var lines = output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines[..^1].Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal));
        lines[^1].ShouldEndWith($"{ways.Length} broken");
        (await agent.GetAsync("/v1/audit/" + untouched)).Ok()["intact"].GetValue<bool>().ShouldBeTrue();
        (await agent.GetAsync("/v1/audit/" + Guid.CreateVersion7())).Status.ShouldBe(
            System.Net.HttpStatusCode.NotFound
        );
    }
}
