using CustomerService.Contracts.Identity.V1;
using CustomerService.Messaging;
using CustomerService.Projects.CalendarFeeds.Domain;
using CustomerService.Projects.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Identity;

/// <summary>Ends the calendar feeds of an account that may no longer sign in, or is no staff any more: their addresses
/// need no sign-in. The account is kept here as well, for who makes a feed before its tokens are refused.</summary>
internal sealed class EndCalendarFeeds(ProjectsDb db, IAccounts accounts, CommandContexts contexts)
    : IConsumer<UserChanged>
{
    public async Task Consume(ConsumeContext<UserChanged> context)
    {
        if (context.Message.Active && context.Message.Roles.Intersect(Roles.Staff, StringComparer.Ordinal).Any())
        {
            return;
        }

        var account = context.Message.UserId.ToString();
        await db.LockAsync(CalendarFeed.LockOf(account), context.CancellationToken);
        await accounts.KeepAsync(Account.From(context.Message), context.CancellationToken);
        var feeds = await db
            .CalendarFeeds.Where(f => f.CreatedBy == account && f.RevokedAt == null)
            .ToListAsync(context.CancellationToken);
        foreach (var feed in feeds)
        {
            feed.EndWithAccount(contexts.ForSystem("projects"));
        }
    }
}
