using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Reporting.Tests;

public sealed class Reports(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    private ApiClient Reader => Fixture.As(Roles.BiReader);

    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_repair_events_in_any_order_and_twice_When_the_month_is_read_Then_each_order_counts_once()
    {
        var (order, owner, unit, project) = (
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7()
        );
        var returned = new RepairOrderReturned(
            order,
            9,
            "WX-2031-0001",
            project,
            "濱江花園",
            owner,
            "業主",
            "王",
            "1",
            "roof",
            unit,
            "防水分包",
            "yes",
            new(2031, 3, 2),
            new(2031, 3, 12),
            1,
            0
        );
        var opened = new RepairOrderOpened(
            order,
            1,
            "WX-2031-0001",
            project,
            "濱江花園",
            owner,
            "roof",
            "major",
            "revisit",
            Guid.CreateVersion7(),
            null,
            new(2031, 3, 2),
            new(2031, 3, 4)
        );
        var id = await Fixture.PublishAsync(returned);
        await Fixture.PublishAsync(returned, id);
        await Fixture.PublishAsync(new RepairOrderConfirmed(order, 2, owner, new(2031, 3, 4), true));
        await Fixture.PublishAsync(opened);
        // The second inspection was of the third round, because the owner had refused once: one failed,
        // whenever that comes in.
        var late = await Fixture.PublishAsync(
            new RepairOrderInspected(order, 7, owner, unit, false, 2, new(2031, 3, 9), 1)
        );
        await Fixture.ConsumedAsync(late);

        var report = await Reached(
            "/v1/reports/monthly-repairs?month=2031-03",
            r => (int)r["opened"]! == 1 && (int)r["returned"]! == 1 && r["confirmedInTimePercent"] is not null
        );
        ((decimal)report["confirmedInTimePercent"]!).ShouldBe(100.0m);
        ((decimal)report["averageTurnaroundDays"]!).ShouldBe(10.0m);
        ((int)report["failedInspections"]!).ShouldBe(1);
        report["byPart"]![0]!["key"]!.ToString().ShouldBe("roof");
        var orders = (await Reader.GetAsync("/v1/repair-orders?month=2031-03")).Ok().Items;
        orders
            .Select(o => (o["number"]!.ToString(), o["state"]!.ToString(), o["projectName"]!.ToString()))
            .ShouldBe([("WX-2031-0001", "returned", "濱江花園")], "the opening came last but is older");

        var before = (await Reader.GetAsync("/v1/reports/monthly-repairs?month=2031-02")).Ok();
        before.Body!["averageTurnaroundDays"].ShouldBeNull("nothing returned, nothing to average");
        // Orders of other tests, of years before, stay open; this one does not come to them.
        await Eventually.Holds(async () =>
        {
            async Task<int> OpenAsync(string month) =>
                (int)(await Reader.GetAsync($"/v1/reports/monthly-repairs?month={month}")).Ok()["openAtEnd"]!;
            (await OpenAsync("2031-03")).ShouldBe(await OpenAsync("2031-02"));
        });
    }

    [Fact, Trait("Rule", "P3.2.1")]
    public async Task Given_orders_that_were_never_confirmed_When_the_month_is_read_Then_those_whose_day_is_over_are_not_in_time()
    {
        var (owner, project) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        async Task<Guid> Open(int number, DateOnly notified)
        {
            var id = Guid.CreateVersion7();
            await Fixture.PublishAsync(
                new RepairOrderOpened(
                    id,
                    1,
                    $"WX-2020-000{number}",
                    project,
                    "濱江花園",
                    owner,
                    "roof",
                    "major",
                    "notice",
                    null,
                    null,
                    notified,
                    notified.AddDays(2)
                )
            );
            return id;
        }

        var (confirmed, forgotten) = (await Open(1, new(2020, 5, 2)), await Open(2, new(2020, 5, 4)));
        await Fixture.PublishAsync(new RepairOrderConfirmed(confirmed, 2, owner, new(2020, 5, 3), true));
        await Fixture.PublishAsync(
            new RepairOrderWithdrawn(await Open(3, new(2020, 5, 6)), 2, owner, "twice", new(2020, 5, 8))
        );
        await Fixture.PublishAsync(
            new RepairOrderWithdrawn(await Open(4, new(2020, 5, 8)), 2, owner, "twice", new(2020, 5, 11))
        );

        var report = await Reached(
            "/v1/reports/monthly-repairs?month=2020-05",
            r => (int)r["opened"]! == 4 && (int)r["withdrawn"]! == 2 && (decimal?)r["confirmedInTimePercent"] > 0
        );
        ((decimal)report["confirmedInTimePercent"]!).ShouldBe(
            33.3m,
            "one of three; the one withdrawn by its day was never late"
        );
        // They are not to be open in the months of other tests.
        await Fixture.ConsumedAsync(
            await Fixture.PublishAsync(new RepairOrderWithdrawn(confirmed, 3, owner, "done", new(2020, 6, 1)))
        );
        await Fixture.ConsumedAsync(
            await Fixture.PublishAsync(new RepairOrderWithdrawn(forgotten, 3, owner, "done", new(2020, 6, 1)))
        );
    }

    [Fact, Trait("Rule", "C5.7")]
    public async Task Given_a_complaint_closed_and_reopened_When_the_year_is_read_Then_it_is_open_and_can_be_drilled_down_to()
    {
        var (complaint, customer, action) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var at = new DateTimeOffset(2032, 5, 4, 2, 0, 0, TimeSpan.Zero);
        await Fixture.PublishAsync(
            new ComplaintReclassified(complaint, 3, customer, "major", "critical", at, at.AddDays(1), new(2032, 5, 5))
        );
        await Fixture.PublishAsync(
            new ComplaintRegistered(
                complaint,
                1,
                "FM004-2032-0001",
                customer,
                "業主",
                "survey",
                Guid.CreateVersion7(),
                "漏水",
                "major",
                new(2032, 5, 4),
                at,
                at.AddDays(3)
            )
        );
        await Fixture.PublishAsync(new ComplaintReopened(complaint, 7, customer, "again", new(2032, 7, 1)));
        await Fixture.PublishAsync(new ComplaintClosed(complaint, 6, customer, new(2032, 5, 4), new(2032, 6, 1), true));
        await Fixture.PublishAsync(new ComplaintResponded(complaint, 2, customer, at, true));
        await Fixture.PublishAsync(
            new ComplaintLiabilityDecided(complaint, 4, customer, "ours", "engineering", "workmanship", new(2032, 5, 6))
        );
        await Fixture.PublishAsync(
            new CapaOpened(
                action,
                1,
                "CAPA-2032-0001",
                "complaint",
                complaint,
                "engineering",
                new(2032, 5, 6),
                new(2032, 5, 20)
            )
        );
        await Fixture.PublishAsync(new CapaVerified(action, 5, complaint, true, new(2032, 5, 25)));

        var report = await Reached(
            "/v1/reports/annual-complaints?year=2032",
            r =>
                (int)r["registered"]! == 1
                && (int)r["reopened"]! == 1
                && (int)r["capas"]!["verifiedEffective"]! == 1
                && r["byLiability"]![0]!["key"]!.ToString() == "unknown"
        );
        ((int)report["open"]!).ShouldBe(1);
        ((int)report["closed"]!).ShouldBe(0);
        report["respondedInTimePercent"].ShouldBeNull("the new round has had no answer yet");
        report["byDepartment"]!.AsArray().ShouldBeEmpty("the new round ends what the last one said of liability");
        report["bySeverity"]![0]!["key"]!
            .ToString()
            .ShouldBe("critical", "the severity was corrected before its registration came in");

        var cases = (await Reader.GetAsync("/v1/complaints?year=2032&liability=unknown")).Ok();
        cases["items"].AsArray().Count.ShouldBe(1);
        cases["items"][0]!["number"]!.ToString().ShouldBe("FM004-2032-0001");
        (await Reader.GetAsync("/v1/complaints?year=2032&liability=ours")).Ok()["items"].AsArray().ShouldBeEmpty();
    }

    [Fact, Trait("Rule", "C5.10"), Trait("Case", "8")]
    public async Task Worked_case_8_twenty_sent_ten_received_gives_seventy_percent()
    {
        var customer = Guid.CreateVersion7();
        for (var i = 0; i < 20; i++)
        {
            await Fixture.PublishAsync(
                new InvitationSent(
                    Guid.CreateVersion7(),
                    1,
                    "B",
                    customer,
                    "業主",
                    "王",
                    "1",
                    "repair-order",
                    null,
                    null,
                    "http://x",
                    default,
                    new(2033, 3, 1),
                    i < 15 ? "engineering" : "sales"
                )
            );
        }

        string[] grades =
        [
            "very-satisfied",
            "very-satisfied",
            "very-satisfied",
            "satisfied",
            "satisfied",
            "fairly-satisfied",
            "fairly-satisfied",
            "rather-dissatisfied",
            "rather-dissatisfied",
            "dissatisfied",
        ];
        foreach (var grade in grades)
        {
            await Fixture.PublishAsync(
                new ResponseReceived(
                    Guid.CreateVersion7(),
                    1,
                    Guid.CreateVersion7(),
                    "B",
                    customer,
                    "業主",
                    "engineering",
                    grade,
                    [new("E.attitude", grade, null)],
                    null,
                    new(2033, 3, 20)
                )
            );
        }

        var path = "/v1/reports/satisfaction?from=2033-03-01&to=2033-03-31";
        var report = await Reached(path, r => (int)r["sent"]! == 20 && (int)r["received"]! == 10);
        ((decimal)report["percent"]!).ShouldBe(70.0m);
        (await Reader.GetAsync(path + "&goal=70")).Ok().Text("outcome").ShouldBe("reward");
        (await Reader.GetAsync(path + "&goal=75")).Ok().Text("outcome").ShouldBe("corrective-order");

        var engineering = (await Reader.GetAsync(path + "&department=engineering")).Ok();
        ((int)engineering["sent"], (int)engineering["received"]).ShouldBe((15, 10));
        var sales = (await Reader.GetAsync(path + "&department=sales")).Ok();
        ((int)sales["sent"], (int)sales["received"]).ShouldBe((5, 0));

        var empty = (await Reader.GetAsync("/v1/reports/satisfaction?from=2033-06-01&to=2033-06-30")).Ok();
        empty.Body!["percent"].ShouldBeNull("no form received is not available, never 0 %");
        empty.Text("outcome").ShouldBe("not-available");
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_revisits_held_in_time_late_and_never_When_compliance_is_read_Then_each_counts_as_what_it_is()
    {
        var (project, owner) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Fixture.PublishAsync(
            new ProjectRegistered(project, 1, "HT-2019-1", "舊廠房", owner, "業主", "shanghai", 1000m, "frame")
        );
        var revisits = Enumerable.Range(1, 3).Select(_ => Guid.CreateVersion7()).ToArray();
        for (var i = 0; i < 3; i++)
        {
            await Fixture.PublishAsync(
                new RevisitPlanned(revisits[i], 1, project, owner, i + 1, new(2019, 3 * (i + 1), 1))
            );
        }

        await Fixture.PublishAsync(
            new RevisitHeld(revisits[0], 2, project, owner, 1, new(2019, 3, 1), new(2019, 2, 28), 1)
        );
        await Fixture.PublishAsync(
            new RevisitHeld(revisits[1], 2, project, owner, 2, new(2019, 6, 1), new(2019, 6, 5), 2)
        );

        var report = await Reached(
            $"/v1/reports/revisit-compliance?from=2019-01-01&to=2019-12-31&projectId={project}",
            r => (int)r["due"]! == 3 && (int)r["heldLate"]! == 1 && (int)r["heldInTime"]! == 1
        );
        ((int)report["notHeld"]!).ShouldBe(1);
        ((decimal)report["compliancePercent"]!).ShouldBe(33.3m);
        ((int)report["findings"]!).ShouldBe(3);
        var listed = await Reached(
            $"/v1/revisits?from=2019-01-01&to=2019-12-31&projectId={project}&limit=2",
            r => r["items"]!.AsArray().All(one => one!["projectName"] is not null)
        );
        var rest = (
            await Reader.GetAsync(
                $"/v1/revisits?from=2019-01-01&to=2019-12-31&projectId={project}&limit=2&after={listed["next"]}"
            )
        )
            .Ok()
            .Items;
        listed["items"]!.AsArray().Select(one => one!["projectName"]!.ToString()).ShouldBe(["舊廠房", "舊廠房"]);
        listed["items"]!
            .AsArray()
            .Concat(rest)
            .Select(one => one!["id"]!.ToString())
            .ShouldBe(revisits.Select(id => id.ToString()), ignoreOrder: true);
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_revisits_that_were_moved_When_compliance_is_read_Then_they_are_due_and_judged_by_the_day_they_were_moved_to()
    {
        var (project, owner) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (moved, missed, cancelled, coming) = (
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7()
        );
        foreach (var (revisit, number) in new[] { (moved, 1), (missed, 2), (cancelled, 3), (coming, 4) })
        {
            await Fixture.PublishAsync(new RevisitPlanned(revisit, 1, project, owner, number, new(2016, 11, 30)));
            await Fixture.PublishAsync(
                new RevisitMoved(
                    revisit,
                    2,
                    project,
                    owner,
                    new(2016, 11, 30),
                    revisit == coming ? new(2099, 1, 31) : new(2017, 1, 31),
                    "業主要求"
                )
            );
        }

        await Fixture.PublishAsync(new RevisitHeld(moved, 3, project, owner, 1, new(2017, 1, 31), new(2017, 1, 31), 0));
        await Fixture.PublishAsync(new RevisitCancelled(cancelled, 3, project, owner, "業主要求"));

        var report = await Reached(
            $"/v1/reports/revisit-compliance?from=2017-01-01&to=2017-12-31&projectId={project}",
            r => (int)r["due"]! == 2 && (int)r["heldInTime"]! == 1 && (int)r["cancelled"]! == 1
        );
        ((int)report["notHeld"]!, (int)report["moved"]!, (decimal)report["compliancePercent"]!).ShouldBe((1, 3, 50.0m));
        var before = await Reached(
            $"/v1/reports/revisit-compliance?from=2016-01-01&to=2016-12-31&projectId={project}",
            r => (int)r["due"]! == 0
        );
        ((int)before["due"]!).ShouldBe(0, "nothing stayed there");
        var after = (
            await Reader.GetAsync($"/v1/reports/revisit-compliance?from=2099-01-01&to=2099-12-31&projectId={project}")
        ).Ok();
        ((int)after["due"], (int)after["ahead"], (int)after["notHeld"]).ShouldBe((1, 1, 0), "its day is still to come");
        after.Body!["compliancePercent"].ShouldBeNull("nothing is judged yet");
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_announced_breaches_When_a_revisit_is_recorded_or_the_horizon_corrected_Then_the_report_says_what_is_so_now()
    {
        var owner = Guid.CreateVersion7();
        async Task<Guid> Breached(string name)
        {
            var id = Guid.CreateVersion7();
            await Fixture.PublishAsync(
                new ProjectRegistered(id, 1, name, name, owner, "業主", "shanghai", 1000m, "frame")
            );
            await Fixture.PublishAsync(
                new ProjectHandedOver(id, 3, name, owner, "業主", new(2013, 6, 30), new(2013, 6, 30), new(2018, 6, 30))
            );
            await Fixture.PublishAsync(new RevisitBreached(id, 4, owner, new(2018, 6, 30)));
            return id;
        }

        var (breach, held, longer, other) = (
            await Breached("甲"),
            await Breached("乙"),
            await Breached("丙"),
            await Breached("丁")
        );
        await Breaches(4);
        await Fixture.PublishAsync(
            new RevisitHeld(Guid.CreateVersion7(), 2, held, owner, 1, new(2018, 3, 1), new(2018, 3, 1), 0)
        );
        await Fixture.PublishAsync(
            new WarrantyChanged(longer, 5, owner, new(2013, 6, 30), new(2013, 6, 30), new(2099, 6, 30), "補充協議")
        );
        await Fixture.ConsumedAsync(
            await Fixture.PublishAsync(
                new WarrantyChanged(other, 5, owner, new(2013, 9, 30), new(2013, 9, 30), new(2018, 9, 30), "錄入錯誤")
            )
        );

        var breaches = await Breaches(2);
        breaches
            .Select(b => (b!["projectId"]!.ToString(), b["name"]!.ToString(), b["horizonEndedOn"]!.ToString()))
            .ShouldBe([(breach.ToString(), "甲", "2018-06-30"), (other.ToString(), "丁", "2018-09-30")]);

        async Task<JsonArray> Breaches(int count) =>
            (
                await Reached(
                    "/v1/reports/revisit-compliance?from=2018-01-01&to=2018-12-31",
                    r =>
                        r["breaches"]!.AsArray().Count == count
                        && r["breaches"]!.AsArray().All(b => b!["name"] is not null)
                )
            )["breaches"]!.AsArray();
    }

    [Fact, Trait("Rule", "P2.2.2")]
    public async Task Given_findings_recorded_when_held_and_later_and_announced_again_When_compliance_is_read_Then_each_counts_once()
    {
        var (revisit, project, owner) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        FindingRecorded Found(Guid finding, long version) =>
            new(
                revisit,
                version,
                finding,
                project,
                "濱江花園",
                owner,
                "roof",
                "屋面",
                "滲漏",
                "major",
                new(2015, 3, 1)
            );
        var (first, second, later) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Fixture.PublishAsync(Found(later, 4));
        await Fixture.PublishAsync(Found(first, 3));
        await Fixture.PublishAsync(new RevisitHeld(revisit, 3, project, owner, 1, new(2015, 3, 1), new(2015, 3, 1), 2));
        var again = await Fixture.PublishAsync(Found(first, 5));
        await Fixture.PublishAsync(Found(second, 3));
        await Fixture.ConsumedAsync(again);

        await Reached(
            $"/v1/reports/revisit-compliance?from=2015-01-01&to=2015-12-31&projectId={project}",
            r => (int)r["findings"]! == 3
        );
    }

    [Fact]
    public async Task Reports_are_for_staff_and_biReaders_only()
    {
        (await Fixture.Anonymous().GetAsync("/v1/reports/monthly-repairs?month=2031-03")).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        var refused = await Fixture.As(Roles.Customer).GetAsync("/v1/reports/monthly-repairs?month=2031-03");
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Code.ShouldBe("role-missing");
        (await Fixture.As(Roles.Finance).GetAsync("/v1/reports/monthly-repairs?month=2031-03")).Status.ShouldBe(
            HttpStatusCode.OK
        );
    }

    [Theory]
    [InlineData("/v1/reports/monthly-repairs")]
    [InlineData("/v1/reports/monthly-repairs?month=2031-13")]
    [InlineData("/v1/reports/monthly-repairs?month=9999-12")]
    [InlineData("/v1/reports/monthly-repairs?month=0001-01")]
    [InlineData("/v1/reports/satisfaction?from=9999-12-01&to=9999-12-31")]
    [InlineData("/v1/reports/satisfaction?from=2031-01-01&to=9999-12-31")]
    [InlineData("/v1/reports/revisit-compliance?from=0001-01-01&to=0001-01-31")]
    [InlineData("/v1/reports/annual-complaints?year=1899")]
    [InlineData("/v1/reports/satisfaction?from=2031-02-01&to=2031-01-01")]
    [InlineData("/v1/reports/satisfaction?from=yesterday&to=2031-01-01")]
    [InlineData("/v1/reports/satisfaction?from=2031-01-01&to=2031-01-31&kind=b")]
    [InlineData("/v1/reports/satisfaction?from=2031-01-01&to=2031-01-31&kind=Z")]
    [InlineData("/v1/complaints?year=2031&limit=0")]
    [InlineData("/v1/complaints?year=2031&after=nonsense")]
    [InlineData("/v1/complaints?year=2031&department=%00")]
    public async Task A_wrong_question_is_400_with_a_stable_code(string path)
    {
        var answer = await Reader.GetAsync(path);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Code.ShouldNotBeNullOrEmpty();
    }

    private async Task<JsonNode> Reached(string path, Func<JsonNode, bool> condition)
    {
        JsonNode? last = null;
        await Eventually.IsTrue(async () => condition(last = (await Reader.GetAsync(path)).Ok().Body!), path);
        return last!;
    }
}
