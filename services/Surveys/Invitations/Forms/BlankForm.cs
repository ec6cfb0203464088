using CustomerService.Forms;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Invitations.Forms;

/// <summary>FM006 to be filled in by hand (C5.8.3), with the link of the invitation while it works.</summary>
internal sealed class BlankForm(
    IDocumentStore store,
    QuestionnaireVersions questionnaires,
    LinkTokens tokens,
    Caller caller
) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var found = await store.ListAsync(
            StaffAccess.Of<Invitation>(caller.Actor).Where(i => i.Id, id),
            null,
            1,
            cancellation
        );
        if (found is not [var invitation])
        {
            return FormResult.NotFound;
        }

        var works = InvitationDeadlines.Running.Contains(invitation.State);
        return SurveyPaper.Fill(
            await questionnaires.ByVersionAsync(invitation.QuestionnaireVersion, cancellation),
            new(
                invitation.CustomerName,
                invitation.Contact,
                invitation.SourceNumber,
                invitation.Product,
                invitation.Survey,
                null
            ),
            null,
            invitation.SourceNumber ?? invitation.Id.ToString("N")[..8],
            invitation.Version,
            works && invitation.Seed is { } seed ? tokens.AddressOf(seed) : null,
            texts
        );
    }
}
