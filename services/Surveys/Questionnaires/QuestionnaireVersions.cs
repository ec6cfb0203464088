using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Questionnaires;

/// <summary>All versions of the questionnaire: those that come with the service and those that were published.</summary>
internal sealed class QuestionnaireVersions(IDocumentStore store, QuestionnaireCatalogue builtIn)
{
    private const int Most = 500;

    private IReadOnlyList<Questionnaire>? _all;

    /// <summary>All, the oldest first.</summary>
    public async Task<IReadOnlyList<Questionnaire>> AllAsync(CancellationToken cancellation) =>
        _all ??= [
            .. builtIn.Versions,
            .. (await store.ListAsync(EditionDocument.Published, null, Most, cancellation))
                .Select(edition => edition.Questionnaire)
                .OrderBy(questionnaire => questionnaire.Version),
        ];

    /// <summary>The version that is sent on a day: of those in force the latest.</summary>
    public async Task<Questionnaire> InForceOnAsync(DateOnly day, CancellationToken cancellation)
    {
        var all = await AllAsync(cancellation);
        return all.LastOrDefault(questionnaire => questionnaire.EffectiveFrom <= day) ?? all[0];
    }

    /// <summary>The version of that number; null where there is none.</summary>
    public async Task<Questionnaire?> FindAsync(int version, CancellationToken cancellation) =>
        builtIn.Versions.FirstOrDefault(questionnaire => questionnaire.Version == version)
        ?? (await AllAsync(cancellation)).FirstOrDefault(questionnaire => questionnaire.Version == version);

    /// <summary>The version that a form carries.</summary>
    public async Task<Questionnaire> ByVersionAsync(int version, CancellationToken cancellation) =>
        await FindAsync(version, cancellation)
        ?? throw new KeyNotFoundException(
            $"Version {version} of the questionnaire is gone; versions are never removed."
        );
}
