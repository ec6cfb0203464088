using System.Linq.Expressions;
using CustomerService.Rules;

namespace CustomerService.Complaints.Letters.Domain;

/// <summary>Who sees which letters: staff all of them, a customer those that were sent to it, others none.</summary>
internal static class AffectedLetterAccess
{
    public static IQueryable<AffectedLetter> VisibleTo(this IQueryable<AffectedLetter> letters, Actor actor)
    {
        if (actor.IsStaff())
        {
            return letters;
        }

        return actor.Has(Roles.Customer) && actor.OrganisationId is { } organisation
            ? letters.Where(letter => letter.CustomerId == organisation && letter.SentOn != null)
            : letters.Where(_ => false);
    }

    /// <summary>What was not answered in time.</summary>
    public static Expression<Func<AffectedLetter, bool>> Overdue(DateOnly today) =>
        letter => letter.State == AffectedLetterState.Sent && letter.AnswerDueOn < today;
}
