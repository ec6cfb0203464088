using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;

namespace CustomerService.Surveys.Messaging;

/// <summary>Ends invitations whose time is over (C5.8.2). Their links are dead at that instant anyway; this records it.</summary>
internal sealed class ExpireInvitations(IServiceScopeFactory scopes, CompanyClock clock, SurveySettings settings, ILogger<ExpireInvitations> log)
    : RecurringWork(TimeSpan.FromSeconds(settings.SweepSeconds), clock.Time, log)
{
    private const int Batch = 200;

    /// <summary>Ends what is overdue now; returns how many.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> overdue;
        await using (var scope = scopes.CreateAsyncScope())
        {
            overdue = await scope.ServiceProvider.GetRequiredService<ISurveyStore>().ListOverdueAsync(clock.Now, Batch, cancellationToken);
        }

        var ended = 0;
        foreach (var id in overdue)
        {
            // One scope each: a conflict with an answer or another replica costs that one only, and it is looked at again later.
            await using var scope = scopes.CreateAsyncScope();
            var store = scope.ServiceProvider.GetRequiredService<ISurveyStore>();
            if (await store.FindInvitationAsync(id, cancellationToken) is { } invitation
                && invitation.Expire(clock.Context(Actor.System("surveys"), invitation.PolicyVersion)) is null
                && await store.CommitAsync(null, cancellationToken) == Commit.Done)
            {
                ended++;
            }
        }

        return ended;
    }

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        while (await SweepAsync(stoppingToken) == Batch)
        {
        }
    }
}
