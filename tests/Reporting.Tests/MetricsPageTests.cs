using CustomerService.Testing;

namespace CustomerService.Reporting.Tests;

/// <summary>The page about all figures, in a real browser.</summary>
public sealed class MetricsPageTests(ReportingFixture fixture, ChromiumFixture chromium)
    : OnServers<ReportingFixture>(fixture)
{
    [Fact]
    public async Task Given_the_page_of_figures_When_opened_in_each_language_and_width_Then_it_fits_and_is_in_that_language() =>
        await chromium.LookInEachLanguageAsync(
            "metrics",
            language => new Uri(Fixture.Service.Http, $"/docs/metrics?language={language}")
        );
}
