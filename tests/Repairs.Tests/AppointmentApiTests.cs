using System.Net;
using CustomerService.Repairs.Data;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>Times offered by a link that needs no account (P3.2.1).</summary>
public sealed class AppointmentApiTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_an_offer_When_the_owner_proposes_by_link_and_the_company_agrees_Then_in_the_calendar()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var (record, link, from) = await Appointments.OfferAsync(it);
        var phone = new ApiClient(Fixture.Service.Http, null);

        (await phone.GetAsync(link + "/appointment")).Ok().Actions.ShouldBe(["choose", "propose"]);
        (await phone.PageAsync(link + "/appointment")).Html.ShouldContain("data-to=\"../choose\"");
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
        await Eventually.Holds(() =>
        {
            // On the eve of holidays the reminder goes out at once.
            Fixture
                .Mail.To(it.OwnerMail)
                .Count(mail => !mail.Subject!.StartsWith("上門提醒", StringComparison.Ordinal))
                .ShouldBe(3);
            return Task.CompletedTask;
        });
        var mails = Fixture.Mail.To(it.OwnerMail);
        mails.ShouldContain(mail => mail.TextBody!.Contains(link, StringComparison.Ordinal));
        // Sent side by side: which comes first is chance.
        mails
            .Single(mail => mail.Subject!.StartsWith("上門時間已確認", StringComparison.Ordinal))
            .Attachments.Count()
            .ShouldBe(1);
        var cancelled = mails.Single(mail => mail.Subject!.StartsWith("預約取消", StringComparison.Ordinal));
        cancelled.TextBody!.ShouldNotContain("業主改期", Shouldly.Case.Sensitive, "reasons are internal");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_an_agreed_time_When_its_reminder_is_due_Then_the_owner_is_reminded_once_by_mail()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var (record, link, from) = await Appointments.OfferAsync(it);
        var id = Guid.Parse(record.Split('/')[^1]);
        var phone = new ApiClient(Fixture.Service.Http, null);
        (await phone.PostAsync(link + "/choose", new { from, to = from.AddHours(2) })).Ok().State.ShouldBe("agreed");
        await using (var scope = Fixture.Service.Services.CreateAsyncScope())
        {
            await scope
                .ServiceProvider.GetRequiredService<RepairsDb>()
                .Database.ExecuteSqlAsync(
                    $"update appointments set reminder_on = date '2020-01-01', reminded_on = null where id = {id}"
                );
        }

        await Fixture.EventAsync(id, "repairs.appointment.reminder-due.v1");

        await Eventually.Holds(() =>
        {
            Reminders().Count.ShouldBe(1);
            return Task.CompletedTask;
        });
        var reminder = Reminders().Single();
        reminder.Attachments.Count().ShouldBe(1, "the entry for a calendar");
        (await it.Service.ChangeAsync(record, "cancel", new { reason = "業主改期" })).Ok().State.ShouldBe("cancelled");
        await Eventually.Holds(() =>
        {
            Fixture
                .Mail.To(it.OwnerMail)
                .ShouldContain(mail => mail.Subject!.StartsWith("預約取消", StringComparison.Ordinal));
            return Task.CompletedTask;
        });
        Reminders().Count.ShouldBe(1);

        List<MimeKit.MimeMessage> Reminders() =>
            [
                .. Fixture
                    .Mail.To(it.OwnerMail)
                    .Where(mail => mail.Subject!.StartsWith("上門提醒", StringComparison.Ordinal)),
            ];
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public async Task Given_an_agreed_time_When_the_order_goes_to_a_unit_and_to_another_Then_who_comes_sees_it()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var (record, link, from) = await Appointments.OfferAsync(it);
        var phone = new ApiClient(Fixture.Service.Http, null);
        (await phone.PostAsync(link + "/choose", new { from, to = from.AddHours(2) })).Ok();
        (await it.Unit.GetAsync(record)).Status.ShouldBe(HttpStatusCode.NotFound);

        await it.ToAsync("dispatched");
        (await it.Unit.GetAsync(record)).Ok().State.ShouldBe("agreed");

        (await it.DoAsync("object")).Ok();
        var other = it.Dispatching() with { RepairUnitId = RepairsFixture.OwnUnit, UnitReason = "異議成立" };
        (await it.Engineer.ChangeAsync(it.Record, "reassign", other)).Ok();
        (await it.Unit.GetAsync(record)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_an_agreed_time_When_its_order_is_withdrawn_Then_cancelled_announced_and_mailed()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var (record, link, from) = await Appointments.OfferAsync(it);
        var phone = new ApiClient(Fixture.Service.Http, null);
        (await phone.PostAsync(link + "/choose", new { from, to = from.AddHours(2) })).Ok();

        (await it.DoAsync("withdraw")).Ok();

        (await it.Service.GetAsync(record)).Ok().State.ShouldBe("cancelled");
        await Fixture.EventAsync(Guid.Parse(record.Split('/')[^1]), "repairs.appointment.cancelled.v1");
        await Eventually.Holds(() =>
        {
            Fixture
                .Mail.To(it.OwnerMail)
                .ShouldContain(mail => mail.Subject!.StartsWith("預約取消", StringComparison.Ordinal));
            return Task.CompletedTask;
        });
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_a_reminder_that_is_due_When_its_order_has_ended_Then_nobody_is_reminded()
    {
        var (ended, open) = (await Case.Of(Fixture).OpenedAsync(), await Case.Of(Fixture).OpenedAsync());
        var ids = new List<Guid>();
        foreach (var it in new[] { ended, open })
        {
            var (record, link, from) = await Appointments.OfferAsync(it);
            var phone = new ApiClient(Fixture.Service.Http, null);
            (await phone.PostAsync(link + "/choose", new { from, to = from.AddHours(2) })).Ok();
            ids.Add(Guid.Parse(record.Split('/')[^1]));
        }

        await using (var scope = Fixture.Service.Services.CreateAsyncScope())
        {
            // As if it had been withdrawn before appointments followed.
            var database = scope.ServiceProvider.GetRequiredService<RepairsDb>().Database;
            await database.ExecuteSqlAsync($"update repair_orders set state = 'Withdrawn' where id = {ended.Id}");
            await database.ExecuteSqlAsync(
                $"update appointments set reminder_on = date '2020-01-01', reminded_on = null where id = any({ids})"
            );
        }

        await Fixture.EventAsync(ids[1], "repairs.appointment.reminder-due.v1");
        (await ended.Head.GetAsync(ended.Record + "/timeline?limit=200"))
            .Ok()
            .Items.ShouldNotContain(entry => entry["action"]!.ToString() == "remind");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_an_offer_When_the_owner_picks_Then_once_and_strangers_see_nothing()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var (record, link, from) = await Appointments.OfferAsync(it);
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

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_times_that_are_over_When_the_link_is_used_Then_it_says_that_it_has_ended()
    {
        var it = await Case.Of(Fixture).OpenedAsync();
        var (record, link, from) = await Appointments.OfferAsync(it);
        await using (var scope = Fixture.Service.Services.CreateAsyncScope())
        {
            var id = Guid.Parse(record.Split('/')[^1]);
            await scope
                .ServiceProvider.GetRequiredService<RepairsDb>()
                .Database.ExecuteSqlAsync(
                    $"update appointments set expires_at = now() - interval '1 minute' where id = {id}"
                );
        }

        var phone = new ApiClient(Fixture.Service.Http, null);
        var ended = await phone.GetAsync(link + "/appointment");
        (ended.Status, ended.Code, ended.Rule).ShouldBe((HttpStatusCode.Gone, "link-expired", "P3.2.1"));
        (await phone.PostAsync(link + "/choose", new { from, to = from.AddHours(2) })).Code.ShouldBe("link-expired");
        var (status, html, _) = await phone.PageAsync(link + "/appointment", "zh-Hant");
        status.ShouldBe(HttpStatusCode.Gone);
        html.ShouldContain("連結已過期。");
        (await it.Head.GetAsync(it.Record + "/timeline?limit=200"))
            .Ok()
            .Items.Where(entry => entry["kind"]!.ToString() == "part")
            .Select(entry => (entry["action"]!.ToString(), entry["part"]!["kind"]!.ToString()))
            .ShouldBe([("offer", "appointment")]);
    }
}

/// <summary>What tests of appointments begin with.</summary>
internal static class Appointments
{
    public static async Task<(string Record, string Link, DateTimeOffset From)> OfferAsync(Case it)
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
