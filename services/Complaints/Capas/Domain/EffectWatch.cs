using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.Capas.Domain;

/// <summary>What a complaint counts against: the effect of a CAPA that watches for it (C5.6.2).</summary>
internal static class EffectWatch
{
    /// <summary>What the plan of a CAPA counts; null where that is not known.</summary>
    public static string? KeyOf(Capa capa, EffectPlan plan) =>
        KeyOf(plan, capa.Department, capa.FaultKey, capa.CauseCode);

    /// <summary>The same of a CAPA of this department, with this fault and cause.</summary>
    public static string? KeyOf(EffectPlan plan, string? department, string? faultKey, string? causeCode) =>
        plan.Metric switch
        {
            EffectMetric.RecurrencesOfFault => faultKey is { } fault ? "fault\n" + fault : null,
            EffectMetric.RecurrencesOfCause => OfCause(department, causeCode),
            EffectMetric.SatisfactionOfItem => plan.Item is { } graded ? OfSatisfaction(graded) : null,
            EffectMetric.FirstPassRate => plan.Item is { } repaired ? OfFirstPass(repaired) : null,
            _ => plan.Item is { } item ? "item\n" + item : null,
        };

    /// <summary>Key of the responses that grade an item of the survey.</summary>
    public static string OfSatisfaction(string item) => "satisfaction\n" + item;

    /// <summary>Key of the first inspections of a model, or of a part of Table 3.1.</summary>
    public static string OfFirstPass(string modelOrPart) => "first-pass\n" + modelOrPart;

    /// <summary>Everything that a complaint counts against, as far as it is known of it.</summary>
    public static IReadOnlyList<string> KeysOf(Complaint complaint) =>
        [
            .. new[]
            {
                complaint.FaultKey is { } fault ? "fault\n" + fault : null,
                OfCause(complaint.ResponsibleDepartment, complaint.LiabilityRuling?.CauseCode),
            }.OfType<string>(),
            .. complaint.OriginItems.Select(item => "item\n" + item),
        ];

    /// <summary>The day on which the fault showed itself, whenever that became known: its registration, or that it was
    /// opened again.</summary>
    public static DateOnly DayOf(Complaint complaint, CommandContext context) =>
        complaint.Round == 1 ? complaint.RegisteredOn : context.DateOf(complaint.OpenedAt);

    /// <summary>Counts the complaint against the CAPA, or takes it back to analysis.</summary>
    /// <returns>Whether it went back to analysis.</returns>
    public static bool Count(Capa capa, Complaint complaint, CommandContext context)
    {
        // What is handled with a served complaint is the same matter, and not its coming back.
        if (
            capa.ComplaintIds.Contains(complaint.Id)
            || (complaint.ParentId is { } parent && capa.ComplaintIds.Contains(parent))
            || capa.Occurrences.Any(occurrence => occurrence.ComplaintId == complaint.Id)
        )
        {
            return false;
        }

        var occurrence = new Occurrence(complaint.Id, complaint.Number, DayOf(complaint, context));
        return capa.Measure(context, occurrence) is not null && capa.Recur(context, occurrence) is null;
    }

    private static string? OfCause(string? department, string? cause) =>
        department is null || cause is null ? null : $"cause\n{department}\n{TextFolding.Key(cause)}";
}
