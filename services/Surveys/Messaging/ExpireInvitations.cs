using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;

namespace CustomerService.Surveys.Messaging;

/// <summary>Ends invitations whose time is over (C5.8.2). Their links are dead at that instant anyway; this
/// records it.</summary>
internal sealed partial class ExpireInvitations(
    IServiceScopeFactory scopes,
    CompanyClock clock,
    SurveySettings settings,
    ILogger<ExpireInvitations> log
) : RecurringWork(TimeSpan.FromSeconds(settings.SweepSeconds), clock.Time, log)
{
    private const int Batch = 200;

    /// <summary>Ends what is overdue now; returns how many.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        // What could not be ended comes with every look again, and first; it is passed over until the next round.
        var left = new HashSet<Guid>();
        while (true)
        {
            IReadOnlyList<Guid> overdue;
            await using (var scope = scopes.CreateAsyncScope())
            {
                overdue = await scope
                    .ServiceProvider.GetRequiredService<ISurveyStore>()
                    .ListOverdueAsync(clock.Now, Batch + left.Count, cancellationToken);
            }

            var anew = overdue.Where(id => !left.Contains(id)).ToList();
            foreach (var id in anew)
            {
                try
                {
                    if (await EndAsync(id, cancellationToken))
                    {
                        ended++;
                        continue;
                    }
                }
                catch (Exception broken)
                    when (broken is not OperationCanceledException && !StoreRegistration.IsAway(broken))
                {
                    // One invitation that cannot be read does not keep all others from their end.
                    NotEnded(Log, id, broken);
                }

                left.Add(id);
            }

            if (anew.Count < Batch)
            {
                return ended;
            }
        }
    }

    protected override Task RoundAsync(CancellationToken stoppingToken) => SweepAsync(stoppingToken);

    private async Task<bool> EndAsync(Guid id, CancellationToken cancellationToken)
    {
        // One scope each: a conflict with an answer or another replica costs that one only, and it is looked at
        // again later.
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ISurveyStore>();
        return await store.FindInvitationAsync(id, cancellationToken) is { } invitation
            && invitation.Expire(clock.Context(Actor.System("surveys"), invitation.PolicyVersion)) is null
            && await store.CommitAsync(null, cancellationToken) == Commit.Done;
    }

    [LoggerMessage(LogLevel.Error, "Invitation {Id} could not be ended; the sweep goes on with the others")]
    private static partial void NotEnded(ILogger logger, Guid id, Exception exception);
}
