using CustomerService.Rules;
using Microsoft.Extensions.Configuration;

namespace CustomerService.ServiceDefaults;

/// <summary>Loads the company's policies and calendars: the built-in ones, or the files that the settings name.</summary>
internal static class Policies
{
    /// <summary><c>Company:PoliciesFile</c> replaces the built-in policies. What is wrong in it ends the start with one line.</summary>
    public static PolicyCatalogue Load(IConfiguration configuration)
    {
        if (configuration["Company:PoliciesFile"] is not { Length: > 0 } path)
        {
            return PolicyCatalogue.BuiltIn;
        }

        try
        {
            using var stream = File.OpenRead(path);
            return PolicyCatalogue.Load(stream, path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or RuleDataException)
        {
            throw new SettingException($"Setting Company:PoliciesFile: {wrong.Message}");
        }
    }
}
