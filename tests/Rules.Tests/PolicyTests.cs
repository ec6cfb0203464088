using System.Text.Json.Nodes;
using static CustomerService.Rules.Tests.Build;

namespace CustomerService.Rules.Tests;

public sealed class PolicyTests
{
    [Fact]
    public void The_built_in_values_are_those_of_the_requirements()
    {
        var policy = Standard;

        policy.Clearance.Due.ShouldBe(new DayRule(10, DayMode.Calendar));
        policy.Revisits.FirstMonths.ShouldBe([3, 6]);
        policy.Revisits.ThenEveryMonths.ShouldBe(6);
        policy.Revisits.Horizon.ShouldBe(HorizonRule.LongestFinite);
        policy.Revisits.ReminderDays.ShouldBe([14, 3]);
        policy.Revisits.Recurrence.ShouldBe(
            new RecurrencePolicy
            {
                TimesInProject = 2,
                Projects = 3,
                WithinMonths = 12,
            }
        );
        policy
            .Warranty.Parts.Select(part => (part.Code, part.Prescribed))
            .ShouldBe([
                ("infrastructure", WarrantyLength.DesignLife),
                ("foundation", WarrantyLength.DesignLife),
                ("main-structure", WarrantyLength.DesignLife),
                ("roof", WarrantyLength.Years(5)),
                ("bathrooms", WarrantyLength.Years(5)),
                ("rooms", WarrantyLength.Years(5)),
                ("outer-walls", WarrantyLength.Years(5)),
                ("heating", WarrantyLength.Seasons(2)),
                ("cooling", WarrantyLength.Seasons(2)),
                ("electrical", WarrantyLength.Years(2)),
                ("water-and-drainage", WarrantyLength.Years(2)),
                ("equipment-installation", WarrantyLength.Years(2)),
                ("decoration", WarrantyLength.Years(2)),
            ]);
        policy.Repairs.ConfirmDefect.ShouldBe(new DayRule(2, DayMode.Calendar));
        policy.Repairs.Emergencies.ShouldBe([
            EmergencyReason.Structure,
            EmergencyReason.Safety,
            EmergencyReason.EssentialFunction,
        ]);
        policy.Returns.WindowMonths.ShouldBe(3);
        policy.Complaints.Targets.Keys.Order().ShouldBe([Severity.Minor, Severity.Major, Severity.Critical]);
        policy.Surveys.SatisfiedFrom.ShouldBe(Grade.FairlySatisfied);
        policy.Surveys.ComplaintThrough.ShouldBe(Grade.Dissatisfied);
        policy.Surveys.WarnThrough.ShouldBe(Grade.RatherDissatisfied);
        policy.Retention.Years.ShouldBe(3);
    }

    [Fact]
    [Trait("Rule", "C9")]
    public void A_case_keeps_its_version_when_a_later_one_is_published()
    {
        var policies = Load(Versions(("2000-01-01", null, 3), ("2025-07-01", null, 6)));

        var opened = policies.InForceOn(Day("2025-06-30")).Version;
        policies.InForceOn(Day("2025-07-01")).Version.ShouldBe(2);
        opened.ShouldBe(1);
        policies.ByVersion(opened).Returns.WindowMonths.ShouldBe(3);
        policies.ByVersion(2).Returns.WindowMonths.ShouldBe(6);
    }

    [Fact]
    [Trait("Rule", "C9")]
    public void A_withdrawn_version_gives_way_to_the_one_before_for_new_cases_and_stays_for_old_ones()
    {
        var policies = Load(Versions(("2000-01-01", null, 3), ("2025-07-01", "2025-08-01", 6)));

        policies.InForceOn(Day("2025-07-31")).Version.ShouldBe(2);
        policies.InForceOn(Day("2025-08-01")).Version.ShouldBe(1);
        policies.ByVersion(2).Returns.WindowMonths.ShouldBe(6);
    }

    [Fact]
    [Trait("Rule", "C9")]
    public void A_day_before_every_version_has_the_first_because_no_case_goes_without_rules() =>
        Load(Versions(("2020-01-01", null, 3), ("2025-07-01", null, 6)))
            .InForceOn(Day("1990-01-01"))
            .Version.ShouldBe(1);

    [Fact]
    public void A_version_that_cases_carry_and_the_file_lost_is_named() =>
        Should
            .Throw<KeyNotFoundException>(() => PolicyCatalogue.BuiltIn.ByVersion(7))
            .Message.ShouldContain("Policy version 7");

    [Theory]
    [InlineData("version", "2", "versions must be numbered 1, 2, 3 …; 1 is missing or given twice")]
    [InlineData("withdrawnFrom", "\"2000-01-01\"", "withdrawnFrom 2000-01-01 must be after")]
    [InlineData("clearance.due.days", "-1", "clearance.due.days must be between 0 and 3660 (is -1)")]
    [InlineData("clearance.due.days", "\"ten\"", "clearance.due.days")]
    [InlineData("clearance.due.mode", "\"sometimes\"", "clearance.due.mode")]
    [InlineData(
        "clearance.due.calendar",
        "\"mars\"",
        "clearance.due.calendar 'mars' is not known; there are always, china, company, weekends"
    )]
    [InlineData("revisits.firstMonths", "[6, 3]", "revisits.firstMonths must be ascending")]
    [InlineData("revisits.thenEveryMonths", "0", "revisits.thenEveryMonths must be between 1 and 2400 (is 0)")]
    [InlineData(
        "revisits.thenEveryMonths",
        "2147483647",
        "revisits.thenEveryMonths must be between 1 and 2400 (is 2147483647)"
    )]
    [InlineData("revisits.firstMonths", "[3, 120000]", "revisits.firstMonths must be ascending, from 1 to 2400")]
    [InlineData(
        "revisits.reminderDays",
        "[4000000]",
        "revisits.reminderDays must be different numbers of days before the date, from 0 to 3660"
    )]
    [InlineData("revisits.horizon", "\"fixed-months\"", "revisits.horizonMonths must be between 1 and 2400")]
    [InlineData("revisits.reminderDays", "[3, 3]", "revisits.reminderDays")]
    [InlineData("warranty.parts", "[]", "warranty.parts lacks 'infrastructure'")]
    [InlineData("warranty.parts.3.years", "3", "'roof' must be at least 5y (is 3y): State Council Decree 279, art. 40")]
    [InlineData("warranty.parts.12.years", "1", "'decoration' must be at least 2y (is 1y)")]
    [InlineData("warranty.parts.7.seasons", "1", "'heating' must be at least 2s (is 1s)")]
    [InlineData("warranty.parts.3.seasons", "2", "'roof' needs exactly one of years, seasons and designLife")]
    [InlineData("warranty.parts.7.seasonKinds", "[]", "seasonKinds must name")]
    [InlineData("warranty.defaultCity", "\"atlantis\"", "warranty.defaultCity 'atlantis'")]
    [InlineData(
        "warranty.seasons.beijing.heating.from",
        "\"15.11.\"",
        "warranty.seasons.beijing: 15.11...03-15 is no season"
    )]
    [InlineData("repairs.dispatchRadiusKm", "-5", "repairs.dispatchRadiusKm must be between 0 and 20100 km (is -5)")]
    [InlineData("complaints.longestDelayDays", "0", "complaints.longestDelayDays must be between 1 and 3660 (is 0)")]
    [InlineData("returns.windowMonths", "0", "returns.windowMonths must be between 1 and 2400 (is 0)")]
    [InlineData("returns.windowMonths", "120000", "returns.windowMonths must be between 1 and 2400 (is 120000)")]
    [InlineData("complaints.targets.major.resolveHours", "1", "complaints.targets.major: hours must be above 0")]
    [InlineData(
        "complaints.targets.major.calendar",
        "\"mars\"",
        "complaints.targets.major.calendar 'mars' is not known"
    )]
    [InlineData("surveys.invitationExpiryDays", "0", "surveys.invitationExpiryDays must be between 1 and 3660 (is 0)")]
    [InlineData("surveys.goalPercent", "101", "surveys.goalPercent must be between 0 and 100 (is 101)")]
    [InlineData("surveys.satisfiedFrom", "\"rather-dissatisfied\"", "warnThrough must be worse than satisfiedFrom")]
    [InlineData("retention.years", "2", "retention.years must be at least 3 and at most 200 (is 2): C8")]
    [InlineData("retention.years", "9999", "retention.years must be at least 3 and at most 200 (is 9999): C8")]
    [InlineData("retention.year", "4", "retention")]
    [InlineData("complaints.targets.major", "null", "$.versions[0].complaints.targets.major is null")]
    [InlineData("warranty.parts.1", "null", "$.versions[0].warranty.parts[1] is null")]
    public void A_wrong_value_is_refused_in_one_line_that_names_it(string path, string value, string says)
    {
        var file = Default();
        Set(file["versions"]![0]!, path, JsonNode.Parse(value));

        var wrong = Should.Throw<RuleDataException>(() => Load(file));

        wrong.Message.ShouldStartWith("own.json: ");
        wrong.Message.ShouldContain(says);
        wrong.Message.ShouldNotContain("\n");
    }

    /// <summary>A limit belongs to what is allowed: the value itself is taken, the next one is not.</summary>
    [Theory]
    [InlineData("clearance.due.days", "0", "-1", "clearance.due.days must be between")]
    [InlineData("clearance.due.days", "3660", "3661", "clearance.due.days must be between")]
    [InlineData("clearance.reminderDays", "[0]", "[-1]", "clearance.reminderDays must be different")]
    [InlineData("clearance.reminderDays", "[3660]", "[3661]", "clearance.reminderDays must be different")]
    [InlineData("revisits.reminderDays", "[5, 3]", "[5, -3]", "revisits.reminderDays must be different")]
    [InlineData("revisits.firstMonths", "[1, 2]", "[0, 2]", "revisits.firstMonths must be ascending")]
    [InlineData("revisits.firstMonths", "[3, 2400]", "[3, 2401]", "revisits.firstMonths must be ascending")]
    [InlineData("revisits.firstMonths", "[3, 4]", "[3, 3]", "revisits.firstMonths must be ascending")]
    [InlineData("revisits.firstMonths", "[3, 6, 9]", "[3, 9, 6]", "revisits.firstMonths must be ascending")]
    [InlineData("revisits.thenEveryMonths", "1", "0", "revisits.thenEveryMonths must be between")]
    [InlineData("revisits.thenEveryMonths", "2400", "2401", "revisits.thenEveryMonths must be between")]
    [InlineData("revisits.recurrence.timesInProject", "1", "0", "revisits.recurrence.timesInProject must be between")]
    [InlineData("revisits.recurrence.projects", "1000", "1001", "revisits.recurrence.projects must be between")]
    [InlineData("revisits.recurrence.withinMonths", "2400", "2401", "revisits.recurrence.withinMonths must be between")]
    [InlineData("returns.windowMonths", "1", "0", "returns.windowMonths must be between")]
    [InlineData("returns.windowMonths", "2400", "2401", "returns.windowMonths must be between")]
    [InlineData("warranty.parts.3.years", "200", "201", "warranty.parts 'roof': the term must be")]
    [InlineData("warranty.parts.7.seasons", "200", "201", "warranty.parts 'heating': the term must be")]
    [InlineData("warranty.parts.7.seasons", "2", "0", "warranty.parts 'heating': the term must be")]
    [InlineData("repairs.dispatchRadiusKm", "0", "-0.1", "repairs.dispatchRadiusKm must be between")]
    [InlineData("repairs.dispatchRadiusKm", "20100", "20100.1", "repairs.dispatchRadiusKm must be between")]
    [InlineData("repairs.confirmDefect.days", "0", "-1", "repairs.confirmDefect.days must be between")]
    [InlineData("surveys.correctiveDeadline.days", "0", "-1", "surveys.correctiveDeadline.days must be between")]
    [InlineData("complaints.longestDelayDays", "1", "0", "complaints.longestDelayDays must be between")]
    [InlineData("complaints.longestDelayDays", "3660", "3661", "complaints.longestDelayDays must be between")]
    [InlineData("complaints.unclearLiability.days", "0", "-1", "complaints.unclearLiability.days must be between")]
    [InlineData("complaints.majorProblem.sameFaultCustomers", "2", "1", "sameFaultCustomers must be between")]
    [InlineData("complaints.majorProblem.sameFaultCustomers", "1000", "1001", "sameFaultCustomers must be between")]
    [InlineData("complaints.majorProblem.sameFaultDays", "1", "0", "sameFaultDays must be between")]
    [InlineData("complaints.majorProblem.sameFaultDays", "3660", "3661", "sameFaultDays must be between")]
    [InlineData("complaints.majorProblem.costAbove", "0", "-0.01", "costAbove must not be negative (is -0.01)")]
    [InlineData("complaints.targets.major.respondHours", "0.5", "0", "complaints.targets.major: hours must be")]
    [InlineData("complaints.targets.major.resolveHours", "10000", "10000.5", "complaints.targets.major: hours must be")]
    [InlineData("surveys.invitationExpiryDays", "1", "0", "surveys.invitationExpiryDays must be between")]
    [InlineData("surveys.invitationExpiryDays", "3660", "3661", "surveys.invitationExpiryDays must be between")]
    [InlineData("surveys.goalPercent", "0", "-0.1", "surveys.goalPercent must be between")]
    [InlineData("surveys.goalPercent", "100", "100.1", "surveys.goalPercent must be between")]
    [InlineData("surveys.complaintThrough", "\"rather-dissatisfied\"", "\"satisfied\"", "must not be better")]
    [InlineData("retention.years", "3", "2", "retention.years must be at least 3")]
    [InlineData("retention.years", "200", "201", "retention.years must be at least 3")]
    [InlineData(
        "retention.departmentYears",
        "{ \"qc\": 3 }",
        "{ \"qc\": 2 }",
        "retention.departmentYears.qc must not be"
    )]
    [InlineData(
        "retention.departmentYears",
        "{ \"qc\": 200 }",
        "{ \"qc\": 201 }",
        "retention.departmentYears.qc must not be"
    )]
    public void Given_a_limit_When_a_value_lies_on_it_Then_taken_and_beyond_it_refused(
        string path,
        string allowed,
        string refused,
        string says
    )
    {
        var (good, bad) = (Default(), Default());
        Set(good["versions"]![0]!, path, JsonNode.Parse(allowed));
        Set(bad["versions"]![0]!, path, JsonNode.Parse(refused));

        Load(good).Versions.Count.ShouldBe(1);
        Should.Throw<RuleDataException>(() => Load(bad)).Message.ShouldContain(says);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("2400", true)]
    [InlineData("0", false)]
    [InlineData("2401", false)]
    [InlineData(null, false)]
    public void Given_a_fixed_horizon_When_its_months_are_none_or_beyond_sense_Then_refused(string? months, bool taken)
    {
        var file = Default();
        Set(file["versions"]![0]!, "revisits.horizon", "fixed-months");
        if (months is not null)
        {
            Set(file["versions"]![0]!, "revisits.horizonMonths", JsonNode.Parse(months));
        }

        Reads(file, taken, "revisits.horizonMonths must be between 1 and 2400 where the horizon is fixed-months");
    }

    [Fact]
    public void Given_another_horizon_When_months_stand_there_all_the_same_Then_they_are_not_looked_at()
    {
        var file = Default();
        Set(file["versions"]![0]!, "revisits.horizonMonths", 0);

        Reads(file, taken: true, "");
    }

    [Fact]
    public void Given_a_part_of_the_warranty_twice_When_read_Then_refused()
    {
        var file = Default();
        var parts = file["versions"]![0]!["warranty"]!["parts"]!.AsArray();
        parts.Add(parts[3]!.DeepClone());

        Reads(file, taken: false, "warranty.parts has 'roof' twice");
    }

    [Theory]
    [InlineData("years", "0")]
    [InlineData("years", "-1")]
    [InlineData("seasons", "201")]
    public void Given_an_own_part_with_an_impossible_term_When_read_Then_refused(string unit, string count)
    {
        var file = Default();
        var part = $$"""{ "code": "garden", "{{unit}}": {{count}}, "seasonKinds": ["heating"] }""";
        file["versions"]![0]!["warranty"]!["parts"]!.AsArray().Add(JsonNode.Parse(part));

        Reads(file, taken: false, "warranty.parts 'garden': the term must be between 1 and 200");
    }

    [Theory]
    [InlineData("heating")]
    [InlineData("cooling")]
    public void Given_a_default_city_without_one_of_its_seasons_When_read_Then_refused(string season)
    {
        var file = Default();
        var warranty = file["versions"]![0]!["warranty"]!;
        var city = warranty["defaultCity"]!.ToString();
        warranty["seasons"]![city]!.AsObject().Remove(season);

        Reads(file, taken: false, $"warranty.seasons.{city} is the default and needs both heating and cooling");
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{ "heating": { "from": "11-15", "through": "03-15" } }""", true)]
    [InlineData("""{ "cooling": { "from": "06-01", "through": "09-15" } }""", true)]
    public void Given_another_city_When_it_has_at_least_one_season_Then_taken(string seasons, bool taken)
    {
        var file = Default();
        file["versions"]![0]!["warranty"]!["seasons"]!["harbin"] = JsonNode.Parse(seasons);

        Reads(file, taken, "warranty.seasons.harbin has neither heating nor cooling");
    }

    [Theory]
    [InlineData("11-15", "11-15", false)]
    [InlineData("02-29", "03-01", true)]
    [InlineData("02-30", "03-01", false)]
    [InlineData("11-15", "13-01", false)]
    public void Given_a_season_When_its_days_are_days_and_differ_Then_taken(string from, string through, bool taken)
    {
        var file = Default();
        var season = $$"""{ "heating": { "from": "{{from}}", "through": "{{through}}" } }""";
        file["versions"]![0]!["warranty"]!["seasons"]!["harbin"] = JsonNode.Parse(season);

        Reads(file, taken, $"warranty.seasons.harbin: {from}..{through} is no season; write days as 11-15");
    }

    [Fact]
    public void Given_a_season_with_days_that_are_none_When_it_is_asked_for_Then_it_says_so() =>
        Should
            .Throw<RuleDataException>(() => new Season("15.11.", "03-15").BeginningIn(2025))
            .Message.ShouldBe("'15.11.' is no day of a year; write it as 11-15.");

    [Fact]
    public void Given_hours_to_resolve_When_they_are_those_to_respond_Then_taken()
    {
        var file = Default();
        Set(file["versions"]![0]!, "complaints.targets.major.respondHours", 24);
        Set(file["versions"]![0]!, "complaints.targets.major.resolveHours", 24);

        Reads(file, taken: true, "");
    }

    [Fact]
    public void Given_one_day_for_two_versions_When_read_Then_refused_because_neither_would_be_the_later() =>
        Should
            .Throw<RuleDataException>(() => Load(Versions(("2025-01-01", null, 3), ("2025-01-01", null, 3))))
            .Message.ShouldContain("version 2: effectiveFrom 2025-01-01 must be after");

    [Fact]
    public void Given_deadlines_in_working_days_When_the_calendars_in_use_are_asked_Then_theirs_are_among_them()
    {
        var file = Default();
        Set(file["versions"]![0]!, "clearance.due.mode", "working-days");
        Set(file["versions"]![0]!, "clearance.due.calendar", "china");
        Set(file["versions"]![0]!, "repairs.confirmDefect.mode", "calendar");
        Set(file["versions"]![0]!, "repairs.confirmDefect.calendar", "weekends");

        var used = Load(file).ByVersion(1).CalendarsInUse;

        used.ShouldContain("china");
        used.ShouldNotContain("weekends");
    }

    [Fact]
    public void Given_own_calendars_When_policies_are_read_with_them_Then_they_may_name_them()
    {
        var calendars = WorkCalendars.BuiltIn.With(
            Json("""{ "calendars": [ { "id": "mars", "extends": "always" } ] }"""),
            "test.json"
        );
        var file = Default();
        Set(file["versions"]![0]!, "clearance.due.calendar", "mars");

        var policies = PolicyCatalogue.Load(Json(file.ToJsonString()), "own.json", calendars);

        policies.ByVersion(1).Clearance.Due.Calendar.ShouldBe("mars");
        policies.Calendars.ShouldBeSameAs(calendars);
    }

    private static void Reads(JsonNode file, bool taken, string says)
    {
        if (taken)
        {
            Load(file).Versions.Count.ShouldBe(1);
        }
        else
        {
            Should.Throw<RuleDataException>(() => Load(file)).Message.ShouldContain(says);
        }
    }

    [Theory]
    [InlineData("clearance")]
    [InlineData("revisits")]
    [InlineData("warranty")]
    [InlineData("repairs")]
    [InlineData("returns")]
    [InlineData("complaints")]
    [InlineData("surveys")]
    [InlineData("retention")]
    public void A_missing_or_null_section_is_refused_by_name(string section)
    {
        var without = Default();
        without["versions"]![0]!.AsObject().Remove(section);
        Should.Throw<RuleDataException>(() => Load(without)).Message.ShouldContain(section);

        var empty = Default();
        empty["versions"]![0]![section] = null;
        Should.Throw<RuleDataException>(() => Load(empty)).Message.ShouldContain(section);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{ "versions": [] }""")]
    [InlineData("""{ "versions": [null] }""")]
    [InlineData("""{ "versions": [], "versions": [] }""")]
    [InlineData("""{ "versions": """)]
    public void A_file_that_is_none_is_refused_in_one_line(string text)
    {
        var wrong = Should.Throw<RuleDataException>(() => PolicyCatalogue.Load(Json(text), "own.json"));

        wrong.Message.ShouldStartWith("own.json: ");
        wrong.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_severity_without_a_target_is_refused()
    {
        var file = Default();
        file["versions"]![0]!["complaints"]!["targets"]!.AsObject().Remove("critical");

        Should
            .Throw<RuleDataException>(() => Load(file))
            .Message.ShouldContain("complaints.targets.critical is missing");
    }

    [Fact]
    public void A_company_can_give_more_than_the_law_asks_and_add_parts_of_its_own()
    {
        var file = Default();
        Set(file["versions"]![0]!, "warranty.parts.3.years", 10);
        file["versions"]![0]!["warranty"]!["parts"]!
            .AsArray()
            .Add(JsonNode.Parse("""{ "code": "garden", "years": 1 }"""));

        var policy = Load(file).ByVersion(1);

        policy.Warranty.Part(WarrantyParts.Roof)!.Prescribed.ShouldBe(WarrantyLength.Years(10));
        policy.Warranty.Part("garden")!.Prescribed.ShouldBe(WarrantyLength.Years(1));
    }

    [Fact]
    public void Effective_dates_must_ascend_with_the_numbers() =>
        Should
            .Throw<RuleDataException>(() => Load(Versions(("2025-01-01", null, 3), ("2024-01-01", null, 3))))
            .Message.ShouldContain("version 2: effectiveFrom 2024-01-01 must be after");

    private static PolicyCatalogue Load(JsonNode file) => PolicyCatalogue.Load(Json(file.ToJsonString()), "own.json");

    private static JsonNode Default()
    {
        using var stream = typeof(Policy).Assembly.GetManifestResourceStream("policies.json")!;
        return JsonNode.Parse(
            stream,
            documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip }
        )!;
    }

    private static JsonNode Versions(params (string From, string? Withdrawn, int WindowMonths)[] versions)
    {
        var file = Default();
        var first = file["versions"]![0]!;
        file["versions"] = new JsonArray(
            versions
                .Select(
                    (version, i) =>
                    {
                        var node = first.DeepClone();
                        node["version"] = i + 1;
                        node["effectiveFrom"] = version.From;
                        if (version.Withdrawn is not null)
                        {
                            node["withdrawnFrom"] = version.Withdrawn;
                        }

                        node["returns"]!["windowMonths"] = version.WindowMonths;
                        return node;
                    }
                )
                .ToArray()
        );
        return file;
    }

    private static void Set(JsonNode node, string path, JsonNode? value)
    {
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            node = (int.TryParse(step, out var index) ? node[index] : node[step])!;
        }

        if (int.TryParse(steps[^1], out var last))
        {
            node[last] = value;
        }
        else
        {
            node[steps[^1]] = value;
        }
    }
}
