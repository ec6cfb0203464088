using CustomerService.Records;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Questionnaires.Features;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Questionnaires;

/// <summary>What is asked: form FM006 in its versions (C5.8.3).</summary>
internal static class QuestionnairesModule
{
    public static void Add(IServiceCollection services) =>
        services.AddSingleton(QuestionnaireCatalogue.BuiltIn).AddScoped<QuestionnaireVersions>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Questionnaires");
        GetQuestionnaire.Map(group);
        WriteEdition.Map(group);
        ReadEditions.Map(group);
        group.MapRecords("editions", nameof(Edition), DocumentRecordStore.Finds(StaffAccess.Of<Edition>));
        group.MapAssignment<Edition, EditionView>("editions", (e, caller, _) => EditionView.From(e, caller));
    }
}
