using System.Globalization;

namespace CustomerService.Projects.Features;

/// <summary>The last one seen of a list that goes by a date, with the date that it had then: when it is changed
/// meanwhile, the next page still goes on where this one ended.</summary>
internal sealed record DatedCursor(DateOnly On, Guid Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{On:yyyyMMdd}.{Id:N}");

    public static DatedCursor? Read(string text) =>
        text.Split('.') is [var day, var id]
        && DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
        && Guid.TryParseExact(id, "N", out var last)
            ? new(on, last)
            : null;
}
