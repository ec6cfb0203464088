using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Addresses of which one part is a secret: who knows the link of a survey can answer it, and who knows that of
/// a calendar feed can
/// read it. They are for the recipient alone, so neither a log line nor a span may hold them.
/// </summary>
public static partial class SecretPaths
{
    /// <summary>The path or address with <c>***</c> in the place of its secret; the same instance where it has
    /// none.</summary>
    public static string Mask(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Secret().Replace(address, "***");
    }

    [GeneratedRegex(
        @"(?<=/v1/(?:f|answer-links|calendar-feeds|customer-links|repair-links)/)[^/?#\s]+|(?<=/v1/f\?code=)[^&#\s]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Secret();
}

/// <summary>Masks what the instrumentations write into spans. Added before every exporter.</summary>
internal sealed class SecretPathProcessor : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        List<(string Key, string Value)>? masked = null;
        foreach (ref readonly var tag in data.EnumerateTagObjects())
        {
            if (tag.Value is string text && SecretPaths.Mask(text) is var shown && !ReferenceEquals(shown, text))
            {
                (masked ??= []).Add((tag.Key, shown));
            }
        }

        foreach (var (key, value) in masked ?? [])
        {
            data.SetTag(key, value);
        }

        data.DisplayName = SecretPaths.Mask(data.DisplayName);
    }
}
