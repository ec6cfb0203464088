using CustomerService.ServiceDefaults;

namespace CustomerService.Surveys;

/// <summary>Section <c>Surveys</c>.</summary>
/// <param name="PublicUrl">See <see cref="ServiceDefaults.PublicUrl"/>.</param>
/// <param name="SweepSeconds">Seconds between two looks for invitations whose time is over; default 300.</param>
/// <param name="LinkKey">From it and from what the store keeps, links and codes can be made again to be printed or sent
/// once more. Who has both could answer for customers: set a secret of your own. By default the connection string of the
/// store.</param>
internal sealed record SurveysSettings(string PublicUrl, int SweepSeconds, string LinkKey)
{
    public static SurveysSettings From(IConfiguration configuration) =>
        new(
            ServiceDefaults.PublicUrl.From(configuration),
            Settings.Number(configuration, "Surveys:SweepSeconds", 300, 1, 86_400),
            configuration["Surveys:LinkKey"] is { Length: > 0 } key
                ? key
                // As secret as the store, but links cannot be made again once its password is changed.
                : Settings.Required(configuration, "ConnectionStrings:Store", "the store of this service")
        );

    /// <summary>Where the holder of a token finds the form.</summary>
    public string LinkOf(string token) => $"{PublicUrl}/api/surveys/v1/f/{token}";
}
