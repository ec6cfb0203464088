using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas.Features;

/// <summary>Changes a CAPA together with the copy that its complaint keeps of it.</summary>
internal static class CapaChange
{
    public static Task<CommandResult> ChangeCapaAsync(
        this Caller caller,
        ComplaintsDb db,
        Guid id,
        Func<Capa, CommandContext, Refusal?> change,
        CancellationToken cancellation
    ) => caller.ChangeCapaAsync(db, id, (capa, context) => Task.FromResult(change(capa, context)), cancellation);

    /// <summary>The same where the change must look something up first.</summary>
    public static Task<CommandResult> ChangeCapaAsync(
        this Caller caller,
        ComplaintsDb db,
        Guid id,
        Func<Capa, CommandContext, Task<Refusal?>> change,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Capas.VisibleTo(caller.Actor),
            id,
            async (capa, context) =>
            {
                if (await change(capa, context) is { } refusal)
                {
                    return refusal;
                }

                await UpdateComplaintsAsync(db, capa, cancellation);
                return null;
            },
            CapaView.From,
            cancellation
        );

    /// <summary>Keeps the copies of all complaints that it serves in step.</summary>
    public static async Task UpdateComplaintsAsync(ComplaintsDb db, Capa capa, CancellationToken cancellation)
    {
        if (capa.ComplaintIds.Length > 0)
        {
            var served = await db
                .Complaints.Where(complaint => capa.ComplaintIds.Contains(complaint.Id))
                .ToListAsync(cancellation);
            served.ForEach(complaint => complaint.UpdateCapa(capa));
        }
    }

    /// <summary>The chain shows what the CAPA is for, and what the case shows it has, too (S2).</summary>
    public static async Task TakeAlongAsync(
        this Capa capa,
        SurveyCase survey,
        Links links,
        Files files,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var own = new RecordRef("complaints", capa.Kind, capa.Id, capa.Number);
        var context = caller.Context();
        if (survey.RevisitId is { } revisit)
        {
            var cause = new RecordRef("projects", "revisit", revisit, null);
            await own.ComesFromAsync(cause, links, files, context, cancellation, survey.Id);
            return;
        }

        var number = survey.Source == CapaSource.SurveyResponse ? null : survey.Number;
        var service = survey.Source == CapaSource.Repair ? "repairs" : "surveys";
        var from = new RecordRef(service, survey.KindOfRecord, survey.Id, number);
        await own.ComesFromAsync(from, links, files, context, cancellation);
    }
}
