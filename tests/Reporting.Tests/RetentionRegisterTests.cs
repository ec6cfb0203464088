using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Retention;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Webhooks.Features;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Reporting.Tests;

/// <summary>The retention register, and what of an erased record goes from facts and archive (C8).</summary>
[Collection(FactsAtRandom.Collection)]
public sealed class RetentionRegisterTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    [Fact, Trait("Rule", "C8")]
    public async Task Given_a_record_that_was_erased_When_the_register_is_read_Then_it_is_there_and_nothing_personal_is()
    {
        var id = Guid.CreateVersion7();
        var number = "TS-" + id.ToString("N")[^8..];
        var registered = new ComplaintRegistered(
            id,
            1,
            number,
            Guid.CreateVersion7(),
            "王小明",
            "phone",
            null,
            "陽台漏水，電話 13800138000",
            "major",
            new DateOnly(2020, 1, 2),
            new DateTimeOffset(2020, 1, 2, 8, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2020, 1, 9, 8, 0, 0, TimeSpan.Zero)
        );
        await Fixture.DeliverAsync(registered);
        await Eventually.Holds(async () => (await ArchivedAsync(id)).Count.ShouldBe(1));
        var kept = new KeptRecord(
            "complaint",
            id,
            number,
            "quality",
            new(2020, 1, 9),
            new(2023, 1, 9),
            false,
            null,
            null
        );
        await Fixture.DeliverAsync(new ComplaintsRecordKept(id, 1, kept));
        var staff = Fixture.As(Someone.InCustomerService());
        await Eventually.Holds(async () => (await LineAsync(staff, number)).ShouldBe(("kept", null)));

        await Fixture.DeliverAsync(
            new ComplaintsRecordErased(
                id,
                2,
                new(
                    "complaint",
                    id,
                    number,
                    new(2020, 1, 9),
                    new(2023, 1, 9),
                    "保存期滿",
                    "ARCHIVIST",
                    new DateTimeOffset(2023, 2, 1, 8, 0, 0, TimeSpan.Zero),
                    new string('a', 64),
                    []
                )
            )
        );

        await Eventually.Holds(async () =>
        {
            (await LineAsync(staff, number)).ShouldBe(("erased", new string('a', 64)));
            await using var store = Fixture.Store<ReportingDb>();
            var fact = await store.Db.Complaints.AsNoTracking().SingleAsync(c => c.Id == id);
            (fact.CustomerName, fact.Subject, fact.Severity, fact.Number).ShouldBe(("—", "—", "major", number));
            var bodies = await ArchivedAsync(id);
            bodies.ShouldAllBe(body => !body.Contains("王小明") && !body.Contains("13800138000"));
            bodies.Single(body => body.Contains(number) && body.Contains("severity")).ShouldContain("major");
        });

        // Made from nothing by the archive, it does not come back.
        await RebuildAsync();

        await using var after = Fixture.Store<ReportingDb>();
        var again = await after.Db.Complaints.AsNoTracking().SingleAsync(c => c.Id == id);
        (again.CustomerName, again.Subject, again.Severity).ShouldBe(("—", "—", "major"));
        (await LineAsync(staff, number)).State.ShouldBe("erased");
        (await staff.GetAsync($"/v1/retention-register?number={number}&state=held,erased"))
            .Ok()
            .Items.Count.ShouldBe(1);
        (await staff.GetAsync($"/v1/retention-register?number={number}&state=kept")).Ok().Items.ShouldBeEmpty();
        (await staff.GetAsync("/v1/retention-register?state=lost")).Code.ShouldBe("bad-filter");
    }

    [Fact, Trait("Rule", "C8")]
    public async Task Given_a_form_that_was_erased_When_its_rows_and_what_webhooks_were_sent_are_read_Then_no_comment_is_left_and_the_figures_stay()
    {
        var id = Guid.CreateVersion7();
        // Nobody listens there: what was sent stays in the log.
        var webhook = (
            await Fixture
                .As(Someone.Operator())
                .PostAsync(
                    "/v1/webhooks",
                    new WebhookRequest("erasing", "http://127.0.0.1:9/", ["surveys.response.received.v1"])
                )
        ).Ok();
        await Fixture.DeliverAsync(
            new ResponseReceived(
                id,
                1,
                Guid.CreateVersion7(),
                "A",
                Guid.CreateVersion7(),
                "王小明",
                null,
                "dissatisfied",
                [new("E.attitude", "dissatisfied", "王小明說師傅沒來"), new("overall", "satisfied", "wang")],
                "請回電 13800138000",
                new DateOnly(2020, 1, 2),
                ["engineering"]
            )
        );
        await Eventually.Holds(async () => (await SentAsync(webhook.Id, id)).ShouldContain("王小明"));

        await Fixture.DeliverAsync(
            new SurveysRecordErased(
                id,
                2,
                new(
                    "response",
                    id,
                    null,
                    new(2020, 1, 9),
                    new(2023, 1, 9),
                    "保存期滿",
                    "ARCHIVIST",
                    new DateTimeOffset(2023, 2, 1, 8, 0, 0, TimeSpan.Zero),
                    new string('b', 64),
                    []
                )
            )
        );

        await Eventually.Holds(async () =>
        {
            var sent = await SentAsync(webhook.Id, id);
            sent.ShouldNotContain("王小明");
            sent.ShouldNotContain("13800138000");
            sent.ShouldNotContain("wang");
            sent.ShouldContain("surveys.response.received.v1");
            (await RowsAsync(id)).ShouldAllBe(row =>
                !row.Contains("王小明", StringComparison.Ordinal) && !row.Contains("wang", StringComparison.Ordinal)
            );
        });
        var live = await RowsAsync(id);
        live.Count.ShouldBe(3);
        live.ShouldContain(row => row.Contains("E.attitude", StringComparison.Ordinal));
        live.ShouldContain(row => row.Contains("\"survey_kind\": \"A\"", StringComparison.Ordinal));

        await RebuildAsync();

        (await RowsAsync(id)).ShouldBe(live);
        (await Fixture.As(Someone.InCustomerService()).GetAsync("/v1/retention-register?limit=1"))
            .Raw.Headers.GetValues("X-Data-As-Of")
            .ShouldNotBeEmpty();
    }

    [Fact, Trait("Rule", "C8")]
    public async Task Given_a_record_that_was_erased_When_what_was_said_before_comes_late_Then_nothing_personal_of_it_is_kept_or_sent()
    {
        var id = Guid.CreateVersion7();
        var webhook = (
            await Fixture
                .As(Someone.Operator())
                .PostAsync(
                    "/v1/webhooks",
                    new WebhookRequest("late", "http://127.0.0.1:9/", ["surveys.response.received.v1"])
                )
        ).Ok();
        await Fixture.DeliverAsync(
            new SurveysRecordErased(
                id,
                2,
                new(
                    "response",
                    id,
                    null,
                    new(2020, 1, 9),
                    new(2023, 1, 9),
                    "保存期滿",
                    "ARCHIVIST",
                    new DateTimeOffset(2023, 2, 1, 8, 0, 0, TimeSpan.Zero),
                    new string('c', 64),
                    []
                )
            )
        );
        await Eventually.Holds(async () =>
        {
            await using var store = Fixture.Store<ReportingDb>();
            (await store.Db.ErasedSubjects.AnyAsync(erased => erased.Id == id)).ShouldBeTrue();
        });

        await Fixture.DeliverAsync(
            new ResponseReceived(
                id,
                1,
                Guid.CreateVersion7(),
                "A",
                Guid.CreateVersion7(),
                "王小明",
                null,
                "dissatisfied",
                [new("E.attitude", "dissatisfied", "王小明說師傅沒來")],
                "請回電 13800138000",
                new DateOnly(2020, 1, 2),
                ["engineering"]
            )
        );

        await Eventually.Holds(async () => (await ArchivedAsync(id)).Count.ShouldBe(1));
        var rows = await RowsAsync(id);
        rows.ShouldContain(row => row.Contains("E.attitude", StringComparison.Ordinal), "it is counted");
        string[] texts = [.. rows, .. await ArchivedAsync(id), await SentAsync(webhook.Id, id)];
        texts.ShouldAllBe(text => !text.Contains("王小明") && !text.Contains("13800138000"));
        texts[^1].ShouldContain("surveys.response.received.v1");
    }

    private async Task<IReadOnlyList<string>> RowsAsync(Guid response)
    {
        await using var store = Fixture.Store<ReportingDb>();
        return await store
            .Db.Database.SqlQuery<string>(
                $"""
                SELECT (to_jsonb(r) - 'changed_at')::text AS "Value" FROM fact_response r WHERE id = {response}
                UNION ALL SELECT to_jsonb(i)::text FROM fact_response_item i WHERE response_id = {response} ORDER BY 1
                """
            )
            .ToListAsync();
    }

    private async Task<string> SentAsync(Guid webhook, Guid subject)
    {
        await using var store = Fixture.Store<ReportingDb>();
        var text = subject.ToString();
        return await store
                .Db.WebhookDeliveries.Where(d => d.WebhookId == webhook && d.Body.Contains(text))
                .Select(d => d.Body)
                .SingleOrDefaultAsync()
            ?? "";
    }

    private async Task RebuildAsync()
    {
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var rebuild = scope
            .ServiceProvider.GetServices<IServiceCommand>()
            .Single(command => command.Name == "rebuild-facts");
        // Another test may be rebuilding: one at a time.
        await Eventually.Holds(async () =>
        {
            using var output = new StringWriter();
            (await rebuild.RunAsync([], scope.ServiceProvider, output, default)).ShouldBe(0, output.ToString());
        });
    }

    private async Task<IReadOnlyList<string>> ArchivedAsync(Guid subject)
    {
        await using var store = Fixture.Store<ReportingDb>();
        return await store
            .Db.Archive.Where(e => e.SubjectId == subject && !e.Name.Contains(".record."))
            .Select(e => e.Body)
            .ToListAsync();
    }

    private static async Task<(string State, string? Sha256)> LineAsync(ApiClient staff, string number)
    {
        var lines = (await staff.GetAsync($"/v1/retention-register?number={number}")).Ok().Items;
        return lines is [var line] ? (line["state"]!.ToString(), line["sha256"]?.ToString()) : ("", null);
    }
}
