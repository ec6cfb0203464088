using CustomerService.Contracts.Identity.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Rules;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Subscriptions.Consumers;

/// <summary>Pauses the subscriptions of an account that may no longer sign in, or keeps no reports any more: mails need no
/// sign-in.</summary>
internal sealed class PauseSubscriptionsOfAccount(ReportingDb db, CommandContexts contexts) : IConsumer<UserChanged>
{
    public async Task Consume(ConsumeContext<UserChanged> context)
    {
        var account = context.Message;
        if (account.Active && account.Roles.Intersect(SubscriptionFlow.Keepers, StringComparer.Ordinal).Any())
        {
            return;
        }

        var owner = account.UserId.ToString();
        var subscriptions = await db.Set<Subscription>()
            .Where(s => s.OwnerId == owner && s.State == SubscriptionState.Active)
            .ToListAsync(context.CancellationToken);
        foreach (var subscription in subscriptions)
        {
            subscription.PauseWithAccount(contexts.ForSystem("reporting"));
        }
    }
}
