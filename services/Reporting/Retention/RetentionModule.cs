using CustomerService.Messaging;
using CustomerService.Reporting.Retention.Consumers;
using CustomerService.Reporting.Retention.Features;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Retention;

/// <summary>The retention register of all services, and what of erased records goes here (C8).</summary>
internal static class RetentionModule
{
    public static void Consume(MessagingBuilder bus) => bus.Consume<DropPersonalData>();

    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("")
            .ForRoles(Roles.Staff)
            .WithTags("Retention")
            .AddEndpointFilter(Freshness.WriteAsync);
        ListRetentionRegister.Map(routes);
    }
}
