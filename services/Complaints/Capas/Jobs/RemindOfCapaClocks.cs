using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Capas.Jobs;

/// <summary>Calls the clocks of proposal, review and verification to mind (C1), by mail to the one whose turn it is.</summary>
internal sealed class RemindOfCapaClocks(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    ComplaintsSettings settings,
    ILogger<RemindOfCapaClocks> log
) : DueSweep<ComplaintsDb, Capa>(scopes, settings.SweepEvery, contexts.Clock.Time, log)
{
    protected override IQueryable<Capa> Due(ComplaintsDb db)
    {
        var now = contexts.Clock.Now;
        return db.Capas.Where(capa => capa.ClockRemindAt != null && capa.ClockRemindAt <= now);
    }

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Capa capa,
        CancellationToken cancellationToken
    )
    {
        var context = contexts.ForSystem("complaints", capa);
        var due = OtherClocks.OfStages(capa.Stages, capa.Assignee?.PersonId, capa.Department, context).ToList();
        if (capa.RemindOfClocks(context) is not null)
        {
            return false;
        }

        var mails = services.GetRequiredService<ComplaintsMails>();
        var about = new RecordRef("complaints", capa.Kind, capa.Id, capa.Number);
        foreach (var clock in due)
        {
            await mails.ClockAsync(context, about, capa.Subject, clock, cancellationToken);
        }

        return true;
    }
}
