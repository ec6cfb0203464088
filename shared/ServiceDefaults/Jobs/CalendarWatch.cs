using CustomerService.Rules;
using Microsoft.Extensions.Logging;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Says in the log, at the start and once a day, that the announced years of a calendar in use are
/// about to end. Beyond them only weekends are days off, so a deadline would come out too early
/// there; nothing is refused, because work goes on before the announcement is made.
/// </summary>
internal sealed partial class CalendarWatch(PolicyCatalogue policies, CompanyClock clock, ILogger<CalendarWatch> logger)
    : PeriodicJob(TimeSpan.FromDays(1), clock.Time, logger)
{
    /// <summary>How long before the end people are told: longer than any target or deadline of the
    /// policies.</summary>
    private const int DaysAhead = 30;

    protected override Task RunOnceAsync(CancellationToken stoppingToken)
    {
        foreach (var (calendar, first) in Ending(policies, clock.Today))
        {
            Ends(Log, calendar, first.AddDays(-1));
        }

        return Task.CompletedTask;
    }

    /// <summary>The calendars that the policy in force counts by and whose announced years end
    /// soon, with the first day that is not known.</summary>
    internal static IReadOnlyList<(string Calendar, DateOnly First)> Ending(PolicyCatalogue policies, DateOnly today) =>
        [
            .. policies
                .InForceOn(today)
                .CalendarsInUse.Order(StringComparer.Ordinal)
                .Select(id => (Id: id, First: policies.Calendars[id].FirstUnknown(today, DaysAhead)))
                .Where(found => found.First is not null)
                .Select(found => (found.Id, found.First!.Value)),
        ];

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Calendar {Calendar} knows public holidays through {Through} only; "
            + "after that day deadlines count weekends alone. "
            + "Add the next year's announcement to the file of setting Company:CalendarsFile."
    )]
    private static partial void Ends(ILogger logger, string calendar, DateOnly through);
}
