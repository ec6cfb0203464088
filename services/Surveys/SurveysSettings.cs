using CustomerService.ServiceDefaults;

namespace CustomerService.Surveys;

/// <summary>Section <c>Surveys</c>.</summary>
/// <param name="PublicUrl">Address under which customers reach the gateway; links begin with it. Default
/// <c>http://localhost:8080</c>.</param>
/// <param name="SweepSeconds">Seconds between two looks for invitations whose time is over; default 300.</param>
internal sealed record SurveysSettings(string PublicUrl, int SweepSeconds)
{
    public static SurveysSettings From(IConfiguration configuration) =>
        new(
            Settings.Url(configuration, "Surveys:PublicUrl", "http://localhost:8080").TrimEnd('/'),
            Settings.Number(configuration, "Surveys:SweepSeconds", 300, 1, 86_400)
        );

    /// <summary>Where the holder of a token finds the form.</summary>
    public string LinkOf(string token) => $"{PublicUrl}/api/surveys/v1/forms/{token}";
}
