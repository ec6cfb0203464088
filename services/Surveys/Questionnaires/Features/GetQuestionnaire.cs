using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Questionnaires.Features;

/// <summary>Form FM006 as it is sent today (C5.8.3).</summary>
internal static class GetQuestionnaire
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/questionnaires/{kind}", Handle)
            .AsQuery()
            .WithSummary("The questionnaire of a kind of survey")
            .WithDescription(
                "Rule C5.8.3, form FM006: dimensions A to F with the items that this kind (A to D) asks for, the five "
                    + "grades and the mandatory overall evaluation, in the caller's language."
            )
            .Produces<WordedQuestionnaire>();

    private static async Task<QueryResult> Handle(
        string kind,
        Caller caller,
        QuestionnaireVersions questionnaires,
        Texts texts,
        CancellationToken cancellation
    ) =>
        SurveyKinds.Parse(kind) is { } known
            ? QueryResult.Of(
                WordedQuestionnaire.Of(
                    await questionnaires.InForceOnAsync(caller.Today, cancellation),
                    known,
                    key => texts.Find(key)!
                )
            )
            : QueryResult.NotFound;
}
