namespace CustomerService.Rules.Tests;

/// <summary>Short spellings for dates and instants, so that a test reads like the requirement.</summary>
internal static class Build
{
    public static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static Policy Standard => PolicyCatalogue.BuiltIn.Version(1);

    public static DateOnly Day(string date) =>
        DateOnly.ParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An instant given as local time of a zone, Shanghai by default.</summary>
    public static DateTimeOffset At(string local, TimeZoneInfo? zone = null)
    {
        var time = DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return new(time, (zone ?? Shanghai).GetUtcOffset(time));
    }

    public static Stream Json(string text) => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));

    public static WorkCalendar Calendar(string json) =>
        WorkCalendars.BuiltIn.With(Json($$"""{ "calendars": [ {{json}} ] }"""), "test.json")["test"];
}
