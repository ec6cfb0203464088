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

    /// <summary>Keeps what the page shows, where a folder is named for it; and no page is wider than its
    /// screen.</summary>
    public static async Task LookAsync(IPage page, string name)
    {
        (await page.EvaluateExpressionAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue(
            $"{name} is wider than its screen"
        );
        if (Shots is not null)
        {
            await page.ScreenshotAsync(Path.Combine(Shots, name + ".png"), new() { FullPage = true });
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
