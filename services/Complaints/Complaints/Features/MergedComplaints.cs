using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>Passes what a parent's customer is told on to the customers of the complaints that are merged into it, in the
/// same commit (S4). Where one of them cannot be told, nobody is.</summary>
internal static class MergedComplaints
{
    public static Task<Refusal?> AnswerAsync(
        ComplaintsDb db,
        CommandContexts contexts,
        ComplaintsMails mails,
        Complaint parent,
        IReadOnlyList<AnswerTranslation> translations,
        CancellationToken cancellation
    )
    {
        // The heads met about all of them at once.
        var met = parent.MeetingsNow.SelectMany(meeting => meeting.Reasons).Distinct().ToList();
        return EachAsync(
            db,
            contexts,
            mails,
            parent,
            (child, context) =>
                ParentAnswer.For(parent, child, translations).Failed(out var refusal, out var answer)
                    ? refusal
                    : child.AnswerWithParent(context, answer with { MetWithParent = met }),
            cancellation
        );
    }

    public static Task<Refusal?> SettleAsync(
        ComplaintsDb db,
        CommandContexts contexts,
        ComplaintsMails mails,
        Complaint parent,
        IReadOnlyList<NoteTranslation> translations,
        CancellationToken cancellation
    ) =>
        EachAsync(
            db,
            contexts,
            mails,
            parent,
            (child, context) =>
                ParentAnswer.NoteFor(parent, child, translations).Failed(out var refusal, out var note)
                    ? refusal
                    : child.SettleWithParent(context, parent.Triage!.Outcome, note),
            cancellation
        );

    private static async Task<Refusal?> EachAsync(
        ComplaintsDb db,
        CommandContexts contexts,
        ComplaintsMails mails,
        Complaint parent,
        Func<Complaint, CommandContext, Refusal?> tell,
        CancellationToken cancellation
    )
    {
        var children = await db
            .Complaints.Where(child => child.ParentId == parent.Id && child.State == ComplaintState.Merged)
            .ToListAsync(cancellation);
        foreach (var child in children)
        {
            var context = contexts.ForSystem("complaints", child);
            if (tell(child, context) is { } refusal)
            {
                return refusal;
            }

            await mails.AnswerAsync(context, child, cancellation);
        }

        return null;
    }
}
