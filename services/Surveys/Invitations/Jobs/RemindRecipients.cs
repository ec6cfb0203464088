using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Contacts;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Invitations.Jobs;

/// <summary>Reminds those who did not answer (C5.8.2), on the days of the policy. Who opted out meanwhile, or has an
/// open case, is left in peace.</summary>
internal sealed class RemindRecipients(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    LinkTokens tokens,
    SurveysSettings settings,
    ILogger<RemindRecipients> log
) : DueSweep(scopes, TimeSpan.FromSeconds(settings.SweepSeconds), contexts.Clock.Time, log)
{
    protected override Task<IReadOnlyList<Guid>> DueAsync(
        IServiceProvider services,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var policy = contexts.ForSystem("surveys").Policy.Surveys;
        return policy.ReminderDays.Count == 0
            ? Task.FromResult<IReadOnlyList<Guid>>([])
            : services
                .GetRequiredService<IDocumentStore>()
                .ListIdsAsync(
                    InvitationDocument.ToRemind(contexts.Clock.Today.AddDays(-policy.ReminderDays.Min())),
                    after,
                    limit,
                    cancellationToken
                );
    }

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var store = services.GetRequiredService<IDocumentStore>();
        if (
            await store.FindAsync(DocumentQuery<Invitation>.All.Where(i => i.Id, id), cancellationToken)
            is not { } invitation
        )
        {
            return false;
        }

        var context = contexts.ForSystem("surveys", invitation);
        var link = invitation.Seed is { } seed ? tokens.AddressOf(seed) : null;
        // What it asks about is closed, although that may not have been heard of here.
        var history = await services
            .GetRequiredService<ContactHistories>()
            .OfAsync(invitation.CustomerId, invitation.Contact, invitation.SourceId, cancellationToken);
        if (invitation.Remind(context, link, history) is not null)
        {
            return false;
        }

        if (link is not null)
        {
            await services.GetRequiredService<SurveysMails>().RemindAsync(context, invitation, link, cancellationToken);
        }

        return true;
    }

    protected override bool IsAway(Exception exception) => StoreRegistration.IsAway(exception);
}
