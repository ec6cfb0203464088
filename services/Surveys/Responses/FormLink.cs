using System.Security.Cryptography;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Anonymous;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Responses;

/// <summary>The link in the customer's hand (C5.8.2): from its token to the invitation and the form.</summary>
internal sealed class FormLink(
    IDocumentStore store,
    ICommandStore commands,
    CommandContexts contexts,
    QuestionnaireVersions questionnaires,
    AnonymousForms anonymous
)
{
    /// <summary>The invitation of a token; null where there is none. The open link of a campaign makes one for each form,
    /// which is kept with the answer.</summary>
    public async Task<Invitation?> FindAsync(string typed, CancellationToken cancellationToken)
    {
        if (LinkTokens.Normalise(typed) is not { } token)
        {
            return null;
        }

        var hash = SecretLink.HashOf(token);
        return await store.FindAsync(DocumentQuery<Invitation>.All.Where(i => i.TokenHash, hash), cancellationToken)
            ?? await OpenAsync(hash, cancellationToken)
            ?? await AnonymousAsync(hash, cancellationToken);
    }

    /// <summary>The holder of the link acts.</summary>
    public CommandContext ContextOf(Invitation invitation) => contexts.For(invitation.Holder, invitation);

    /// <summary>The version that was sent.</summary>
    public Task<Questionnaire> QuestionnaireOfAsync(Invitation invitation, CancellationToken cancellationToken) =>
        questionnaires.ByVersionAsync(invitation.QuestionnaireVersion, cancellationToken);

    /// <summary>Keeps what was filled in so far; null where there is no such link, or nobody who could come back to
    /// it.</summary>
    public async Task<Result<Invitation>?> SaveDraftAsync(
        string token,
        FilledForm filled,
        CancellationToken cancellationToken
    )
    {
        if (
            await FindAsync(token, cancellationToken)
            is not { Channel: not (InvitationChannel.Open or InvitationChannel.Anonymous) } invitation
        )
        {
            return null;
        }

        var context = ContextOf(invitation);
        var questionnaire = await QuestionnaireOfAsync(invitation, cancellationToken);
        return (invitation.WhyClosed(context) ?? invitation.SaveDraft(context, questionnaire, filled)) is { } refusal
            ? refusal
            : invitation;
    }

    /// <summary>Keeps an invitation that was made for this answer.</summary>
    public void Keep(Invitation invitation)
    {
        if (invitation.Channel == InvitationChannel.Open)
        {
            store.Add(invitation);
        }
    }

    /// <summary>Notes that the form was looked at, the first time; or says why the link leads nowhere.</summary>
    public async Task<Refusal?> OpenAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        if (invitation.Channel == InvitationChannel.Anonymous)
        {
            var (campaign, batch) = (await anonymous.FindAsync(invitation.TokenHash, cancellationToken))!.Value;
            return await anonymous.WhyClosedAsync(campaign, batch, invitation.TokenHash, cancellationToken);
        }

        var context = ContextOf(invitation);
        if (invitation.WhyClosed(context) is { } closed)
        {
            return closed;
        }

        if (
            invitation is { State: InvitationState.Sent, Channel: not InvitationChannel.Open }
            && invitation.Open(context) is null
        )
        {
            // If another was faster, it is noted already; the form is shown all the same.
            await commands.CommitAsync(null, cancellationToken);
        }

        return null;
    }

    private async Task<Invitation?> OpenAsync(string hash, CancellationToken cancellationToken)
    {
        var found = await store.ListAsync(
            DocumentQuery<Campaign>.All.Where(c => c.OpenHash, hash),
            null,
            1,
            cancellationToken
        );
        var acting = contexts.ForSystem("surveys");
        if (found is not [var campaign] || !campaign.IsOpenOn(acting.Today))
        {
            return null;
        }

        var questionnaire = await questionnaires.ByVersionAsync(campaign.QuestionnaireVersion, cancellationToken);
        // Each form behind it has a key of its own: what is spent is the form, not the link.
        var link = new IssuedLink(SecretLink.HashOf(new Guid(RandomNumberGenerator.GetBytes(16)).ToString("N")), "");
        return Invitation.Send(acting, campaign.Addressee(InvitationChannel.Open), questionnaire, link).Required();
    }

    // Made for this look alone: it is never kept.
    private async Task<Invitation?> AnonymousAsync(string hash, CancellationToken cancellationToken)
    {
        if (await anonymous.FindAsync(hash, cancellationToken) is not var (campaign, _))
        {
            return null;
        }

        var questionnaire = await questionnaires.ByVersionAsync(campaign.QuestionnaireVersion, cancellationToken);
        return Invitation
            .Send(
                contexts.ForSystem("surveys"),
                campaign.Addressee(InvitationChannel.Anonymous),
                questionnaire,
                new IssuedLink(hash, "")
            )
            .Required();
    }
}
