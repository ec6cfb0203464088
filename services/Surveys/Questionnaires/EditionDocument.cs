using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Questionnaires;

/// <summary>How versions of the questionnaire are kept and found.</summary>
internal static class EditionDocument
{
    public static DocumentType<Edition> Type { get; } =
        DocumentType.Of<Edition>("edition", "editions").UniqueWhereSet(e => e.Number).Index(e => e.State);

    public static DocumentQuery<Edition> Published { get; } =
        DocumentQuery<Edition>.All.In(e => e.State, [EditionState.Published]);
}
