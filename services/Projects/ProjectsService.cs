using CustomerService.Contracts.Projects.V1;
using CustomerService.Forms;
using CustomerService.Messaging;
using CustomerService.Projects.CalendarFeeds;
using CustomerService.Projects.Complaints;
using CustomerService.Projects.Data;
using CustomerService.Projects.Grpc;
using CustomerService.Projects.Identity;
using CustomerService.Projects.Organisations;
using CustomerService.Projects.People;
using CustomerService.Projects.PlanSheets;
using CustomerService.Projects.PlanSheets.Domain;
using CustomerService.Projects.Projects;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Projects.Features;
using CustomerService.Projects.Repairs;
using CustomerService.Projects.Revisits;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Projects.Revisits.Features;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Work;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects;

/// <summary>The service Projects and Revisits: registry, handover, warranty, revisits.</summary>
internal static class ProjectsService
{
    /// <summary>The flow tables, for diagrams and checks.</summary>
    internal static IReadOnlyList<IFlow> Flows { get; } = [ProjectFlow.Table, RevisitFlow.Table, PlanSheetFlow.Table];

    /// <param name="args">Command line.</param>
    /// <param name="replace">Replaces services before they are built, for example the clock.</param>
    internal static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        var (services, configuration) = (builder.Services, builder.Configuration);
        var settings = ProjectsSettings.From(configuration);
        builder.AddServiceDefaults("projects", typeof(ProjectsService).Assembly, ProjectsTexts.Manager);
        services.AddServiceStore<ProjectsDb>(configuration);
        services.AddMessaging<ProjectsDb>(
            configuration,
            "projects",
            bus =>
                bus.TrackAccounts()
                    .TrackRepairOrders()
                    .Consume<JoinFaultGroups>()
                    .Consume<TrackCapas>()
                    .Consume<EndCalendarFeeds>()
                    .ConsumeRecordLinks()
        );
        services.AddWork<ProjectsDb, ProjectsWorkChanged>();
        services.AddSingleton(settings);
        services.AddRecords<ProjectsDb>(
            configuration,
            new(
                (file, version) => new ProjectsFileAdded(file.FileId, version, file),
                (file, version) => new ProjectsFileRemoved(file.FileId, version, file),
                (id, version, wanted) => new ProjectsFilesWanted(id, version, wanted)
            )
        );
        services.AddForms(configuration);
        services.AddRetention(configuration, ProjectsRetention.Kinds);
        services.AddSweepCommand();
        services.AddSingleton<IServiceCommand, AnnounceCommand>();
        ProjectsModule.Add(services, settings);
        RevisitsModule.Add(services, settings);
        services.AddScoped<ProjectReferences>().AddScoped<OrganisationMerges>().AddScoped<PersonMerges>();
        services.AddScoped<IOrganisationMoves>(provider => provider.GetRequiredService<OrganisationMerges>());

        replace?.Invoke(services);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapGrpcService<WarrantyQuestions>();
        app.MapGrpcService<DispatchQuestions>();
        app.MapGrpcService<PlanQuestions>();
        app.MapFileContents();

        var v1 = app.MapGroup("/v1");
        OrganisationsModule.Map(v1);
        PeopleModule.Map(v1);
        ProjectsModule.Map(v1);
        RevisitsModule.Map(v1);
        CalendarFeedsModule.Map(v1);
        PlanSheetsModule.Map(v1);
        v1.MapAssignment<ProjectsDb, Project, ProjectView>(
            "projects",
            (db, actor) => db.Projects.VisibleTo(actor),
            ProjectView.From
        );
        v1.MapAssignment<Revisit, RevisitView>(
            "revisits",
            (context, caller, id, change, cancellation) =>
                caller.ChangeRevisitAsync(
                    context.RequestServices.GetRequiredService<ProjectsDb>(),
                    id,
                    (revisit, command) => Task.FromResult(change(revisit, command)),
                    cancellation
                )
        );
        v1.MapWorkItems();
        v1.MapAuditTrail<ProjectsDb>();
        v1.MapRetention();
        v1.MapOperations("projects");
        return app;
    }
}
