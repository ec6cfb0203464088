using System.Globalization;
using System.Net;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Analysis;
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

    [Theory]
    [InlineData("/v1/satisfaction", "from=")]
    [InlineData("/v1/suggestions/trend", "from=")]
    [InlineData("/v1/suggestions/trend", "to=yesterday")]
    [InlineData("/v1/service-quality", "to=2026-02-30")]
    public async Task Given_a_day_that_is_none_When_it_is_asked_for_Then_it_is_refused(string path, string query)
    {
        var refused = await Fixture.As(Someone.InQuality()).GetAsync($"{path}?{query}");

        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.BadRequest, "bad-filter"));
    }

    [Theory]
    [InlineData("0001-01-01", "0001-01-01")]
    [InlineData("0001-12-31", "0001-01-01")]
    [InlineData("2026-11-29", "2025-11-30")]
    public void Given_a_last_day_alone_When_twelve_months_are_asked_for_Then_they_stay_in_the_calendar(
        string to,
        string from
    )
    {
        Day.TryParse(to, null, out var last);

        SurveyPeriod.OfTwelveMonths(null, last, new(2026, 11, 29), "C5.8.1").Failed(out _, out var period);

        period!.From.ShouldBe(DateOnly.Parse(from, CultureInfo.InvariantCulture));
    }
}
