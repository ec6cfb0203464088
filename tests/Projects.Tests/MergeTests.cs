using System.Net;
using CustomerService.Projects.Data;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Projects.Tests;

/// <summary>Duplicates of the registry through the API, on the real store (S4).</summary>
public sealed class MergeTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    [Fact, Trait("Rule", "S4")]
    public async Task Given_an_owner_When_one_like_it_is_entered_Then_it_is_shown_with_the_reasons()
    {
        var mark = Mark();
        var tax = "9131" + mark;
        var known = (
            await Fixture.Sales.PostAsync(
                "/v1/organisations",
                Owner($"{mark}濱江置業有限公司", $"021-{Digits()}", tax, $"上海市{mark}路 8 號")
            )
        ).Ok();
        var phone = known["contacts"][0]!["phone"]!.ToString();

        async Task<string> ReasonsAsync(string query)
        {
            var found = (await Fixture.Sales.GetAsync($"/v1/organisations/similar?{query}")).Ok();
            var one = found["candidates"].AsArray().SingleOrDefault(c => c!["id"]!.ToString() == known.Id.ToString());
            return one is null ? "" : string.Join(',', one["reasons"]!.AsArray().Select(r => r!.ToString()));
        }

        (await ReasonsAsync($"name={mark.ToUpperInvariant()}滨江置业股份有限公司")).ShouldBe("name");
        (await ReasonsAsync($"name={mark}滨江")).ShouldBe("name");
        (await ReasonsAsync($"phone=%2B86{phone.Replace("021-", "21", StringComparison.Ordinal)}")).ShouldBe("phone");
        (await ReasonsAsync($"taxNumber={tax}&name=甲乙丙")).ShouldBe("tax-number");
        (await ReasonsAsync($"address=上海市{mark}路８号")).ShouldBe("address");
        (await ReasonsAsync("name=另一個名字")).ShouldBe("");
        (await Fixture.QcHead.GetAsync("/v1/organisations/similar?name=x")).Code.ShouldBe("role-missing");
        (await Customer(known.Id).GetAsync("/v1/organisations/similar?name=x")).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }

    [Fact, Trait("Rule", "S4")]
    public async Task Given_the_same_tax_number_or_name_and_telephone_When_entered_Then_409_until_a_reason_is_given()
    {
        var (mark, tax) = (Mark(), "9131" + Mark());
        var phone = "021-" + Digits();
        var known = (await Fixture.Sales.PostAsync("/v1/organisations", Owner($"{mark}甲", phone, tax))).Ok();

        var byTax = await Fixture.Sales.PostAsync("/v1/organisations", Owner($"{mark}乙", "010-1111 2222", tax));
        var byPhone = await Fixture.Sales.PostAsync("/v1/organisations", Owner($"{mark}甲有限公司", phone));
        var noReason = await Fixture.Sales.PostAsync("/v1/organisations", Owner($"{mark}乙", phone, tax, isNew: true));

        foreach (var refused in new[] { byTax, byPhone })
        {
            (refused.Status, refused.Code, refused.Rule).ShouldBe((HttpStatusCode.Conflict, "similar-exists", "S4"));
            refused["candidates"][0]!["id"]!.ToString().ShouldBe(known.Id.ToString());
        }

        byTax["candidates"][0]!["reasons"]!.AsArray().Select(r => r!.ToString()).ShouldBe(["tax-number"]);
        (noReason.Status, noReason.Code).ShouldBe((HttpStatusCode.BadRequest, "validation"));
        (
            await Fixture.Sales.PostAsync(
                "/v1/organisations",
                Owner($"{mark}乙", phone, tax, isNew: true, because: "分公司")
            )
        ).Ok();
    }

    [Fact, Trait("Rule", "S4")]
    public async Task Given_a_person_When_the_same_is_entered_Then_shown_and_409_until_a_reason_is_given()
    {
        var name = "李" + Mark();
        object Body(bool isNew = false) =>
            new
            {
                name,
                roleTitle = "項目經理",
                phone = "139-0000 1111",
                isNew,
                newReason = isNew ? "同名" : null,
            };
        var known = (await Fixture.Engineering.PostAsync("/v1/people", Body())).Ok();

        var refused = await Fixture.Engineering.PostAsync("/v1/people", Body());

        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.Conflict, "similar-exists"));
        refused["candidates"][0]!["id"]!.ToString().ShouldBe(known.Id.ToString());
        (await Fixture.Engineering.GetAsync($"/v1/people/similar?name={name}&phone=13900001111")).Ok()["candidates"][
            0
        ]!["reasons"]!
            .AsArray()
            .Select(r => r!.ToString())
            .ShouldBe(["name", "phone"]);
        (await Fixture.Sales.GetAsync("/v1/people/similar?name=x")).Code.ShouldBe("role-missing");
        (await Fixture.Engineering.PostAsync("/v1/people", Body(isNew: true))).Ok();
    }

    [Fact, Trait("Rule", "S4")]
    public async Task Given_an_owner_with_a_project_When_merged_Then_everything_points_to_the_survivor_and_goes_back()
    {
        var (first, second) = (await Site.NewAsync(Fixture.Service), await Site.NewAsync(Fixture.Service));
        var name = "保留" + Mark();
        var into = (await Fixture.Sales.PostAsync("/v1/organisations", Owner(name, "021-" + Digits()))).Ok();
        var project = await first.HandedOverAsync("2024-01-31");
        var revisit = (await first.PlanAsync(project))[0].Id;
        var other = await second.RegisterAsync();

        var merged = (
            await Fixture.Sales.ChangeAsync(
                $"/v1/organisations/{first.Owner}",
                "merge",
                new { into = into.Id, reason = "二次登記" }
            )
        ).Ok();

        (merged.Text("mergedInto"), merged.Text("state")).ShouldBe((into.Id.ToString(), "merged"));
        merged["merge"]["reason"]!.ToString().ShouldBe("二次登記");
        merged["contacts"].AsArray().Count.ShouldBe(1, "it keeps its contacts");
        var moved = (await Fixture.Engineering.GetAsync($"/v1/projects/{project}")).Ok();
        (moved.Text("ownerId"), moved.Text("ownerName")).ShouldBe((into.Id.ToString(), name));
        (await Fixture.Engineering.GetAsync($"/v1/revisits/{revisit}"))
            .Ok()
            .Text("ownerId")
            .ShouldBe(into.Id.ToString());
        (await Fixture.Engineering.GetAsync($"/v1/projects/{other}"))
            .Ok()
            .Text("ownerId")
            .ShouldBe(second.Owner.ToString());
        var told = await Fixture.ToldAsync(
            "projects.organisation.merged.v1",
            e => e["fromId"]!.ToString() == first.Owner.ToString()
        );
        told.Body["intoId"]!.ToString().ShouldBe(into.Id.ToString());
        await Fixture.ToldAsync(
            "projects.project.revised.v1",
            e => e["projectId"]!.ToString() == project.ToString() && e["ownerId"]!.ToString() == into.Id.ToString()
        );

        // Its account sees the records of the survivor; lists find both and point.
        (await Customer(first.Owner).GetAsync($"/v1/projects/{project}")).Ok();
        (await Customer(into.Id).GetAsync($"/v1/projects/{project}")).Ok();
        (await Fixture.Engineering.GetAsync($"/v1/projects?ownerId={first.Owner}"))
            .Ok()["items"]
            .AsArray()
            .ShouldContain(p => p!["id"]!.ToString() == project.ToString(), "found under both");
        (await Fixture.Sales.GetAsync($"/v1/organisations/{first.Owner}"))
            .Ok()
            .Text("name")
            .ShouldBe("濱江置業有限公司");

        // A new record under the old identity is the survivor's.
        var late = await first.RegisterAsync();
        (await Fixture.Engineering.GetAsync($"/v1/projects/{late}")).Ok().Text("ownerId").ShouldBe(into.Id.ToString());

        (await Fixture.Sales.ChangeAsync($"/v1/organisations/{first.Owner}", "unmerge", new { reason = "誤併" }))
            .Ok()
            .Text("state")
            .ShouldBe("registered");

        var back = (await Fixture.Engineering.GetAsync($"/v1/projects/{project}")).Ok();
        (back.Text("ownerId"), back.Text("ownerName")).ShouldBe((first.Owner.ToString(), "濱江置業有限公司"));
        (await Fixture.Engineering.GetAsync($"/v1/revisits/{revisit}"))
            .Ok()
            .Text("ownerId")
            .ShouldBe(first.Owner.ToString());
        (await Fixture.Engineering.GetAsync($"/v1/projects/{late}"))
            .Ok()
            .Text("ownerId")
            .ShouldBe(into.Id.ToString(), "what came after the merge stays");
        (await Customer(first.Owner).GetAsync($"/v1/projects/{late}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact, Trait("Rule", "S3")]
    public async Task Given_a_subcontractor_When_it_gets_another_name_Then_the_packages_of_its_projects_follow()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.RegisterAsync();
        var name = "防水" + Mark();

        (
            await Fixture.Engineering.ChangeAsync(
                $"/v1/organisations/{site.Subcontractor}",
                "revise",
                new { name, kind = "subcontractor" }
            )
        ).Ok();

        (await Fixture.Engineering.GetAsync($"/v1/projects/{project}")).Ok()["packages"][0]!["subcontractorName"]!
            .ToString()
            .ShouldBe(name);
    }

    [Fact, Trait("Rule", "S4")]
    public async Task Given_a_subcontractor_and_a_manager_When_merged_Then_packages_and_teams_follow_and_go_back()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.RegisterAsync();
        var (unit, person) = ("防水" + Mark(), "李" + Mark());
        var intoUnit = (
            await Fixture.Engineering.PostAsync("/v1/organisations", new { name = unit, kind = "subcontractor" })
        ).Ok();
        var intoPerson = (
            await Fixture.Engineering.PostAsync("/v1/people", new { name = person, roleTitle = "項目經理" })
        ).Ok();
        var (units, people) = ($"/v1/organisations/{site.Subcontractor}", $"/v1/people/{site.People[0]}");

        (await Fixture.EngineeringHead.ChangeAsync(units, "merge", new { into = intoUnit.Id, reason = "r" })).Ok();
        (await Fixture.Engineering.ChangeAsync(people, "merge", new { into = intoPerson.Id, reason = "r" })).Ok();

        var moved = (await Fixture.Engineering.GetAsync($"/v1/projects/{project}")).Ok();
        moved["packages"][0]!["subcontractorName"]!.ToString().ShouldBe(unit);
        moved["team"]["manager"]!["name"]!.ToString().ShouldBe(person);
        (await Fixture.Engineering.GetAsync($"/v1/people/{intoPerson.Id}"))
            .Ok()["assignments"]
            .AsArray()
            .ShouldContain(a => a!["projectId"]!.ToString() == project.ToString());
        await Fixture.ToldAsync("projects.person.merged.v1", e => e["fromId"]!.ToString() == site.People[0].ToString());

        (await Fixture.EngineeringHead.ChangeAsync(units, "unmerge", new { reason = "r" })).Ok();
        (await Fixture.Engineering.ChangeAsync(people, "unmerge", new { reason = "r" })).Ok();

        var back = (await Fixture.Engineering.GetAsync($"/v1/projects/{project}")).Ok();
        back["packages"][0]!["subcontractorId"]!.ToString().ShouldBe(site.Subcontractor.ToString());
        back["team"]["manager"]!["id"]!.ToString().ShouldBe(site.People[0].ToString());
        (await Fixture.Engineering.GetAsync($"/v1/people/{intoPerson.Id}"))
            .Ok()["assignments"]
            .AsArray()
            .ShouldBeEmpty();
    }

    [Fact, Trait("Rule", "S4")]
    public async Task Given_merges_in_a_row_When_one_is_undone_Then_only_what_it_moved_goes_back()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.RegisterAsync();
        async Task<Guid> NewAsync() =>
            (await Fixture.Sales.PostAsync("/v1/organisations", Owner(Mark(), "021-" + Digits()))).Ok().Id;
        var (b, c) = (await NewAsync(), await NewAsync());
        async Task<ApiAnswer> MergeAsync(Guid from, Guid into) =>
            await Fixture.Sales.ChangeAsync($"/v1/organisations/{from}", "merge", new { into, reason = "r" });
        async Task UnmergeAsync(Guid from) =>
            (await Fixture.Sales.ChangeAsync($"/v1/organisations/{from}", "unmerge", new { reason = "r" })).Ok();
        async Task<string> OwnerAsync() =>
            (await Fixture.Engineering.GetAsync($"/v1/projects/{project}")).Ok().Text("ownerId")!;

        (await MergeAsync(site.Owner, b)).Ok();
        (await MergeAsync(b, site.Owner)).Code.ShouldBe("merge-in-a-circle");
        (await MergeAsync(site.Owner, c)).Code.ShouldBe("already-merged");
        (await MergeAsync(c, site.Owner)).Code.ShouldBe("survivor-merged");
        (await MergeAsync(c, c)).Code.ShouldBe("merge-into-itself");
        (await MergeAsync(c, Guid.CreateVersion7())).Code.ShouldBe("survivor-unknown");
        (await MergeAsync(c, site.Subcontractor)).Code.ShouldBe("merge-kind-differs");
        (await MergeAsync(b, c)).Ok();
        (await OwnerAsync()).ShouldBe(c.ToString());

        await UnmergeAsync(site.Owner);
        (await OwnerAsync()).ShouldBe(site.Owner.ToString());
        await UnmergeAsync(b);
        (await OwnerAsync()).ShouldBe(site.Owner.ToString(), "it is no longer b's");

        using var scope = Fixture.Service.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ProjectsDb>();
        (
            await db.Set<Registry.MovedReference>().AnyAsync(m => m.MergedId == b || m.MergedId == site.Owner)
        ).ShouldBeFalse();
    }

    [Fact, Trait("Rule", "S4")]
    public async Task Given_two_merges_at_once_into_each_other_When_saved_Then_only_one_holds()
    {
        async Task<ApiAnswer> NewAsync() =>
            (await Fixture.Sales.PostAsync("/v1/organisations", Owner(Mark(), "021-" + Digits()))).Ok();
        var (a, b) = (await NewAsync(), await NewAsync());

        var answers = await Task.WhenAll(
            Fixture.Sales.PostAsync($"/v1/organisations/{a.Id}/merge", new { into = b.Id, reason = "r" }, a.ETag),
            Fixture.Sales.PostAsync($"/v1/organisations/{b.Id}/merge", new { into = a.Id, reason = "r" }, b.ETag)
        );

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
    }

    [Theory, Trait("Rule", "S4")]
    [InlineData("EXPLAIN SELECT 1 FROM organisations WHERE core_name LIKE 'abc%'", "ix_organisations_core_name")]
    [InlineData(
        "EXPLAIN SELECT 1 FROM organisations WHERE phone_keys && ARRAY['2155551234']",
        "ix_organisations_phone_keys"
    )]
    [InlineData("EXPLAIN SELECT 1 FROM organisations WHERE tax_key = '1'", "ix_organisations_tax_key")]
    [InlineData("EXPLAIN SELECT 1 FROM organisations WHERE address_key = '1'", "ix_organisations_address_key")]
    [InlineData("EXPLAIN SELECT 1 FROM organisations WHERE name_key = '1'", "ix_organisations_name_key")]
    public async Task Given_a_key_When_duplicates_are_looked_for_Then_by_its_index(string question, string index)
    {
        using var scope = Fixture.Service.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ProjectsDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlRawAsync("SET LOCAL enable_seqscan = off");

        var plan = await db.Database.SqlQueryRaw<string>(question).ToListAsync();

        string.Join('\n', plan).ShouldContain(index);
    }

    private static string Mark() => "m" + Guid.CreateVersion7().ToString("N")[^10..];

    private static string Digits() =>
        (5000_0000 + (Math.Abs(Guid.NewGuid().GetHashCode()) % 4000_0000)).ToString(
            System.Globalization.CultureInfo.InvariantCulture
        );

    private ApiClient Customer(Guid organisation) => Fixture.Service.As("客戶", [Roles.Customer], null, organisation);

    private static object Owner(
        string name,
        string phone,
        string? taxNumber = null,
        string? address = null,
        bool isNew = false,
        string? because = null
    ) =>
        new
        {
            name,
            kind = "owner",
            taxNumber,
            address,
            isNew,
            newReason = because,
            contacts = new[] { new { name = "王", phone } },
        };
}
