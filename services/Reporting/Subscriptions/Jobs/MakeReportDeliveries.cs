using CustomerService.Reporting.Data;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Subscriptions.Jobs;

/// <summary>Puts down what is due. Any number of replicas may run it: of one instant there is one delivery.</summary>
internal sealed class MakeReportDeliveries(
    IServiceScopeFactory scopes,
    ReportMail mail,
    SubscriptionOptions options,
    CommandContexts contexts,
    ILogger<MakeReportDeliveries> log
) : DueSweep<ReportingDb, Subscription>(scopes, options.Every, contexts.Clock.Time, log)
{
    protected override IQueryable<Subscription> Due(ReportingDb db)
    {
        var now = contexts.Clock.Now;
        // Without a mail server nothing can be sent; what was due meanwhile comes once, when there is one.
        return mail.IsOn
            ? db.Set<Subscription>().Where(s => s.NextAt <= now)
            : db.Set<Subscription>().Where(_ => false);
    }

    protected override Task<bool> StepAsync(
        IServiceProvider services,
        Subscription subscription,
        CancellationToken cancellationToken
    )
    {
        if (subscription.Due(contexts.ForSystem("reporting")) is not { } delivery)
        {
            return Task.FromResult(false);
        }

        services.GetRequiredService<ReportingDb>().Add(delivery);
        return Task.FromResult(true);
    }
}
