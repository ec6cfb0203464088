using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Responses;

/// <summary>The link in an interviewer's hand (C5.8.2 C and D): from its token to the people of the campaign.</summary>
internal sealed class Interviews(
    IDocumentStore store,
    IAccounts accounts,
    CommandContexts contexts,
    QuestionnaireVersions questionnaires,
    LinkTokens tokens
)
{
    // As many as are put on a list at a time.
    private const int MostPeople = 300;

    /// <summary>The link of a token; null where there is none.</summary>
    public async Task<InterviewLink?> FindAsync(string token, CancellationToken cancellation) =>
        LinkTokens.IsInterview(token)
        && await store.ListAsync(
            DocumentQuery<InterviewLink>.All.Where(l => l.TokenHash, SecretLink.HashOf(token)),
            null,
            1,
            cancellation
        )
            is [var link]
            ? link
            : null;

    /// <summary>Why the link opens nothing; null while it does.</summary>
    public async Task<Refusal?> WhyClosedAsync(InterviewLink link, CancellationToken cancellation) =>
        await ShutOutAsync(link, cancellation) ?? link.WhyClosed(ContextOf(link));

    /// <summary>Why answers are not taken by it; null where they are.</summary>
    public async Task<Refusal?> WhyNotTakenAsync(
        InterviewLink link,
        DateTimeOffset? takenAt,
        CancellationToken cancellation
    ) => await ShutOutAsync(link, cancellation) ?? link.WhyNotTaken(ContextOf(link), takenAt);

    /// <summary>The interviewer acts.</summary>
    public CommandContext ContextOf(IUnderPolicy record, InterviewLink link) => contexts.For(link.Interviewer, record);

    /// <summary>The campaign.</summary>
    public async Task<Campaign> CampaignOfAsync(InterviewLink link, CancellationToken cancellation) =>
        (await store.ListAsync(DocumentQuery<Campaign>.All.Where(c => c.Id, link.CampaignId), null, 1, cancellation))[
            0
        ];

    /// <summary>What it asks.</summary>
    public Task<Questionnaire> QuestionnaireOfAsync(int version, CancellationToken cancellation) =>
        questionnaires.ByVersionAsync(version, cancellation);

    /// <summary>Who is still to be asked, customer by customer.</summary>
    public async Task<IReadOnlyList<Invitation>> PeopleAsync(InterviewLink link, CancellationToken cancellation)
    {
        var found = new List<Invitation>();
        for (Guid? after = null; found.Count < MostPeople; )
        {
            var page = await store.ListAsync(ToAsk(link), after, MostPeople, cancellation);
            found.AddRange(page.Where(IsOnTheList));
            if (page.Count < MostPeople)
            {
                break;
            }

            after = page[^1].Id;
        }

        return
        [
            .. found
                .OrderBy(one => one.CustomerName, StringComparer.Ordinal)
                .ThenBy(one => one.Contact, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether somebody can be asked who is on no list.</summary>
    public bool CanMeet(InterviewLink link, Campaign campaign) =>
        InvitationFlow.Table.CheckStart(
            InvitationFlow.StartOf(campaign.Survey, InvitationChannel.Staff),
            ContextOf(link)
        )
            is null;

    /// <summary>Who was asked, to be changed; null where the link does not lead to them.</summary>
    /// <param name="link">The link.</param>
    /// <param name="person">The invitation; empty for somebody who is on no list.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<Result<Invitation>?> AskedAsync(InterviewLink link, string person, CancellationToken cancellation)
    {
        if (person.Length > 0)
        {
            var listed = Guid.TryParse(person, out var id)
                ? await store.FindAsync(
                    DocumentQuery<Invitation>.All.Where(i => i.Id, id).Where(i => i.CampaignId, link.CampaignId),
                    cancellation
                )
                : null;
            if (listed is null || !IsOnTheList(listed))
            {
                return null;
            }

            return listed;
        }

        var campaign = await CampaignOfAsync(link, cancellation);
        var questionnaire = await QuestionnaireOfAsync(campaign.QuestionnaireVersion, cancellation);
        var asked = Invitation.Send(
            ContextOf(link),
            campaign.Addressee(InvitationChannel.Staff),
            questionnaire,
            tokens.New()
        );
        if (!asked.Failed(out _, out var met))
        {
            store.Add(met);
        }

        return asked;
    }

    private CommandContext ContextOf(InterviewLink link) => ContextOf(link, link);

    // Who got a message has a link of their own.
    private static bool IsOnTheList(Invitation invitation) =>
        invitation is { Channel: InvitationChannel.Staff, Recipient: not null };

    private static DocumentQuery<Invitation> ToAsk(InterviewLink link) =>
        DocumentQuery<Invitation>
            .All.Where(i => i.CampaignId, link.CampaignId)
            .In(i => i.State, InvitationDeadlines.Running);

    // Whose tokens were withdrawn, or who has left, has no link either.
    private async Task<Refusal?> ShutOutAsync(InterviewLink link, CancellationToken cancellation) =>
        Guid.TryParse(link.Interviewer.Id, out var person)
        && await accounts.FindAsync(person, cancellation) is { } account
        && (!account.Active || account.TokensValidFrom > link.CreatedBy.At)
            ? InterviewLink.ShutOut
            : null;
}
