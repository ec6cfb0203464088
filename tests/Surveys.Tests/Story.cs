using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests;

/// <summary>From a repair that is done to a response that makes a complaint.</summary>
public sealed class Story(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    [Fact]
    public async Task After_a_repair_the_owner_is_asked_and_a_dissatisfied_answer_is_told_once()
    {
        var returned = SurveysFixture.Returned();
        await Fixture.DeliverAsync(returned);
        var sent = await Fixture.EventAsync(
            "surveys.invitation.sent.v1",
            e => e.Text("sourceId") == returned.RepairOrderId.ToString()
        );
        var token = sent.Text("link").Split('/')[^1];
        (await Fixture.Anonymous().GetAsync($"/v1/f/{token}")).Ok().Text("sourceNumber").ShouldBe(returned.Number);

        var form = new FilledForm
        {
            Overall = "fairly-satisfied",
            Items = [new("E.attitude", "satisfied"), new("E.result", "dissatisfied", "屋面仍滲水")],
        };
        var receipt = (await Fixture.Anonymous().PostAsync($"/v1/f/{token}", form)).Ok();

        var dissatisfied = await Fixture.EventAsync(receipt.Id, "surveys.response.dissatisfied.v1");
        dissatisfied.Text("phone").ShouldBe(returned.Phone);
        dissatisfied.Text("sourceId").ShouldBe(returned.RepairOrderId.ToString());
        Fixture
            .EventsOf(receipt.Id)
            .Select(e => e.RoutingKey)
            .ShouldBe(["surveys.response.received.v1", "surveys.response.dissatisfied.v1"]);
        var invitation = (await Fixture.Sales.GetAsync($"/v1/invitations/{sent.Subject}")).Ok();
        (invitation.State, invitation.Text("responseId")).ShouldBe(("answered", receipt.Id.ToString()));
    }
}
