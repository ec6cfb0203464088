using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Domain;

namespace CustomerService.Surveys.Features;

/// <summary>Form FM006 as it is sent today (C5.8.3).</summary>
internal static class ReadQuestionnaire
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/questionnaires/{kind}", Handle)
            .WithSummary("The questionnaire of a kind of survey")
            .WithDescription(
                "Rule C5.8.3, form FM006: dimensions A to F with the items that this kind (A to D) asks for, the five grades and the mandatory overall evaluation, in the caller's language."
            )
            .Produces<QuestionnaireView>()
            .ProducesProblem(StatusCodes.Status404NotFound, Problems.ContentType);

    private static IResult Handle(
        string kind,
        HttpContext context,
        Caller caller,
        QuestionnaireCatalogue questionnaires,
        Texts texts
    ) =>
        SurveyKinds.TryParse(kind, out var known)
            ? Results.Json(QuestionnaireView.From(questionnaires.At(caller.Today), known, texts), Json.Options)
            : Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
}
