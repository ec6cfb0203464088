using CustomerService.Messaging;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Features;
using CustomerService.Reporting.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting;

/// <summary>
/// Listens to everything that happens and keeps it as facts for reports and BI tools. It decides nothing: it
/// has no flows, and a report
/// never asks another service.
/// </summary>
internal static class ReportingService
{
    public static IReadOnlyList<IFlow> Flows { get; } = [];

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("reporting", typeof(ReportingService).Assembly, ReportingTexts.Manager);
        builder.Services.AddServiceStore<ReportingDb>(builder.Configuration);
        builder.Services.AddMessaging<ReportingDb>(
            builder.Configuration,
            "reporting",
            bus =>
                bus.Consume<ProjectFacts>()
                    .Consume<RevisitFacts>()
                    .Consume<RepairOrderFacts>()
                    .Consume<ComplaintFacts>()
                    .Consume<CorrectiveActionFacts>()
                    .Consume<SurveyFacts>()
        );

        var app = builder.Build();
        app.UseServiceDefaults();
        var v1 = app.MapGroup("/v1").ForRoles([.. Roles.Staff, Roles.BiReader]);
        RepairsOfTheMonth.Map(v1);
        ComplaintsOfTheYear.Map(v1);
        SatisfactionReport.Map(v1);
        RevisitCompliance.Map(v1);
        app.MapGroup("/v1").MapOperations("reporting", typeof(ReportingService).Assembly);
        return app;
    }
}
