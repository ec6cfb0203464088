using System.Resources;
using CustomerService.Forms;
using CustomerService.Messaging;
using CustomerService.Projects.Blobs;
using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Projects.Features;
using CustomerService.Projects.Grpc;
using CustomerService.Projects.Messaging;
using CustomerService.Projects.Plans;
using CustomerService.Projects.Sweep;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CustomerService.Projects;

/// <summary>The service Projects and Revisits: registry, handover, warranty, revisits.</summary>
internal static class ProjectsService
{
    /// <summary>Texts of this service.</summary>
    public static ResourceManager Texts { get; } =
        new("CustomerService.Projects.Resources.Texts", typeof(ProjectsService).Assembly);

    /// <summary>The flow tables, for diagrams and checks.</summary>
    internal static IReadOnlyList<IFlow> Flows { get; } = [ProjectFlow.Table, RevisitFlow.Table];

    public static WebApplication Build(string[] args) => Build(args, null);

    /// <param name="args">Command line.</param>
    /// <param name="replace">Replaces services before they are built, for example the clock.</param>
    internal static WebApplication Build(string[] args, Action<IServiceCollection>? replace)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("projects", typeof(ProjectsService).Assembly, Texts);
        builder.Services.AddServiceStore<ProjectsDb>(builder.Configuration);
        // How many there are is asked without an order: any so many will do.
        builder.Services.ConfigureDbContext<ProjectsDb>(options =>
            options.ConfigureWarnings(warnings =>
                warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning)
            )
        );
        builder.Services.AddMessaging<ProjectsDb>(
            builder.Configuration,
            "projects",
            bus => bus.Consume<FollowRepairOrders>().Consume<FollowCorrectiveActions>()
        );
        builder.Services.AddDeadlineSweep(builder.Configuration);
        builder.Services.AddSingleton<PlanGeneration>();
        builder.Services.AddSingleton<WarrantyBases>();
        builder.Services.AddBlobs(builder.Configuration);
        var limit = new AttachmentLimit(
            Settings.Number(builder.Configuration, "Attachments:MaxMegabytes", 10, 1, 100),
            Settings.Number(builder.Configuration, "Attachments:MaxMegapixels", 25, 1, 200)
        );
        builder.Services.AddSingleton(limit);
        builder.Services.AddForms(builder.Configuration);

        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapGrpcService<WarrantyQuestions>();
        app.MapGrpcService<DispatchQuestions>();

        var v1 = app.MapGroup("/v1");
        RegisterOrganisation.Map(v1);
        ChangeOrganisation.Map(v1);
        ReadOrganisations.Map(v1);
        RegisterPerson.Map(v1);
        ChangePerson.Map(v1);
        TransferPerson.Map(v1);
        ReadPeople.Map(v1);
        RegisterProject.Map(v1);
        ImportProjects.Map(v1);
        ReviseProject.Map(v1);
        WithdrawProject.Map(v1);
        AcceptProject.Map(v1);
        HandOverProject.Map(v1);
        ClearSite.Map(v1);
        CorrectDates.Map(v1);
        ChangeCommitments.Map(v1);
        GrantGoodwill.Map(v1);
        RegeneratePlans.Map(v1);
        ReadProjects.Map(v1);
        AskWarranty.Map(v1);
        ProposeLeader.Map(v1);
        ReadExpiringWarranties.Map(v1);
        AddRevisit.Map(v1);
        OpenRevisit.Map(v1);
        MoveRevisit.Map(v1);
        CancelRevisit.Map(v1);
        HoldRevisit.Map(v1);
        RecordFinding.Map(v1);
        FollowUpFinding.Map(v1);
        SignRevisit.Map(v1);
        DecideLiability.Map(v1);
        SetDisposition.Map(v1);
        CloseRevisit.Map(v1);
        ReadRevisits.Map(v1);
        RevisitCompliance.Map(v1);
        CreateCalendarFeed.Map(v1);
        RevokeCalendarFeed.Map(v1);
        ReadCalendarFeeds.Map(v1);
        ReadCalendarFeed.Map(v1);
        PrintRevisit.Map(v1);
        AddAttachment.Map(v1, limit);
        ReadAttachments.Map(v1);
        v1.MapAuditTrail<ProjectsDb>();
        v1.MapOperations("projects", typeof(ProjectsService).Assembly);
        return app;
    }
}
