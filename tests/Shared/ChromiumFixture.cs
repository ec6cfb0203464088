using CustomerService.Testing;
using PuppeteerSharp;

[assembly: AssemblyFixture(typeof(ChromiumFixture))]

namespace CustomerService.Testing;

/// <summary>A real browser, Chromium or Chrome as the machine has it; tests say so and are skipped where there is
/// none.</summary>
public sealed class ChromiumFixture : IAsyncDisposable
{
    // A folder in which tests leave what they looked at.
    private static readonly string? Shots = Environment.GetEnvironmentVariable("CS_SCREENSHOTS");

    private static readonly int[] Widths = [390, 1440];

    private const string TooWide = """
        document.documentElement.scrollWidth <= innerWidth ? [] :
          [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.outerHTML.slice(0, 120)).concat('the page').slice(0, 5)
        """;

    private const string Unlabelled = """
        [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button')]
          .filter(e => e.checkVisibility() && !e.labels?.length && !e.ariaLabel && !e.getAttribute('aria-labelledby')
            && !(e.tagName === 'BUTTON' && e.textContent.trim()) && e.type !== 'submit')
          .map(e => e.outerHTML.slice(0, 120))
        """;

    private static readonly string? Program = new[]
    {
        Environment.GetEnvironmentVariable("CS_CHROMIUM"),
        "/usr/bin/chromium",
        "/usr/bin/google-chrome",
        "/usr/bin/chromium-browser",
    }.FirstOrDefault(File.Exists);

    private readonly SemaphoreSlim _turn = new(1);
    private IBrowser? _browser;

    /// <summary>A page with cookies and storage of its own, as wide as a phone or a screen.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="scripts">Whether scripts run.</param>
    /// <param name="language">What the reader prefers.</param>
    public async Task<IPage> NewPageAsync(int width = 390, bool scripts = true, string language = "zh-Hant")
    {
        Assert.SkipWhen(Program is null, "No Chromium: none of its usual places has it, and CS_CHROMIUM names none.");
        var context = await (await BrowserAsync()).CreateBrowserContextAsync();
        var page = await context.NewPageAsync();
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 844 });
        await page.SetJavaScriptEnabledAsync(scripts);
        await page.SetExtraHttpHeadersAsync(new() { ["Accept-Language"] = language });
        page.DefaultTimeout = 10_000;
        return page;
    }

    /// <summary>Looks at the page as wide as a phone and as a screen, and keeps what it shows where a folder is named for
    /// it: it is never wider than its screen, and all that is to be entered says what it is.</summary>
    public static async Task LookAsync(IPage page, string name)
    {
        var asItWas = page.Viewport;
        foreach (var width in Widths)
        {
            await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 844 });
            var wide = await page.EvaluateExpressionAsync<string[]>(TooWide);
            wide.ShouldBeEmpty($"{name} is wider than its screen of {width}");
            if (Shots is not null)
            {
                await page.ScreenshotAsync(Path.Combine(Shots, $"{name}-{width}.png"), new() { FullPage = true });
            }
        }

        await page.SetViewportAsync(asItWas);
        (await page.EvaluateExpressionAsync<string[]>(Unlabelled)).ShouldBeEmpty(
            $"{name} asks for what it does not name"
        );
        (
            await page.EvaluateExpressionAsync<string>("document.title + document.documentElement.lang")
        ).ShouldNotBeEmpty();
    }

    /// <summary>Opens a page in each language and looks at it: it says what language it is in, and no two say the
    /// same.</summary>
    public async Task LookInEachLanguageAsync(string name, Func<string, Uri> addressOf)
    {
        var said = new Dictionary<string, string>();
        foreach (var language in (string[])["zh-Hant", "zh-Hans", "en"])
        {
            var page = await NewPageAsync(language: language);
            await page.GoToAsync(addressOf(language).ToString());
            await LookAsync(page, $"{name}-{language}");
            (await page.EvaluateExpressionAsync<string>("document.documentElement.lang")).ShouldBe(language, name);
            var text = await page.EvaluateExpressionAsync<string>("document.body.innerText");
            said.Values.ShouldNotContain(text, $"{name} in {language} is what it is in another language");
            said[language] = text;
            await page.CloseAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _turn.Dispose();
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    private async Task<IBrowser> BrowserAsync()
    {
        await _turn.WaitAsync();
        try
        {
            return _browser ??= await Puppeteer.LaunchAsync(
                new LaunchOptions
                {
                    ExecutablePath = Program,
                    // Its own sandbox needs rights that a container seldom gives; it opens our pages alone.
                    Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
                }
            );
        }
        finally
        {
            _turn.Release();
        }
    }
}
