using CustomerService.Messaging;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Reports;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting;

/// <summary>
/// Listens to everything that happens and keeps it as facts for reports and BI tools. It decides nothing: it has no
/// flows, and a report never asks another service.
/// </summary>
internal static class ReportingService
{
    public static IReadOnlyList<IFlow> Flows { get; } = [];

    /// <param name="args">Command line.</param>
    /// <param name="replace">Replaces services before they are built, for example the clock.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("reporting", typeof(ReportingService).Assembly, ReportingTexts.Manager);
        builder.Services.AddServiceStore<ReportingDb>(builder.Configuration);
        builder.Services.AddMessaging<ReportingDb>(builder.Configuration, "reporting", FactsModule.Consume);
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseServiceDefaults();
        ReportsModule.Map(app.MapGroup("/v1"));
        app.MapGroup("/v1").MapOperations("reporting");
        return app;
    }
}
