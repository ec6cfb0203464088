using CustomerService.Complaints.Data;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

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
        Guid id,
        CancellationToken cancellationToken
    )
    {
        if (!await base.StepAsync(services, id, cancellationToken))
        {
            return false;
        }

        var letter = await services
            .GetRequiredService<ComplaintsDb>()
            .AffectedLetters.SingleAsync(one => one.Id == id, cancellationToken);
        await services
            .GetRequiredService<ComplaintsMails>()
            .LetterAsync(contexts.ForSystem("complaints", letter), letter, cancellationToken);
        return true;
    }

    protected override Refusal? Step(AffectedLetter record) => record.Remind(contexts.ForSystem("complaints", record));
}
