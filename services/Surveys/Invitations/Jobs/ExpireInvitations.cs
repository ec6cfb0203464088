using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Invitations.Jobs;

/// <summary>Ends invitations whose time is over (C5.8.2). Their links are dead at that instant anyway; this
/// records it.</summary>
internal sealed class ExpireInvitations(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    SurveysSettings settings,
    ILogger<ExpireInvitations> log
) : DueSweep(scopes, TimeSpan.FromSeconds(settings.SweepSeconds), contexts.Clock.Time, log)
{
    protected override Task<IReadOnlyList<Guid>> DueAsync(
        IServiceProvider services,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        services
            .GetRequiredService<IDocumentStore>()
            .ListIdsAsync(InvitationDocument.Overdue(contexts.Clock.Now), after, limit, cancellationToken);

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Guid id,
        CancellationToken cancellationToken
    ) =>
        await services
            .GetRequiredService<IDocumentStore>()
            .FindAsync(DocumentQuery<Invitation>.All.Where(i => i.Id, id), cancellationToken)
            is { } invitation
        && invitation.Expire(contexts.ForSystem("surveys", invitation)) is null;

    protected override bool IsAway(Exception exception) => StoreRegistration.IsAway(exception);
}
