using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>The whole answer in another language.</summary>
internal sealed record AnswerTranslation(string Language, string Cause, string Traceability, string Conclusion);

/// <summary>What customer service explained or did, in another language.</summary>
internal sealed record NoteTranslation(string Language, string Note);

/// <summary>The words in which a merged complaint's customer gets what the parent's got (S4): in the customer's
/// language.</summary>
internal static class ParentAnswer
{
    private const string Rule = "S4";

    /// <summary>The answer for a child.</summary>
    /// <param name="parent">It was answered.</param>
    /// <param name="child">The complaint that was merged into it.</param>
    /// <param name="translations">The answer in other languages, or in other words of the parent's.</param>
    public static Result<CustomerAnswer> For(
        Complaint parent,
        Complaint child,
        IReadOnlyList<AnswerTranslation> translations
    )
    {
        var answer = parent.CustomerAnswer!;
        if (translations.FirstOrDefault(one => one.Language == child.Language) is not { } own)
        {
            return NeedsNone(parent, child) ? answer : Missing(child);
        }

        var told = new CustomerAnswer(own.Cause, own.Traceability, own.Conclusion, answer.By);
        if (own.Language != parent.Language)
        {
            return told;
        }

        // In the language of the release it can be compared with it (C5.6.1).
        var input = new AnswerInput(own.Cause, own.Traceability, own.Conclusion);
        return ReleasedText.AddsOnly(parent.Release!, input)
            ? told with
            {
                Added = ReleasedText.Added(parent.Release!, input),
            }
            : Refusal.ByRule("released-text-altered", "C5.6.1", ["released-text"], Roles.Qc, Roles.QcHead);
    }

    /// <summary>What a child's customer is told where customer service settled the parent alone.</summary>
    public static Result<string> NoteFor(
        Complaint parent,
        Complaint child,
        IReadOnlyList<NoteTranslation> translations
    ) =>
        translations.FirstOrDefault(one => one.Language == child.Language) is { } own ? own.Note
        : NeedsNone(parent, child) ? parent.Triage!.Note
        : (Result<string>)Missing(child);

    // Nobody reads what became of an anonymous form (C5.9).
    private static bool NeedsNone(Complaint parent, Complaint child) =>
        child.Language == parent.Language || child.IsAnonymous;

    private static Refusal Missing(Complaint child) =>
        Refusal
            .ByRule(
                "translation-missing",
                Rule,
                ["translation"],
                Roles.CustomerService,
                Roles.Sales,
                Roles.SalesManager
            )
            .With("number", child.Number)
            .With("language", child.Language);
}
