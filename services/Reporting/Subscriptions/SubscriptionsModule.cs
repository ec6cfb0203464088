using CustomerService.Mailing;
using CustomerService.Messaging;
using CustomerService.Reporting.Subscriptions.Consumers;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Reporting.Subscriptions.Features;
using CustomerService.Reporting.Subscriptions.Jobs;
using CustomerService.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace CustomerService.Reporting.Subscriptions;

/// <summary>Settings of the subscriptions, section <c>Subscriptions</c>.</summary>
internal sealed class SubscriptionOptions
{
    /// <summary>How often it is looked for what is due.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>Reports by mail.</summary>
internal static class SubscriptionsModule
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SubscriptionOptions>().Bind(configuration.GetSection("Subscriptions"));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SubscriptionOptions>>().Value);
        services.AddSingleton(new MailServer(MailOptions.Read(configuration))).AddSingleton<ReportMail>();
        services.AddScoped<ReportFiles>();
        services.AddSingleton<MakeReportDeliveries>();
        services.AddHostedService(provider => provider.GetRequiredService<MakeReportDeliveries>());
        services.AddSingleton<SendReports>();
        services.AddHostedService(provider => provider.GetRequiredService<SendReports>());
    }

    public static void Consume(MessagingBuilder bus) => bus.Consume<PauseSubscriptionsOfAccount>();

    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").ForRoles(SubscriptionFlow.Keepers).WithTags("Subscriptions");
        SubscribeToReport.Map(routes);
        ReviseSubscription.Map(routes);
        PauseSubscription.Map(routes);
        ResumeSubscription.Map(routes);
        RemoveSubscription.Map(routes);
        GetSubscription.Map(routes);
        ListSubscriptions.Map(routes);
        ListReportDeliveries.Map(routes);
    }
}
