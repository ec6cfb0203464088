using CustomerService.Testing;

namespace CustomerService.Gateway.Tests;

/// <summary>The pages of the gateway and of sign-in, in a real browser.</summary>
public sealed class PageTests(SignInFixture fixture, ChromiumFixture chromium)
{
    [Theory]
    [InlineData("sign-in", "/account/login")]
    [InlineData("sign-in-failed", "/account/error?code=invalid_request")]
    [InlineData("signed-out", "/account/logout")]
    [InlineData("nothing-here", "/there/is/no/such/page")]
    [InlineData("sign-in-needed", "/api/projects/v1/projects")]
    public async Task Given_a_page_When_opened_in_each_language_and_width_Then_it_fits_and_is_in_that_language(
        string name,
        string path
    )
    {
        var system = await fixture.StartAsync();

        await chromium.LookInEachLanguageAsync(
            name,
            language => new Uri(system.Address, path + (path.Contains('?') ? "&" : "?") + "ui_locales=" + language)
        );
    }
}
