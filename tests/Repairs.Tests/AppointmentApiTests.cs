using System.Net;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>Times offered by a link that needs no account (P3.2.1).</summary>
public sealed class AppointmentApiTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_an_offer_When_the_owner_proposes_by_link_and_the_company_agrees_Then_in_the_calendar()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var (record, link, from) = await OfferAsync(it);
        var phone = new ApiClient(Fixture.Service.Http, null);

        (await phone.GetAsync(link + "/appointment")).Ok().Actions.ShouldBe(["choose", "propose"]);
        (await phone.GetAsync(link + "/appointment.ics")).Status.ShouldBe(HttpStatusCode.NotFound);
        var wish = new
        {
            from = from.AddDays(1),
            to = from.AddDays(1).AddHours(1),
            word = "下午較好",
        };
        (await phone.PostAsync(link + "/propose", wish)).Ok().State.ShouldBe("proposed");
        (await it.Service.ChangeAsync(record, "agree")).Ok().State.ShouldBe("agreed");

        var (calendar, bytes) = await phone.DownloadAsync(link + "/appointment.ics");
        calendar.Raw.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
        System.Text.Encoding.UTF8.GetString(bytes).ShouldStartWith("BEGIN:VCALENDAR");
        await Fixture.EventAsync(Guid.Parse(record.Split('/')[^1]), "repairs.appointment.agreed.v1");
        (await it.Service.ChangeAsync(record, "cancel", new { reason = "業主改期" })).Ok().State.ShouldBe("cancelled");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_an_offer_When_the_owner_picks_Then_once_and_strangers_see_nothing()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var (record, link, from) = await OfferAsync(it);
        var phone = new ApiClient(Fixture.Service.Http, null);
        var slot = new { from, to = from.AddHours(2) };

        (await phone.PostAsync(link + "/choose", slot)).Ok().State.ShouldBe("agreed");
        (await phone.PostAsync(link + "/choose", slot)).Code.ShouldBe("not-in-this-state");
        (await it.Owner.GetAsync("/v1/appointments")).Ok().Items.Count.ShouldBe(1);
        (await it.Stranger.GetAsync("/v1/appointments")).Ok().Items.ShouldBeEmpty();
        (await it.Stranger.PostAsync(record + "/choose", slot, "\"1\"")).Status.ShouldBe(HttpStatusCode.NotFound);
        (
            await it.Unit.PostAsync("/v1/appointments", new { repairOrderId = it.Id, slots = new[] { slot } })
        ).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<(string Record, string Link, DateTimeOffset From)> OfferAsync(Case it)
    {
        var now = DateTimeOffset.UtcNow;
        var from = new DateTimeOffset(now.Year, now.Month, now.Day, 1, 0, 0, TimeSpan.Zero).AddDays(3);
        var offered = await it.Service.PostAsync(
            "/v1/appointments",
            new { repairOrderId = it.Id, slots = new[] { new { from, to = from.AddHours(2) } } }
        );
        var token = offered.Ok().Text("link").Split('/')[^2];
        return ($"/v1/appointments/{offered.Id}", "/v1/repair-links/" + token, from);
    }
}
