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

    [Fact]
    public async Task Given_a_person_When_signing_in_on_the_page_Then_a_wrong_password_and_the_end_fit_a_phone()
    {
        var system = await fixture.StartAsync();
        var user = await system.CreateUserAsync([Rules.Roles.Sales]);
        var page = await chromium.NewPageAsync();
        await page.GoToAsync(new Uri(system.Address, "/account/login").ToString());

        await EnterAsync("wrong");
        await ChromiumFixture.LookAsync(page, "sign-in-wrong");
        (await page.QuerySelectorAsync("#error")).ShouldNotBeNull();
        await EnterAsync(user.Password);
        await ChromiumFixture.LookAsync(page, "signed-in");
        (await page.QuerySelectorAsync("a[href='/account/logout']")).ShouldNotBeNull();
        await page.GoToAsync(new Uri(system.Address, "/account/logout").ToString());
        await ChromiumFixture.LookAsync(page, "sign-out");

        async Task EnterAsync(string password)
        {
            await page.EvaluateExpressionAsync(
                "document.querySelectorAll('#userName, #password').forEach(i => i.value = '')"
            );
            await page.TypeAsync("#userName", user.UserName);
            await page.TypeAsync("#password", password);
            await Task.WhenAll(page.WaitForNavigationAsync(), page.ClickAsync("form button"));
        }
    }
}
