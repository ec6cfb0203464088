using System.Net;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Rules;
using CustomerService.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using WarrantyClient = CustomerService.Contracts.Projects.Grpc.V1.Warranty.WarrantyClient;

namespace CustomerService.Projects.Tests;

public sealed class WarrantyTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    private GrpcChannel Channel => field ??= GrpcChannel.ForAddress(Fixture.Service.Grpc);

    [Theory, Trait("Rule", "P3.1.2")]
    [InlineData("roof", "2027-02-29", null, "", "")]
    [InlineData("roof", "2029-01-31", true, "2029-01-31", "prescribed")]
    [InlineData("roof", "2029-02-01", false, "2029-01-31", "none")]
    [InlineData("electrical", "2027-02-28", true, "2027-02-28", "committed")]
    [InlineData("electrical", "2027-03-01", false, "2027-02-28", "none")]
    [InlineData("main-structure", "2074-01-31", true, "2074-01-31", "prescribed")]
    // Shanghai: the heating season from 1 December on, two full ones after 2024-01-31 end on 2026-02-28, the
    // second cooling season on 2025-09-30.
    [InlineData("heating", "2026-02-28", true, "2026-02-28", "prescribed")]
    [InlineData("cooling", "2025-10-01", false, "2025-09-30", "none")]
    [InlineData("roof", "2024-02-28", false, null, "none")]
    public async Task Given_accepted_2024_01_31_and_handed_over_2024_02_29_When_asked_Then_the_later_end_protects(
        string part,
        string on,
        bool? covered,
        string? until,
        string basis
    )
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync(
            "2024-01-31",
            "2024-02-29",
            site.Request(commitments: new[] { new { part = "electrical", years = 3 } })
        );

        var answer = await Fixture.Engineering.GetAsync($"/v1/projects/{project}/warranty?part={part}&on={on}");

        if (covered is null)
        {
            answer.Code.ShouldBe("bad-filter", "there is no such day");
            return;
        }

        answer.Ok()["covered"].GetValue<bool>().ShouldBe(covered.Value);
        (answer.Body!["until"]?.ToString()).ShouldBe(until);
        answer.Text("basis").ShouldBe(basis);
        answer.Text("rule").ShouldBe(until is null ? "P3" : "P3.1.2");
    }

    [Fact, Trait("Rule", "P3.1.1"), Trait("Rule", "P3.1.2")]
    public async Task Given_a_part_of_a_subcontractor_When_asked_by_gRPC_Then_term_and_unit_are_told()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var client = new WarrantyClient(Channel);

        var roof = await client.AskAsync(
            new WarrantyQuestion
            {
                ProjectId = project.ToString(),
                PartCode = "roof",
                On = "2026-05-01",
            },
            Account()
        );
        roof.Covered.ShouldBeTrue();
        roof.Until.ShouldBe("2029-01-31");
        roof.Basis.ShouldBe("prescribed");
        roof.Rule.ShouldBe("P3.1.2");
        roof.PolicyVersion.ShouldBe(1);
        roof.ResponsibleUnitId.ShouldBe(site.Subcontractor.ToString());
        roof.ResponsibleUnitName.ShouldBe("安固防水工程有限公司");
        var wires = await client.AskAsync(
            new WarrantyQuestion
            {
                ProjectId = project.ToString(),
                PartCode = "electrical",
                On = "2026-02-01",
            },
            Account()
        );
        wires.Covered.ShouldBeFalse();
        wires.ResponsibleUnitId.ShouldBe("", "the contractor itself");

        (
            await Should.ThrowAsync<RpcException>(async () =>
                await client.AskAsync(
                    new WarrantyQuestion
                    {
                        ProjectId = Guid.CreateVersion7().ToString(),
                        PartCode = "roof",
                        On = "2026-05-01",
                    },
                    Account()
                )
            )
        ).StatusCode.ShouldBe(StatusCode.NotFound);
        (
            await Should.ThrowAsync<RpcException>(async () =>
                await client.AskAsync(
                    new WarrantyQuestion
                    {
                        ProjectId = project.ToString(),
                        PartCode = "lawn",
                        On = "2026-05-01",
                    },
                    Account()
                )
            )
        ).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        (
            await Should.ThrowAsync<RpcException>(async () =>
                await client.AskAsync(
                    new WarrantyQuestion
                    {
                        ProjectId = project.ToString(),
                        PartCode = "roof",
                        On = "1.5.2026",
                    },
                    Account()
                )
            )
        ).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        (
            await Should.ThrowAsync<RpcException>(async () =>
                await client.AskAsync(
                    new WarrantyQuestion
                    {
                        ProjectId = project.ToString(),
                        PartCode = "roof",
                        On = "2026-05-01",
                    }
                )
            )
        ).StatusCode.ShouldBe(StatusCode.Unauthenticated);
    }

    [Fact, Trait("Rule", "P3.1.1")]
    public async Task Given_a_part_of_two_subcontractors_When_asked_by_gRPC_Then_each_is_told_with_what_it_did()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var other = (
            await Fixture.Engineering.PostAsync(
                "/v1/organisations",
                new
                {
                    name = "華電機電安裝有限公司",
                    kind = "subcontractor",
                    isNew = true,
                    newReason = "另一單位",
                }
            )
        ).Ok().Id;
        var request = site.Request();
        request["packages"]!
            .AsArray()
            .Add(
                System.Text.Json.JsonSerializer.SerializeToNode(
                    new { subcontractorId = other, parts = new[] { "roof", "heating" } }
                )
            );
        var project = await site.HandedOverAsync("2024-01-31", request: request);

        var answer = await new WarrantyClient(Channel).AskAsync(
            new WarrantyQuestion
            {
                ProjectId = project.ToString(),
                PartCode = "roof",
                On = "2026-05-01",
            },
            Account()
        );

        answer
            .Units.Select(u => (u.Id, u.Name, u.Scope))
            .ShouldBe([
                (site.Subcontractor.ToString(), "安固防水工程有限公司", "屋面防水"),
                (other.ToString(), "華電機電安裝有限公司", ""),
            ]);
        answer.ResponsibleUnitId.ShouldBe(site.Subcontractor.ToString());
        (
            await new WarrantyClient(Channel).AskAsync(
                new WarrantyQuestion
                {
                    ProjectId = project.ToString(),
                    PartCode = "main-structure",
                    On = "2026-05-01",
                },
                Account()
            )
        ).Units.ShouldBeEmpty();
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public async Task Given_heating_and_cooling_When_they_end_on_different_days_Then_each_is_shown_expires_and_is_asked_for_by_itself()
    {
        // Shanghai, accepted 2024-01-31: the second full cooling season ends 2025-09-30, the second heating
        // season 2026-02-28.
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var path = $"/v1/projects/{project}";
        (await Fixture.Engineering.GetAsync(path))
            .Ok()["warranty"]
            .AsArray()
            .Where(r => r!["seasons"]!.AsArray().Count > 0)
            .Select(r => (r!["part"]!.ToString(), r["through"]!.ToString()))
            .ShouldBe([("heating", "2026-02-28"), ("cooling", "2025-09-30")]);

        async Task<List<(string, string?, string)>> Expiring(string on) =>
            (await Fixture.Engineering.GetAsync($"/v1/warranty/expiring?on={on}&ownerId={site.Owner}"))
                .Ok()["items"]
                .AsArray()
                .Select(i => (i!["part"]!.ToString(), i["season"]?.ToString(), i["through"]!.ToString()))
                .ToList();
        (await Expiring("2025-09-01")).ShouldBe([("cooling", "cooling", "2025-09-30")]);
        (await Expiring("2026-01-15")).ShouldBe([
            ("decoration", null, "2026-01-31"),
            ("electrical", null, "2026-01-31"),
            ("equipment-installation", null, "2026-01-31"),
            ("water-and-drainage", null, "2026-01-31"),
            ("heating", "heating", "2026-02-28"),
        ]);

        var client = new WarrantyClient(Channel);
        async Task<(bool, string)> Ask(string on, string part, string season = "")
        {
            var answer = await client.AskAsync(
                new WarrantyQuestion
                {
                    ProjectId = project.ToString(),
                    PartCode = part,
                    On = on,
                    Season = season,
                },
                Account()
            );
            return (answer.Covered, answer.Until);
        }

        (await Ask("2025-10-01", "cooling")).ShouldBe((false, "2025-09-30"));
        (await Ask("2025-10-01", "heating")).ShouldBe((true, "2026-02-28"));
        (await Ask("2025-10-01", "heating", "heating")).ShouldBe((true, "2026-02-28"));
        (await Should.ThrowAsync<RpcException>(() => Ask("2025-10-01", "heating", "spring"))).StatusCode.ShouldBe(
            StatusCode.InvalidArgument
        );

        foreach (var part in new[] { "heating", "cooling" })
        {
            (
                await Fixture.EngineeringHead.ChangeAsync(
                    path,
                    "grant-goodwill",
                    new
                    {
                        part,
                        through = "2026-12-31",
                        reason = "長期客戶",
                    }
                )
            ).Ok();
        }

        (await Ask("2026-12-31", "cooling")).ShouldBe((true, "2026-12-31"));
        (await Expiring("2026-12-01")).ShouldBe([
            ("cooling", "cooling", "2026-12-31"),
            ("heating", "heating", "2026-12-31"),
        ]);
        var first = (
            await Fixture.Engineering.GetAsync($"/v1/warranty/expiring?on=2026-12-01&ownerId={site.Owner}&limit=1")
        ).Ok();
        var second = (
            await Fixture.Engineering.GetAsync(
                $"/v1/warranty/expiring?on=2026-12-01&ownerId={site.Owner}&limit=1&after={first["next"]}"
            )
        ).Ok();
        (
            first["items"][0]!["part"]!.ToString(),
            second["items"][0]!["part"]!.ToString(),
            second.Body!["next"]?.ToString()
        ).ShouldBe(("cooling", "heating", null), "a page may end between the two");
    }

    [Fact]
    public async Task Given_a_store_that_does_not_answer_When_asked_by_gRPC_Then_it_is_unavailable_and_not_unknown()
    {
        var address = await Fixture.NewBrokerAsync();
        await using var first = await Fixture.StartAsync(address);
        var store = first.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()[
            "ConnectionStrings:Store"
        ]!;
        var project = await (await Site.NewAsync(first)).HandedOverAsync("2024-01-31");
        await using var impatient = await Fixture.StartAsync(
            address,
            new Dictionary<string, string> { ["ConnectionStrings:Store"] = store + ";Command Timeout=1" }
        );
        await using var source = Npgsql.NpgsqlDataSource.Create(store);
        await using var blocker = await source.OpenConnectionAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await using (
            var command = new Npgsql.NpgsqlCommand("lock table projects in access exclusive mode", blocker, transaction)
        )
        {
            await command.ExecuteNonQueryAsync();
        }

        using var channel = GrpcChannel.ForAddress(impatient.Grpc);
        async Task<StatusCode> Of(Func<Task> ask) => (await Should.ThrowAsync<RpcException>(ask)).StatusCode;
        (
            await Of(async () =>
                await new WarrantyClient(channel).AskAsync(
                    new WarrantyQuestion
                    {
                        ProjectId = project.ToString(),
                        PartCode = "roof",
                        On = "2026-05-01",
                    },
                    Account()
                )
            )
        ).ShouldBe(StatusCode.Unavailable);
        (
            await Of(async () =>
                await new Dispatch.DispatchClient(channel).ProposeLeaderAsync(
                    new LeaderQuestion { ProjectId = project.ToString(), On = "2026-05-01" },
                    Account()
                )
            )
        ).ShouldBe(StatusCode.Unavailable);
        await transaction.RollbackAsync();
        (
            await new WarrantyClient(channel).AskAsync(
                new WarrantyQuestion
                {
                    ProjectId = project.ToString(),
                    PartCode = "roof",
                    On = "2026-05-01",
                },
                Account()
            )
        ).Covered.ShouldBeTrue();
    }

    [Fact, Trait("Rule", "P3.2.2")]
    public async Task Given_the_original_manager_When_he_is_transferred_Then_the_nearest_live_project_and_then_special_dispatch_is_proposed()
    {
        // A corner of the world that no other test builds in.
        var site = await Site.NewAsync(Fixture.Service);
        var engineering = Fixture.Engineering;
        var manager = (await engineering.PostAsync("/v1/people", new { name = "馮經理", roleTitle = "項目經理" }))
            .Ok()
            .Id;
        var neighbour = (await engineering.PostAsync("/v1/people", new { name = "褚經理", roleTitle = "項目經理" }))
            .Ok()
            .Id;
        var farther = (await engineering.PostAsync("/v1/people", new { name = "衛經理", roleTitle = "項目經理" }))
            .Ok()
            .Id;
        var project = await site.HandedOverAsync("2024-01-31", request: site.Request(45.75, 126.65, manager: manager));
        var near = await site.RegisterAsync(site.Request(45.80, 126.65, manager: neighbour));
        await site.RegisterAsync(site.Request(46.10, 126.65, manager: farther));
        await site.RegisterAsync(site.Request(47.35, 123.92, manager: farther));
        await site.HandedOverAsync("2024-01-31", request: site.Request(45.751, 126.65, manager: farther));
        async Task<ApiAnswer> Propose(string on) =>
            (await engineering.GetAsync($"/v1/projects/{project}/repair-leader?on={on}")).Ok();

        var original = await Propose("2026-05-01");
        original["proposed"]["basis"]!.ToString().ShouldBe("original-manager");
        original["proposed"]["personName"]!.ToString().ShouldBe("馮經理");
        original["alternatives"]
            .AsArray()
            .Select(a => a!["basis"]!.ToString())
            .ShouldBe(["nearest-project", "nearest-project", "special-dispatch"]);

        (
            await Fixture
                .Service.As(Roles.Sales)
                .PostAsync(
                    $"/v1/people/{manager}/transfer",
                    new
                    {
                        place = "西南分公司",
                        on = "2026-04-01",
                        reason = "調任",
                    },
                    "\"2\""
                )
        ).Status.ShouldBe(HttpStatusCode.Forbidden);
        (
            await engineering.ChangeAsync(
                $"/v1/people/{manager}",
                "transfer",
                new
                {
                    place = "西南分公司",
                    on = "2019-04-01",
                    reason = "調任",
                }
            )
        ).Code.ShouldBe("transfer-before-assignment");
        var transferred = (
            await engineering.ChangeAsync(
                $"/v1/people/{manager}",
                "transfer",
                new
                {
                    place = "西南分公司",
                    on = "2026-04-01",
                    reason = "調任",
                }
            )
        ).Ok();
        transferred["assignments"].AsArray().Count.ShouldBe(2);
        transferred["assignments"][0]!["until"]!.ToString().ShouldBe("2026-04-01");

        (await Propose("2026-03-31"))["proposed"]["basis"]!
            .ToString()
            .ShouldBe("original-manager", "he was still there");
        var nearest = await Propose("2026-05-01");
        nearest["proposed"]["basis"]!.ToString().ShouldBe("nearest-project");
        nearest["proposed"]["personName"]!.ToString().ShouldBe("褚經理");
        nearest["proposed"]["projectId"]!.ToString().ShouldBe(near.ToString());
        nearest["proposed"]["distanceKm"]!.GetValue<double>().ShouldBe(5.56, 0.05);
        nearest["proposed"]["reason"]!.ToString().ShouldContain("馮經理");

        var asked = await new Dispatch.DispatchClient(Channel).ProposeLeaderAsync(
            new LeaderQuestion { ProjectId = project.ToString(), On = "2026-05-01" },
            Account()
        );
        asked.Proposed.Basis.ShouldBe("nearest-project");
        asked.Proposed.PersonId.ShouldBe(neighbour.ToString());
        asked.Proposed.Reason.ShouldStartWith("The original manager");
        asked.Alternatives.Select(a => a.Basis).ShouldBe(["nearest-project", "special-dispatch"]);

        foreach (var person in new[] { neighbour, farther })
        {
            (
                await engineering.ChangeAsync(
                    $"/v1/people/{person}",
                    "transfer",
                    new
                    {
                        place = "總部",
                        on = "2026-04-15",
                        reason = "調任",
                    }
                )
            ).Ok();
        }

        var special = await Propose("2026-05-01");
        special["proposed"]["basis"]!.ToString().ShouldBe("special-dispatch");
        special["alternatives"].AsArray().ShouldBeEmpty();
        (
            await Fixture
                .Service.As("王經理", [Roles.Customer], organisation: site.Owner)
                .GetAsync($"/v1/projects/{project}/repair-leader")
        ).Status.ShouldBe(HttpStatusCode.NotFound, "who leads is the company's business");
    }

    public override async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await base.DisposeAsync();
    }

    // As another service asks: under its own account.
    private Metadata Account() =>
        new()
        {
            { "Authorization", "Bearer " + Fixture.Issuer.Token("svc-repairs", "Repairs service", [Roles.System]) },
        };
}
