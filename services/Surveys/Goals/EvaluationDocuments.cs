using CustomerService.Surveys.Goals.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Goals;

/// <summary>How goals and evaluations are kept and found.</summary>
internal static class EvaluationDocuments
{
    public static DocumentType<QualityGoal> Goals { get; } =
        DocumentType.Of<QualityGoal>("quality-goal", "quality_goals").Index(g => g.Department);

    public static DocumentType<Evaluation> Evaluations { get; } =
        DocumentType
            .Of<Evaluation>("evaluation", "evaluations")
            .Unique(e => e.Key)
            .Index(e => e.Department)
            .Index(e => e.NoticeThrough)
            .Index(e => e.State, e => e.DueOn);

    /// <summary>Its deadline is over, and it was not measured again.</summary>
    public static DocumentQuery<Evaluation> Due(DateOnly today) =>
        DocumentQuery<Evaluation>
            .All.In(e => e.State, [EvaluationState.Ordered])
            .Between(e => e.DueOn, null, today.AddDays(-1));
}
