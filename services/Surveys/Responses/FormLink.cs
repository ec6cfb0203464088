using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Responses;

/// <summary>The link in the customer's hand (C5.8.2): from its token to the invitation and the form.</summary>
internal sealed class FormLink(
    IDocumentStore store,
    ICommandStore commands,
    CommandContexts contexts,
    QuestionnaireCatalogue questionnaires
)
{
    /// <summary>The invitation of a token; null where there is none.</summary>
    public async Task<Invitation?> FindAsync(string token, CancellationToken cancellationToken) =>
        SecretLink.IsWellFormed(token)
            ? await store.FindAsync(
                DocumentQuery<Invitation>.All.Where(i => i.TokenHash, SecretLink.HashOf(token)),
                cancellationToken
            )
            : null;

    /// <summary>The holder of the link acts.</summary>
    public CommandContext ContextOf(Invitation invitation) => contexts.For(invitation.Holder, invitation);

    /// <summary>The version that was sent.</summary>
    public Questionnaire QuestionnaireOf(Invitation invitation) =>
        questionnaires.ByVersion(invitation.QuestionnaireVersion);

    /// <summary>Notes that the form was looked at, the first time; or says why the link leads nowhere.</summary>
    public async Task<Refusal?> OpenAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        var context = ContextOf(invitation);
        if (invitation.WhyClosed(context) is { } closed)
        {
            return closed;
        }

        if (invitation.State == InvitationState.Sent && invitation.Open(context) is null)
        {
            // If another was faster, it is noted already; the form is shown all the same.
            await commands.CommitAsync(null, cancellationToken);
        }

        return null;
    }
}
