using CustomerService.Complaints.Data;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Letters.Jobs;

/// <summary>Reminds customers who did not say in time what is with the affected goods (C7).</summary>
internal sealed class RemindUnansweredLetters(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    ComplaintsSettings settings,
    ILogger<RemindUnansweredLetters> log
) : DueSweep<ComplaintsDb, AffectedLetter>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<AffectedLetter> Due(ComplaintsDb db) =>
        db.AffectedLetters.Where(AffectedLetterAccess.Overdue(contexts.Clock.Today));

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        AffectedLetter letter,
        CancellationToken cancellationToken
    )
    {
        var context = contexts.ForSystem("complaints", letter);
        if (letter.Remind(context) is not null)
        {
            return false;
        }

        await services.GetRequiredService<ComplaintsMails>().LetterAsync(context, letter, cancellationToken);
        return true;
    }
}
