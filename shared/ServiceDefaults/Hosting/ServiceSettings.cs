using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace CustomerService.ServiceDefaults;

/// <summary>A setting that is missing or wrong; the message is the one line that the operator reads.</summary>
public sealed class SettingException(string message) : Exception(message);

/// <summary>Where a service listens. Section <c>Hosting</c>.</summary>
/// <param name="HttpPort">HTTP/1.1 for the API; default 8080.</param>
/// <param name="GrpcPort">HTTP/2 without TLS for questions between services; default 8081.</param>
/// <param name="ManagementPort">HTTP/1.1 for health; default 8082.</param>
/// <param name="Address">IP address to listen on; default every address.</param>
/// <param name="DrainSeconds">How long requests in flight may take after SIGTERM; default 25.</param>
public sealed record HostingSettings(int HttpPort, int GrpcPort, int ManagementPort, string Address, int DrainSeconds)
{
    /// <summary>Reads and checks them.</summary>
    /// <exception cref="SettingException">One is wrong, or two ports are the same.</exception>
    public static HostingSettings From(IConfiguration configuration)
    {
        var settings = new HostingSettings(
            Settings.Port(configuration, "Hosting:HttpPort", 8080),
            Settings.Port(configuration, "Hosting:GrpcPort", 8081),
            Settings.Port(configuration, "Hosting:ManagementPort", 8082),
            configuration["Hosting:Address"] is { Length: > 0 } address ? address : "*",
            Settings.Number(configuration, "Hosting:DrainSeconds", 25, 0, 600)
        );
        if (settings.Address != "*" && !IPAddress.TryParse(settings.Address, out _))
        {
            throw new SettingException($"Setting Hosting:Address is '{settings.Address}', expected an IP address.");
        }

        return new HashSet<int> { settings.HttpPort, settings.GrpcPort, settings.ManagementPort }.Count == 3
            ? settings
            : throw new SettingException(
                $"Settings Hosting:HttpPort ({settings.HttpPort}), Hosting:GrpcPort ({settings.GrpcPort}) and Hosting:ManagementPort ({settings.ManagementPort}) must be three different ports."
            );
    }

    /// <summary>Where a program on the same machine reaches the management port: this address, or the machine's
    /// own where it listens on every one.</summary>
    public Uri ManagementAddress =>
        new UriBuilder("http", IPAddress.TryParse(Address, out var ip) ? Of(ip) : "127.0.0.1", ManagementPort).Uri;

    private static string Of(IPAddress ip) =>
        ip.Equals(IPAddress.Any) ? "127.0.0.1"
        : ip.Equals(IPAddress.IPv6Any) ? "[::1]"
        : ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{ip}]"
        : ip.ToString();
}

/// <summary>How tokens are checked. Section <c>Auth</c>. Any OpenID Connect issuer will do.</summary>
/// <param name="Issuer">Value of <c>iss</c>: the public address of the issuer.</param>
/// <param name="MetadataAddress">Where the discovery document is read; default
/// <c>{Issuer}/.well-known/openid-configuration</c>.</param>
/// <param name="Audience">Value of <c>aud</c>; default <c>customer-service</c>.</param>
/// <param name="NameClaim">Claim with the printed name; default <c>name</c>.</param>
/// <param name="RoleClaim">Claim with the roles; a dotted path looks into JSON (<c>realm_access.roles</c>);
/// default <c>role</c>.</param>
/// <param name="DepartmentClaim">Claim with the department code; default <c>department</c>.</param>
/// <param name="OrganisationClaim">Claim with the outside organisation's id; default <c>org</c>.</param>
/// <param name="RegionClaim">Claim with the codes of a salesperson's regions; default <c>region</c>.</param>
/// <param name="SystemSubjects">
/// Subjects (<c>sub</c>) of the services' own accounts, <c>Auth:SystemSubjects</c>, joined by commas. Only they
/// act as the system; of any other token
/// the role <c>system</c> counts for nothing. Default: the accounts that our own issuer has.
/// </param>
/// <param name="RoleMap">Foreign role name to ours (<c>Auth:RoleMap:their-name = our-name</c>); names that are
/// not listed pass as they are.</param>
public sealed record AuthSettings(
    string Issuer,
    string MetadataAddress,
    string Audience,
    string NameClaim,
    string RoleClaim,
    string DepartmentClaim,
    string OrganisationClaim,
    string RegionClaim,
    IReadOnlySet<string> SystemSubjects,
    IReadOnlyDictionary<string, string> RoleMap
)
{
    public static AuthSettings From(IConfiguration configuration)
    {
        var issuer = Settings.Url(configuration, "Auth:Issuer", "http://localhost:5080");
        return new(
            issuer,
            Settings.Url(
                configuration,
                "Auth:MetadataAddress",
                issuer.TrimEnd('/') + "/.well-known/openid-configuration"
            ),
            configuration["Auth:Audience"] ?? "customer-service",
            configuration["Auth:NameClaim"] ?? "name",
            configuration["Auth:RoleClaim"] ?? "role",
            configuration["Auth:DepartmentClaim"] ?? "department",
            configuration["Auth:OrganisationClaim"] ?? "org",
            configuration["Auth:RegionClaim"] ?? "region",
            (
                configuration["Auth:SystemSubjects"] is { Length: > 0 } subjects
                    ? subjects
                    : "svc-projects,svc-repairs,svc-complaints,svc-surveys,svc-reporting"
            )
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .ToHashSet(StringComparer.Ordinal),
            configuration.GetSection("Auth:RoleMap").GetChildren().ToDictionary(c => c.Key, c => c.Value ?? "")
        );
    }
}

/// <summary>Reads settings; what is wrong is said in one line that names the key and what is expected.</summary>
public static class Settings
{
    public static int Number(IConfiguration configuration, string key, int fallback, int minimum, int maximum)
    {
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
        {
            return fallback;
        }

        return
            int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value)
            && value >= minimum
            && value <= maximum
            ? value
            : throw new SettingException(
                $"Setting {key} is '{text}', expected a whole number from {minimum} to {maximum}."
            );
    }

    /// <summary>Binds a section of settings that have types of their own, such as times.</summary>
    public static T Bind<T>(IConfiguration configuration, string section, T target)
        where T : class
    {
        try
        {
            configuration.GetSection(section).Bind(target);
            return target;
        }
        catch (InvalidOperationException wrong)
        {
            throw new SettingException($"Section {section} of the settings: {wrong.Message.ReplaceLineEndings(" ")}");
        }
    }

    public static int Port(IConfiguration configuration, string key, int fallback) =>
        Number(configuration, key, fallback, 1, 65535);

    public static string Url(IConfiguration configuration, string key, string? fallback)
    {
        var text = configuration[key] is { Length: > 0 } set ? set : fallback;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? text!
            : throw new SettingException($"Setting {key} is '{text}', expected an absolute http or https address.");
    }

    /// <summary>A setting that must be there.</summary>
    /// <param name="configuration">Where to read.</param>
    /// <param name="key">The key, for example <c>ConnectionStrings:Store</c>.</param>
    /// <param name="what">What it is, for the message.</param>
    public static string Required(IConfiguration configuration, string key, string what) =>
        configuration[key] is { Length: > 0 } value
            ? value
            : throw new SettingException(
                $"Setting {key} is missing: {what} (environment variable {key.Replace(":", "__", StringComparison.Ordinal)})."
            );

    public static TimeZoneInfo Zone(IConfiguration configuration)
    {
        var id = configuration["Company:TimeZone"] is { Length: > 0 } set ? set : "Asia/Shanghai";
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : throw new SettingException(
                $"Setting Company:TimeZone is '{id}', expected an IANA time zone such as Asia/Shanghai."
            );
    }
}
