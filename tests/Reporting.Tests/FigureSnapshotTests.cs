using System.Net;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Reporting.FigureSnapshots.Features;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Reporting.Tests;

/// <summary>What was submitted stays as it was; what has changed since is said, with the reason.</summary>
public sealed class FigureSnapshotTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    [Fact, Trait("Rule", "C5.7")]
    public async Task Given_a_frozen_figure_When_events_change_its_cases_Then_it_stays_and_the_changes_name_them()
    {
        var (owner, project, unit) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (first, late) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Fixture.DeliverAsync(Opened(first, "WX-2063-0001"));
        var staff = Fixture.As(Roles.Qc);
        var frozen = (
            await staff.PostAsync(
                "/v1/figure-snapshots",
                new FreezeFigure.Request(
                    "repair-orders-open",
                    new(2063, 1, 1),
                    new(2063, 1, 31),
                    new Dictionary<string, string> { ["projectId"] = project.ToString() }
                )
            )
        ).Ok();
        ((int)frozen["cases"], (decimal)frozen["value"]).ShouldBe((1, 1m));
        var same = (await staff.GetAsync($"/v1/figure-snapshots/{frozen.Id}/changes")).Ok();
        (same.Text("hashAfter"), (int)same["differences"]).ShouldBe((frozen.Text("hash"), 0));

        await Fixture.DeliverAsync(Opened(late, "WX-2063-0002"));
        await Fixture.DeliverAsync(
            new RepairOrderReturned(
                first,
                9,
                "WX-2063-0001",
                project,
                "x",
                owner,
                "o",
                "c",
                "1",
                "roof",
                unit,
                "u",
                "yes",
                new(2063, 1, 2),
                new(2063, 1, 12),
                0,
                0
            )
        );

        await Eventually.Holds(async () =>
        {
            var changed = (await staff.GetAsync($"/v1/figure-snapshots/{frozen.Id}/changes")).Ok();
            changed.Text("hashBefore").ShouldBe(frozen.Text("hash"));
            changed.Text("hashAfter").ShouldNotBe(frozen.Text("hash"));
            var changes = changed["changes"].AsArray().ToDictionary(c => c!["caseId"]!.ToString(), c => c!);
            changes[first.ToString()]["how"]!.ToString().ShouldBe("removed");
            changes[first.ToString()]["because"]!
                .AsArray()
                .Select(r => r!["event"]!.ToString())
                .ShouldContain("repairs.repair-order.returned.v1");
            changes[late.ToString()]["how"]!.ToString().ShouldBe("added");
        });
        (await staff.GetAsync($"/v1/figure-snapshots/{frozen.Id}")).Text("hash").ShouldBe(frozen.Text("hash"));

        var again = (
            await staff.PostAsync(
                "/v1/figure-snapshots",
                new FreezeFigure.Request(
                    "repair-orders-open",
                    new(2063, 1, 1),
                    new(2063, 1, 31),
                    new Dictionary<string, string> { ["projectId"] = project.ToString() }
                )
            )
        ).Ok();
        var between = (await staff.GetAsync($"/v1/figure-snapshots/{frozen.Id}/changes?with={again.Id}")).Ok();
        between.Text("hashAfter").ShouldBe(again.Text("hash"));
        ((int)between["differences"]).ShouldBe(2);
        (await staff.GetAsync("/v1/figure-snapshots?figure=repair-orders-open"))
            .Ok()
            .Items.Select(item => item["id"]!.ToString())
            .ShouldContain(again.Id.ToString());

        RepairOrderOpened Opened(Guid id, string number) =>
            new(
                id,
                1,
                number,
                project,
                "x",
                owner,
                "roof",
                "major",
                "notice",
                null,
                null,
                new(2063, 1, 2),
                new(2063, 1, 4)
            );
    }

    [Fact, Trait("Rule", "C5.7"), Trait("Rule", "P3.3.2")]
    public async Task Given_frozen_quality_problems_When_findings_come_and_are_decided_Then_each_change_names_its_own_events()
    {
        var (revisit, project, owner) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        // What is decided may come before what was found.
        await Fixture.DeliverAsync(Decided(second, 4));
        await Fixture.DeliverAsync(Found(first, 2));
        var staff = Fixture.As(Roles.Qc);
        var filters = new Dictionary<string, string> { ["projectId"] = project.ToString(), ["liability"] = "unknown" };
        var asked = new FreezeFigure.Request("quality-problems", new(2064, 1, 1), new(2064, 1, 31), filters);
        var frozen = (await staff.PostAsync("/v1/figure-snapshots", asked)).Ok();
        ((int)frozen["cases"]).ShouldBe(1);

        await Fixture.DeliverAsync(Found(second, 3));
        await Fixture.DeliverAsync(Decided(first, 5));
        // An older decision that comes late.
        await Fixture.DeliverAsync(Decided(first, 4) with { Liability = "owner" });
        await Fixture.DeliverAsync(Ordered(first));

        await Eventually.Holds(async () =>
        {
            var changed = (await staff.GetAsync($"/v1/figure-snapshots/{frozen.Id}/changes")).Ok();
            var change = changed["changes"].AsArray().ShouldHaveSingleItem()!;
            (change["caseId"]!.ToString(), change["how"]!.ToString()).ShouldBe((first.ToString(), "removed"));
            change["because"]!
                .AsArray()
                .Select(reason => reason!["event"]!.ToString())
                .ShouldBe(
                    ["projects.finding.assessed.v1", "projects.finding.assessed.v1", "repairs.repair-order.opened.v1"],
                    ignoreOrder: true
                );
        });
        var path = $"/v1/figures/quality-problems?from=2064-01-01&to=2064-01-31&projectId={project}";
        (await GroupsAsync("liability,cause")).ShouldBe([("contractor/jointing", 2)]);
        (await GroupsAsync("unit")).ShouldBe([("防水公司", 2)]);
        (await GroupsAsync("state")).ShouldBe([("opened", 1), ("unknown", 1)], ignoreOrder: true);

        async Task<IReadOnlyList<(string, int)>> GroupsAsync(string by) =>
            [
                .. (await staff.GetAsync($"{path}&by={by}"))
                    .Ok()["groups"]
                    .AsArray()
                    .Select(group =>
                        (
                            string.Join('/', group!["keys"]!.AsArray().Select(key => key!.ToString())),
                            (int)group["cases"]!
                        )
                    ),
            ];
        FindingRecorded Found(Guid id, long version) =>
            new(revisit, version, id, project, "x", owner, "roof", "3F", "滲漏", "major", new(2064, 1, 5));
        FindingAssessed Decided(Guid id, long version) =>
            new(
                revisit,
                version,
                id,
                project,
                owner,
                "roof",
                "contractor",
                "jointing",
                "防水公司",
                null,
                false,
                new(2064, 1, 6)
            );
        RepairOrderOpened Ordered(Guid finding) =>
            new(
                Guid.CreateVersion7(),
                1,
                "WX-2064-0001",
                project,
                "x",
                owner,
                "roof",
                "major",
                "revisit",
                finding,
                null,
                new(2064, 1, 5),
                new(2064, 1, 7)
            );
    }

    [Fact]
    public async Task Given_a_wrong_request_or_role_When_frozen_Then_refused()
    {
        var wrong = new FreezeFigure.Request("no-such", new(2026, 1, 1), new(2026, 1, 2));
        (await Fixture.As(Roles.Qc).PostAsync("/v1/figure-snapshots", wrong)).Status.ShouldBe(
            HttpStatusCode.BadRequest
        );
        var filters = new Dictionary<string, string> { ["grade"] = "x" };
        (
            await Fixture
                .As(Roles.Qc)
                .PostAsync("/v1/figure-snapshots", wrong with { Figure = "capas-opened", Filters = filters })
        ).Status.ShouldBe(HttpStatusCode.BadRequest);
        (
            await Fixture.As(Roles.BiReader).PostAsync("/v1/figure-snapshots", wrong with { Figure = "capas-opened" })
        ).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
