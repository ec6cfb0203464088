using System.Globalization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Surveys.Data;

/// <summary><c>verify-audit</c> for documents: exit code 0 when every chain holds, 1 with a line for each break. The same for both stores.</summary>
internal sealed class VerifyAuditCommand : IServiceCommand
{
    public string Name => "verify-audit";

    public async Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<ISurveyStore>();
        var heads = new Dictionary<Guid, AuditHead>();
        await foreach (var head in store.ReadAuditHeadsAsync(cancellationToken))
        {
            heads[head.Id] = head;
        }

        long chains = 0, count = 0;
        var suspects = new List<AuditBreak>();
        var chain = new List<AuditEntry>();
        await foreach (var entry in store.ReadAuditTrailAsync(cancellationToken))
        {
            if (chain.Count > 0 && chain[0].AggregateId != entry.AggregateId)
            {
                Finish();
            }

            chain.Add(entry);
            count++;
        }

        Finish();
        suspects.AddRange(heads.Values.Select(head => new AuditBreak(head.Kind, head.Id, 1, "cut-off")));

        // Heads and entries were read one after the other, and a document that was changed in between looks broken: each is looked at again.
        var breaks = new List<AuditBreak>();
        foreach (var suspect in suspects)
        {
            if (await LookAgainAsync(store, suspect, cancellationToken) is { } broken)
            {
                breaks.Add(broken);
            }
        }

        foreach (var found in breaks)
        {
            await output.WriteLineAsync($"BROKEN {found.AggregateType} {found.AggregateId} at entry {found.Sequence.ToString(CultureInfo.InvariantCulture)}: {found.Problem}");
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} entries in {chains} chains, {breaks.Count} broken"));
        return breaks.Count == 0 ? 0 : 1;

        void Finish()
        {
            if (chain.Count == 0)
            {
                return;
            }

            chains++;
            if (AuditVerification.Check(chain, heads.Remove(chain[0].AggregateId, out var head) ? head.Hash : null) is { } broken)
            {
                suspects.Add(broken);
            }

            chain.Clear();
        }
    }

    // What lies between two readings of the same head is of one moment, because head and entries are written together.
    private static async Task<AuditBreak?> LookAgainAsync(ISurveyStore store, AuditBreak suspect, CancellationToken cancellationToken)
    {
        var head = await store.ReadAuditHeadAsync(suspect.AggregateId, cancellationToken);
        while (true)
        {
            var entries = await store.ReadAuditAsync(suspect.AggregateId, cancellationToken);
            var now = await store.ReadAuditHeadAsync(suspect.AggregateId, cancellationToken);
            if (now == head)
            {
                return entries.Count > 0 ? AuditVerification.Check(entries, head?.Hash)
                    : head is null ? null
                    : new AuditBreak(head.Kind, head.Id, 1, "cut-off");
            }

            head = now;
        }
    }
}
