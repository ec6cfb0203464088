namespace CustomerService.Servers;

/// <summary>The font with which forms are printed in Chinese.</summary>
public static class Fonts
{
    /// <summary>Where Debian's and Ubuntu's package puts it.</summary>
    public const string Cjk = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

    /// <summary>Installs it where that can be done; where not, says what to do. Everything but printing works without it.</summary>
    /// <returns>Whether it is there now.</returns>
    public static async Task<bool> EnsureAsync(Action<string> say, CancellationToken cancellation = default)
    {
        if (File.Exists(Cjk))
        {
            return true;
        }

        try
        {
            await DebianPackages.InstallAsync("fonts-noto-cjk", "Forms__Font", () => File.Exists(Cjk), say, cancellation);
        }
        catch (ServerUnavailableException missing)
        {
            say($"Forms cannot be printed: {missing.Message}");
        }

        return File.Exists(Cjk);
    }
}
