using System.Net;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests;

/// <summary>Whatever is sent, it is the sender's 400 and never our 500.</summary>
public sealed class InputTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    [Fact]
    public async Task Given_an_identity_of_zeros_or_a_code_with_a_line_end_When_sent_Then_it_is_unknown_or_wrong()
    {
        var site = await Site.NewAsync(Fixture.Service);
        foreach (var seat in new[] { "managerId", "qualityHeadId" })
        {
            var request = site.Request();
            request[seat] = Guid.Empty;
            (await Fixture.Engineering.PostAsync("/v1/projects", request)).Code.ShouldBe("person-unknown", seat);
        }

        var city = site.Request();
        city["city"] = "shang\nhai";
        (await Fixture.Engineering.PostAsync("/v1/projects", city)).Code.ShouldBe(
            "validation",
            "it would have the default city's seasons"
        );

        var project = await site.HandedOverAsync("2024-01-31");
        var revisit = $"/v1/revisits/{(await site.PlanAsync(project))[0].Id}";
        (await Fixture.Production.ChangeAsync(revisit, "open")).Ok();
        (
            await Fixture.Engineering.ChangeAsync(
                revisit,
                "hold",
                new
                {
                    on = "2024-04-30",
                    form = "visit",
                    attendees = new[] { new { seat = "lead", personId = Guid.Empty } },
                }
            )
        ).Code.ShouldBe("person-unknown");
        (
            await Fixture.Engineering.ChangeAsync(
                $"/v1/people/{site.People[0]}",
                "transfer",
                new
                {
                    place = "總部",
                    on = "2026-01-01",
                    reason = "x",
                    leaves = new[] { Guid.Empty, Guid.CreateVersion7() },
                }
            )
        ).Code.ShouldBe("not-assigned-there");
    }

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("\\u001b")]
    [InlineData("\\u0085")]
    [InlineData("\\ud83d")]
    [InlineData("\\udca9")]
    public async Task Given_characters_that_cannot_be_kept_When_sent_in_any_text_Then_they_are_refused(string escaped)
    {
        var site = await Site.NewAsync(Fixture.Service);
        foreach (var member in new[] { "contractNumber", "name", "siteAddress", "structureType", "qualityGrade" })
        {
            var request = site.Request();
            request[member] = "前#後";
            await ShouldBeRefusedAsync(
                "/v1/projects",
                request
                    .ToJsonString()
                    .Replace("#", escaped, StringComparison.Ordinal)
                    .Replace("前", "a", StringComparison.Ordinal),
                member
            );
        }

        var nested = site.Request();
        nested["packages"]![0]!["scope"] = "#";
        nested["packages"]![0]!["parts"]![0] = "#";
        await ShouldBeRefusedAsync(
            "/v1/projects",
            nested.ToJsonString().Replace("#", escaped, StringComparison.Ordinal),
            "packages[0].scope",
            "packages[0].parts[0]"
        );
        await ShouldBeRefusedAsync("/v1/people", $$"""{"name":"{{escaped}}","roleTitle":"x"}""", "name");
        await ShouldBeRefusedAsync("/v1/calendar-feeds", $$"""{"department":"{{escaped}}"}""", "department");

        async Task ShouldBeRefusedAsync(string path, string body, params string[] members)
        {
            var refused = await Fixture.Engineering.PostAsync(path, body);
            refused.Status.ShouldBe(HttpStatusCode.BadRequest, body);
            if (!escaped.StartsWith("\\ud", StringComparison.Ordinal))
            {
                refused.Code.ShouldBe("validation");
                refused["errors"]
                    .AsObject()
                    .Select(e => (e.Key, e.Value![0]!["code"]!.ToString()))
                    .ShouldBe(members.Select(m => (m, "characters")), ignoreOrder: true);
            }
            else
            {
                refused.Code.ShouldBe("malformed", "the JSON reader does not take it at all");
            }
        }
    }

    [Theory]
    [InlineData("/v1/projects?search=%00")]
    [InlineData("/v1/projects?search=a%00b&city=x")]
    [InlineData("/v1/projects?city=%00")]
    [InlineData("/v1/people?search=%00")]
    [InlineData("/v1/organisations?search=%00")]
    [InlineData("/v1/revisits?search=%00")]
    [InlineData("/v1/revisits?city=%00")]
    public async Task Given_a_NUL_in_a_question_When_asked_Then_it_is_malformed(string path)
    {
        var answer = await Fixture.Engineering.GetAsync(path);
        (answer.Status, answer.Code).ShouldBe((HttpStatusCode.BadRequest, "malformed"));
        answer.Text("detail").ShouldContain("control characters");
    }

    [Theory]
    [InlineData("/v1/projects?search=%ED%A0%BD")]
    [InlineData("/v1/projects?search=%FF%FE")]
    [InlineData("/v1/projects?search=a%E6%B5&city=x")]
    [InlineData("/v1/projects?city=%c0%80")]
    [InlineData("/v1/people?search=%80")]
    public async Task Given_bytes_that_are_no_text_in_a_question_When_asked_Then_it_is_malformed(string path)
    {
        var answer = await Fixture.Engineering.GetAsync(path);
        (answer.Status, answer.Code).ShouldBe((HttpStatusCode.BadRequest, "malformed"));
    }

    [Theory]
    [InlineData("/v1/projects?search=%25")]
    [InlineData("/v1/projects?search=%25FFzzz")]
    [InlineData("/v1/projects?search=%E6%B5%B7%F0%A0%AE%B7zzz")]
    public async Task Given_a_text_that_nothing_holds_in_a_question_When_asked_Then_nothing_is_found(string path) =>
        (await Fixture.Engineering.GetAsync(path)).Ok()["items"].AsArray().ShouldBeEmpty();

    [Theory]
    [InlineData("/v1/warranty/expiring?on=9999-12-31")]
    [InlineData("/v1/warranty/expiring?on=9999-01-01&within=366")]
    [InlineData("/v1/warranty/expiring?limit=0")]
    public async Task Given_a_day_from_which_nothing_can_be_counted_When_asked_Then_the_filter_is_refused(string path)
    {
        var answer = await Fixture.Engineering.GetAsync(path);
        (answer.Status, answer.Code).ShouldBe((HttpStatusCode.BadRequest, "bad-filter"));
    }

    [Theory]
    [InlineData("/v1/warranty/expiring?on=0001-01-01")]
    [InlineData("/v1/revisits?dueFrom=0001-01-01&dueTo=9999-12-31&limit=1")]
    [InlineData("/v1/projects?acceptedFrom=0001-01-01&acceptedTo=9999-12-31&limit=1")]
    public async Task Given_the_first_and_the_last_of_all_days_When_asked_for_Then_there_is_an_answer(string path) =>
        (await Fixture.Engineering.GetAsync(path)).Ok();

    [Fact]
    public async Task Given_null_in_a_list_When_sent_Then_it_is_named_and_refused()
    {
        var site = await Site.NewAsync(Fixture.Service);
        foreach (var list in new[] { "packages", "commitments" })
        {
            var request = site.Request();
            request[list] = new JsonArray((JsonNode?)null);
            Refused(await Fixture.Engineering.PostAsync("/v1/projects", request), $"{list}[0]");
        }

        var parts = site.Request();
        parts["packages"]![0]!["parts"] = new JsonArray("roof", null);
        Refused(await Fixture.Engineering.PostAsync("/v1/projects", parts), "packages[0].parts[1]");
        Refused(
            await Fixture.Sales.PostAsync("/v1/organisations", """{"name":"甲","kind":"owner","contacts":[null]}"""),
            "contacts[0]"
        );

        var project = await site.HandedOverAsync("2024-01-31");
        Refused(
            await Fixture.Engineering.ChangeAsync(
                $"/v1/projects/{project}",
                "clear-site",
                new
                {
                    on = "2024-02-01",
                    landReturned = true,
                    retained = new object?[] { null },
                }
            ),
            "retained[0]"
        );
        Refused(
            await Fixture
                .As(Roles.SalesManager)
                .ChangeAsync(
                    $"/v1/projects/{project}",
                    "change-commitments",
                    new { commitments = new object?[] { null }, reason = "x" }
                ),
            "commitments[0]"
        );
        var revisit = $"/v1/revisits/{(await site.PlanAsync(project))[0].Id}";
        (await Fixture.Production.ChangeAsync(revisit, "open", new { on = "2024-04-30" })).Ok();
        Refused(
            await Fixture.Engineering.ChangeAsync(
                revisit,
                "hold",
                new
                {
                    on = "2024-04-30",
                    form = "visit",
                    attendees = new object?[] { null },
                    findings = new object?[] { null },
                }
            ),
            "attendees[0]",
            "findings[0]"
        );
        Refused(
            await Fixture.QcHead.ChangeAsync(revisit, "assess-liability", new { findings = new object?[] { null } }),
            "findings[0]"
        );

        void Refused(ApiAnswer answer, params string[] members)
        {
            (answer.Status, answer.Code).ShouldBe(
                (HttpStatusCode.BadRequest, "validation"),
                answer.Body?.ToJsonString()
            );
            answer["errors"]
                .AsObject()
                .Select(e => (e.Key, e.Value![0]!["code"]!.ToString()))
                .ShouldBe(members.Select(m => (m, "not-null")), ignoreOrder: true);
        }
    }
}
