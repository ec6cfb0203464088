using System.Globalization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Surveys.Store;

/// <summary><c>verify-audit</c> for documents: exit code 0 when every chain holds, 1 with a line for each
/// break. The same for both stores.</summary>
internal sealed class VerifyAuditCommand : IServiceCommand
{
    public string Name => "verify-audit";

    public async Task<int> RunAsync(
        string[] args,
        IServiceProvider services,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var store = services.GetRequiredService<IDocumentStore>();
        var heads = new Dictionary<Guid, DocumentHead>();
        await foreach (var head in store.ReadAuditHeadsAsync(cancellationToken))
        {
            heads[head.Id] = head;
        }

        long chains = 0,
            count = 0;
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

        // Heads and entries were read one after the other, and a document that was changed in between looks
        // broken: each is looked at again.
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
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"BROKEN {found.AggregateType} {found.AggregateId} at entry {found.Sequence}: {found.Problem}"
                )
            );
        }

        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{count} entries in {chains} chains, {breaks.Count} broken")
        );
        return breaks.Count == 0 ? 0 : 1;

        void Finish()
        {
            if (chain.Count == 0)
            {
                return;
            }

            chains++;
            if (
                AuditVerification.Check(chain, heads.Remove(chain[0].AggregateId, out var head) ? head.Hash : null) is
                { } broken
            )
            {
                suspects.Add(broken);
            }

            chain.Clear();
        }
    }

    private static async Task<AuditBreak?> LookAgainAsync(
        IDocumentStore store,
        AuditBreak suspect,
        CancellationToken cancellationToken
    )
    {
        var (entries, head) = await ReadAsync(store, suspect.AggregateId, cancellationToken);
        return entries.Count > 0 ? AuditVerification.Check(entries, head?.Hash)
            : head is null ? null
            : new AuditBreak(head.Kind, suspect.AggregateId, 1, "cut-off");
    }

    /// <summary>The chain of one document and what the document remembers of it; null where there is no such
    /// document.</summary>
    public static async Task<(IReadOnlyList<AuditEntry> Entries, AuditHead? Head)> ReadAsync(
        IDocumentStore store,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        // What lies between two readings of the same head is of one moment, because head and entries are
        // written together.
        var head = await store.ReadAuditHeadAsync(id, cancellationToken);
        while (true)
        {
            var entries = await store.ReadAuditAsync(id, cancellationToken);
            var now = await store.ReadAuditHeadAsync(id, cancellationToken);
            if (now == head)
            {
                return (entries, head);
            }

            head = now;
        }
    }
}
