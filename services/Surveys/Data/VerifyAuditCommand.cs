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
        var breaks = new List<AuditBreak>();
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
        breaks.AddRange(heads.Values.Select(head => new AuditBreak(head.Kind, head.Id, 1, "cut-off")));
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
                breaks.Add(broken);
            }

            chain.Clear();
        }
    }
}
