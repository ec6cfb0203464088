using CustomerService.Complaints.ActionItems;
using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.ActionItems.Features;
using CustomerService.Complaints.Capas;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Codes;
using CustomerService.Complaints.Complaints;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Enquiries;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.Complaints.Enquiries.Features;
using CustomerService.Complaints.Knowledge;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.Complaints.Knowledge.Features;
using CustomerService.Complaints.Letters;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Complaints.Letters.Features;
using CustomerService.Complaints.Meetings;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Complaints.Meetings.Features;
using CustomerService.Complaints.Projects;
using CustomerService.Complaints.Repairs;
using CustomerService.Complaints.Surveys;
using CustomerService.Complaints.YearReports;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.Complaints.YearReports.Features;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Repairs.Grpc.V1;
using CustomerService.Forms;
using CustomerService.Messaging;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Work;

namespace CustomerService.Complaints;

/// <summary>Complaints (FM004) and CAPAs.</summary>
internal static class ComplaintsService
{
    internal static IReadOnlyList<IFlow> Flows { get; } =
    [
        ComplaintFlow.Table,
        CapaFlow.Table,
        ActionItemFlow.Table,
        ReviewMeetingFlow.Table,
        EnquiryFlow.Table,
        KnowledgeArticleFlow.Table,
        AffectedLetterFlow.Table,
        YearReportFlow.Table,
    ];

    /// <param name="args">Command line.</param>
    /// <param name="replace">Replaces services before they are built, for example the clock.</param>
    internal static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("complaints", typeof(ComplaintsService).Assembly, ComplaintsTexts.Manager);
        builder.Services.AddServiceStore<ComplaintsDb>(builder.Configuration);
        builder.Services.AddMessaging<ComplaintsDb>(
            builder.Configuration,
            "complaints",
            bus =>
                bus.TrackAccounts()
                    .Consume<RegisterComplaintOnDissatisfiedResponse>()
                    .Consume<OpenCapaOnRequest>()
                    .KeepWorksCases()
                    .Consume<OpenCapaOnRepair>()
                    .Consume<OpenCapaOnCorrectiveOrder>()
                    .Consume<KeepSurveyCases>()
                    .Consume<SampleSatisfaction>()
                    .Consume<SampleFirstPass>()
                    .ConsumeRegistry()
                    .ConsumeRecordLinks()
        );
        builder.Services.AddRegistry<ComplaintsDb>().AddScoped<IFollowRegistry, FollowNames>();
        builder.Services.AddWork<ComplaintsDb, ComplaintsWorkChanged>();
        builder.Services.AddScoped<IMoveReferences, FollowMerges>();
        builder.Services.AddRecords<ComplaintsDb>(
            builder.Configuration,
            new(
                (file, version) => new ComplaintsFileAdded(file.FileId, version, file),
                (file, version) => new ComplaintsFileRemoved(file.FileId, version, file),
                (id, version, wanted) => new ComplaintsFilesWanted(id, version, wanted)
            )
        );
        builder.Services.AddForms(builder.Configuration);
        builder.Services.AddRetention(builder.Configuration, ComplaintsRetention.Kinds);
        builder.Services.AddSingleton(ComplaintsSettings.From(builder.Configuration));
        builder.Services.AddQuestions<RepairsOfCases.RepairsOfCasesClient>(builder.Configuration, "Repairs");
        builder.Services.AddScoped<RepairsClient>().AddScoped<ComplaintsMails>();
        ComplaintsModule.Add(builder.Services);
        CapasModule.Add(builder.Services);
        ActionItemsModule.Add(builder.Services);
        CodesModule.Add(builder.Services);
        EnquiriesModule.Add(builder.Services);
        LettersModule.Add(builder.Services);
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapFileContents();
        var v1 = app.MapGroup("/v1");
        ComplaintsModule.Map(v1);
        CapasModule.Map(v1);
        ActionItemsModule.Map(v1);
        CodesModule.Map(v1);
        MeetingsModule.Map(v1);
        EnquiriesModule.Map(v1);
        KnowledgeModule.Map(v1);
        LettersModule.Map(v1);
        YearReportsModule.Map(v1);
        v1.MapAssignment<ComplaintsDb, Complaint, ComplaintView>(
            "complaints",
            (db, actor) => db.Complaints.VisibleTo(actor),
            ComplaintView.From
        );
        v1.MapAssignment<ComplaintsDb, Capa, CapaView>(
            "capas",
            (db, actor) => db.Capas.VisibleTo(actor),
            CapaView.From
        );
        v1.MapAssignment<ComplaintsDb, ActionItem, ActionItemView>(
            "action-items",
            (db, actor) => db.ActionItems.VisibleTo(actor),
            ActionItemView.From
        );
        v1.MapAssignment<ComplaintsDb, ReviewMeeting, ReviewMeetingView>(
            "meetings",
            (db, actor) => db.Meetings.VisibleTo(actor),
            ReviewMeetingView.From
        );
        v1.MapAssignment<ComplaintsDb, Enquiry, EnquiryView>(
            "enquiries",
            (db, actor) => db.Enquiries.VisibleTo(actor),
            EnquiryView.From
        );
        v1.MapAssignment<ComplaintsDb, KnowledgeArticle, KnowledgeArticleView>(
            "knowledge-articles",
            (db, actor) => db.KnowledgeArticles.VisibleTo(actor),
            KnowledgeArticleView.From
        );
        v1.MapAssignment<ComplaintsDb, AffectedLetter, AffectedLetterView>(
            "affected-letters",
            (db, actor) => db.AffectedLetters.VisibleTo(actor),
            AffectedLetterView.From
        );
        v1.MapAssignment<ComplaintsDb, YearReport, YearReportView>(
            "year-reports",
            (db, actor) => db.YearReports.VisibleTo(actor),
            YearReportView.From
        );
        v1.MapWorkItems();
        v1.MapAuditTrail<ComplaintsDb>();
        v1.MapRetention();
        v1.MapOperations("complaints");
        return app;
    }
}
