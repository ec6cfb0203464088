using CustomerService.Mailing;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Projects;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys;

/// <summary>The mails of this service, written with the step that they tell: the link to a form and its reminders
/// (C5.8.2), each in its reader's language.</summary>
internal sealed class SurveysMails(Mails mails, IDocumentStore store, CompanyClock clock)
{
    /// <summary>The invitation, to the address that was named, else to the customer's.</summary>
    public Task InviteAsync(
        CommandContext context,
        Invitation invitation,
        string link,
        CancellationToken cancellation
    ) => WriteAsync("invitation", context, invitation, link, cancellation);

    /// <summary>The same link once more.</summary>
    public Task RemindAsync(
        CommandContext context,
        Invitation invitation,
        string link,
        CancellationToken cancellation
    ) => WriteAsync("invitation-reminder", context, invitation, link, cancellation);

    private async Task WriteAsync(
        string occasion,
        CommandContext context,
        Invitation invitation,
        string link,
        CancellationToken cancellation
    )
    {
        // A sheet, an interview or an open link reaches its reader another way.
        if (!mails.IsOn || invitation.Channel != InvitationChannel.Message)
        {
            return;
        }

        var address = invitation.Email ?? (await store.CustomerAsync(invitation.CustomerId, cancellation))?.Email;
        mails.Write(
            context,
            new("surveys", invitation.Kind, invitation.Id, null),
            address,
            to =>
                mails.Compose(
                    occasion,
                    new MailReader(to, invitation.Contact.Length > 0 ? invitation.Contact : invitation.CustomerName),
                    invitation.Language,
                    ("number", invitation.SourceNumber),
                    ("link", link),
                    // The end of a day is the beginning of the next one.
                    ("due", clock.DateOf(invitation.ExpiresAt.AddTicks(-1)).ToString("yyyy-MM-dd", null))
                )
        );
    }
}
