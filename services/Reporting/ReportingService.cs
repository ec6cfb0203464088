using CustomerService.Forms;
using CustomerService.Messaging;
using CustomerService.Registry;
using CustomerService.Reporting.Archive;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.DataSets;
using CustomerService.Reporting.DepartmentAccounts;
using CustomerService.Reporting.DepartmentAccounts.Domain;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.FigureSnapshots;
using CustomerService.Reporting.FigureSnapshots.Domain;
using CustomerService.Reporting.OData;
using CustomerService.Reporting.Reports;
using CustomerService.Reporting.Retention;
using CustomerService.Reporting.Subscriptions;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Reporting.Views;
using CustomerService.Reporting.Webhooks;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting;

/// <summary>
/// Listens to everything that happens and keeps it as facts for reports and BI tools. A report never asks another
/// service. What happens is passed on to systems without AMQP by webhooks; figures that were submitted stay as they were.
/// </summary>
internal static class ReportingService
{
    public static IReadOnlyList<IFlow> Flows { get; } =
    [WebhookFlow.Table, DepartmentAccountFlow.Table, SubscriptionFlow.Table, FigureSnapshotFlow.Table];

    /// <param name="args">Command line.</param>
    /// <param name="replace">Replaces services before they are built, for example the clock.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("reporting", typeof(ReportingService).Assembly, ReportingTexts.Manager);
        builder.Services.AddServiceStore<ReportingDb>(builder.Configuration);
        builder.Services.AddMessaging<ReportingDb>(builder.Configuration, "reporting", Consume);
        builder.Services.AddSingleton<IServiceCommand, RebuildFacts>();
        builder.Services.AddSingleton<IDerivedSchema, BiViews>();
        builder.Services.AddScoped<RowScope>().AddScoped<PersonalData>().AddScoped<Freshness>();
        builder.Services.AddPersonalData<ReportingDb>();
        builder.Services.AddRegistry<ReportingDb>();
        builder.Services.AddForms(builder.Configuration);
        DataSetsModule.Add(builder.Services);
        FiguresModule.Add(builder.Services, builder.Configuration);
        ODataModule.Add(builder.Services);
        WebhooksModule.Add(builder.Services, builder.Configuration);
        DepartmentAccountsModule.Add(builder.Services, builder.Configuration);
        SubscriptionsModule.Add(builder.Services, builder.Configuration);
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseServiceDefaults();
        ReportsModule.Map(app.MapGroup("/v1"));
        DataSetsModule.Map(app.MapGroup("/v1"));
        FiguresModule.Map(app);
        FigureSnapshotsModule.Map(app.MapGroup("/v1"));
        ODataModule.Map(app);
        WebhooksModule.Map(app.MapGroup("/v1"));
        RetentionModule.Map(app.MapGroup("/v1"));
        app.MapGroup("/v1").MapAuditTrail<ReportingDb>();
        app.MapGroup("/v1").MapPersonalData("reporting");
        DepartmentAccountsModule.Map(app.MapGroup("/v1"));
        SubscriptionsModule.Map(app.MapGroup("/v1"));
        app.MapGroup("/v1").MapOperations("reporting");
        return app;
    }

    private static void Consume(MessagingBuilder bus)
    {
        // The archive is what everything is made from again: it must have each event from the first on.
        bus.ReadyWhenBound().TrackAccounts().ConsumeDepartments();
        ArchiveModule.Consume(bus);
        RetentionModule.Consume(bus);
        SubscriptionsModule.Consume(bus);
    }
}
