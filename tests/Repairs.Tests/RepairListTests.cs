using System.Globalization;
using System.Net;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>Lists, due days and their sweep, numbers, and what happens at the same time.</summary>
public sealed class RepairListTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Worked_case_2_Given_the_strict_policy_When_notified_Then_due_two_calendar_days_later()
    {
        (await Due(Fixture.Service, "2018-12-28")).ShouldBe("2018-12-30");
        (await Due(Fixture.Service, "2018-12-27")).ShouldBe("2018-12-29");
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData("calendar-roll-forward")]
    [InlineData("working-days")]
    public async Task Worked_case_2_Given_another_policy_When_notified_Then_due_as_it_counts(string mode)
    {
        var policies = await File.ReadAllTextAsync(Path.Combine(Root(), "shared", "Rules", "Data", "policies.json"));
        var changed = policies.Replace(
            "\"confirmDefect\": { \"days\": 2, \"mode\": \"calendar\" }",
            $"\"confirmDefect\": {{ \"days\": 2, \"mode\": \"{mode}\", \"calendar\": \"china\" }}",
            StringComparison.Ordinal
        );
        changed.ShouldNotBe(policies);
        var file = Path.Combine(Path.GetTempPath(), $"policies-{Guid.CreateVersion7():N}.json");
        await File.WriteAllTextAsync(file, changed);
        try
        {
            var service = await Fixture.AnotherAsync(
                new Dictionary<string, string>
                {
                    ["Company:PoliciesFile"] = file,
                    ["Services:Projects:Grpc"] = Fixture.Projects.Address,
                }
            );
            (await Due(service, "2018-12-28")).ShouldBe("2019-01-02");
            (await Due(service, "2018-12-27")).ShouldBe("2018-12-29", "the Saturday is a make-up working day");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_an_unconfirmed_order_past_its_due_day_When_the_sweep_comes_by_Then_marked_announced_and_listed_until_confirmed_late()
    {
        var it = await Case.Of(Fixture).OpenedAsync(notifiedOn: RepairsFixture.Today.AddDays(-3));
        var intime = await Case.Of(Fixture).OpenedAsync(notifiedOn: RepairsFixture.Today.AddDays(-2));

        var overdue = await Fixture.EventAsync(it.Id, "confirmation-overdue");
        overdue.Text("confirmDueOn").ShouldBe(RepairsFixture.Iso(RepairsFixture.Today.AddDays(-1)));
        (await List(it, "overdue=true")).ShouldBe([it.Id]);
        (await List(intime, "overdue=true")).ShouldBeEmpty();
        (await List(intime, "overdue=false")).ShouldBe([intime.Id]);

        var confirmed = (await it.ConfirmAsync()).Ok();
        confirmed["confirmation"]["inTime"]!.GetValue<bool>().ShouldBeFalse();
        confirmed.Text("confirmationOverdueOn").ShouldBe(RepairsFixture.Iso(RepairsFixture.Today));
        (await List(it, "overdue=true")).ShouldBeEmpty();
        (await Fixture.EventAsync(it.Id, "confirmed")).Text("inTime").ShouldBe("false");
        Fixture.EventsOf(it.Id).Count(e => e.RoutingKey.Contains("overdue")).ShouldBe(1);
        Fixture.EventsOf(intime.Id).ShouldNotContain(e => e.RoutingKey.Contains("overdue"));
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_orders_When_filtered_and_paged_Then_exactly_those_the_newest_first()
    {
        var it = Case.Of(Fixture);
        var made = new List<Guid>();
        foreach (var severity in new[] { "minor", "major", "emergency", "minor", "major" })
        {
            made.Add((await it.Service.PostAsync("/v1/repair-orders", it.Notice(severity))).Ok().Id);
        }

        made.Reverse();
        (await List(it, "")).ShouldBe(made);
        (await List(it, "severity=minor,emergency")).Count.ShouldBe(3);
        (await List(it, "state=confirmed")).ShouldBeEmpty();
        (await List(it, "state=opened,confirmed")).Count.ShouldBe(5);
        (await List(it, $"ownerId={it.OwnerId}")).Count.ShouldBe(5);
        (await List(it, $"ownerId={Guid.CreateVersion7()}")).ShouldBeEmpty();
        (await List(it, $"unitId={it.UnitId}")).ShouldBeEmpty();
        (
            await List(
                it,
                $"openedFrom={RepairsFixture.Iso(RepairsFixture.Today)}&openedTo={RepairsFixture.Iso(RepairsFixture.Today)}"
            )
        ).Count.ShouldBe(5);
        (await List(it, $"openedFrom={RepairsFixture.Iso(RepairsFixture.Today.AddDays(1))}")).ShouldBeEmpty();
        var number = (await it.Service.GetAsync($"/v1/repair-orders/{made[0]}")).Text("number");
        (await List(it, $"number={number}")).ShouldBe([made[0]]);

        var walked = new List<Guid>();
        string? after = null;
        do
        {
            var page = (
                await it.Owner.GetAsync($"/v1/repair-orders?limit=2{(after is null ? "" : "&after=" + after)}")
            ).Ok();
            page["items"].AsArray().Count.ShouldBeInRange(1, 2);
            walked.AddRange(page["items"].AsArray().Select(i => Guid.Parse(i!["id"]!.ToString())));
            after = page.Body!["next"]?.ToString();
        } while (after is not null);
        walked.ShouldBe(made);
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public async Task Given_thirty_two_openings_at_once_with_failures_among_them_When_numbered_Then_without_gaps()
    {
        // An instance of its own: nobody else takes numbers meanwhile.
        var service = await Fixture.AnotherAsync(
            new Dictionary<string, string> { ["Services:Projects:Grpc"] = Fixture.Projects.Address }
        );
        var complaint = Guid.CreateVersion7().ToString();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(async i =>
                {
                    var it = Case.Of(Fixture, service);
                    var notice = it.Notice();
                    if (i % 4 == 0)
                    {
                        // Ten for one complaint: nine of them take a number and must give it back.
                        notice["complaintId"] = complaint;
                    }

                    return await it.Service.PostAsync("/v1/repair-orders", notice);
                })
        );

        answers.Count(a => a.Status == HttpStatusCode.Conflict).ShouldBe(9);
        var numbers = answers
            .Where(a => a.Status == HttpStatusCode.Created)
            .Select(a => a.Text("number"))
            .Order()
            .ToList();
        numbers.ShouldBe([
            .. Enumerable
                .Range(1, 31)
                .Select(n => string.Create(CultureInfo.InvariantCulture, $"WX-{RepairsFixture.Today.Year}-{n:0000}")),
        ]);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public async Task Given_two_reviewers_at_once_When_both_saw_the_same_version_Then_one_wins_and_the_trail_stays_whole()
    {
        for (var round = 0; round < 5; round++)
        {
            var it = await Case.Of(Fixture).ToAsync("analysed");
            var seen = (await it.ReadAsync()).ETag;
            var qcHead = Fixture.Service.As("質檢部長", [Rules.Roles.QcHead]);
            var answers = await Task.WhenAll(
                it.Head.PostAsync(it.Record + "/review", new { opinion = "同意" }, seen),
                qcHead.PostAsync(it.Record + "/review", new { opinion = "同意" }, seen),
                it.Head.PostAsync(it.Record + "/send-back", new { reason = "不清" }, seen)
            );

            answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
            answers.Count(a => a.Status == HttpStatusCode.PreconditionFailed).ShouldBe(2);
        }

        var (code, output) = await Fixture.Service.RunCommandAsync("verify-audit");
        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task Given_the_description_of_the_interface_When_read_Then_every_command_names_its_rule()
    {
        var document = (await Fixture.Service.Anonymous().GetAsync("/openapi/v1.json")).Ok();
        var commands = document["paths"].AsObject().Where(p => p.Value!["post"] is not null).ToList();
        commands.Count(p => !p.Key.Contains("/operations/", StringComparison.Ordinal)).ShouldBe(17);
        commands.ShouldAllBe(p => p.Value!["post"]!["description"]!.ToString().Contains("Rule"));
        commands.ShouldAllBe(p => p.Value!["post"]!["summary"]!.ToString().Length > 10);
    }

    private async Task<string> Due(RunningService service, string notifiedOn)
    {
        var it = await Case.Of(Fixture, service)
            .OpenedAsync(notifiedOn: DateOnly.ParseExact(notifiedOn, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        return (await it.ReadAsync()).Ok().Text("confirmDueOn");
    }

    private static async Task<List<Guid>> List(Case it, string filter) =>
        [
            .. (await it.Service.GetAsync($"/v1/repair-orders?projectId={it.ProjectId}&{filter}"))
                .Ok()["items"]
                .AsArray()
                .Select(i => Guid.Parse(i!["id"]!.ToString())),
        ];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CustomerService.sln")))
        {
            folder =
                folder.Parent
                ?? throw new DirectoryNotFoundException("The solution was not found above the test's folder.");
        }

        return folder.FullName;
    }
}
