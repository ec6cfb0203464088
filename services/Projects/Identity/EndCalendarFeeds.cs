using CustomerService.Contracts.Identity.V1;
using CustomerService.Projects.Data;
using CustomerService.Rules;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Identity;

/// <summary>Ends the calendar feeds of an account that may no longer sign in, or is no staff any more: their addresses
/// need no sign-in.</summary>
internal sealed class EndCalendarFeeds(ProjectsDb db, CommandContexts contexts) : IConsumer<UserChanged>
{
    public async Task Consume(ConsumeContext<UserChanged> context)
    {
        if (context.Message.Active && context.Message.Roles.Intersect(Roles.Staff, StringComparer.Ordinal).Any())
        {
            return;
        }

        var account = context.Message.UserId.ToString();
        var feeds = await db
            .CalendarFeeds.Where(f => f.CreatedBy == account && f.RevokedAt == null)
            .ToListAsync(context.CancellationToken);
        foreach (var feed in feeds)
        {
            feed.EndWithAccount(contexts.ForSystem("projects"));
        }
    }
}
