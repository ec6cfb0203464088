using System.Net;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>What an operator sees and does without a shell.</summary>
public sealed class OperationsTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    private ApiClient Operator => Fixture.As(Roles.Operator);

    [Fact]
    public async Task Only_operators_and_administrators_get_in()
    {
        foreach (var path in new[] { "status", "dead-letters", "audit-check" })
        {
            (await Fixture.Anonymous().GetAsync("/v1/operations/" + path)).Refused(
                HttpStatusCode.Unauthorized,
                "unauthenticated"
            );
            foreach (var role in new[] { Roles.GeneralManager, Roles.Customer, Roles.RepairUnit, Roles.BiReader })
            {
                (await Fixture.As(role).GetAsync("/v1/operations/" + path)).Refused(
                    HttpStatusCode.Forbidden,
                    "role-missing"
                );
            }
        }

        (await Fixture.Desk.PostAsync("/v1/operations/dead-letters/replay", new { })).Refused(
            HttpStatusCode.Forbidden,
            "role-missing"
        );
        (await Fixture.As(Roles.Administrator).GetAsync("/v1/operations/status")).Ok();
    }

    [Fact]
    public async Task The_status_names_every_check()
    {
        var status = (await Operator.GetAsync("/v1/operations/status")).Ok();
        (status.Text("service"), status.Text("status")).ShouldBe(("complaints", "healthy"));
        status["checks"]!["outbox-relay"]!["status"]!.ToString().ShouldBe("healthy");
    }

    [Fact]
    public async Task A_message_that_was_given_up_is_listed_and_replayed()
    {
        var id = Guid.CreateVersion7();
        // One consumer takes it.
        await Fixture.PublishAsync("surveys.corrective-order.issued.v1", """{"orderId":"no identity"}""", id);

        async Task<bool> Listed() =>
            (await Operator.GetAsync("/v1/operations/dead-letters"))
                .Ok()
                .Body!.AsArray()
                .Any(l => l!["messageId"]!.ToString() == id.ToString());
        await Eventually.IsTrue(Listed, "the message is given up");
        (
            await Operator.PostAsync("/v1/operations/dead-letters/replay", new { messageId = Guid.CreateVersion7() })
        ).Refused(HttpStatusCode.NotFound, "not-found");
        var replayed = (await Operator.PostAsync("/v1/operations/dead-letters/replay", new { messageId = id })).Ok();
        ((int)replayed["replayed"]!).ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task The_audit_trail_of_a_record_and_the_walk_over_all_are_for_operators_too()
    {
        var complaint = await Fixture.RegisteredAsync();
        ((bool)(await Operator.GetAsync("/v1/audit/" + complaint.Id)).Ok()["intact"]!).ShouldBeTrue();
        var explained = "/v1/audit/" + (await Fixture.ExplainedAsync()).Id;
        // They see who did what and when; why would tell what the record is about.
        var seen = (await Operator.GetAsync(explained)).Ok();
        ((bool)seen["intact"]!).ShouldBeTrue();
        seen["entries"].AsArray().ShouldAllBe(entry => entry!["why"] == null);
        var whole = (await Fixture.As(Roles.CustomerService).GetAsync(explained)).Ok()["entries"].AsArray();
        whole.Any(entry => entry!["why"] is not null).ShouldBeTrue();
        foreach (var member in (string[])["action", "from", "to", "actorName", "at", "hash"])
        {
            seen["entries"]
                .AsArray()
                .Select(entry => entry![member]?.ToString())
                .ShouldBe(whole.Select(entry => entry![member]?.ToString()), member);
        }

        (await Operator.GetAsync(Steps.Complaint(complaint))).Refused(HttpStatusCode.NotFound, "not-found");
        var checkedNow = (await Operator.GetAsync("/v1/operations/audit-check")).Ok();
        ((bool)checkedNow["intact"]!).ShouldBeTrue(checkedNow.Body!.ToJsonString());
        checkedNow["report"]!.AsArray()[^1]!.ToString().ShouldContain("0 broken");
    }
}
