using System.Globalization;

namespace CustomerService.ServiceDefaults;

/// <summary>Place in a list that is ordered by due instant, record and action.</summary>
public sealed record WorkCursor(DateTimeOffset DueAt, Guid RecordId, string Action)
{
    /// <summary>As a query parameter.</summary>
    public string Text => $"{DueAt.ToUnixTimeMilliseconds():x}-{RecordId:N}-{Action}";

    /// <summary>Reads it; null without one, false when it is none of ours.</summary>
    public static bool TryRead(string? text, out WorkCursor? cursor)
    {
        cursor = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (
            text.Split('-', 3) is [var due, var record, { Length: > 0 and <= 60 } action]
            && long.TryParse(due, NumberStyles.AllowHexSpecifier, null, out var milliseconds)
            && milliseconds >= 0
            && milliseconds <= WorkRow.NoDue.ToUnixTimeMilliseconds()
            && Guid.TryParseExact(record, "N", out var id)
        )
        {
            cursor = new(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), id, action);
            return true;
        }

        return false;
    }
}
