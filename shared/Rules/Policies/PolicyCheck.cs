namespace CustomerService.Rules;

/// <summary>What a policy may not say, because the law, the procedure or plain sense forbids it.</summary>
internal static class PolicyCheck
{
    // What is longer is a slip of the hand, and would leave the calendar.
    private const int MostMonths = WarrantyLength.LongestMonths;
    private const int MostYears = WarrantyLength.LongestYears;
    private const int MostDays = 3660;
    private const int MostTimes = 1000;

    internal static IEnumerable<string> Errors(Policy policy, WorkCalendars calendars)
    {
        if (policy.WithdrawnFrom <= policy.EffectiveFrom)
        {
            yield return $"withdrawnFrom {policy.WithdrawnFrom:yyyy-MM-dd} must be after effectiveFrom {policy.EffectiveFrom:yyyy-MM-dd}";
        }

        foreach (
            var error in Days("clearance.due", policy.Clearance.Due, calendars)
                .Concat(Days("repairs.confirmDefect", policy.Repairs.ConfirmDefect, calendars))
                .Concat(Days("repairs.receipt", policy.Repairs.Receipt, calendars))
                .Concat(Days("repairs.targets.majorStart", policy.Repairs.Targets.MajorStart, calendars))
                .Concat(Days("repairs.targets.majorFinish", policy.Repairs.Targets.MajorFinish, calendars))
                .Concat(Days("repairs.targets.minorStart", policy.Repairs.Targets.MinorStart, calendars))
                .Concat(Days("repairs.targets.minorFinish", policy.Repairs.Targets.MinorFinish, calendars))
                .Concat(Reminders("repairs.confirmReminderDays", policy.Repairs.ConfirmReminderDays))
                .Concat(Days("complaints.unclearLiability", policy.Complaints.UnclearLiability, calendars))
                .Concat(Days("surveys.correctiveDeadline", policy.Surveys.CorrectiveDeadline, calendars))
                .Concat(Reminders("clearance.reminderDays", policy.Clearance.ReminderDays))
                .Concat(Reminders("revisits.reminderDays", policy.Revisits.ReminderDays))
                .Concat(Reminders("surveys.reminderDays", policy.Surveys.ReminderDays))
                .Concat(Revisits(policy.Revisits))
                .Concat(Warranty(policy.Warranty))
                .Concat(Repairs(policy.Repairs))
                .Concat(Complaints(policy.Complaints, calendars))
                .Concat(Surveys(policy.Surveys))
                .Concat(Retention(policy.Retention))
        )
        {
            yield return error;
        }

        if (policy.Returns.LongestDelayDays is < 0 or > 366)
        {
            yield return $"returns.longestDelayDays must be between 0 and 366 (is {policy.Returns.LongestDelayDays})";
        }

        if (policy.Returns.WindowMonths is < 1 or > MostMonths)
        {
            yield return $"returns.windowMonths must be between 1 and {MostMonths} (is {policy.Returns.WindowMonths})";
        }
    }

    private static IEnumerable<string> Days(string name, DayRule rule, WorkCalendars calendars)
    {
        if (rule.Days is < 0 or > MostDays)
        {
            yield return $"{name}.days must be between 0 and {MostDays} (is {rule.Days})";
        }

        if (!calendars.Contains(rule.Calendar))
        {
            yield return UnknownCalendar($"{name}.calendar", rule.Calendar, calendars);
        }
    }

    private static IEnumerable<string> Reminders(string name, IReadOnlyList<int> days)
    {
        if (days.Any(day => day is < 0 or > MostDays) || days.Distinct().Count() != days.Count)
        {
            yield return $"{name} must be different numbers of days before the date, from 0 to {MostDays} (are {string.Join(", ", days)})";
        }
    }

    private static IEnumerable<string> Revisits(RevisitPolicy revisits)
    {
        if (
            revisits.FirstMonths.Any(month => month is < 1 or > MostMonths)
            || revisits.FirstMonths.Zip(revisits.FirstMonths.Skip(1)).Any(pair => pair.First >= pair.Second)
        )
        {
            yield return $"revisits.firstMonths must be ascending, from 1 to {MostMonths} (are {string.Join(", ", revisits.FirstMonths)})";
        }

        if (revisits.ThenEveryMonths is < 1 or > MostMonths)
        {
            yield return $"revisits.thenEveryMonths must be between 1 and {MostMonths} (is {revisits.ThenEveryMonths})";
        }

        if (revisits.Horizon == HorizonRule.FixedMonths && revisits.HorizonMonths is not (>= 1 and <= MostMonths))
        {
            yield return $"revisits.horizonMonths must be between 1 and {MostMonths} where the horizon is fixed-months";
        }

        foreach (
            var (name, value, most) in new[]
            {
                ("timesInProject", revisits.Recurrence.TimesInProject, MostTimes),
                ("projects", revisits.Recurrence.Projects, MostTimes),
                ("withinMonths", revisits.Recurrence.WithinMonths, MostMonths),
            }
        )
        {
            if (value < 1 || value > most)
            {
                yield return $"revisits.recurrence.{name} must be between 1 and {most} (is {value})";
            }
        }
    }

    private static IEnumerable<string> Warranty(WarrantyPolicy warranty)
    {
        foreach (var (missing, _) in WarrantyParts.LegalMinimum.Where(row => warranty.Part(row.Code) is null))
        {
            yield return $"warranty.parts lacks '{missing}', a part of Table 3.1";
        }

        foreach (var twice in warranty.Parts.GroupBy(part => part.Code).Where(group => group.Count() > 1))
        {
            yield return $"warranty.parts has '{twice.Key}' twice";
        }

        foreach (var part in warranty.Parts)
        {
            var terms = (part.Years is null ? 0 : 1) + (part.Seasons is null ? 0 : 1) + (part.DesignLife ? 1 : 0);
            if (terms != 1)
            {
                yield return $"warranty.parts '{part.Code}' needs exactly one of years, seasons and designLife";
            }

            if (part.Years is < 1 or > MostYears || part.Seasons is < 1 or > MostYears)
            {
                yield return $"warranty.parts '{part.Code}': the term must be between 1 and {MostYears}";
            }

            if (
                part.Seasons is not null
                && (part.SeasonKinds.Count == 0 || part.SeasonKinds.Distinct().Count() != part.SeasonKinds.Count)
            )
            {
                yield return $"warranty.parts '{part.Code}': seasonKinds must name heating, cooling or both, each once";
            }
        }

        // Decree 279, art. 40: a company may give more, never less.
        foreach (var (code, least) in WarrantyParts.LegalMinimum)
        {
            if (
                warranty.Part(code) is { } part
                && IsSound(part)
                && (part.Prescribed.Unit != least.Unit || part.Prescribed.Count < least.Count)
            )
            {
                yield return $"warranty.parts '{code}' must be at least {least} (is {part.Prescribed}): State Council Decree 279, art. 40";
            }
        }

        if (!warranty.Seasons.TryGetValue(warranty.DefaultCity, out var seasons))
        {
            yield return $"warranty.defaultCity '{warranty.DefaultCity}' is not among warranty.seasons";
        }
        else if (seasons.Heating is null || seasons.Cooling is null)
        {
            yield return $"warranty.seasons.{warranty.DefaultCity} is the default and needs both heating and cooling";
        }

        foreach (var (city, ofCity) in warranty.Seasons)
        {
            if (ofCity.Heating is null && ofCity.Cooling is null)
            {
                yield return $"warranty.seasons.{city} has neither heating nor cooling";
            }

            foreach (
                var season in new[] { ofCity.Heating, ofCity.Cooling }.OfType<Season>().Where(season => !season.IsValid)
            )
            {
                yield return $"warranty.seasons.{city}: {season.From}..{season.Through} is no season; write days as 11-15";
            }
        }
    }

    private static bool IsSound(WarrantyPart part) =>
        part.DesignLife || part.Seasons is not null || part.Years is not null;

    private static IEnumerable<string> Repairs(RepairPolicy repairs)
    {
        if (!(repairs.DispatchRadiusKm >= 0 && repairs.DispatchRadiusKm <= 20_100))
        {
            yield return FormattableString.Invariant(
                $"repairs.dispatchRadiusKm must be between 0 and 20100 km (is {repairs.DispatchRadiusKm})"
            );
        }

        if (!(repairs.Targets.EmergencyOnSiteHours is > 0 and <= 240))
        {
            yield return FormattableString.Invariant(
                $"repairs.targets.emergencyOnSiteHours must be above 0, at most 240 (is {repairs.Targets.EmergencyOnSiteHours})"
            );
        }

        if (repairs.PhotosBefore is < 0 or > 20 || repairs.PhotosAfter is < 0 or > 20)
        {
            yield return "repairs.photosBefore and photosAfter must be between 0 and 20"
                + $" (are {repairs.PhotosBefore} and {repairs.PhotosAfter})";
        }

        if (!(repairs.FarAwayKm is > 0 and <= 20_100))
        {
            yield return FormattableString.Invariant(
                $"repairs.farAwayKm must be above 0, at most 20100 (is {repairs.FarAwayKm})"
            );
        }

        if (repairs.SameDefectDays is < 1 or > MostDays)
        {
            yield return $"repairs.sameDefectDays must be between 1 and {MostDays} (is {repairs.SameDefectDays})";
        }
    }

    private static IEnumerable<string> MajorProblem(MajorProblemPolicy major)
    {
        if (major.SameFaultCustomers is < 2 or > 1000)
        {
            yield return "complaints.majorProblem.sameFaultCustomers must be between 2 and 1000"
                + $" (is {major.SameFaultCustomers})";
        }

        if (major.SameFaultDays is < 1 or > MostDays)
        {
            yield return $"complaints.majorProblem.sameFaultDays must be between 1 and {MostDays}"
                + $" (is {major.SameFaultDays})";
        }

        if (major.CostAbove < 0)
        {
            yield return FormattableString.Invariant(
                $"complaints.majorProblem.costAbove must not be negative (is {major.CostAbove})"
            );
        }
    }

    private static IEnumerable<string> Complaints(ComplaintPolicy complaints, WorkCalendars calendars)
    {
        if (complaints.LongestDelayDays is < 1 or > MostDays)
        {
            yield return $"complaints.longestDelayDays must be between 1 and {MostDays} (is {complaints.LongestDelayDays})";
        }

        if (
            complaints
                .ClockReminders.Zip(complaints.ClockReminders.Skip(1))
                .Any(pair => pair.First.Hours >= pair.Second.Hours)
            || complaints.ClockReminders.Any(reminder => !Roles.All.Contains(reminder.Role))
        )
        {
            yield return "complaints.clockReminders must have ascending hours, and roles that are known";
        }

        if (complaints.LetterAnswerDays is < 1 or > MostDays)
        {
            yield return $"complaints.letterAnswerDays must be between 1 and {MostDays} (is {complaints.LetterAnswerDays})";
        }

        if (complaints.AnswerLinkDays is < 1 or > MostDays)
        {
            yield return $"complaints.answerLinkDays must be between 1 and {MostDays} (is {complaints.AnswerLinkDays})";
        }

        foreach (
            var missing in new[] { "investigation", "proposal", "review", "verification", "answer" }.Where(stage =>
                !complaints.StageTargets.TryGetValue(stage, out var target)
                || target.Hours <= 0
                || !calendars.Contains(target.Calendar)
            )
        )
        {
            yield return $"complaints.stageTargets.{missing} must have hours above 0 and a calendar that is known";
        }

        foreach (
            var missing in new[] { "rework", "concession", "scrap", "return-to-supplier" }.Where(kind =>
                !complaints.DispositionAuthority.TryGetValue(kind, out var roles) || roles.Count == 0
            )
        )
        {
            yield return $"complaints.dispositionAuthority.{missing} must name at least one role";
        }

        foreach (var error in MajorProblem(complaints.MajorProblem))
        {
            yield return error;
        }

        foreach (var severity in Enum.GetValues<Severity>())
        {
            var name = $"complaints.targets.{Spelling.Kebab(severity.ToString())}";
            if (!complaints.Targets.TryGetValue(severity, out var target))
            {
                yield return $"{name} is missing";
                continue;
            }

            if (
                !(
                    target.RespondHours > 0
                    && target.ResolveHours >= target.RespondHours
                    && target.ResolveHours <= 10_000
                )
            )
            {
                yield return FormattableString.Invariant(
                    $"{name}: hours must be above 0, to resolve not fewer than to respond, at most 10000 (are {target.RespondHours} and {target.ResolveHours})"
                );
            }

            if (!calendars.Contains(target.Calendar))
            {
                yield return UnknownCalendar($"{name}.calendar", target.Calendar, calendars);
            }
        }
    }

    private static IEnumerable<string> Surveys(SurveyPolicy surveys)
    {
        if (surveys.InvitationExpiryDays is < 1 or > MostDays)
        {
            yield return $"surveys.invitationExpiryDays must be between 1 and {MostDays} (is {surveys.InvitationExpiryDays})";
        }

        foreach (
            var (name, days) in new[]
            {
                ("noticeDays", surveys.NoticeDays),
                ("contactNoteDays", surveys.ContactNoteDays),
                ("answerDays", surveys.AnswerDays),
                ("siteCorrectionDays", surveys.SiteCorrectionDays),
                ("lateAnswerDays", surveys.LateAnswerDays),
                ("reviewMeasureDays", surveys.ReviewMeasureDays),
            }.Where(pair => pair.Item2 is < 1 or > MostDays)
        )
        {
            yield return $"surveys.{name} must be between 1 and {MostDays} (is {days})";
        }

        if (surveys.RecontactDays is < 0 or > MostDays)
        {
            yield return $"surveys.recontactDays must be between 0 and {MostDays} (is {surveys.RecontactDays})";
        }

        if (surveys.LeastForms < 1)
        {
            yield return $"surveys.leastForms must be at least 1 (is {surveys.LeastForms})";
        }

        if (surveys.GoalPercent is < 0 or > 100)
        {
            yield return FormattableString.Invariant(
                $"surveys.goalPercent must be between 0 and 100 (is {surveys.GoalPercent})"
            );
        }

        if (surveys.ComplaintThrough > surveys.WarnThrough || surveys.WarnThrough >= surveys.SatisfiedFrom)
        {
            yield return "surveys: complaintThrough must not be better than warnThrough, and warnThrough must be worse than satisfiedFrom";
        }
    }

    private static IEnumerable<string> Retention(RetentionPolicy retention)
    {
        if (retention.Years is < 3 or > MostYears)
        {
            yield return $"retention.years must be at least 3 and at most {MostYears} (is {retention.Years}): C8";
        }

        foreach (
            var (department, years) in retention.DepartmentYears.Where(pair =>
                pair.Value < retention.Years || pair.Value > MostYears
            )
        )
        {
            yield return $"retention.departmentYears.{department} must not be less than retention.years or more than {MostYears} (is {years})";
        }
    }

    private static string UnknownCalendar(string name, string calendar, WorkCalendars calendars) =>
        $"{name} '{calendar}' is not known; there are {string.Join(", ", calendars.Ids.Order(StringComparer.Ordinal))}";
}
