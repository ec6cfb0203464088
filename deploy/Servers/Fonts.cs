namespace CustomerService.Servers;

/// <summary>What forms are printed with in Chinese, and what reads them again in tests.</summary>
public static class Fonts
{
    /// <summary>Where Debian's and Ubuntu's package puts the font.</summary>
    public const string Cjk = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

    /// <summary>Reads the text of a PDF.</summary>
    public const string PdfReader = "/usr/bin/pdftotext";

    /// <summary>Installs the font where that can be done; where not, says what to do. Everything but printing
    /// works without it.</summary>
    /// <returns>Whether it is there now.</returns>
    public static Task<bool> EnsureAsync(Action<string> say, CancellationToken cancellation = default) =>
        EnsureAsync("fonts-noto-cjk", Cjk, "Forms__Font", "Forms cannot be printed", say, cancellation);

    /// <summary>Where Debian's and Ubuntu's package puts the font of rare characters.</summary>
    public const string Rare = "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf";

    /// <summary>Where Debian's and Ubuntu's package puts the font of signs and emoji.</summary>
    public const string Signs = "/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf";

    /// <summary>The same for the fonts of what <see cref="Cjk"/> has not; forms are printed without them,
    /// too.</summary>
    public static async Task<bool> EnsureFallbacksAsync(Action<string> say, CancellationToken cancellation = default) =>
        await EnsureAsync(
            "fonts-hanazono",
            Rare,
            "Forms__FallbackFonts",
            "Rare characters are printed by their numbers",
            say,
            cancellation
        )
        & await EnsureAsync(
            "fonts-symbola",
            Signs,
            "Forms__FallbackFonts",
            "Some signs are printed by their numbers",
            say,
            cancellation
        );

    /// <summary>The same for the reader, which only tests need.</summary>
    public static Task<bool> EnsureReaderAsync(Action<string> say, CancellationToken cancellation = default) =>
        EnsureAsync("poppler-utils", PdfReader, "PATH", "Printed forms cannot be read", say, cancellation);

    private static async Task<bool> EnsureAsync(
        string package,
        string file,
        string setting,
        string lacking,
        Action<string> say,
        CancellationToken cancellation
    )
    {
        if (File.Exists(file))
        {
            return true;
        }

        try
        {
            await DebianPackages.InstallAsync(package, setting, () => File.Exists(file), say, cancellation);
        }
        catch (ServerUnavailableException missing)
        {
            say($"{lacking}: {missing.Message}");
        }

        return File.Exists(file);
    }
}
