using Microsoft.Extensions.Configuration;

namespace CustomerService.ServiceDefaults;

/// <summary>The address under which people reach the gateway; links and QR codes begin with it.</summary>
public static class PublicUrl
{
    /// <summary>Setting <c>Company:PublicUrl</c>, without a slash at its end; default <c>http://localhost:8080</c>.</summary>
    /// <exception cref="SettingException">It is no address.</exception>
    public static string From(IConfiguration configuration) =>
        Settings.Url(configuration, "Company:PublicUrl", "http://localhost:8080").TrimEnd('/');
}
