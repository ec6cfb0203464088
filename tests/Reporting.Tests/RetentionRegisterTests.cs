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
    public async Task Given_records_that_are_kept_held_and_erased_When_figures_and_the_set_are_read_Then_they_say_so()
    {
        var department = "d-" + Guid.CreateVersion7().ToString("N")[^8..];
        var (over, held, gone) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Fixture.DeliverAsync(new ComplaintsRecordKept(over, 1, Kept(over)));
        await Fixture.DeliverAsync(new ComplaintsRecordKept(held, 2, Kept(held) with { Held = true }));
        await Fixture.DeliverAsync(new ComplaintsRecordKept(gone, 1, Kept(gone)));
        await Fixture.DeliverAsync(
            new ComplaintsRecordErased(
                gone,
                2,
                new(
                    "complaint",
                    gone,
                    "TS-1",
                    new(2011, 1, 9),
                    new(2014, 1, 9),
                    "保存期滿",
                    "ARCHIVIST",
                    new DateTimeOffset(2014, 2, 1, 8, 0, 0, TimeSpan.Zero),
                    new string('d', 64),
                    []
                )
            )
        );
        var staff = Fixture.As(Someone.InCustomerService());

        await Eventually.Holds(async () =>
        {
            (await CasesAsync("records-kept", "2011-01-01", "2013-12-31")).ShouldBe(3, "none was erased by then");
            (await CasesAsync("records-kept", "2011-01-01", "2014-12-31")).ShouldBe(2);
            (await CasesAsync("records-to-erase", "2014-01-01", "2014-12-31")).ShouldBe(1, "a hold keeps the other");
            (await CasesAsync("records-held", "2011-01-01", "2011-12-31")).ShouldBe(1);
            (await CasesAsync("records-erased", "2014-02-01", "2014-02-28")).ShouldBe(1);
        });

        var rows = (
            await Fixture
                .As(Rules.Roles.BiReader)
                .GetAsync($"/v1/odata/retention_records?$filter=department eq '{department}'&$orderby=state")
        ).Ok();
        rows["value"]
            .AsArray()
            .Select(row => (row!["recordKind"]!.ToString(), row["state"]!.ToString(), row["erasedOn"]?.ToString()))
            .ShouldBe([
                ("complaint", "erased", "2014-02-01"),
                ("complaint", "held", null),
                ("complaint", "kept", null),
            ]);
        rows.Readable().ShouldNotContain("ARCHIVIST");

        KeptRecord Kept(Guid id) =>
            new("complaint", id, "TS-1", department, new(2011, 1, 9), new(2014, 1, 9), false, null, null);
        async Task<int> CasesAsync(string figure, string from, string to) =>
            (int)
                (await staff.GetAsync($"/v1/figures/{figure}?from={from}&to={to}&department={department}")).Ok()[
                    "cases"
                ];
    }

    [Fact, Trait("Rule", "C8")]
    public async Task Given_a_person_When_an_administrator_exports_Then_facts_archive_and_what_was_sent_say_it_and_no_key_does()
    {
        var name = "歐陽" + Guid.CreateVersion7().ToString("N")[^10..];
        var webhook = (
            await Fixture
                .As(Someone.Operator())
                .PostAsync(
                    "/v1/webhooks",
                    new WebhookRequest("exported", "http://127.0.0.1:9/", ["surveys.response.received.v1"])
                )
        ).Ok();
        var id = Guid.CreateVersion7();
        await Fixture.DeliverAsync(
            new ResponseReceived(
                id,
                1,
                Guid.CreateVersion7(),
                "A",
                Guid.CreateVersion7(),
                name,
                null,
                "satisfied",
                [new("overall", "satisfied", "別人的話")],
                null,
                new DateOnly(2021, 1, 2),
                ["engineering"]
            )
        );
        await Eventually.Holds(async () => (await SentAsync(webhook.Id, id)).ShouldContain(name));
        var administrator = Fixture.As(Someone.With("archivist", "office", Rules.Roles.Administrator));
        var asked = "/v1/personal-data?text=" + Uri.EscapeDataString(name);

        var export = (await administrator.GetAsync(asked)).Ok();

        export.Text("service").ShouldBe("reporting");
        var kinds = export.Items.Select(row => row["kind"]!.ToString()).Distinct().ToList();
        kinds.ShouldBeSubsetOf(["event_archive", "fact_response", "webhook_deliveries"]);
        kinds.ShouldContain("event_archive");
        kinds.ShouldContain("webhook_deliveries");
        // Of what was sent to a receiver only what is of the person, not the whole message.
        export.Items.ShouldAllBe(row => !row.ToJsonString().Contains("別人的話"));
        export
            .Items.SelectMany(row => row["members"]!.AsArray())
            .Select(member => member!["value"]!.ToString())
            .ShouldAllBe(value => value == name);
        var trail = (await Fixture.As(Someone.InQuality()).GetAsync("/v1/audit/" + export.Text("exportId"))).Ok();
        trail["intact"].GetValue<bool>().ShouldBeTrue();
        trail["entries"].AsArray().Single()!["why"]!
            .ToString()
            .ShouldBe(
                $"{export.Items.Count} rows, sha256 "
                    + PersonalDataExport.HashOf(Guid.Parse(export.Text("exportId")), name)
            );

        // The key of the webhook's signatures is not to be had piece by piece.
        var piece = webhook.Text("secret")[^12..];
        (await administrator.GetAsync("/v1/personal-data?text=" + Uri.EscapeDataString(piece)))
            .Ok()
            .Items.ShouldBeEmpty();
        (await Fixture.As(Someone.InQuality()).GetAsync(asked)).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await administrator.GetAsync("/v1/personal-data?text=1")).Code.ShouldBe("bad-filter");
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
