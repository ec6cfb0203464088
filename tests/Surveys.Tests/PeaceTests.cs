using System.Net;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Campaigns.Features;
using CustomerService.Surveys.Invitations.Jobs;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Surveys.Tests;

/// <summary>Who is asked in which language, who is left in peace, and what a merge takes along (C5.8.2, S4).</summary>
public sealed class PeaceTests(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    private static readonly HttpClient Browser = new();

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task A_customer_is_asked_in_the_language_that_was_said_else_in_the_registrys_by_every_population()
    {
        var (customer, order) = (Guid.CreateVersion7(), SurveysFixture.Returned());
        foreach (var id in new[] { customer, order.OwnerId })
        {
            await Fixture.DeliverAsync(
                new OrganisationRegistered(id, 1, "North Estates", "customer", null, null, null, null, Language: "en")
            );
        }

        var request = SurveysFixture.Request(customer: customer) with { Contact = "Ms Li" };
        var one = (await Fixture.Sales.PostAsync("/v1/invitations", request)).Ok();
        var said = (
            await Fixture.Sales.PostAsync("/v1/invitations", request with { Contact = "Mr Wu", Language = "zh-Hans" })
        ).Ok();
        var (campaign, _) = await Fixture.ToInterviewAsync("C", 0);
        var listed = (
            await Fixture.Sales.PostAsync(
                $"/v1/campaigns/{campaign.Id}/invite",
                new InviteList.Request([new(customer, "North Estates", "Mr Ho", "010-1")]),
                campaign.ETag
            )
        ).Ok();
        await Fixture.DeliverAsync(order);

        (await LanguageOfAsync(one.Id)).ShouldBe("en");
        (await LanguageOfAsync(said.Id)).ShouldBe("zh-Hans");
        (await LanguageOfAsync(Guid.Parse(listed["outcomes"][0]!["invitationId"]!.ToString()))).ShouldBe("en");
        var repaired = await Fixture.EventAsync(
            "surveys.invitation.sent.v1",
            e => e.Text("sourceId") == order.RepairOrderId.ToString()
        );
        repaired.Text("language").ShouldBe("en");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Who_opts_out_behind_the_link_is_asked_by_no_population_and_by_no_interviewer()
    {
        var request = SurveysFixture.Request("C") with { Contact = "王工" };
        var invited = (await Fixture.Sales.PostAsync("/v1/invitations", request)).Ok();
        var token = invited.Text("link").Split('/')[^1];

        var (status, page) = await OptOutAsync(token);
        (status, page.Contains("class=\"done\"", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true));
        (await OptOutAsync(token)).Status.ShouldBe(HttpStatusCode.OK);
        (await OptOutAsync("nothing")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await Fixture.Sales.PostAsync("/v1/invitations", request)).Code.ShouldBe("opted-out");
        (await Fixture.Sales.PostAsync("/v1/invitations", request with { Interview = true })).Code.ShouldBe(
            "opted-out"
        );
        (await InterviewAsync(request.CustomerId, "王工")).Code.ShouldBe("opted-out");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task An_interviewer_asks_nobody_who_was_asked_lately_or_has_an_open_case()
    {
        var (asked, busy) = (SurveysFixture.Request(), SurveysFixture.Request());
        (await Fixture.Sales.PostAsync("/v1/invitations", asked)).Ok();
        await Fixture.DeliverAsync(Registered(busy.CustomerId));

        foreach (var (request, code) in new[] { (asked, "asked-recently"), (busy, "case-open") })
        {
            (await InterviewAsync(request.CustomerId, request.Contact)).Code.ShouldBe(code);
            (await Fixture.Sales.PostAsync("/v1/invitations", request with { Interview = true })).Code.ShouldBe(code);
        }

        (await InterviewAsync(Guid.CreateVersion7(), "趙總")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task A_reminder_goes_out_with_the_same_link_but_not_to_whom_opted_out_or_has_an_open_case()
    {
        var (customer, busy) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (waiting, token) = await Fixture.InviteAsync(customer);
        var (silent, other) = await Fixture.InviteAsync(customer);
        var (held, _) = await Fixture.InviteAsync(busy);
        await Fixture.DeliverAsync(Registered(busy));
        await OptOutAsync(other);
        var longAgo = Fixture.Today.AddDays(-8).ToString("yyyy-MM-dd", null);
        foreach (var id in new[] { waiting, silent, held })
        {
            await Fixture.PastTheRulesAsync(store => store.SetAsync(id, "sentOn", longAgo));
        }

        var sweep = Fixture.Service.Services.GetRequiredService<RemindRecipients>();
        await sweep.SweepAsync(TestContext.Current.CancellationToken);
        await sweep.SweepAsync(TestContext.Current.CancellationToken);

        var reminded = await Fixture.EventAsync(waiting, "surveys.invitation.reminded.v1");
        reminded.Text("link").ShouldEndWith("/" + token);
        Fixture.EventsOf(waiting).Count(e => e.RoutingKey == "surveys.invitation.reminded.v1").ShouldBe(1);
        foreach (var id in new[] { silent, held })
        {
            Fixture.EventsOf(id).ShouldNotContain(e => e.RoutingKey == "surveys.invitation.reminded.v1");
        }
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task A_merge_takes_along_who_opted_out_what_is_owed_and_which_cases_are_open_and_gives_them_back()
    {
        var (customer, into) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var asked = SurveysFixture.Request(customer: customer) with { Contact = "王工" };
        var invited = (await Fixture.Sales.PostAsync("/v1/invitations", asked)).Ok();
        var token = invited.Text("link").Split('/')[^1];
        await OptOutAsync(token);
        var form = new FilledForm
        {
            Overall = "satisfied",
            Suggestions = "夜間服務",
            WantsAnswer = true,
        };
        var response = (await Fixture.Anonymous().PostAsync($"/v1/f/{token}", form)).Ok().Id;
        await Fixture.DeliverAsync(
            new OrganisationMerged(customer, 5, "甲", into, "保留客戶", null, null, DateTimeOffset.UtcNow)
        );

        var there = asked with { CustomerId = into };
        (await Fixture.Sales.PostAsync("/v1/invitations", there)).Code.ShouldBe("opted-out");
        (await NameOfAsync("owed-answers", response)).ShouldBe("保留客戶");
        (await NameOfAsync("suggestions", response)).ShouldBe("保留客戶");
        // The case names the customer as it was called before.
        var complaint = Registered(customer);
        await Fixture.DeliverAsync(complaint);
        var colleague = there with { Contact = "李工" };
        (await Fixture.Sales.PostAsync("/v1/invitations", colleague)).Code.ShouldBe("case-open");
        await Fixture.DeliverAsync(
            new ComplaintMerged(complaint.ComplaintId, 2, customer, Guid.CreateVersion7(), "", "zh-Hant", Day)
        );

        await Fixture.DeliverAsync(
            new OrganisationUnmerged(customer, 6, "甲", null, null, into, DateTimeOffset.UtcNow)
        );

        (await Fixture.Sales.PostAsync("/v1/invitations", there)).Ok();
        (await Fixture.Sales.PostAsync("/v1/invitations", asked)).Code.ShouldBe("opted-out");
        (await NameOfAsync("owed-answers", response)).ShouldBe("甲");
        (await NameOfAsync("suggestions", response)).ShouldBe("甲");
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task A_case_that_is_open_when_its_customer_is_merged_is_open_for_the_one_that_stays()
    {
        var (customer, into) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Fixture.DeliverAsync(Registered(customer));
        await Fixture.DeliverAsync(
            new OrganisationMerged(customer, 5, "甲", into, "保留客戶", null, null, DateTimeOffset.UtcNow)
        );
        (await Fixture.Sales.PostAsync("/v1/invitations", SurveysFixture.Request(customer: into))).Code.ShouldBe(
            "case-open"
        );

        await Fixture.DeliverAsync(
            new OrganisationUnmerged(customer, 6, "甲", null, null, into, DateTimeOffset.UtcNow)
        );

        (await Fixture.Sales.PostAsync("/v1/invitations", SurveysFixture.Request(customer: into))).Ok();
        (await Fixture.Sales.PostAsync("/v1/invitations", SurveysFixture.Request(customer: customer))).Code.ShouldBe(
            "case-open"
        );
    }

    private static DateOnly Day => new(2026, 3, 2);

    private static ComplaintRegistered Registered(Guid customer) =>
        new(
            Guid.CreateVersion7(),
            1,
            "TS-2026-000001",
            customer,
            "永安置業有限公司",
            "phone",
            null,
            "屋面滲水",
            "minor",
            Day,
            default,
            default
        );

    private Task<ApiAnswer> InterviewAsync(Guid customer, string contact) =>
        Fixture.Sales.PostAsync(
            "/v1/interviews",
            new
            {
                kind = "C",
                customerId = customer,
                customerName = "永安置業有限公司",
                contact,
                phone = "010-6555-0101",
                takenAt = DateTimeOffset.UtcNow.AddHours(-1),
                form = new FilledForm { Overall = "satisfied" },
            },
            key: Guid.CreateVersion7().ToString("N")
        );

    private async Task<string> LanguageOfAsync(Guid invitation) =>
        (await Fixture.EventAsync(invitation, "surveys.invitation.sent.v1")).Text("language");

    private async Task<string> NameOfAsync(string collection, Guid response) =>
        (await Fixture.As(Someone.InCustomerService()).GetAsync($"/v1/{collection}?limit=100"))
            .Ok()
            .Items.Single(one => one["responseId"]!.ToString() == response.ToString())["customerName"]!.ToString();

    private async Task<(HttpStatusCode Status, string Html)> OptOutAsync(string token)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["key"] = Guid.CreateVersion7().ToString("N") }
        );
        using var answer = await Browser.PostAsync(new Uri(Fixture.Service.Http, $"/v1/f/{token}/opt-out"), form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
