using System.Net;
using CsCheck;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.Organisations.Features;
using CustomerService.Projects.People.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Projects.Tests.Domain;
using CustomerService.Rules;
using CustomerService.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Projects.Tests;

public sealed class RegistryTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_a_project_When_it_is_registered_Then_it_can_be_read_and_is_announced_with_CloudEvents_headers()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var request = site.Request();

        var created = (await Fixture.Engineering.PostAsync("/v1/projects", request)).Ok();

        created.Status.ShouldBe(HttpStatusCode.Created);
        created.ETag.ShouldBe("\"1\"");
        created.Location.ShouldBe($"/api/projects/v1/projects/{created.Id}");
        created.Text("state").ShouldBe("registered");
        var read = (await Fixture.Engineering.GetAsync($"/v1/projects/{created.Id}")).Ok();
        read.Body!.ToJsonString().ShouldBe(created.Body!.ToJsonString());
        (await Fixture.Engineering.GetAsync($"/v1/projects/{created.Id}", ifNoneMatch: read.ETag)).Status.ShouldBe(
            HttpStatusCode.OK
        );

        var seen = await Fixture.ToldAsync(
            "projects.project.registered.v1",
            e => e["projectId"]!.ToString() == created.Id.ToString()
        );
        seen.Body["ownerName"]!.ToString().ShouldBe("濱江置業有限公司");
        seen.Body["buildingAreaSquareMetres"]!.GetValue<decimal>().ShouldBe(23500.5m);
        seen.Headers.Values.ShouldContain("projects.project.registered.v1");
        seen.Headers.Keys.ShouldContain(k => k.Contains("specversion", StringComparison.OrdinalIgnoreCase));
    }

    [Fact, Trait("Rule", "S3")]
    public async Task Given_a_registry_When_announced_Then_organisations_people_and_projects_are_told_as_they_are()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.RegisterAsync();

        var (code, output) = await Fixture.Service.RunCommandAsync("announce");

        (code, output.Contains("announced", StringComparison.Ordinal)).ShouldBe((0, true));
        bool About(System.Text.Json.Nodes.JsonNode e, string member, Guid id) => e[member]!.ToString() == id.ToString();
        var owner = await Fixture.ToldAsync(
            "projects.organisation.revised.v1",
            e => About(e, "organisationId", site.Owner)
        );
        (owner.Body["kind"]!.ToString(), owner.Body["contact"]!.ToString()).ShouldBe(("owner", "王經理"));
        await Fixture.ToldAsync("projects.person.revised.v1", e => About(e, "personId", site.People[0]));
        await Fixture.ToldAsync("projects.project.revised.v1", e => About(e, "projectId", project));
        Fixture
            .Told("projects.organisation.registered.v1", e => About(e, "organisationId", site.Owner))
            .Count.ShouldBe(1);
    }

    [Fact, Trait("Rule", "P3.1.2"), Trait("Case", "7")]
    public async Task Worked_case_7_waterproofing_committed_three_years_is_refused_and_nothing_is_written()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var request = site.Request(commitments: new[] { new { part = "roof", years = 3 } });

        var refused = await Fixture.Engineering.PostAsync("/v1/projects", request, language: "zh-Hant");

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Code.ShouldBe("warranty-below-prescribed");
        refused.Rule.ShouldBe("P3.1.2");
        refused["missing"].AsArray().ShouldNotBeEmpty();
        refused["suppliedBy"].AsArray().ShouldNotBeEmpty();
        refused.Text("title").ShouldContain("3y");
        (await Fixture.Engineering.GetAsync($"/v1/projects?search={request["contractNumber"]}"))
            .Ok()["items"]
            .AsArray()
            .ShouldBeEmpty();
    }

    [Theory, Trait("Rule", "P3.1.2")]
    [InlineData("""{"part":"heating","seasons":1}""", HttpStatusCode.Conflict, "warranty-below-prescribed")]
    [InlineData("""{"part":"electrical","months":23}""", HttpStatusCode.Conflict, "warranty-below-prescribed")]
    [InlineData("""{"part":"main-structure","years":49}""", HttpStatusCode.Conflict, "warranty-below-prescribed")]
    [InlineData("""{"part":"waterproofing","years":5}""", HttpStatusCode.BadRequest, "warranty-part-unknown")]
    [InlineData("""{"part":"lawn","years":5}""", HttpStatusCode.BadRequest, "warranty-part-unknown")]
    [InlineData("""{"part":"lawn"}""", HttpStatusCode.BadRequest, "warranty-part-unknown")]
    [InlineData("""{"part":"roof","years":5,"months":60}""", HttpStatusCode.BadRequest, "validation")]
    [InlineData("""{"part":"roof","years":0}""", HttpStatusCode.BadRequest, "validation")]
    [InlineData("""{"part":"roof","years":5,"colour":"red"}""", HttpStatusCode.BadRequest, "malformed")]
    public async Task Given_an_impossible_commitment_When_registered_Then_it_is_refused(
        string commitment,
        HttpStatusCode status,
        string code
    )
    {
        var site = await Site.NewAsync(Fixture.Service);
        var request = site.Request();
        request["commitments"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse(commitment));

        var refused = await Fixture.Engineering.PostAsync("/v1/projects", request);

        refused.Status.ShouldBe(status, refused.Body?.ToJsonString());
        refused.Code.ShouldBe(code);
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public async Task Given_commitments_at_or_above_the_prescribed_terms_When_registered_Then_they_stand()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var request = site.Request(
            commitments: new object[]
            {
                new { part = "main-structure", asContract = true },
                new { part = "roof", years = 8 },
                new { part = "heating", seasons = 3 },
                new { part = "electrical" },
            }
        );

        var created = (await Fixture.Engineering.PostAsync("/v1/projects", request)).Ok();

        var rows = created["warranty"]
            .AsArray()
            .ToDictionary(r => r!["part"]!.ToString(), r => r!["committed"]?.ToString());
        rows["main-structure"].ShouldBe("design-life");
        rows["roof"].ShouldBe("8y");
        rows["heating"].ShouldBe("3s");
        rows["electrical"].ShouldBeNull("a blank column means the prescribed term");
    }

    [Fact, Trait("Rule", "P3.1.1")]
    public async Task Given_unknown_owner_subcontractor_or_person_When_registered_Then_it_is_refused_by_rule()
    {
        var site = await Site.NewAsync(Fixture.Service);

        var foreign = site.Request();
        foreign["ownerId"] = site.Subcontractor;
        var owner = await Fixture.Engineering.PostAsync("/v1/projects", foreign);
        owner.Code.ShouldBe("owner-unknown");
        owner.Status.ShouldBe(HttpStatusCode.Conflict);

        var package = site.Request();
        package["packages"]![0]!["subcontractorId"] = site.Owner;
        var subcontractor = await Fixture.Engineering.PostAsync("/v1/projects", package);
        subcontractor.Code.ShouldBe("subcontractor-unknown");
        subcontractor.Rule.ShouldBe("P3.1.1");

        var person = site.Request();
        person["chiefEngineerId"] = Guid.CreateVersion7();
        (await Fixture.Engineering.PostAsync("/v1/projects", person)).Code.ShouldBe("person-unknown");
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_other_roles_When_they_write_the_registry_Then_they_are_forbidden()
    {
        var site = await Site.NewAsync(Fixture.Service);
        foreach (
            var role in new[]
            {
                Roles.Qc,
                Roles.Finance,
                Roles.CustomerService,
                Roles.Sales,
                Roles.RepairUnit,
                Roles.Customer,
                Roles.BiReader,
            }
        )
        {
            var refused = await Fixture.Service.As(role).PostAsync("/v1/projects", site.Request());
            refused.Status.ShouldBe(HttpStatusCode.Forbidden, role);
            refused.Code.ShouldBe("role-missing");
        }

        (
            await Fixture.Sales.PostAsync(
                "/v1/organisations",
                new
                {
                    name = "分包",
                    kind = "subcontractor",
                    isNew = true,
                    newReason = "另一單位",
                }
            )
        ).Status.ShouldBe(HttpStatusCode.Forbidden, "sales brings owners, not subcontractors");
        (await Fixture.Service.Anonymous().PostAsync("/v1/projects", site.Request())).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
    }

    [Fact]
    public async Task Given_malformed_requests_When_sent_Then_they_are_400_with_a_stable_code_and_never_5xx()
    {
        var site = await Site.NewAsync(Fixture.Service);
        (await Fixture.Engineering.PostAsync("/v1/projects", "{ \"contractNumber\": ")).Code.ShouldBe("malformed");
        var empty = await Fixture.Engineering.PostAsync("/v1/projects", "{}");
        empty.Status.ShouldBe(HttpStatusCode.BadRequest);
        empty.Code.ShouldBe("malformed");
        empty.Readable().ShouldContain("contractNumber");
        empty.Readable().ShouldContain("latitude");
        var place = site.Request(latitude: 91);
        (await Fixture.Engineering.PostAsync("/v1/projects", place)).Code.ShouldBe("validation");
        var id = await site.RegisterAsync();
        var wrongDate = await Fixture.Engineering.ChangeAsync(
            $"/v1/projects/{id}",
            "accept",
            new { on = "31/01/2024" }
        );
        wrongDate.Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Fixture.Engineering.GetAsync("/v1/projects?state=finished")).Code.ShouldBe("bad-filter");
        (await Fixture.Engineering.GetAsync("/v1/projects?after=zzz")).Code.ShouldBe("bad-cursor");
        (await Fixture.Engineering.GetAsync("/v1/projects?acceptedFrom=2024-02-30")).Code.ShouldBe("bad-filter");
        (await Fixture.Engineering.PostAsync("/v1/organisations", new { name = "甲", kind = "owner" })).Code.ShouldBe(
            "validation",
            "an owner needs a contact"
        );
    }

    [Fact]
    public async Task Given_an_Idempotency_Key_When_a_registration_is_repeated_Then_there_is_one_project()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var request = site.Request();
        var key = Guid.CreateVersion7().ToString("N");
        var first = (await Fixture.Engineering.PostAsync("/v1/projects", request.ToJsonString(), key: key)).Ok();
        var second = (await Fixture.Engineering.PostAsync("/v1/projects", request.ToJsonString(), key: key)).Ok();
        second.Id.ShouldBe(first.Id);
        second.Status.ShouldBe(HttpStatusCode.Created);
        request["name"] = "另一個";
        var reused = await Fixture.Engineering.PostAsync("/v1/projects", request.ToJsonString(), key: key);
        reused.Status.ShouldBe(HttpStatusCode.Conflict);
        reused.Code.ShouldBe("idempotency-key-reused");
        (await Fixture.Engineering.PostAsync("/v1/projects", request)).Code.ShouldBe(
            "already-exists",
            "the contract number is unique"
        );
    }

    [Fact, Trait("Rule", "P3.2.2")]
    public async Task Given_many_registrations_at_once_with_one_manager_When_sent_Then_all_are_entered_and_he_manages_all()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Fixture.Engineering.PostAsync("/v1/projects", site.Request()))
        );
        answers.ShouldAllBe(
            a => a.Status == HttpStatusCode.Created,
            string.Join('\n', answers.Select(a => a.Body?.ToJsonString()))
        );
        var person = (await Fixture.Engineering.GetAsync($"/v1/people/{site.People[0]}")).Ok();
        person["assignments"]
            .AsArray()
            .Select(a => Guid.Parse(a!["projectId"]!.ToString()))
            .ShouldBe(answers.Select(a => a.Id), ignoreOrder: true);
        foreach (var answer in answers)
        {
            await Fixture.ToldAsync(
                "projects.project.registered.v1",
                e => e["projectId"]!.ToString() == answer.Id.ToString()
            );
            Fixture
                .Told(
                    "projects.project.registered.v1",
                    e => e["contractNumber"]!.ToString() == answer.Text("contractNumber")
                )
                .Count.ShouldBe(1, "what was done again was told once");
        }
    }

    [Fact, Trait("Rule", "C5.1.5")]
    public async Task Given_a_salesperson_of_the_region_When_a_customer_is_entered_Then_named_by_the_account()
    {
        var salesperson = Guid.CreateVersion7();
        await Fixture.DeliverAsync(
            new UserChanged(salesperson, 1, "許文傑", [Roles.RegionalSales], ["east"], "sales", null, true, null)
        );
        OrganisationRequest Customer(string region, Guid by) =>
            new(
                $"恆達 {Guid.CreateVersion7():N}",
                OrganisationKind.Customer,
                Trade: new(region, by, "zh-Hans", [new(AddressPurpose.Delivery, "浦東倉庫")])
            );

        var made = (await Fixture.Sales.PostAsync("/v1/organisations", Customer("east", salesperson))).Ok();

        made["trade"]["salesperson"]!["name"]!.ToString().ShouldBe("許文傑");
        (await Fixture.Sales.PostAsync("/v1/organisations", Customer("west", salesperson))).Code.ShouldBe(
            "salesperson-of-other-region"
        );
        (await Fixture.Sales.PostAsync("/v1/organisations", Customer("east", Guid.CreateVersion7()))).Code.ShouldBe(
            "salesperson-unknown"
        );
        (await Fixture.Sales.PostAsync("/v1/organisations", Customer("EAST!", salesperson))).Status.ShouldBe(
            HttpStatusCode.BadRequest
        );
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_a_project_entered_by_mistake_When_withdrawn_Then_its_contract_number_is_free_again()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var request = site.Request();
        var mistaken = await site.RegisterAsync(request);
        (await Fixture.Engineering.PostAsync("/v1/projects", request)).Code.ShouldBe("already-exists");
        (
            await Fixture.EngineeringHead.ChangeAsync(
                $"/v1/projects/{mistaken}",
                "withdraw",
                new { reason = "輸入錯誤" }
            )
        ).Ok();
        var seen = await Fixture.ToldAsync(
            "projects.project.withdrawn.v1",
            e => e["projectId"]!.ToString() == mistaken.ToString()
        );
        (
            seen.Body["ownerId"]!.ToString(),
            seen.Body["reason"]!.ToString(),
            seen.Body["version"]!.GetValue<long>()
        ).ShouldBe((site.Owner.ToString(), "輸入錯誤", 2));
        (
            await Fixture.Engineering.GetAsync($"/v1/projects/{mistaken}/warranty?part=roof&on=2025-06-01")
        ).Status.ShouldBe(HttpStatusCode.NotFound);
        using var channel = GrpcChannel.ForAddress(Fixture.Service.Grpc);
        var asked = await Should.ThrowAsync<RpcException>(async () =>
            await new Contracts.Projects.Grpc.V1.Warranty.WarrantyClient(channel).AskAsync(
                new WarrantyQuestion
                {
                    ProjectId = mistaken.ToString(),
                    PartCode = "roof",
                    On = "2025-06-01",
                },
                new Metadata
                {
                    {
                        "Authorization",
                        "Bearer " + Fixture.Issuer.Token("svc-repairs", "Repairs service", [Roles.System])
                    },
                }
            )
        );
        asked.StatusCode.ShouldBe(StatusCode.NotFound, "Repairs opens nothing on it");
        (await Fixture.Engineering.PostAsync("/v1/projects", request)).Status.ShouldBe(HttpStatusCode.Created);
        (await Fixture.Engineering.PostAsync("/v1/projects", request)).Code.ShouldBe(
            "already-exists",
            "there is one again"
        );
    }

    [Fact]
    public async Task Given_what_does_not_exist_or_does_not_change_When_asked_for_Then_the_registry_says_so()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var transfer = await Fixture.Engineering.ChangeAsync(
            $"/v1/people/{site.People[0]}",
            "transfer",
            new
            {
                toProjectId = Guid.CreateVersion7(),
                on = "2024-01-01",
                reason = "調任",
            }
        );
        (transfer.Status, transfer.Code, transfer.Rule).ShouldBe(
            (HttpStatusCode.Conflict, "project-unknown", "P3.2.2")
        );
        var seen = (await Fixture.Engineering.GetAsync($"/v1/organisations/{site.Subcontractor}")).Ok();
        var kind = await Fixture.Engineering.PostAsync(
            $"/v1/organisations/{site.Subcontractor}/revise",
            new { name = "安固", kind = "contractor-own" },
            seen.ETag
        );
        (kind.Status, kind.Code).ShouldBe((HttpStatusCode.Conflict, "organisation-kind-fixed"));
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_an_owner_and_a_person_When_they_are_renamed_Then_their_projects_are_shown_and_found_by_the_new_name_at_once()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.RegisterAsync();
        var (name, manager) = (
            "遠洋" + Guid.CreateVersion7().ToString("N")[^8..],
            "李改名" + Guid.CreateVersion7().ToString("N")[^8..]
        );
        var owner = (await Fixture.Sales.GetAsync($"/v1/organisations/{site.Owner}")).Ok();
        owner.Body!["name"] = name;
        (
            await Fixture.Sales.PostAsync(
                $"/v1/organisations/{site.Owner}/revise",
                new
                {
                    name,
                    kind = "owner",
                    isNew = true,
                    newReason = "另一單位",
                    contacts = owner["contacts"],
                },
                owner.ETag
            )
        ).Ok();
        var found = (await Fixture.Production.GetAsync($"/v1/projects?search={Uri.EscapeDataString(name)}"))
            .Ok()["items"]
            .AsArray()
            .ShouldHaveSingleItem()!;
        (found["id"]!.ToString(), found["ownerName"]!.ToString()).ShouldBe((project.ToString(), name));
        var said = await Fixture.ToldAsync(
            "projects.project.revised.v1",
            e => e["projectId"]!.ToString() == project.ToString()
        );
        (said.Body["ownerId"]!.ToString(), said.Body["ownerName"]!.ToString()).ShouldBe((site.Owner.ToString(), name));

        var person = (await Fixture.Engineering.GetAsync($"/v1/people/{site.People[0]}")).Ok();
        (
            await Fixture.Engineering.PostAsync(
                $"/v1/people/{site.People[0]}/revise",
                new { name = manager, roleTitle = "項目經理" },
                person.ETag
            )
        ).Ok();
        var seen = (await Fixture.Production.GetAsync($"/v1/projects/{project}")).Ok();
        seen["team"]["manager"]!["name"]!.ToString().ShouldBe(manager);
        seen["team"]["chiefEngineer"]!["name"]!.ToString().ShouldBe("錢總工");
        (await Fixture.Engineering.GetAsync($"/v1/audit/{project}"))
            .Ok()
            .Body!.ToJsonString()
            .ShouldContain("owner-renamed");
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_a_walk_through_projects_by_date_When_the_date_of_the_last_one_seen_is_corrected_Then_the_next_page_skips_none()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var (first, second) = (await site.HandedOverAsync("2021-03-01"), await site.HandedOverAsync("2021-05-03"));
        var of = $"/v1/projects?ownerId={site.Owner}&handedOverFrom=2021-01-01&limit=1";
        var page = (await Fixture.Production.GetAsync(of)).Ok();
        page["items"][0]!["id"]!.ToString().ShouldBe(second.ToString());
        (
            await Fixture.EngineeringHead.ChangeAsync(
                $"/v1/projects/{second}",
                "correct-dates",
                new
                {
                    acceptedOn = "2021-01-15",
                    handedOverOn = "2021-01-20",
                    reason = "錄入錯誤",
                }
            )
        ).Ok();

        (await Fixture.Production.GetAsync($"{of}&after={page["next"]}")).Ok()["items"][0]!["id"]!
            .ToString()
            .ShouldBe(first.ToString());
        (await Fixture.Production.GetAsync($"{of}&after={first:N}")).Code.ShouldBe("bad-cursor");
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public async Task Given_a_walk_through_revisits_When_the_last_one_seen_is_moved_Then_the_next_page_skips_none()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2025-01-31");
        var plan = await site.PlanAsync(project);
        var first = (await Fixture.Production.GetAsync($"/v1/revisits?projectId={project}&limit=1")).Ok();
        var seen = first["items"][0]!["id"]!.ToString();
        seen.ShouldBe(plan[^1].Id.ToString());
        (
            await Fixture.Production.ChangeAsync(
                $"/v1/revisits/{seen}",
                "move",
                new { on = "2025-04-01", reason = "業主要求" }
            )
        ).Ok();
        var next = (
            await Fixture.Production.GetAsync($"/v1/revisits?projectId={project}&limit=1&after={first["next"]}")
        ).Ok();
        next["items"][0]!["id"]!.ToString().ShouldBe(plan[^2].Id.ToString());
        (await Fixture.Production.GetAsync($"/v1/revisits?after={Guid.CreateVersion7():N}")).Code.ShouldBe(
            "bad-cursor"
        );
    }

    [Fact]
    public async Task Given_outcomes_of_commands_When_two_days_old_Then_they_are_forgotten()
    {
        var key = Guid.CreateVersion7().ToString("N");
        (await Fixture.Engineering.PostAsync("/v1/people", new { name = "甲", roleTitle = "x" }, key: key)).Ok();
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var commands = scope.ServiceProvider.GetRequiredService<ServiceDefaults.ICommandStore>();
        (await commands.PurgeOutcomesAsync(DateTimeOffset.UnixEpoch, CancellationToken.None)).ShouldBe(0);
        (await commands.FindOutcomeAsync("陳工", key, CancellationToken.None)).ShouldNotBeNull();
        var store = scope.ServiceProvider.GetRequiredService<Data.ProjectsDb>();
        await store.Database.ExecuteSqlAsync(
            $"update idempotency_records set at = at - interval '49 hours' where key = {key}"
        );
        (
            await scope
                .ServiceProvider.GetRequiredService<ServiceDefaults.OutcomePurge>()
                .PurgeAsync(CancellationToken.None)
        ).ShouldBe(1);
        (await commands.FindOutcomeAsync("陳工", key, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Given_a_change_without_or_with_an_old_version_When_sent_Then_it_is_428_or_412()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var request = site.Request();
        var id = await site.RegisterAsync(request);
        (await Fixture.Engineering.PostAsync($"/v1/projects/{id}/revise", request)).Status.ShouldBe(
            HttpStatusCode.PreconditionRequired
        );
        request["name"] = "濱江花園二期";
        var changed = (await Fixture.Engineering.PostAsync($"/v1/projects/{id}/revise", request, "\"1\"")).Ok();
        changed.Text("name").ShouldBe("濱江花園二期");
        (await Fixture.Engineering.PostAsync($"/v1/projects/{id}/revise", request, "\"1\"")).Status.ShouldBe(
            HttpStatusCode.PreconditionFailed
        );
        (
            await Fixture.Engineering.PostAsync($"/v1/projects/{Guid.CreateVersion7()}/revise", request, "\"1\"")
        ).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_projects_When_searched_by_part_of_a_Chinese_name_contract_or_address_Then_they_are_found_page_by_page()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var word = "瓏悅" + Guid.CreateVersion7().ToString("N")[^4..];
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            var request = site.Request();
            request["name"] = $"御景{word}府 {i}";
            ids.Add(await site.RegisterAsync(request));
        }

        var first = (
            await Fixture.Production.GetAsync($"/v1/projects?search={Uri.EscapeDataString(word)}&limit=2")
        ).Ok();
        var second = (
            await Fixture.Production.GetAsync(
                $"/v1/projects?search={Uri.EscapeDataString(word)}&limit=2&after={first["next"]}"
            )
        ).Ok();
        var third = (
            await Fixture.Production.GetAsync(
                $"/v1/projects?search={Uri.EscapeDataString(word)}&limit=2&after={second["next"]}"
            )
        ).Ok();
        first["items"]
            .AsArray()
            .Concat(second["items"].AsArray())
            .Concat(third["items"].AsArray())
            .Select(p => Guid.Parse(p!["id"]!.ToString()))
            .ShouldBe(Enumerable.Reverse(ids), "the newest first");
        third.Body!["next"].ShouldBeNull();
        (await Fixture.Production.GetAsync($"/v1/projects?search={Uri.EscapeDataString("府" + word)}"))
            .Ok()["items"]
            .AsArray()
            .ShouldBeEmpty("the signs are there, but not in this order");
        (await Fixture.Production.GetAsync("/v1/projects?search=%25"))
            .Ok()["items"]
            .AsArray()
            .ShouldBeEmpty("a sign of the pattern language is only a sign");
        (await Fixture.Production.GetAsync("/v1/projects?search=.%2A"))
            .Ok()["items"]
            .AsArray()
            .ShouldBeEmpty("nor is there another pattern language");
        (await Fixture.Production.GetAsync("/v1/projects?search=%5B%28%5C"))
            .Ok()["items"]
            .AsArray()
            .ShouldBeEmpty("and what would be no pattern is no fault");
        foreach (
            var search in new[] { word[..1] + "悅", "景" + word, "府 3", word.ToUpperInvariant() + "府4", word[2..] }
        )
        {
            (
                await Fixture.Production.GetAsync(
                    $"/v1/projects?search={Uri.EscapeDataString(search)}&ownerId={site.Owner}"
                )
            )
                .Ok()["items"]
                .AsArray()
                .ShouldNotBeEmpty($"'{search}' is there: one character or many, whatever the case and the white space");
        }
    }

    [Theory, Trait("Rule", "P3.3")]
    [InlineData("organisations", "広廣場業主（A）1-4 號")]
    [InlineData("people", "廣場（A）1-4 號樓")]
    public async Task Given_names_When_searched_in_another_script_width_or_punctuation_Then_they_are_found(
        string list,
        string name
    )
    {
        var mark = "q" + Guid.CreateVersion7().ToString("N")[^8..];
        var id = (
            list == "people"
                ? await Fixture.Engineering.PostAsync("/v1/people", new { name = mark + name, roleTitle = "經理" })
                : await Fixture.Engineering.PostAsync(
                    "/v1/organisations",
                    new { name = mark + name, kind = "subcontractor" }
                )
        )
            .Ok()
            .Id;

        async Task<List<string>> FoundAsync(string search) =>
            [
                .. (await Fixture.Engineering.GetAsync($"/v1/{list}?search={Uri.EscapeDataString(search)}"))
                    .Ok()
                    .Items.Select(item => item["id"]!.ToString()),
            ];
        foreach (var search in new[] { mark, mark.ToUpperInvariant() })
        {
            (await FoundAsync(search)).ShouldBe([id.ToString()], search);
        }

        foreach (var search in new[] { "１–４", "(A)", "广场", "Ａ１—４" })
        {
            (await FoundAsync(search)).ShouldContain(id.ToString(), search);
        }

        (await FoundAsync(mark + "不")).ShouldBeEmpty();
        (await FoundAsync("（）")).ShouldBeEmpty("every name would have nothing");
    }

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P3.3")]
    public async Task Given_projects_of_several_dates_and_owners_When_they_and_their_revisits_are_filtered_Then_each_page_goes_on_where_the_one_before_ended()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var later = await site.HandedOverAsync("2021-03-02");
        var sooner = await site.HandedOverAsync("2021-03-01");
        var same = await site.HandedOverAsync("2021-03-02");
        var other = await site.HandedOverAsync("2021-05-01");
        foreach (var filter in new[] { "handedOver", "accepted" })
        {
            var path =
                $"/v1/projects?ownerId={site.Owner}&state=handed-over&{filter}From=2021-03-01&{filter}To=2021-04-30&limit=1";
            var (seen, after) = (new List<string>(), "");
            do
            {
                var page = (await Fixture.Production.GetAsync(path + after)).Ok();
                seen.AddRange(page["items"].AsArray().Select(p => p!["id"]!.ToString()));
                after = page.Body!["next"] is { } next ? "&after=" + next : "";
            } while (after.Length > 0);
            seen.ShouldBe(
                [same.ToString(), later.ToString(), sooner.ToString()],
                "the latest of the date that is asked for first"
            );
        }

        (
            await Fixture.Production.GetAsync($"/v1/projects?acceptedFrom=2021-03-01&after={Guid.CreateVersion7():N}")
        ).Code.ShouldBe("bad-cursor");
        var contract = (await Fixture.Production.GetAsync($"/v1/projects/{other}")).Ok().Text("contractNumber");
        var revisits = (
            await Fixture.Production.GetAsync(
                $"/v1/revisits?search={Uri.EscapeDataString(contract)}&city=shanghai&limit=200"
            )
        )
            .Ok()["items"]
            .AsArray();
        revisits.Count.ShouldBe(11);
        revisits.ShouldAllBe(r => r!["projectId"]!.ToString() == other.ToString());
        var first = (await Fixture.Production.GetAsync($"/v1/revisits?ownerId={site.Owner}&limit=30")).Ok();
        var second = (
            await Fixture.Production.GetAsync($"/v1/revisits?ownerId={site.Owner}&limit=30&after={first["next"]}")
        ).Ok();
        first["items"]
            .AsArray()
            .Concat(second["items"].AsArray())
            .Select(r => r!["id"]!.ToString())
            .Distinct()
            .Count()
            .ShouldBe(44, "four plans of eleven");
        (await Fixture.Production.GetAsync($"/v1/revisits?search={Uri.EscapeDataString(contract)}&city=beijing"))
            .Ok()["items"]
            .AsArray()
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_part_of_a_text_has_the_pieces_that_it_is_looked_for_by()
    {
        Gen.Select(Gen.String[Gen.Char["濱江花園期工程HTht0-１９ 　"], 1, 40], Gen.Int[0, 39], Gen.Int[1, 12])
            .Sample(
                (text, from, length) =>
                {
                    var found = SearchText.Of(text);
                    var part = from < found.Length ? found.Substring(from, Math.Min(length, found.Length - from)) : "";
                    var (fragment, grams) = SearchText.Find(part);
                    fragment.ShouldBe(part);
                    grams.ShouldBeSubsetOf(SearchText.Grams(found));
                    grams.Length.ShouldBeLessThanOrEqualTo((part.Length / 2) + 1);
                },
                iter: 3000
            );
    }

    [Fact]
    public async Task Given_two_owners_When_a_customer_reads_Then_it_sees_its_own_only()
    {
        var mine = await Site.NewAsync(Fixture.Service);
        var other = await Site.NewAsync(Fixture.Service);
        var own = await mine.HandedOverAsync("2024-01-31");
        var foreign = await other.HandedOverAsync("2024-01-31");
        var customer = Fixture.Service.As("王經理", [Roles.Customer], organisation: mine.Owner);

        (await customer.GetAsync($"/v1/projects/{own}")).Ok();
        (await customer.GetAsync($"/v1/projects/{foreign}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await customer.GetAsync($"/v1/projects/{foreign}/warranty?part=roof")).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        (await customer.GetAsync("/v1/projects?limit=200"))
            .Ok()["items"]
            .AsArray()
            .Select(p => p!["id"]!.ToString())
            .ShouldBe([own.ToString()]);
        (await customer.GetAsync("/v1/revisits?limit=200"))
            .Ok()["items"]
            .AsArray()
            .Select(r => r!["projectId"]!.ToString())
            .Distinct()
            .ShouldBe([own.ToString()]);
        var (revisit, _) = (await other.PlanAsync(foreign))[0];
        (await customer.GetAsync($"/v1/revisits/{revisit}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await customer.GetAsync("/v1/people"))
            .Ok()["items"]
            .AsArray()
            .ShouldBeEmpty("the staff register is the company's own");
        (await customer.GetAsync($"/v1/audit/{own}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await customer.GetAsync("/v1/organisations")).Ok()["items"].AsArray().Count.ShouldBe(1);
        (await Fixture.Service.As("無名", [Roles.Customer]).GetAsync("/v1/projects"))
            .Ok()["items"]
            .AsArray()
            .ShouldBeEmpty("a customer without an organisation owns nothing");
        (await Fixture.Service.As(Roles.RepairUnit).GetAsync("/v1/projects")).Ok()["items"].AsArray().ShouldBeEmpty();
    }
}
