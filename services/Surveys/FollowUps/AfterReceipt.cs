using CustomerService.Rules;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.FollowUps;

/// <summary>What a form that came in leads to by itself: it goes into the same commit as the form.</summary>
internal static class AfterReceipt
{
    /// <param name="store">The store.</param>
    /// <param name="context">Who answered or took the answers down.</param>
    /// <param name="invitation">What was answered.</param>
    /// <param name="response">The form.</param>
    public static void Follow(IDocumentStore store, CommandContext context, Invitation invitation, Response response)
    {
        if (Suggestion.Of(context, response) is { } suggestion)
        {
            store.Add(suggestion);
        }

        if (response.WantsAnswer)
        {
            var what = response.Suggestions ?? response.OverallComment ?? response.Overall.ToKebab();
            store.Add(
                OwedAnswer
                    .Open(
                        context,
                        response,
                        invitation.Contact.Length > 0 ? invitation.Contact : response.Respondent ?? "",
                        response.Reach ?? invitation.Phone,
                        what
                    )
                    .Required()
            );
        }
    }
}
