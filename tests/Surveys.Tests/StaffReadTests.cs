using System.Net;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests;

/// <summary>Figures and catalogues are for people of the company (C5.8, T1 to T3).</summary>
public sealed class StaffReadTests(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    [Theory]
    [InlineData("/v1/satisfaction")]
    [InlineData("/v1/satisfaction/items")]
    [InlineData("/v1/suggestions/trend")]
    [InlineData("/v1/service-catalogue")]
    [InlineData("/v1/service-quality")]
    public async Task Given_somebody_outside_When_they_read_Then_it_is_refused_and_staff_are_answered(string path)
    {
        foreach (
            var outsider in new[]
            {
                Someone.AtCustomer(Guid.CreateVersion7()),
                Someone.InRepairUnit(Guid.CreateVersion7()),
                Someone.Operator(),
                Someone.WithoutRole(),
            }
        )
        {
            var refused = await Fixture.As(outsider).GetAsync(path);
            (refused.Status, refused.Code).ShouldBe((HttpStatusCode.Forbidden, "role-missing"));
        }

        (await Fixture.As(Someone.InQuality()).GetAsync(path)).Ok();
    }

    [Theory]
    [InlineData("/v1/satisfaction")]
    [InlineData("/v1/satisfaction/items")]
    [InlineData("/v1/suggestions/trend")]
    [InlineData("/v1/service-quality")]
    public async Task Given_a_period_that_ends_before_it_begins_When_it_is_read_Then_it_is_refused(string path)
    {
        var refused = await Fixture.As(Someone.InQuality()).GetAsync(path + "?from=2026-03-02&to=2026-03-01");

        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.BadRequest, "bad-period"));
    }
}
