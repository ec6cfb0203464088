using System.Net;
using CustomerService.Complaints.Complaints;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Complaints.Tests;

/// <summary>Filters and pages of both lists.</summary>
public sealed class ListTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    public async Task Given_complaints_of_a_customer_When_filtered_and_paged_Then_the_newest_come_first()
    {
        var customer = await Fixture.CustomerAsync(Guid.CreateVersion7());
        var project = await Fixture.ProjectAsync(customer);
        var complaints = new List<ApiAnswer>();
        for (var i = 0; i < 5; i++)
        {
            var intake = Steps.Intake(customer, i % 2 == 0 ? Severity.Major : Severity.Minor) with
            {
                Reference = i == 2 ? new(project, null, null, null) : null,
            };
            complaints.Add((await Fixture.Sales.PostAsync("/v1/complaints", intake)).Ok());
        }

        await Fixture.Desk.DoAsync(
            Steps.Complaint(complaints[4]),
            "respond",
            new Complaints.Features.RespondToComplaint.Request("收到")
        );
        async Task<List<string>> Ids(string query) =>
            [
                .. (await Fixture.Qc.GetAsync($"/v1/complaints?customerId={customer}{query}"))
                    .Ok()
                    .Items.Select(c => c["id"]!.ToString()),
            ];
        List<string> newestFirst = [.. complaints.Select(c => c.Id.ToString()).Reverse()];
        (await Ids("")).ShouldBe(newestFirst);
        (await Ids("&severity=minor")).Count.ShouldBe(2);
        (await Ids("&severity=minor,major")).Count.ShouldBe(5);
        (await Ids("&state=responded")).ShouldBe([newestFirst[0]]);
        (await Ids("&state=registered&channel=phone&open=true")).Count.ShouldBe(4);
        (await Ids("&open=false")).ShouldBeEmpty();
        (
            await Ids($"&registeredFrom={Fixture.Today.Iso()}&registeredTo={Fixture.Today.AddDays(1).Iso()}")
        ).Count.ShouldBe(5);
        (await Ids($"&registeredFrom={Fixture.Today.AddDays(1).Iso()}")).ShouldBeEmpty();
        (await Ids("&overdue=response,resolution")).ShouldBeEmpty();
        (await Ids($"&number={complaints[1].Number}")).ShouldBe([complaints[1].Id.ToString()]);
        (await Ids($"&projectId={project}")).ShouldBe([complaints[2].Id.ToString()]);
        (await Ids("&department=production")).ShouldBeEmpty();
        (await Ids($"&originId={Guid.CreateVersion7()}")).ShouldBeEmpty();

        var read = new List<string>();
        string? after = null;
        do
        {
            var page = (
                await Fixture.Qc.GetAsync(
                    $"/v1/complaints?customerId={customer}&limit=2{(after is null ? "" : "&after=" + after)}"
                )
            ).Ok();
            read.AddRange(page.Items.Select(c => c["id"]!.ToString()));
            after = page.Body!["next"]?.ToString();
        } while (after is not null);
        read.ShouldBe(newestFirst);
    }

    [Fact]
    [Trait("Rule", "C10")]
    public async Task Given_a_form_When_its_number_is_looked_for_Then_its_complaint_is_found_with_what_can_be_done()
    {
        var complaint = await Fixture.OursAsync();
        await Fixture.CapaAsync(complaint);

        var item = (await Fixture.Desk.GetAsync($"/v1/complaints?number={complaint.Text("formNumber")}"))
            .Ok()
            .Items.ShouldHaveSingleItem();

        (item["id"]!.ToString(), item["number"]!.ToString()).ShouldBe((complaint.Id.ToString(), complaint.Number));
        (item["openCapas"]!.ToString(), item["responsibleDepartment"]!.ToString()).ShouldBe(("1", "production"));
        item["_actions"]!.AsArray().Select(a => a!.ToString()).ShouldContain("pause");
    }

    [Fact]
    public async Task Given_CAPAs_of_a_complaint_When_filtered_and_paged_Then_the_newest_come_first()
    {
        var complaint = await Fixture.OursAsync();
        var first = await Fixture.CapaAsync(complaint);
        var second = await Fixture.CapaAsync(complaint);
        await Fixture.ProposedAsync(second);
        async Task<IReadOnlyList<string>> Ids(string query) =>
            [
                .. (await Fixture.Qc.GetAsync($"/v1/capas?complaintId={complaint.Id}{query}"))
                    .Ok()
                    .Items.Select(c => c["id"]!.ToString()),
            ];

        (await Ids("&department=production&open=true&overdue=false&source=complaint")).ShouldBe([
            second.Id.ToString(),
            first.Id.ToString(),
        ]);
        (await Ids("&state=review")).ShouldBe([second.Id.ToString()]);
        (await Ids("&overdue=true")).ShouldBeEmpty();
        (await Ids("&source=revisit")).ShouldBeEmpty();
        (await Ids($"&sourceId={complaint.Id}&number={first.Number}")).ShouldBe([first.Id.ToString()]);
        (await Ids($"&projectId={Guid.CreateVersion7()}")).ShouldBeEmpty();
        var page = (await Fixture.Qc.GetAsync($"/v1/capas?complaintId={complaint.Id}&limit=1")).Ok();
        page.Items.ShouldHaveSingleItem()["id"]!.ToString().ShouldBe(second.Id.ToString());
        (await Ids($"&limit=1&after={page.Text("next")}")).ShouldBe([first.Id.ToString()]);
    }

    [Theory]
    [InlineData("complaints?state=open", "bad-filter")]
    [InlineData("complaints?severity=x", "bad-filter")]
    [InlineData("complaints?channel=fax", "bad-filter")]
    [InlineData("complaints?registeredFrom=2026-13-01", "bad-filter")]
    [InlineData("complaints?registeredTo=x", "bad-filter")]
    [InlineData("complaints?overdue=yes", "bad-filter")]
    [InlineData("complaints?limit=0", "bad-filter")]
    [InlineData("complaints?limit=201", "bad-filter")]
    [InlineData("complaints?after=zzz", "bad-cursor")]
    [InlineData("complaints?from=2026-01-01", "unknown-parameter")]
    [InlineData("complaints?customerId=12", "malformed")]
    [InlineData("complaints?open=perhaps", "malformed")]
    [InlineData("complaints?number=%00", "malformed")]
    [InlineData("capas?state=reviewed", "bad-filter")]
    [InlineData("capas?source=moon", "bad-filter")]
    [InlineData("capas?department=%00", "malformed")]
    public async Task Given_a_question_that_cannot_be_read_When_asked_Then_it_is_the_callers_400(
        string question,
        string code
    ) => (await Fixture.Qc.GetAsync("/v1/" + question)).Refused(HttpStatusCode.BadRequest, code);

    [Fact]
    [Trait("Rule", "C1")]
    public async Task Given_a_text_of_many_years_When_searched_page_by_page_Then_the_newest_of_all_without_fetching_all()
    {
        const int copies = 400;
        var customer = await Fixture.CustomerAsync(Guid.CreateVersion7());
        var one = (await Fixture.Sales.PostAsync("/v1/complaints", Steps.Intake(customer))).Ok();
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        // One in ten days, for eleven years.
        for (var i = 0; i < copies; i++)
        {
            var id = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddDays(-10 * (i + 1)));
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into complaints
                select (jsonb_populate_record(null::complaints, to_jsonb(c) || jsonb_build_object(
                  'id', {id}, 'number', {"TS-1990-" + i}, 'origin_id', null,
                  'search_grams', array(select g from unnest(c.search_grams) g where length(g) <= 3) || {SearchSpan.Of(
                    id
                )}))).*
                from complaints c where id = {one.Id}
                """
            );
        }

        var found = db.Complaints.Where(c => c.CustomerId == customer && c.SearchText.Contains("屋面"));
        List<Guid> all = await found.OrderByDescending(c => c.Id).Select(c => c.Id).ToListAsync();
        all.Count.ShouldBe(copies + 1);
        var read = new List<Guid>();
        var most = 0;
        for (string? after = null; ; )
        {
            var query = new ListComplaints.Query { After = after, Limit = 30 };
            var newest = await found.NewestAsync(db, query, TestContext.Current.CancellationToken);
            var page = await newest
                .Where(c => after == null || c.Id < Guid.Parse(after))
                .OrderByDescending(c => c.Id)
                .Select(c => c.Id)
                .Take(31)
                .ToListAsync();
            most = after is null ? await newest.CountAsync() : most;
            read.AddRange(page.Take(30));
            if (page.Count <= 30)
            {
                break;
            }

            after = page[29].ToString("N");
        }

        await db.Complaints.Where(c => c.Number.StartsWith("TS-1990-")).ExecuteDeleteAsync();
        read.ShouldBe(all);
        most.ShouldBeInRange(31, 60);
    }
}
