using CustomerService.Rules;
using Microsoft.Extensions.Configuration;

namespace CustomerService.ServiceDefaults;

/// <summary>Loads the company's policies and calendars: the built-in ones, or the files that the settings
/// name.</summary>
internal static class Policies
{
    /// <summary>
    /// <c>Company:CalendarsFile</c> adds calendars to the built-in ones or takes the place of some;
    /// <c>Company:PoliciesFile</c> replaces the
    /// built-in policies, and may name any of these calendars. What is wrong in a file ends the start with one line.
    /// </summary>
    public static PolicyCatalogue Load(IConfiguration configuration)
    {
        var calendars =
            Read(configuration, "Company:CalendarsFile", WorkCalendars.BuiltIn.With) ?? WorkCalendars.BuiltIn;
        return Read(
                configuration,
                "Company:PoliciesFile",
                (stream, path) => PolicyCatalogue.Load(stream, path, calendars)
            ) ?? PolicyCatalogue.BuiltInOn(calendars);
    }

    private static T? Read<T>(IConfiguration configuration, string key, Func<Stream, string, T> read)
        where T : class
    {
        if (configuration[key] is not { Length: > 0 } path)
        {
            return null;
        }

        try
        {
            using var stream = File.OpenRead(path);
            return read(stream, path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or RuleDataException)
        {
            throw new SettingException($"Setting {key}: {wrong.Message.ReplaceLineEndings(" ")}");
        }
    }
}
