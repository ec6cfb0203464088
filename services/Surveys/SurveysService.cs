using CustomerService.Contracts.Surveys.V1;
using CustomerService.Forms;
using CustomerService.Records;
using CustomerService.Records.Keeping;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Analysis;
using CustomerService.Surveys.Campaigns;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Capas;
using CustomerService.Surveys.Contacts;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.FollowUps;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Goals;
using CustomerService.Surveys.Goals.Domain;
using CustomerService.Surveys.Identity;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Projects;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Repairs;
using CustomerService.Surveys.Responses;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Reviews;
using CustomerService.Surveys.Reviews.Domain;
using CustomerService.Surveys.ServicePoints;
using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Surveys.ServicePoints.Features;
using CustomerService.Surveys.Store;
using CustomerService.Work;

namespace CustomerService.Surveys;

/// <summary>Asks customers for their opinion (C5.8) and passes on what they are not content with (C5.9). The figures
/// (C5.10) are Reporting's.</summary>
internal static class SurveysService
{
    internal static IReadOnlyList<IFlow> Flows { get; } =
    [
        InvitationFlow.Table,
        ResponseFlow.Table,
        EditionFlow.Table,
        CampaignFlow.Table,
        SheetBatchFlow.Table,
        ContactNoteFlow.Table,
        SuggestionFlow.Table,
        OwedAnswerFlow.Table,
        EvaluationFlow.Table,
        AssessmentFlow.Table,
        HalfYearReviewFlow.Table,
    ];

    /// <param name="args">Command line.</param>
    /// <param name="replace">Replaces services, for tests.</param>
    internal static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("surveys", typeof(SurveysService).Assembly, SurveysTexts.Manager);
        builder.Services.AddSingleton(SurveysSettings.From(builder.Configuration));
        builder.Services.AddSurveyStore(
            builder.Configuration,
            bus =>
                bus.TrackAccounts()
                    .Consume<InviteAfterRepair>()
                    .TrackCases()
                    .Consume<TrackCapas>()
                    .Consume<SurveysFollowMerges>()
                    .Consume<KeepCustomers>()
                    .Consume<KeepDepartments>()
                    .ConsumeRecordLinks()
        );
        builder.Services.AddForms(builder.Configuration);
        builder.Services.AddRetention(builder.Configuration, SurveysRetention.Kinds);
        builder.Services.AddScoped<IKeepingStore, DocumentKeepingStore>();
        builder.Services.Configure<KeepingOptions>(options => options.IsAway = StoreRegistration.IsAway);
        builder.Services.AddScoped<KnownOrganisations>().AddScoped<SurveysMails>();
        builder.Services.AddScoped<IOrganisationMoves>(provider => provider.GetRequiredService<KnownOrganisations>());
        builder
            .Services.AddRecords(
                builder.Configuration,
                new(
                    (file, version) => new SurveysFileAdded(file.FileId, version, AssessmentAccess.Told(file)),
                    (file, version) => new SurveysFileRemoved(file.FileId, version, AssessmentAccess.Told(file)),
                    (id, version, wanted) => new SurveysFilesWanted(id, version, wanted)
                )
            )
            .AddScoped<IRecordStore, DocumentRecordStore>();
        QuestionnairesModule.Add(builder.Services);
        AnalysisModule.Add(builder.Services);
        GoalsModule.Add(builder.Services);
        InvitationsModule.Add(builder.Services);
        ResponsesModule.Add(builder.Services);
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapFileContents();
        var v1 = app.MapGroup("/v1");
        QuestionnairesModule.Map(v1);
        AnalysisModule.Map(v1);
        CampaignsModule.Map(v1);
        FollowUpsModule.Map(v1);
        GoalsModule.Map(v1);
        ReviewsModule.Map(v1);
        ServicePointsModule.Map(v1);
        InvitationsModule.Map(v1);
        ResponsesModule.Map(v1);
        ListCapasOfCase.Map(v1);
        v1.MapAuditTrail(
            (context, id, cancellationToken) =>
                VerifyAuditCommand.ReadAsync(
                    context.RequestServices.GetRequiredService<IDocumentStore>(),
                    id,
                    cancellationToken
                )
        );
        v1.MapWorkItems();
        v1.MapRetention();
        v1.MapOperations("surveys");
        return app;
    }
}
