using System.Security.Cryptography;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Anonymous;

/// <summary>
/// Forms of anonymous campaigns. The used code and the answer are two writes without a common key, order or time: first
/// the code is spent, then the answer is put in. Nothing of it goes through the memory of commands.
/// </summary>
internal sealed class AnonymousForms(
    IDocumentStore store,
    ICommandStore commands,
    CommandContexts contexts,
    PolicyCatalogue policies,
    QuestionnaireVersions questionnaires
)
{
    private const int MostTries = 40;

    /// <summary>The campaign of a code; null where it is none of an anonymous batch.</summary>
    public async Task<(Campaign Campaign, SheetBatch Batch)?> FindAsync(string hash, CancellationToken cancellation)
    {
        if (
            await store.ListAsync(DocumentQuery<SheetCode>.All.Where(c => c.Hash, hash), null, 1, cancellation)
                is not [var code]
            || await store.ListAsync(
                DocumentQuery<SheetBatch>.All.Where(b => b.Id, code.BatchId),
                null,
                1,
                cancellation
            )
                is not [var batch]
            || await store.ListAsync(
                DocumentQuery<Campaign>.All.Where(c => c.Id, batch.CampaignId),
                null,
                1,
                cancellation
            )
                is not [var campaign]
        )
        {
            return null;
        }

        return (campaign, batch);
    }

    /// <summary>Why the code leads to no form; null where it does.</summary>
    public async Task<Refusal?> WhyClosedAsync(
        Campaign campaign,
        SheetBatch batch,
        string hash,
        CancellationToken cancellation
    )
    {
        if (batch.State == SheetBatchState.Revoked)
        {
            return Closed("link-withdrawn");
        }

        var spent = await store.ListAsync(
            DocumentQuery<SpentCodes>.All.Where(s => s.Id, SpentCodes.IdOf(batch.Id)),
            null,
            1,
            cancellation
        );
        return spent is [var codes] && codes.Hashes.Contains(hash) ? Closed("link-used")
            : Today().Today > campaign.LastDay ? Closed("link-expired")
            : null;
    }

    /// <summary>Takes a form; null when it is kept.</summary>
    public async Task<Refusal?> TakeAsync(string hash, FilledForm filled, CancellationToken cancellation)
    {
        var (campaign, batch) = (await FindAsync(hash, cancellation))!.Value;
        if (await WhyClosedAsync(campaign, batch, hash, cancellation) is { } closed)
        {
            return closed;
        }

        var questionnaire = await questionnaires.ByVersionAsync(campaign.QuestionnaireVersion, cancellation);
        if (questionnaire.Check(campaign.Survey, filled).Failed(out var wrong, out var answers))
        {
            return wrong;
        }

        if (!await SpendAsync(batch.Id, hash, cancellation))
        {
            return Closed("link-used");
        }

        try
        {
            await PutAsync(campaign, questionnaire, answers, cancellation);
            return null;
        }
        catch
        {
            await GiveBackAsync(batch.Id, hash, CancellationToken.None);
            throw;
        }
    }

    private async Task<bool> SpendAsync(Guid batch, string hash, CancellationToken cancellation)
    {
        var spent = false;
        await RepeatAsync(
            async () =>
            {
                var codes = await CodesAsync(batch, cancellation);
                return spent = codes.Spend(Today(), hash);
            },
            cancellation
        );
        return spent;
    }

    private Task GiveBackAsync(Guid batch, string hash, CancellationToken cancellation) =>
        RepeatAsync(
            async () =>
            {
                (await CodesAsync(batch, cancellation)).GiveBack(Today(), hash);
                return true;
            },
            cancellation
        );

    private Task PutAsync(
        Campaign campaign,
        Questionnaire questionnaire,
        Answers answers,
        CancellationToken cancellation
    ) =>
        RepeatAsync(
            async () =>
            {
                var all = await store.ListIdsAsync(
                    DocumentQuery<AnswerBox>.All.Where(b => b.CampaignId, campaign.Id),
                    Guid.Empty,
                    AnswerBox.Boxes,
                    cancellation
                );
                var id = all[RandomNumberGenerator.GetInt32(all.Count)];
                var box = await store.FindAsync(DocumentQuery<AnswerBox>.All.Where(b => b.Id, id), cancellation);
                box!.Put(Today(), questionnaire, answers);
                return true;
            },
            cancellation
        );

    private async Task<SpentCodes> CodesAsync(Guid batch, CancellationToken cancellation) =>
        (await store.FindAsync(DocumentQuery<SpentCodes>.All.Where(s => s.Id, SpentCodes.IdOf(batch)), cancellation))!;

    // Others write the same document: the change is made again on what they left.
    private async Task RepeatAsync(Func<Task<bool>> change, CancellationToken cancellation)
    {
        for (var tries = MostTries; ; tries--)
        {
            commands.Reset();
            if (!await change() || await commands.CommitAsync(null, cancellation) == Commit.Done)
            {
                return;
            }

            if (tries == 1)
            {
                throw new InvalidOperationException("An anonymous form met too many others.");
            }

            await Task.Delay(RandomNumberGenerator.GetInt32(1, 20), cancellation);
        }
    }

    // The time is cut to the day, in the audit trail, too.
    private CommandContext Today()
    {
        var now = contexts.ForSystem("surveys");
        return new(
            now.Actor,
            now.Zone.InstantOf(now.Today, TimeSpan.Zero),
            policies.InForceOn(now.Today),
            now.Calendars,
            now.Zone
        );
    }

    private static Refusal Closed(string code) => Refusal.Ended(code, "C5.8.2", ["invitation"], InvitationFlow.Senders);
}
