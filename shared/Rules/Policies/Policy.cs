using System.Text.Json.Serialization;

namespace CustomerService.Rules;

/// <summary>
/// One version of every value that the documents leave open. A case keeps the version under which it was opened, so a
/// version is never changed once published: a revision is a new version with a later effective date (C9).
/// </summary>
public sealed record Policy
{
    /// <summary>1, 2, 3 …; what cases, audit entries and events carry.</summary>
    public required int Version { get; init; }

    /// <summary>First day on which cases are opened under it.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>First day on which it no longer applies to new cases, where it was withdrawn (C9).</summary>
    public DateOnly? WithdrawnFrom { get; init; }

    /// <summary>What changed, for people.</summary>
    public string Title { get; init; } = "";

    public required ClearancePolicy Clearance { get; init; }

    public required RevisitPolicy Revisits { get; init; }

    public required WarrantyPolicy Warranty { get; init; }

    public required RepairPolicy Repairs { get; init; }

    public required ReturnPolicy Returns { get; init; }

    public RmaPolicy Rmas { get; init; } = new();

    public required ComplaintPolicy Complaints { get; init; }

    public required SurveyPolicy Surveys { get; init; }

    public required RetentionPolicy Retention { get; init; }

    /// <summary>The calendars by which this version counts working days or hours.</summary>
    [JsonIgnore]
    public IReadOnlySet<string> CalendarsInUse =>
        Complaints
            .Targets.Values.Select(target => target.Calendar)
            .Concat(
                new[]
                {
                    Clearance.Due,
                    Repairs.ConfirmDefect,
                    Complaints.UnclearLiability,
                    Surveys.CorrectiveDeadline,
                    Rmas.FirstContact,
                    Repairs.Receipt,
                    Repairs.Targets.MajorStart,
                    Repairs.Targets.MajorFinish,
                    Repairs.Targets.MinorStart,
                    Repairs.Targets.MinorFinish,
                }
                    .Where(rule => rule.Mode != DayMode.Calendar)
                    .Select(rule => rule.Calendar)
            )
            .ToHashSet(StringComparer.Ordinal);
}

/// <summary>Clearing the site after completion acceptance (P1).</summary>
public sealed record ClearancePolicy
{
    /// <summary>Within so many days of acceptance.</summary>
    public required DayRule Due { get; init; }

    /// <summary>Days before the due date on which the people concerned are reminded.</summary>
    public IReadOnlyList<int> ReminderDays { get; init; } = [];
}

/// <summary>How far revisits are planned (P2.1.1).</summary>
public enum HorizonRule
{
    /// <summary>To the end of the longest warranty part that is not for the structure's design life.</summary>
    LongestFinite,

    /// <summary>A fixed number of months from handover, whatever the parts.</summary>
    FixedMonths,
}

/// <summary>The pattern of revisits (P2.1.1).</summary>
public sealed record RevisitPolicy
{
    /// <summary>Months after handover of the first revisits, ascending: 3, 6.</summary>
    public required IReadOnlyList<int> FirstMonths { get; init; }

    /// <summary>Then one every so many months, counted from handover like the others.</summary>
    public required int ThenEveryMonths { get; init; }

    public required HorizonRule Horizon { get; init; }

    /// <summary>Months of a fixed horizon; needed with <see cref="HorizonRule.FixedMonths"/> only.</summary>
    public int? HorizonMonths { get; init; }

    /// <summary>Days before a planned revisit on which the people concerned are reminded: 14, 3.</summary>
    public required IReadOnlyList<int> ReminderDays { get; init; }

    /// <summary>From when on a fault counts as one that recurs (P2.2.3).</summary>
    public RecurrencePolicy Recurrence { get; init; } = new();
}

/// <summary>When the same part and cause recur, so that a CAPA must open (P2.2.3).</summary>
public sealed record RecurrencePolicy
{
    /// <summary>So many times in one project.</summary>
    public int TimesInProject { get; init; } = 2;

    /// <summary>In so many projects …</summary>
    public int Projects { get; init; } = 3;

    /// <summary>… within so many months.</summary>
    public int WithinMonths { get; init; } = 12;
}

/// <summary>The catalogue of warranty parts, Table 3.1, and the seasons of the cities (P3.1.2).</summary>
public sealed record WarrantyPolicy
{
    public required IReadOnlyList<WarrantyPart> Parts { get; init; }

    /// <summary>Season calendars by city code; <see cref="DefaultCity"/> must be among them.</summary>
    public required IReadOnlyDictionary<string, CitySeasons> Seasons { get; init; }

    /// <summary>The city whose seasons apply where a project's city has none of its own.</summary>
    public required string DefaultCity { get; init; }

    /// <summary>No works were accepted before this day: an earlier date is a slip of whoever enters it.</summary>
    public DateOnly EarliestAcceptance { get; init; } = new(1980, 1, 1);

    /// <summary>The part of this code, or null.</summary>
    public WarrantyPart? Part(string code) => Parts.FirstOrDefault(part => part.Code == code);

    /// <summary>The seasons of a city, else those of the default city.</summary>
    public CitySeasons SeasonsOf(string? city) =>
        city is not null && Seasons.TryGetValue(city, out var seasons) ? seasons : Seasons[DefaultCity];
}

/// <summary>A part of Table 3.1 and the term that the law prescribes for its row.</summary>
public sealed record WarrantyPart
{
    /// <summary>Stable code, see <see cref="WarrantyParts"/>.</summary>
    public required string Code { get; init; }

    /// <summary>Prescribed years; exactly one of years, seasons and design life is given.</summary>
    public int? Years { get; init; }

    /// <summary>Prescribed full seasons, of each kind.</summary>
    public int? Seasons { get; init; }

    /// <summary>Prescribed for the service life of the design document.</summary>
    public bool DesignLife { get; init; }

    /// <summary>The kinds of season that count for the part, where its term is in seasons.</summary>
    public IReadOnlyList<SeasonKind> SeasonKinds { get; init; } = [SeasonKind.Heating, SeasonKind.Cooling];

    /// <summary>The prescribed term.</summary>
    [JsonIgnore]
    public WarrantyLength Prescribed =>
        DesignLife ? WarrantyLength.DesignLife
        : Seasons is { } seasons ? WarrantyLength.Seasons(seasons)
        : WarrantyLength.Years(Years!.Value);
}

/// <summary>The part codes of Table 3.1, one by one: a subcontract covers parts, not rows. A company can add parts in
/// its policies; these are always there.</summary>
public static class WarrantyParts
{
    /// <summary>(1) 基礎設施工程.</summary>
    public const string Infrastructure = "infrastructure";

    /// <summary>(1) 地基基礎工程.</summary>
    public const string Foundation = "foundation";

    /// <summary>(1) 主體結構工程.</summary>
    public const string MainStructure = "main-structure";

    /// <summary>(2) 屋面防水工程.</summary>
    public const string Roof = "roof";

    /// <summary>(2) Leak prevention of bathrooms (衛生間).</summary>
    public const string Bathrooms = "bathrooms";

    /// <summary>(2) Leak prevention of rooms (房間).</summary>
    public const string Rooms = "rooms";

    /// <summary>(2) Leak prevention of outer walls (外牆面).</summary>
    public const string OuterWalls = "outer-walls";

    /// <summary>(3) 供熱系統.</summary>
    public const string Heating = "heating";

    /// <summary>(3) 供冷系統.</summary>
    public const string Cooling = "cooling";

    /// <summary>(4) 電氣管線.</summary>
    public const string Electrical = "electrical";

    /// <summary>(4) 給排水管道.</summary>
    public const string WaterAndDrainage = "water-and-drainage";

    /// <summary>(4) 設備安裝.</summary>
    public const string EquipmentInstallation = "equipment-installation";

    /// <summary>(4) 裝修工程.</summary>
    public const string Decoration = "decoration";

    /// <summary>All parts with the term that Decree 279, art. 40, prescribes for their row, in the order of the
    /// table.</summary>
    public static IReadOnlyList<(string Code, WarrantyLength Least)> LegalMinimum { get; } =
    [
        (Infrastructure, WarrantyLength.DesignLife),
        (Foundation, WarrantyLength.DesignLife),
        (MainStructure, WarrantyLength.DesignLife),
        (Roof, WarrantyLength.Years(5)),
        (Bathrooms, WarrantyLength.Years(5)),
        (Rooms, WarrantyLength.Years(5)),
        (OuterWalls, WarrantyLength.Years(5)),
        (Heating, WarrantyLength.Seasons(2)),
        (Cooling, WarrantyLength.Seasons(2)),
        (Electrical, WarrantyLength.Years(2)),
        (WaterAndDrainage, WarrantyLength.Years(2)),
        (EquipmentInstallation, WarrantyLength.Years(2)),
        (Decoration, WarrantyLength.Years(2)),
    ];
}

/// <summary>The seasons of a city. A city without heating has none of that kind.</summary>
public sealed record CitySeasons
{
    public Season? Heating { get; init; }

    public Season? Cooling { get; init; }

    public Season? Of(SeasonKind kind) => kind == SeasonKind.Heating ? Heating : Cooling;
}

/// <summary>A season of every year.</summary>
/// <param name="From">First day, <c>MM-dd</c>.</param>
/// <param name="Through">Last day, <c>MM-dd</c>; before <paramref name="From"/> where the season runs into the
/// next year. <c>02-29</c> is the last day of February.</param>
public sealed record Season(string From, string Through)
{
    /// <summary>The season that begins in a year.</summary>
    public (DateOnly First, DateOnly Last) BeginningIn(int year)
    {
        var first = Day(From, year);
        var last = Day(Through, year);
        return (first, last < first ? Day(Through, year + 1) : last);
    }

    /// <summary>The last day of the n-th season that begins on or after a day: one that is part over by then
    /// does not count (P3.1.2).</summary>
    public DateOnly EndOfFull(DateOnly from, int seasons)
    {
        var year = BeginningIn(from.Year).First >= from ? from.Year : from.Year + 1;
        return BeginningIn(year + seasons - 1).Last;
    }

    internal bool IsValid => TryDay(From, 2000, out _) && TryDay(Through, 2000, out _) && From != Through;

    private static DateOnly Day(string text, int year) =>
        TryDay(text, year, out var day)
            ? day
            : throw new RuleDataException($"'{text}' is no day of a year; write it as 11-15.");

    private static bool TryDay(string text, int year, out DateOnly day)
    {
        // Read in a leap year, so that 02-29 is one; then clamped to the month's end in the others.
        var read = DateOnly.TryParseExact(
            $"2000-{text}",
            "yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.None,
            out day
        );
        if (read)
        {
            day = new(year, day.Month, Math.Min(day.Day, DateTime.DaysInMonth(year, day.Month)));
        }

        return read;
    }
}

/// <summary>Construction repairs (P3.2).</summary>
public sealed record RepairPolicy
{
    /// <summary>Within so many days of notice the defect is confirmed with the owner (P3.2.1).</summary>
    public required DayRule ConfirmDefect { get; init; }

    /// <summary>Within so many kilometres of a project another project's manager counts as near (P3.2.2).</summary>
    public required double DispatchRadiusKm { get; init; }

    /// <summary>Kinds of defect that may be repaired before approval and are ratified after (P3.2.1).</summary>
    public required IReadOnlyList<EmergencyReason> Emergencies { get; init; }

    /// <summary>Days before the last day to confirm the defect on which people are reminded (P3.2.1).</summary>
    public IReadOnlyList<int> ConfirmReminderDays { get; init; } = [1];

    /// <summary>Within so many days of issue the unit receives the order (P3.1.1).</summary>
    public DayRule Receipt { get; init; } = new(1);

    /// <summary>By when an issued order is begun and finished (P3.2.2).</summary>
    public RepairTargets Targets { get; init; } = new();

    /// <summary>Photos of the place before the work that its end needs (P3.2.3).</summary>
    public int PhotosBefore { get; init; }

    /// <summary>Photos after it.</summary>
    public int PhotosAfter { get; init; }

    /// <summary>A photo, an arrival or an attempt from farther than so many kilometres off the project's site is shown
    /// to staff as far away (P3.2.3).</summary>
    public double FarAwayKm { get; init; } = 1;

    /// <summary>An order of the same project, part and place within so many days is a duplicate or a recurrence.</summary>
    public int SameDefectDays { get; init; } = 90;
}

/// <summary>Targets from the day of issue; the first day is not counted (P3.2.2).</summary>
public sealed record RepairTargets
{
    /// <summary>Hours until somebody is on site, for an emergency.</summary>
    public double EmergencyOnSiteHours { get; init; } = 4;

    /// <summary>Days until the work on a major defect begins.</summary>
    public DayRule MajorStart { get; init; } = new(3);

    /// <summary>Days until it is finished.</summary>
    public DayRule MajorFinish { get; init; } = new(10);

    /// <summary>Days until the work on a minor defect begins.</summary>
    public DayRule MinorStart { get; init; } = new(7);

    /// <summary>Days until it is finished.</summary>
    public DayRule MinorFinish { get; init; } = new(20);
}

/// <summary>What makes a defect an emergency (P3.2.1).</summary>
public enum EmergencyReason
{
    /// <summary>The structure is at risk.</summary>
    Structure,

    /// <summary>People are at risk.</summary>
    Safety,

    /// <summary>An essential function is lost: water, power, heating in winter, the way out.</summary>
    EssentialFunction,
}

/// <summary>Returns and exchanges (C5.1.4).</summary>
public sealed record ReturnPolicy
{
    /// <summary>Returnable through the corresponding day so many months after the goods left the factory.</summary>
    public required int WindowMonths { get; init; }

    /// <summary>Days that a request may have lain about before staff enters it. Default 31.</summary>
    public int LongestDelayDays { get; init; } = 31;

    /// <summary>Codes of the models that are given in exchange besides the same one, by the model's code (C5.1.5). Default
    /// none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ReplacementModels { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether a machine of one model may be given for one of another.</summary>
    public bool MayReplace(string former, string given) =>
        ReplacementModels.TryGetValue(former, out var models) && models.Contains(given);
}

/// <summary>Returned machines: contact, offers, custody (C3.1.2, C5.1.1.1, C5.1.2).</summary>
public sealed record RmaPolicy
{
    /// <summary>Within so many days of the diagnosis the customer is contacted about a charge (C3.1.2).</summary>
    public DayRule FirstContact { get; init; } = new(1, DayMode.WorkingDays);

    /// <summary>Days for which an offer holds, the day of sending not counted.</summary>
    public int OfferDays { get; init; } = 14;

    /// <summary>Days after sending on which an unanswered offer is called to mind.</summary>
    public IReadOnlyList<int> OfferReminderDays { get; init; } = [3, 7, 13];

    /// <summary>Largest discount in percent that needs no approval of the sales manager.</summary>
    public decimal FreeDiscountPercent { get; init; } = 10m;

    /// <summary>Currency of offers, ISO 4217.</summary>
    public string Currency { get; init; } = "CNY";

    /// <summary>A machine that has not moved for so many days is on the list of idle ones.</summary>
    public int IdleDays { get; init; } = 7;

    /// <summary>A shipment that nobody confirmed for so many days is chased (C3.1.1).</summary>
    public int ChaseDays { get; init; } = 7;

    /// <summary>A slip's red copy that somebody holds for so many days is on the list (C5.1.5).</summary>
    public int SlipDays { get; init; } = 3;

    /// <summary>Days for which a customer's link works.</summary>
    public int LinkDays { get; init; } = 30;

    /// <summary>Days for which the QR code on a machine works.</summary>
    public int SerialLinkDays { get; init; } = 1096;
}

/// <summary>Complaints (C1, C2).</summary>
public sealed record ComplaintPolicy
{
    /// <summary>Targets for each severity.</summary>
    public required IReadOnlyDictionary<Severity, ServiceTarget> Targets { get; init; }

    /// <summary>Days that a complaint may have lain about before it is registered; one that lay longer is not
    /// late but made up. Default 366.</summary>
    public int LongestDelayDays { get; init; } = 366;

    /// <summary>For so long a liability may stay unclear before the department heads must meet (C5.5.1). Default 3
    /// working days.</summary>
    public DayRule UnclearLiability { get; init; } = new(3, DayMode.WorkingDays);

    /// <summary>What is a major quality problem besides severity <c>critical</c> and a safety matter
    /// (C5.5.2).</summary>
    public MajorProblemPolicy MajorProblem { get; init; } = new();

    /// <summary>So many disputes of an answer lead back to work; the next one also to a meeting (C5.6.1). Default
    /// 1.</summary>
    public int DisputesBeforeMeeting { get; init; } = 1;

    /// <summary>A customer's link to an answer works for so many days (C5.6.1). Default 30.</summary>
    public int AnswerLinkDays { get; init; } = 30;

    /// <summary>An affected customer answers a letter within so many days, else is reminded (C7). Default 7.</summary>
    public int LetterAnswerDays { get; init; } = 7;

    /// <summary>A merged complaint can be made one of its own again for so many days (S4). Default 30.</summary>
    public int UnmergeDays { get; init; } = 30;

    /// <summary>Complaints of so many days are compared when a new one is entered (S4). Default 90.</summary>
    public int DuplicateDays { get; init; } = 90;

    /// <summary>An action that is overdue is brought before the next level after so many days. Default 3 working
    /// days.</summary>
    public DayRule EscalateEvery { get; init; } = new(3, DayMode.WorkingDays);

    /// <summary>When targets are called to mind, in working hours before (negative) and after they run out, each time one
    /// level higher (C1): customer service 2 hours before, the head of the department at the end, the sales manager 8
    /// hours and the general manager 24 hours after it.</summary>
    public IReadOnlyList<ClockReminderPolicy> ClockReminders { get; init; } =
    [
        new(-2, Roles.CustomerService),
        new(0, Roles.DepartmentHead),
        new(8, Roles.SalesManager),
        new(24, Roles.GeneralManager),
    ];

    /// <summary>Working hours of QC's <c>investigation</c>, the department's <c>proposal</c>, the representative's
    /// <c>review</c>, each <c>verification</c>, and of the <c>answer</c> where it is not our liability (C1, C5.3.2).</summary>
    public IReadOnlyDictionary<string, StageTarget> StageTargets { get; init; } =
        new Dictionary<string, StageTarget>
        {
            ["investigation"] = new(16),
            ["proposal"] = new(24),
            ["review"] = new(8),
            ["verification"] = new(16),
            ["answer"] = new(8),
        };

    /// <summary>Working hours in which a technical enquiry is answered (C3.1.5). Default 8.</summary>
    public StageTarget EnquiryAnswer { get; init; } = new(8);

    /// <summary>Roles that have the authority for a disposition of failed goods (C7): <c>rework</c>,
    /// <c>concession</c>, <c>scrap</c>, <c>return-to-supplier</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> DispositionAuthority { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["rework"] = [Roles.Qc, Roles.QcHead],
            ["return-to-supplier"] = [Roles.QcHead],
            ["scrap"] = [Roles.QcHead],
            ["concession"] = [Roles.ManagementRepresentative, Roles.GeneralManager, Roles.DeputyGeneralManager],
        };

    /// <summary>Code of the quality department. It does not verify what it was itself responsible for
    /// (C5.6.2).</summary>
    public string QualityDepartment { get; init; } = "quality";

    /// <summary>Code of the customer service department, which does not either.</summary>
    public string ServiceDepartment { get; init; } = "customer-service";
}

/// <summary>A reminder of a target.</summary>
/// <param name="Hours">Working hours after the target runs out; negative before.</param>
/// <param name="Role">Whom it reaches.</param>
public sealed record ClockReminderPolicy(double Hours, string Role);

/// <summary>When a fault is a major quality problem by its spread or its cost (C5.5.2).</summary>
public sealed record MajorProblemPolicy
{
    /// <summary>So many customers with the same model and fault …</summary>
    public int SameFaultCustomers { get; init; } = 3;

    /// <summary>… within so many days of each other.</summary>
    public int SameFaultDays { get; init; } = 30;

    /// <summary>Cost above it, in yuan.</summary>
    public decimal CostAbove { get; init; } = 100_000m;
}

/// <summary>Working hours that a department has for its part.</summary>
/// <param name="Hours">Working hours.</param>
/// <param name="Calendar">Name of the business calendar.</param>
public sealed record StageTarget(double Hours, string Calendar = DayRule.DefaultCalendar);

/// <summary>How fast a complaint is answered and solved.</summary>
/// <param name="RespondHours">Working hours to the first response; never pauses.</param>
/// <param name="ResolveHours">Working hours to the solution; stands still during pauses.</param>
/// <param name="Calendar">Name of the business calendar.</param>
public sealed record ServiceTarget(double RespondHours, double ResolveHours, string Calendar = DayRule.DefaultCalendar)
{
    [JsonIgnore]
    public TimeSpan Respond => TimeSpan.FromHours(RespondHours);

    [JsonIgnore]
    public TimeSpan Resolve => TimeSpan.FromHours(ResolveHours);
}

/// <summary>Satisfaction surveys (C5.8–C5.10).</summary>
public sealed record SurveyPolicy
{
    /// <summary>Days after which an invitation can no longer be answered (C5.8.2).</summary>
    public required int InvitationExpiryDays { get; init; }

    /// <summary>Lowest overall grade that counts as satisfied (C5.10).</summary>
    public required Grade SatisfiedFrom { get; init; }

    /// <summary>An item graded so, or worse, enters the complaint procedure (C5.9).</summary>
    public required Grade ComplaintThrough { get; init; }

    /// <summary>An item graded so, or worse, warns (C5.9).</summary>
    public required Grade WarnThrough { get; init; }

    /// <summary>Quality goal in percent for departments that have none of their own (C5.10).</summary>
    public required decimal GoalPercent { get; init; }

    /// <summary>Within so many days a department below its goal has corrected (C5.10).</summary>
    public required DayRule CorrectiveDeadline { get; init; }

    /// <summary>A person is asked once in so many days, over all populations (C5.8.2); 0 sets no limit.</summary>
    public int RecontactDays { get; init; } = 30;

    /// <summary>Days after sending on which who did not answer is reminded (C5.8.2).</summary>
    public IReadOnlyList<int> ReminderDays { get; init; } = [7, 21];

    /// <summary>Consequences need so many forms; breakdowns and comments of anonymous ones, too (C5.10).</summary>
    public int LeastForms { get; init; } = 5;

    /// <summary>Public criticism stands on the board for so many days (C5.10).</summary>
    public int NoticeDays { get; init; } = 90;

    /// <summary>Within so many days a department answers an internal contact note with measures (C5.9).</summary>
    public int ContactNoteDays { get; init; } = 7;

    /// <summary>Within so many days a customer who asked for it has an answer or service (C5.9).</summary>
    public int AnswerDays { get; init; } = 3;

    /// <summary>Within so many days a failed item of a service point is corrected (T1 to T3).</summary>
    public int SiteCorrectionDays { get; init; } = 14;

    /// <summary>Answers that an interviewer took down without a connection come within so many days (C5.8.2).</summary>
    public int LateAnswerDays { get; init; } = 14;

    /// <summary>Within so many days a measure of a half-year review is carried out, where it names no day
    /// (C5.8.1 D).</summary>
    public int ReviewMeasureDays { get; init; } = 90;
}

/// <summary>How long records are kept (C8).</summary>
public sealed record RetentionPolicy
{
    /// <summary>Years after closing, at least 3.</summary>
    public required int Years { get; init; }

    /// <summary>Departments that asked for more, by department code, in years.</summary>
    public IReadOnlyDictionary<string, int> DepartmentYears { get; init; } = new Dictionary<string, int>();
}
