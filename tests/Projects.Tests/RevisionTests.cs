using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Projects.Tests.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CustomerService.Projects.Tests;

/// <summary>What may still be changed about a project, and what follows from it.</summary>
public sealed class RevisionTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_another_owner_When_revised_before_acceptance_Then_everything_is_the_new_owners_and_from_acceptance_on_it_is_refused()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var buyer = await Site.NewAsync(Fixture.Service);
        var request = site.Request();
        var project = await site.RegisterAsync(request);
        var path = $"/v1/projects/{project}";
        var (first, second) = (
            Fixture.Service.As("王經理", [Roles.Customer], organisation: site.Owner),
            Fixture.Service.As("新業主", [Roles.Customer], organisation: buyer.Owner)
        );
        var file = await UploadAsync(path + "/files");
        (await first.GetAsync($"{path}/files")).Ok();

        request["ownerId"] = buyer.Owner;
        request["name"] = "濱江花園一期（轉讓）";
        var revised = (await Fixture.Engineering.PostAsync(path + "/revise", request, "\"1\"")).Ok();

        revised.Text("ownerId").ShouldBe(buyer.Owner.ToString());
        (await first.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await second.GetAsync(path)).Ok();
        (await second.GetAsync($"{path}/files")).Ok().Items.Single()["id"]!.ToString().ShouldBe(file.ToString());
        (
            await Fixture.SendAsync(Roles.Customer, HttpMethod.Get, $"{path}/files/{file}", organisation: buyer.Owner)
        ).Answer.StatusCode.ShouldBe(HttpStatusCode.OK, "its files go with it");
        (
            await Fixture.SendAsync(Roles.Customer, HttpMethod.Get, $"{path}/files/{file}", organisation: site.Owner)
        ).Answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var seen = await Fixture.ToldAsync(
            "projects.project.revised.v1",
            e => e["projectId"]!.ToString() == project.ToString()
        );
        (
            seen.Body["ownerId"]!.ToString(),
            seen.Body["name"]!.ToString(),
            seen.Body["version"]!.GetValue<long>()
        ).ShouldBe((buyer.Owner.ToString(), "濱江花園一期（轉讓）", 2));

        (await Fixture.Engineering.ChangeAsync(path, "accept", new { on = "2024-01-31" })).Ok();
        request["ownerId"] = site.Owner;
        var accepted = (await Fixture.Engineering.GetAsync(path)).Ok();
        var refused = await Fixture.Engineering.PostAsync(path + "/revise", request, accepted.ETag);
        (refused.Code, refused.Rule, refused.Status).ShouldBe(("owner-fixed", "P3.3", HttpStatusCode.Conflict));
        (await Fixture.Engineering.ChangeAsync(path, "hand-over", new { on = "2024-01-31" })).Ok();
        var (revisit, _) = (await site.PlanAsync(project))[0];
        var handedOver = (await Fixture.Engineering.GetAsync(path)).Ok();
        (await Fixture.Engineering.PostAsync(path + "/revise", request, handedOver.ETag)).Code.ShouldBe("owner-fixed");
        (request["ownerId"], request["name"]) = (buyer.Owner, "濱江花園二期");
        (await Fixture.Engineering.PostAsync(path + "/revise", request, handedOver.ETag)).Ok();
        await using (var scope = Fixture.Store<ProjectsDb>())
        {
            var steps = await scope.Db.Set<WorkRow>().Where(step => step.RecordId == revisit).ToListAsync();
            steps.ShouldNotBeEmpty();
            steps.ShouldAllBe(step =>
                step.Title == "濱江花園二期" && step.Number == (string)request["contractNumber"]!
            );
        }

        (await second.GetAsync($"/v1/revisits/{revisit}")).Ok();
        (await first.GetAsync($"/v1/revisits/{revisit}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var (code, output) = await Fixture.Service.RunCommandAsync("verify-audit");
        code.ShouldBe(0, output);
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public async Task Given_a_stored_commitment_that_is_refused_now_When_its_project_and_warranty_are_read_Then_the_prescribed_term_protects_and_it_is_told()
    {
        var address = await Fixture.NewBrokerAsync();
        await using var service = await Fixture.StartAsync(address);
        var site = await Site.NewAsync(service);
        var project = await site.HandedOverAsync("2024-01-31");
        await using (
            var source = NpgsqlDataSource.Create(
                service.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()[
                    "ConnectionStrings:Store"
                ]!
            )
        )
        await using (
            var command = source.CreateCommand(
                "update projects set commitments = '[{\"part\":\"roof\",\"length\":{\"count\":36,\"unit\":\"months\"}}]' where id = $1"
            )
        )
        {
            command.Parameters.AddWithValue(project);
            await command.ExecuteNonQueryAsync();
        }

        var engineering = service.As("陳工", [Roles.Engineering]);
        var row = (await engineering.GetAsync($"/v1/projects/{project}"))
            .Ok()["warranty"]
            .AsArray()
            .Single(r => r!["part"]!.ToString() == "roof")!;
        (row["through"]!.ToString(), row["basis"]!.ToString(), row["committed"]!.ToString()).ShouldBe(
            ("2029-01-31", "prescribed", "3y")
        );
        row["commitmentRefused"]!.ToString().ShouldBe("warranty-below-prescribed");
        var asked = (await engineering.GetAsync($"/v1/projects/{project}/warranty?part=roof&on=2028-06-01")).Ok();
        (
            asked["covered"].GetValue<bool>(),
            asked.Text("until"),
            asked.Text("basis"),
            asked.Text("commitmentRefused")
        ).ShouldBe((true, "2029-01-31", "prescribed", "warranty-below-prescribed"));
        using var channel = GrpcChannel.ForAddress(service.Grpc);
        var answer = await new Contracts.Projects.Grpc.V1.Warranty.WarrantyClient(channel).AskAsync(
            new WarrantyQuestion
            {
                ProjectId = project.ToString(),
                PartCode = "roof",
                On = "2028-06-01",
            },
            new Metadata
            {
                { "Authorization", "Bearer " + Fixture.Issuer.Token("svc-repairs", "Repairs service", [Roles.System]) },
            }
        );
        (answer.Covered, answer.Until, answer.Basis).ShouldBe((true, "2029-01-31", "prescribed"));
        var other = (await engineering.GetAsync($"/v1/projects/{project}/warranty?part=electrical&on=2025-06-01")).Ok();
        other.Body!["commitmentRefused"].ShouldBeNull();
    }

    [Fact, Trait("Rule", "P3.2.2")]
    public void Who_begins_later_does_not_manage_yet_and_who_left_no_longer()
    {
        var person = Person
            .Register(Sample.By(Roles.Engineering), new("馮經理", "項目經理", null, null, null, null), [], null)
            .Required();
        var project = Guid.CreateVersion7();
        person.Assign(Sample.By(Roles.Engineering), project, "項目", new(2026, 5, 1));
        person.Manages(project, new(2026, 4, 30)).ShouldBeFalse();
        person.Manages(project, new(2026, 5, 1)).ShouldBeTrue();
        person.Transfer(Sample.By(Roles.Engineering), new(null, "總部", new(2026, 6, 1), null, "r")).ShouldBeNull();
        person.Manages(project, new(2026, 5, 31)).ShouldBeTrue();
        person.Manages(project, new(2026, 6, 1)).ShouldBeFalse();
    }

    [Fact, Trait("Rule", "P3.2.2")]
    public async Task Given_managers_who_come_and_go_When_a_leader_is_asked_for_Then_whoever_is_on_the_live_project_that_day_is_the_neighbour()
    {
        // A corner of the world that no other test builds in.
        var site = await Site.NewAsync(Fixture.Service);
        var engineering = Fixture.Engineering;
        async Task<Guid> Person(string name) =>
            (await engineering.PostAsync("/v1/people", new { name, roleTitle = "項目經理" })).Ok().Id;
        var (original, builder, successor) = (await Person("衛經理"), await Person("蔣經理"), await Person("沈經理"));
        var project = await site.HandedOverAsync("2024-01-31", request: site.Request(29.65, 91.1, manager: original));
        var live = await site.RegisterAsync(site.Request(29.66, 91.1, manager: builder));
        var other = await site.RegisterAsync(site.Request(27.0, 88.0, manager: successor));
        async Task<JsonNode> Propose(string on) =>
            (await engineering.GetAsync($"/v1/projects/{project}/repair-leader?on={on}")).Ok()["proposed"];
        (
            await engineering.ChangeAsync(
                $"/v1/people/{original}",
                "transfer",
                new
                {
                    place = "總部",
                    on = "2026-01-01",
                    reason = "調任",
                }
            )
        ).Ok();
        (await Propose("2026-02-01"))["personName"]!.ToString().ShouldBe("蔣經理");

        // He takes over the live project, which never named him.
        (
            await engineering.ChangeAsync(
                $"/v1/people/{builder}",
                "transfer",
                new
                {
                    place = "西南分公司",
                    on = "2026-03-01",
                    reason = "調任",
                }
            )
        ).Ok();
        (await Propose("2026-03-05"))["basis"]!.ToString().ShouldBe("special-dispatch");
        (
            await engineering.ChangeAsync(
                $"/v1/people/{successor}",
                "transfer",
                new
                {
                    toProjectId = live,
                    on = "2026-04-01",
                    reason = "接任",
                    leaves = new[] { other },
                }
            )
        ).Ok();
        (await Propose("2026-03-31"))["basis"]!.ToString().ShouldBe("special-dispatch", "he comes tomorrow");
        var nearest = await Propose("2026-04-01");
        (nearest["basis"]!.ToString(), nearest["personName"]!.ToString(), nearest["projectId"]!.ToString()).ShouldBe(
            ("nearest-project", "沈經理", live.ToString())
        );

        // He goes back to the project whose manager he was.
        (
            await engineering.ChangeAsync(
                $"/v1/people/{original}",
                "transfer",
                new
                {
                    toProjectId = project,
                    on = "2026-05-01",
                    reason = "調回",
                }
            )
        ).Ok();
        (await Propose("2026-04-30"))["basis"]!.ToString().ShouldBe("nearest-project");
        (await Propose("2026-05-01"))["basis"]!.ToString().ShouldBe("original-manager");
    }

    [Fact, Trait("Rule", "P3.2.2")]
    public async Task Given_a_new_manager_When_revised_Then_the_old_ones_assignment_ends_and_after_handover_the_original_stays()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var request = site.Request();
        var project = await site.RegisterAsync(request);
        var path = $"/v1/projects/{project}";
        var next = (await Fixture.Engineering.PostAsync("/v1/people", new { name = "韓經理", roleTitle = "項目經理" }))
            .Ok()
            .Id;

        request["managerId"] = next;
        request["managerSince"] = "2019-12-31";
        (await Fixture.Engineering.PostAsync(path + "/revise", request, "\"1\"")).Code.ShouldBe(
            "transfer-before-assignment",
            "the other one came on 2020-01-01"
        );
        request["managerSince"] = "2023-05-01";
        (await Fixture.Engineering.PostAsync(path + "/revise", request, "\"1\"")).Ok();

        async Task<JsonNode> Assignment(Guid person) =>
            (await Fixture.Engineering.GetAsync($"/v1/people/{person}"))
                .Ok()["assignments"]
                .AsArray()
                .Single(a => a!["projectId"]!.ToString() == project.ToString())!;
        (await Assignment(site.People[0]))["until"]!.ToString().ShouldBe("2023-05-01");
        (await Assignment(next))["from"]!.ToString().ShouldBe("2023-05-01");
        (await Assignment(next))["until"].ShouldBeNull();

        (await Fixture.Engineering.ChangeAsync(path, "accept", new { on = "2024-01-31" })).Ok();
        (await Fixture.Engineering.ChangeAsync(path, "hand-over", new { on = "2024-01-31" })).Ok();
        request["managerId"] = site.People[0];
        request.Remove("managerSince");
        var refused = await Fixture.Engineering.PostAsync(
            path + "/revise",
            request,
            (await Fixture.Engineering.GetAsync(path)).ETag
        );
        (refused.Code, refused.Rule).ShouldBe(("original-manager-fixed", "P3.2.2"));
        request["managerId"] = next;
        request["name"] = "濱江花園一期（更名）";
        (
            await Fixture.Engineering.PostAsync(
                path + "/revise",
                request,
                (await Fixture.Engineering.GetAsync(path)).ETag
            )
        ).Ok();
    }

    private async Task<Guid> UploadAsync(string path)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(Png);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse("image/png");
        form.Add(file, "file", "a.png");
        var (answer, body) = await Fixture.SendAsync(Roles.Engineering, HttpMethod.Post, path, form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, Encoding.UTF8.GetString(body));
        return Guid.Parse(JsonNode.Parse(body)!["id"]!.ToString());
    }
}
