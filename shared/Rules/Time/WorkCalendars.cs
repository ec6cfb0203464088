using System.Collections.Frozen;
using System.Text.Json;

namespace CustomerService.Rules;

/// <summary>
/// The calendars by name: the built-in ones and, on top of them, the company's own from its file. Built in are
/// <c>always</c> (round the clock), <c>weekends</c> (Monday to Friday), <c>china</c> (public holidays and make-up
/// working days as announced by the State Council) and <c>company</c> (china with office hours).
/// </summary>
public sealed class WorkCalendars
{
    private static readonly Lazy<WorkCalendars> BuiltInCalendars = new(() =>
    {
        var calendars = new Dictionary<string, WorkCalendar>(StringComparer.Ordinal);
        foreach (var resource in (string[])["calendars.json", "china-holidays.json", "company-calendar.json"])
        {
            using var stream = RuleData.Open(resource);
            Read(stream, resource, calendars);
        }

        return new(calendars);
    });

    private readonly FrozenDictionary<string, WorkCalendar> _calendars;

    private WorkCalendars(Dictionary<string, WorkCalendar> calendars) =>
        _calendars = calendars.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What is known without any file of the company's.</summary>
    public static WorkCalendars BuiltIn => BuiltInCalendars.Value;

    public IReadOnlyCollection<string> Ids => _calendars.Keys;

    /// <exception cref="KeyNotFoundException">There is no such calendar. Policies are checked for that when
    /// they are loaded.</exception>
    public WorkCalendar this[string id] =>
        _calendars.TryGetValue(id, out var calendar)
            ? calendar
            : throw new KeyNotFoundException(
                $"There is no calendar '{id}'; there are {string.Join(", ", Ids.Order(StringComparer.Ordinal))}."
            );

    public bool Contains(string id) => _calendars.ContainsKey(id);

    /// <summary>
    /// Adds the company's calendars. One of the same name takes the place of the built-in one, and may extend
    /// it; what was built on that
    /// one then rests on the new one, so that a new year of public holidays reaches the company's calendar, too.
    /// </summary>
    /// <param name="json">A stream of JSON: <c>{ "calendars": [ … ] }</c>.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <exception cref="RuleDataException">The file is wrong; the message is one line.</exception>
    public WorkCalendars With(Stream json, string source)
    {
        var calendars = new Dictionary<string, WorkCalendar>(_calendars, StringComparer.Ordinal);
        Read(json, source, calendars);
        foreach (var id in calendars.Keys.ToList())
        {
            calendars[id] = calendars[id].Rebased(calendars);
        }

        return new(calendars);
    }

    private static void Read(Stream json, string source, Dictionary<string, WorkCalendar> calendars)
    {
        var file = RuleData.Read<CalendarFile>(json, source);
        foreach (var definition in file.Calendars)
        {
            calendars[definition.Id] = Build(definition, source, calendars);
        }
    }

    private static WorkCalendar Build(
        CalendarDefinition definition,
        string source,
        Dictionary<string, WorkCalendar> calendars
    )
    {
        RuleDataException Wrong(string what) => new($"{source}: calendar '{definition.Id}': {what}");

        if (string.IsNullOrWhiteSpace(definition.Id))
        {
            throw Wrong("id is missing");
        }

        WorkCalendar? below = null;
        if (definition.Extends is not null && !calendars.TryGetValue(definition.Extends, out below))
        {
            throw Wrong($"extends '{definition.Extends}', which is not known; define it before");
        }

        if (definition.KnownFrom > definition.KnownThrough)
        {
            throw Wrong(
                $"knownFrom {definition.KnownFrom:yyyy-MM-dd} is after knownThrough {definition.KnownThrough:yyyy-MM-dd}"
            );
        }

        IReadOnlyList<WorkingHours> Hours(IReadOnlyList<string> texts, string where)
        {
            List<WorkingHours> hours;
            try
            {
                hours = texts.Select(WorkingHours.Parse).OrderBy(h => h.From).ToList();
            }
            catch (FormatException wrong)
            {
                throw Wrong($"{where}: {wrong.Message}");
            }

            if (
                hours.Zip(hours.Skip(1)).FirstOrDefault(pair => pair.First.To > pair.Second.From) is
                { First.To.Ticks: > 0 } overlap
            )
            {
                throw Wrong($"{where}: {overlap.First} and {overlap.Second} overlap");
            }

            return hours.Count > 0 ? hours : throw Wrong($"{where}: no hours; close the day instead");
        }

        var entries = new Dictionary<DateOnly, CalendarEntry>();
        void Enter(DayDefinition day, bool working)
        {
            var from = day.Date ?? day.From ?? throw Wrong("an entry needs a date, or from and through");
            var through = day.Date ?? day.Through ?? from;
            if (through < from || through.DayNumber - from.DayNumber > 366)
            {
                throw Wrong(
                    $"the entry {from:yyyy-MM-dd}..{through:yyyy-MM-dd} ends before it begins or lasts longer than a year"
                );
            }

            var hours = day.Hours is null ? null : Hours(day.Hours, $"{from:yyyy-MM-dd}");
            for (var date = from; date <= through; date = date.AddDays(1))
            {
                if (!entries.TryAdd(date, new(working, day.Reason, hours)))
                {
                    throw Wrong($"{date:yyyy-MM-dd} is entered twice");
                }
            }
        }

        foreach (var day in definition.Closed)
        {
            Enter(day, working: false);
        }

        foreach (var day in definition.Working)
        {
            Enter(day, working: true);
        }

        var weekdayHours = new Dictionary<DayOfWeek, IReadOnlyList<WorkingHours>>();
        IReadOnlyList<WorkingHours>? defaultHours = null;
        foreach (var (key, texts) in definition.Hours)
        {
            if (key == "default")
            {
                defaultHours = Hours(texts, "hours.default");
            }
            else
            {
                weekdayHours[Weekday(key) ?? throw Wrong($"hours.{key}: not a day of the week and not 'default'")] =
                    Hours(texts, $"hours.{key}");
            }
        }

        var weekend = definition
            .Weekend?.Select(name => Weekday(name) ?? throw Wrong($"weekend: '{name}' is not a day of the week"))
            .ToHashSet();
        if (weekend?.Count == 7)
        {
            throw Wrong("weekend: at least one day of the week must be a working day");
        }

        return new(
            definition.Id,
            below,
            weekend,
            entries,
            weekdayHours,
            defaultHours,
            definition.KnownFrom,
            definition.KnownThrough
        );
    }

    private static DayOfWeek? Weekday(string name) =>
        Enum.GetValues<DayOfWeek>()
            .Cast<DayOfWeek?>()
            .FirstOrDefault(day => string.Equals(day.ToString(), name, StringComparison.OrdinalIgnoreCase));

    private sealed record CalendarFile
    {
        public string? Note { get; init; }
        public required IReadOnlyList<CalendarDefinition> Calendars { get; init; }
    }

    private sealed record CalendarDefinition
    {
        public required string Id { get; init; }
        public string? Title { get; init; }
        public string? Extends { get; init; }
        public IReadOnlyList<string>? Weekend { get; init; }
        public DateOnly? KnownFrom { get; init; }
        public DateOnly? KnownThrough { get; init; }
        public IReadOnlyDictionary<string, IReadOnlyList<string>> Hours { get; init; } =
            new Dictionary<string, IReadOnlyList<string>>();
        public IReadOnlyList<DayDefinition> Closed { get; init; } = [];
        public IReadOnlyList<DayDefinition> Working { get; init; } = [];
    }

    private sealed record DayDefinition
    {
        public DateOnly? Date { get; init; }
        public DateOnly? From { get; init; }
        public DateOnly? Through { get; init; }
        public string? Reason { get; init; }
        public IReadOnlyList<string>? Hours { get; init; }
    }
}
