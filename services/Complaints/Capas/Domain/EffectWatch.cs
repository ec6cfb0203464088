using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.Capas.Domain;

/// <summary>What a complaint counts against: the effect of a CAPA that watches for it (C5.6.2).</summary>
internal static class EffectWatch
{
    /// <summary>What the plan of a CAPA counts; null where that is not known.</summary>
    public static string? KeyOf(Capa capa, EffectPlan plan) =>
        plan.Metric switch
        {
            EffectMetric.RecurrencesOfFault => capa.FaultKey is { } fault ? "fault\n" + fault : null,
            EffectMetric.RecurrencesOfCause => OfCause(capa.Department, capa.CauseCode),
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

    /// <summary>Counts the complaint against the CAPA, or takes it back to analysis.</summary>
    /// <returns>Whether it went back to analysis.</returns>
    public static bool Count(Capa capa, Complaint complaint, CommandContext context)
    {
        if (
            capa.ComplaintIds.Contains(complaint.Id)
            || capa.Occurrences.Any(occurrence => occurrence.ComplaintId == complaint.Id)
        )
        {
            return false;
        }

        var occurrence = new Occurrence(complaint.Id, complaint.Number, context.Today);
        return capa.Measure(context, occurrence) is not null && capa.Recur(context, occurrence) is null;
    }

    private static string? OfCause(string? department, string? cause) =>
        department is null || cause is null ? null : $"cause\n{department}\n{TextFolding.Key(cause)}";
}
