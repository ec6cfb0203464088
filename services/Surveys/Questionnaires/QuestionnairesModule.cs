using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Questionnaires.Features;

namespace CustomerService.Surveys.Questionnaires;

/// <summary>What is asked: form FM006.</summary>
internal static class QuestionnairesModule
{
    public static void Add(IServiceCollection services) => services.AddSingleton(QuestionnaireCatalogue.BuiltIn);

    public static void Map(IEndpointRouteBuilder routes) =>
        GetQuestionnaire.Map(routes.MapGroup("").WithTags("Questionnaires"));
}
