namespace CustomerService.Rules.Tests;

/// <summary>Short spellings for dates and instants, so that a test reads like the requirement.</summary>
internal static class Build
{
    public static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static Policy Standard => PolicyCatalogue.BuiltIn.ByVersion(1);

    public static DateOnly Day(string date) => Testing.A.Day(date);

    /// <summary>An instant given as local time of a zone, Shanghai by default.</summary>
    public static DateTimeOffset At(string local, TimeZoneInfo? zone = null) => Testing.A.At(local, zone);

    public static Stream Json(string text) => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));

    public static WorkCalendar Calendar(string json) =>
        WorkCalendars.BuiltIn.With(Json($$"""{ "calendars": [ {{json}} ] }"""), "test.json")["test"];
}
