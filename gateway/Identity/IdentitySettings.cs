using CustomerService.ServiceDefaults;

namespace CustomerService.Identity;

/// <summary>Settings of the issuer, section <c>Identity</c>, checked at start.</summary>
/// <param name="Issuer">Public address, <c>Auth:Issuer</c>: what browsers see, so the gateway's.</param>
/// <param name="Audience">Audience of access tokens, <c>Auth:Audience</c>.</param>
/// <param name="AccessTokenLifetime"><c>Identity:Tokens:AccessMinutes</c>, default 15.</param>
/// <param name="RefreshTokenLifetime"><c>Identity:Tokens:RefreshDays</c>, default 14; at most 28, because
/// sealing keys are kept 30 days.</param>
/// <param name="LockOutAttempts">Wrong passwords before an account is locked, <c>Identity:LockOut:Attempts</c>,
/// default 5.</param>
/// <param name="LockOutTime">How long, <c>Identity:LockOut:Minutes</c>, default 15.</param>
/// <param name="PasswordLength">Shortest password, <c>Identity:Password:MinimumLength</c>, default 10.</param>
/// <param name="RedirectUris">Where the console may be sent back to after sign-in,
/// <c>Identity:Clients:console:RedirectUris</c>.</param>
/// <param name="PostLogoutRedirectUris">The same after sign-out,
/// <c>Identity:Clients:console:PostLogoutRedirectUris</c>.</param>
internal sealed record IdentitySettings(
    Uri Issuer,
    string Audience,
    TimeSpan AccessTokenLifetime,
    TimeSpan RefreshTokenLifetime,
    int LockOutAttempts,
    TimeSpan LockOutTime,
    int PasswordLength,
    IReadOnlyList<Uri> RedirectUris,
    IReadOnlyList<Uri> PostLogoutRedirectUris
)
{
    public bool IsHttps => Issuer.Scheme == Uri.UriSchemeHttps;

    public static IdentitySettings From(IConfiguration configuration)
    {
        var auth = AuthSettings.From(configuration);
        var issuer = auth.Issuer.TrimEnd('/');
        return new IdentitySettings(
            new Uri(issuer),
            auth.Audience,
            TimeSpan.FromMinutes(Settings.Number(configuration, "Identity:Tokens:AccessMinutes", 15, 1, 24 * 60)),
            TimeSpan.FromDays(Settings.Number(configuration, "Identity:Tokens:RefreshDays", 14, 1, 28)),
            Settings.Number(configuration, "Identity:LockOut:Attempts", 5, 1, 100),
            TimeSpan.FromMinutes(Settings.Number(configuration, "Identity:LockOut:Minutes", 15, 1, 24 * 60)),
            Settings.Number(configuration, "Identity:Password:MinimumLength", 10, 8, 128),
            Uris(configuration, "Identity:Clients:console:RedirectUris", issuer + "/callback", issuer + "/docs"),
            Uris(configuration, "Identity:Clients:console:PostLogoutRedirectUris", issuer + "/")
        );
    }

    private static List<Uri> Uris(IConfiguration configuration, string key, params string[] fallback)
    {
        var set = configuration.GetSection(key).GetChildren().Select(child => child.Value).ToList();
        return (set.Count > 0 ? set : [.. fallback])
            .Select(text =>
                Uri.TryCreate(text, UriKind.Absolute, out var uri)
                    ? uri
                    : throw new SettingException($"Setting {key} has '{text}', expected absolute addresses.")
            )
            .ToList();
    }
}
