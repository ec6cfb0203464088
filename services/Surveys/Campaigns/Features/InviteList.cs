using System.Text.Json.Serialization;
using CustomerService.Mailing;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Contacts;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Projects;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>Asks a list of people (C5.8.2). Who was asked lately, opted out or has an open case is left out, and
/// named.</summary>
internal static class InviteList
{
    private const int MostPeople = 300;

    /// <param name="CustomerId">Organisation of the customer.</param>
    /// <param name="CustomerName">Its name.</param>
    /// <param name="Contact">Contact person.</param>
    /// <param name="Phone">Telephone number.</param>
    /// <param name="Language">Language of the recipient; by default the registry's, else Traditional Chinese.</param>
    /// <param name="Email">Where the link is sent by mail, if a mail server is set; the customer's address on record by
    /// default.</param>
    internal sealed record Person(
        [property: JsonRequired] Guid CustomerId,
        string CustomerName,
        string Contact,
        string Phone,
        string? Language = null,
        string? Email = null
    );

    /// <param name="People">Who is asked.</param>
    /// <param name="Interview">Whether an interviewer asks them; nothing is sent then.</param>
    internal sealed record Request(IReadOnlyList<Person> People, bool? Interview = null);

    /// <param name="Row">Place in the list, from 1.</param>
    /// <param name="InvitationId">The invitation; null where there is none.</param>
    /// <param name="Code">Why this person was not asked: <c>opted-out</c>, <c>case-open</c>,
    /// <c>asked-recently</c>.</param>
    internal sealed record Outcome(int Row, Guid? InvitationId, string? Code);

    /// <param name="Campaign">The campaign.</param>
    /// <param name="Outcomes">What became of each row.</param>
    internal sealed record Invited(CampaignView Campaign, IReadOnlyList<Outcome> Outcomes);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.People)
                .NotEmpty()
                .Must(people => people is null || people.Count <= MostPeople)
                .WithErrorCode("too-many");
            RuleForEach(r => r.People)
                .ChildRules(person =>
                {
                    person.RuleFor(p => p.CustomerId).NotEqual(Guid.Empty);
                    person.RuleFor(p => p.CustomerName).RequiredText(TextLength.Line);
                    person.RuleFor(p => p.Contact).RequiredText(TextLength.Line);
                    person.RuleFor(p => p.Phone).RequiredText(TextLength.Code);
                    person
                        .RuleFor(p => p.Email)
                        .MaximumLength(TextLength.Line)
                        .Must(address => address is null || MailServer.IsAddress(address))
                        .WithErrorCode("mail-address");
                    person
                        .RuleFor(p => p.Language)
                        .Must(language => language is null || Texts.Languages.Contains(language))
                        .WithErrorCode("unknown-language");
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/campaigns/{id:guid}/invite", Handle)
            .AsCommand()
            .WithSummary("Ask a list of people")
            .WithDescription(
                "Rule C5.8.2. At most 300 at a time. Each gets a link that works once, or is on the list of the campaign's "
                    + "interviewers; who may not be asked now is left out with the reason."
            )
            .Produces<Invited>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        IDocumentStore store,
        Caller caller,
        QuestionnaireVersions questionnaires,
        ContactHistories histories,
        KnownOrganisations organisations,
        LinkTokens tokens,
        SurveysMails mails,
        CancellationToken cancellation
    )
    {
        var campaign = await store.FindAsync(StaffAccess.Of<Campaign>(caller.Actor).Where(c => c.Id, id), cancellation);
        if (caller.Precondition(campaign) is { } failed)
        {
            return failed;
        }

        var context = caller.Context(campaign!);
        if (campaign!.Invite(context, body.People.Count) is { } refusal)
        {
            return refusal;
        }

        var questionnaire = await questionnaires.ByVersionAsync(campaign.QuestionnaireVersion, cancellation);
        var channel = body.Interview == true ? InvitationChannel.Staff : InvitationChannel.Message;
        var outcomes = new List<Outcome>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < body.People.Count; row++)
        {
            var person = body.People[row];
            var customer = await organisations.MeantAsync(person.CustomerId, person.CustomerName, cancellation);
            var to = campaign.Addressee(channel) with
            {
                CustomerId = customer.Id,
                CustomerName = customer.Name,
                Contact = person.Contact.Trim(),
                Phone = person.Phone.Trim(),
                Language = await store.LanguageAsync(customer.Id, person.Language, cancellation),
                Email = person.Email,
            };
            // The same person twice in the list is asked once.
            var history = asked.Add(ContactHistory.KeyOf(to.CustomerId, to.Contact))
                ? await histories.OfAsync(to.CustomerId, to.Contact, null, cancellation)
                : new ContactHistory(context.Today, HasOptedOut: false, HasOpenCase: false);
            var link = tokens.New();
            if (Invitation.Send(context, to, questionnaire, link, history).Failed(out var no, out var one))
            {
                outcomes.Add(new(row + 1, null, no.Code));
                continue;
            }

            store.Add(one);
            await mails.InviteAsync(context, one, link.Address, cancellation);
            outcomes.Add(new(row + 1, one.Id, null));
        }

        return CommandResult.Ok(campaign, () => new Invited(CampaignView.From(campaign, caller, tokens), outcomes));
    }
}
