using System.Net;
using CustomerService.Contracts.Identity.V1;
using CustomerService.Projects.Projects;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.Projects.Tests;

/// <summary>Faults that are counted over projects (P2.2.3), opinions that are recorded, and what is the same by another
/// spelling (S4).</summary>
public sealed class RecurrenceTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    private static readonly object Fault = new
    {
        part = "equipment-installation",
        location = "地下室水泵房",
        description = "水泵基礎沉降",
        severity = "major",
        repairWanted = false,
        capaWanted = false,
        explanation = "基礎未壓實",
        proposedSolution = "重做基礎",
    };

    [Fact, Trait("Rule", "P2.2.3")]
    public async Task Given_the_same_part_and_cause_in_three_projects_When_quality_assesses_the_third_Then_a_capa_must_open()
    {
        var first = await AssessedAsync("settlement");
        (await AssessedAsync("settlement"))["findings"][0]!["capaGround"].ShouldBeNull();

        var third = await AssessedAsync("settlement");

        third["findings"][0]!["capaGround"]!.ToString().ShouldBe("recurs-in-projects");
        var path = $"/v1/revisits/{third.Id}";
        var finding = Guid.Parse(third["findings"][0]!["id"]!.ToString());
        (await Fixture.EngineeringHead.ChangeAsync(path, "set-disposition", new { text = "返修" })).Ok();
        (await Fixture.Engineering.ChangeAsync(path, "follow-up", Site.Texts(finding))).Ok();
        (
            await Fixture.Engineering.ChangeAsync(
                path,
                "record-opinion",
                new
                {
                    givenBy = "王經理",
                    method = "phone",
                    on = "2024-05-06",
                    whyUnsigned = "業主出差",
                }
            )
        ).Ok()["opinionRecord"]["takenDownBy"]!.ToString().ShouldBe("陳工");
        (await Fixture.Engineering.ChangeAsync(path, "close")).Code.ShouldBe("capa-missing");
        (await Fixture.QcHead.ChangeAsync(path, "follow-up", new { findingId = finding, capaWanted = true })).Ok();
        (await Fixture.Engineering.ChangeAsync(path, "close")).Ok();

        // What quality takes back of the first no longer counts.
        (await AssessAsync(first.Id, Guid.Parse(first["findings"][0]!["id"]!.ToString()), "design")).Ok();
        var fourth = await AssessedAsync("settlement");
        fourth["findings"][0]!["capaGround"]!.ToString().ShouldBe("recurs-in-projects", "second, third and this one");
        (await AssessedAsync("design"))["findings"][0]!["capaGround"].ShouldBeNull("the first and this one are two");
    }

    [Fact, Trait("Rule", "S4")]
    public async Task Given_an_organisation_of_the_same_name_When_another_is_entered_Then_the_candidates_are_shown()
    {
        var name = $"恆達電子 {Guid.CreateVersion7():N}"[..20].ToUpperInvariant();
        object Body(string called, bool confirmed = false) =>
            new
            {
                name = called,
                kind = "customer",
                isNew = confirmed,
                newReason = confirmed ? "另一客戶" : null,
            };
        var known = (await Fixture.Sales.PostAsync("/v1/organisations", Body(name))).Ok();

        var same = await Fixture.Sales.PostAsync("/v1/organisations", Body("\u200B" + name.ToLowerInvariant()));

        (same.Status, same.Code).ShouldBe((HttpStatusCode.Conflict, "similar-exists"));
        same["candidates"].AsArray().Select(c => c!["id"]!.ToString()).ShouldBe([known.Id.ToString()]);
        (await Fixture.Sales.PostAsync("/v1/organisations", Body(name, confirmed: true))).Ok();
    }

    [Theory, Trait("Rule", "P3.3")]
    [InlineData("{0}\u200B")]
    [InlineData("\uFEFF{0}")]
    [InlineData("lower")]
    public async Task Given_a_contract_number_When_another_spells_it_otherwise_Then_it_is_the_same(string spelling)
    {
        var site = await Site.NewAsync(Fixture.Service);
        var request = site.Request();
        await site.RegisterAsync(request);
        var number = request["contractNumber"]!.ToString();
        request["contractNumber"] =
            spelling == "lower" ? number.ToLowerInvariant() : spelling.Replace("{0}", number, StringComparison.Ordinal);

        var twice = await Fixture.Engineering.PostAsync("/v1/projects", request);

        (twice.Status, twice.Code).ShouldBe((HttpStatusCode.Conflict, "already-exists"));
    }

    [Theory]
    [InlineData(PostgresErrorCodes.DeadlockDetected, true, false)]
    [InlineData(PostgresErrorCodes.UniqueViolation, true, false)]
    [InlineData(PostgresErrorCodes.AdminShutdown, false, true)]
    public void Given_a_failure_of_the_store_however_deep_When_a_plan_is_saved_Then_a_conflict_is_told_from_an_absence(
        string state,
        bool conflict,
        bool away
    )
    {
        var failed = new InvalidOperationException(
            "retries exceeded",
            new DbUpdateException("not saved", new PostgresException("x", "ERROR", "ERROR", state))
        );

        PlanGeneration.IsConflict(failed).ShouldBe(conflict);
        (Unavailability.Is(failed) && !PlanGeneration.IsConflict(failed)).ShouldBe(away);
    }

    [Theory, Trait("Rule", "P2.1.1")]
    [InlineData(false, Roles.Production)]
    [InlineData(true, Roles.Customer)]
    public async Task Given_a_feed_When_the_account_of_its_maker_ends_or_is_no_staff_any_more_Then_its_address_is_dead(
        bool active,
        string role
    )
    {
        var maker = Guid.CreateVersion7();
        var client = Fixture.Service.As(maker.ToString(), [Roles.Production], "production");
        var feed = (await client.PostAsync("/v1/calendar-feeds", new { department = "production" })).Ok();
        var address = feed.Text("path").Replace("/api/projects", "", StringComparison.Ordinal);
        using var reader = new HttpClient { BaseAddress = Fixture.Service.Http };
        (await reader.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.OK);
        UserChanged Changed(long version, string held, bool isActive) =>
            new(maker, version, "林生產", [held], [], "production", null, isActive, null);

        await Fixture.PublishAsync(Changed(2, Roles.Production, isActive: true));
        (await reader.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Fixture.PublishAsync(Changed(3, role, active));

        await Eventually.Holds(async () =>
            (await reader.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.NotFound)
        );
        (await reader.GetAsync("/v1/calendar-feeds/short.ics")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<ApiAnswer> AssessedAsync(string cause)
    {
        var site = await Site.NewAsync(Fixture.Service);
        var revisit = await site.HeldAsync(await site.HandedOverAsync("2024-01-31"), "2024-04-30", Fault);
        var finding = (await Fixture.Engineering.GetAsync($"/v1/revisits/{revisit}")).Ok()["findings"][0]!["id"]!;
        return (await AssessAsync(revisit, Guid.Parse(finding.ToString()), cause)).Ok();
    }

    private Task<ApiAnswer> AssessAsync(Guid revisit, Guid finding, string causeCode) =>
        Fixture.QcHead.ChangeAsync(
            $"/v1/revisits/{revisit}",
            "assess-liability",
            new
            {
                findings = new[]
                {
                    new
                    {
                        findingId = finding,
                        liability = "contractor",
                        cause = "回填未壓實",
                        causeCode,
                        responsibleUnit = "土建工區",
                    },
                },
            }
        );
}
