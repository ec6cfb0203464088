using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Retention;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Reporting.Tests;

/// <summary>The retention register, and what of an erased record goes from facts and archive (C8).</summary>
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
        await using (var scope = Fixture.Service.Services.CreateAsyncScope())
        {
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
