using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Store;
using MassTransit;

namespace CustomerService.Surveys.Capas;

/// <summary>Keeps what forms and assessments show of the CAPAs that serve them (C5.9, T1 to T3).</summary>
internal sealed class TrackCapas(IDocumentStore store, CommandContexts contexts)
    : IConsumer<CapaOpened>,
        IConsumer<CapaCaseJoined>,
        IConsumer<CapaAssigned>,
        IConsumer<CapaAnalysed>,
        IConsumer<CapaReviewed>,
        IConsumer<CapaExecuted>,
        IConsumer<CapaVerified>,
        IConsumer<CapaReopened>
{
    private const int MostCases = 1000;

    public Task Consume(ConsumeContext<CapaOpened> context)
    {
        var e = context.Message;
        return HearAsync(e.CapaId, e.SourceId, new(e.Version, "opened", e.OpenedOn, Number: e.Number), context);
    }

    public async Task Consume(ConsumeContext<CapaCaseJoined> context)
    {
        var e = context.Message;
        if (e.Kind is not ("response" or "assessment"))
        {
            return;
        }

        var known = await OfAsync(e.CapaId, context.CancellationToken);
        var joined = known.FirstOrDefault(one => one.CaseId == e.CaseId);
        if (joined is null)
        {
            store.Add(joined = ServingCapa.Of(e.CapaId, e.CaseId));
            if (known is [var other, ..])
            {
                joined.Follow(other);
            }
        }

        joined.Hear(contexts.ForSystem("complaints"), new(e.Version, null, e.JoinedOn, Number: e.Number));
    }

    public Task Consume(ConsumeContext<CapaAssigned> context)
    {
        var e = context.Message;
        return HearAsync(e.CapaId, e.SourceId, new(e.Version, "assigned", e.AssignedOn), context);
    }

    public Task Consume(ConsumeContext<CapaAnalysed> context)
    {
        var e = context.Message;
        return HearAsync(e.CapaId, e.SourceId, new(e.Version, "analysed", e.AnalysedOn), context);
    }

    public Task Consume(ConsumeContext<CapaReviewed> context)
    {
        var e = context.Message;
        return HearAsync(
            e.CapaId,
            e.SourceId,
            new(e.Version, e.Approved ? "reviewed" : "sent-back", e.ReviewedOn),
            context
        );
    }

    public Task Consume(ConsumeContext<CapaExecuted> context)
    {
        var e = context.Message;
        return HearAsync(e.CapaId, e.SourceId, new(e.Version, "executed", e.ExecutedOn), context);
    }

    public Task Consume(ConsumeContext<CapaVerified> context)
    {
        var e = context.Message;
        return HearAsync(
            e.CapaId,
            e.SourceId,
            new(e.Version, e.Effective ? "effective" : "ineffective", e.VerifiedOn, Done: e.Effective),
            context
        );
    }

    public Task Consume(ConsumeContext<CapaReopened> context)
    {
        var e = context.Message;
        return HearAsync(e.CapaId, e.SourceId, new(e.Version, "reopened", e.ReopenedOn), context);
    }

    // What else it serves may be heard of later, and begins where the first one stands.
    private async Task HearAsync(Guid capa, Guid source, CapaNews news, ConsumeContext context)
    {
        var known = await OfAsync(capa, context.CancellationToken);
        if (known.All(one => one.CaseId != source))
        {
            var first = ServingCapa.Of(capa, source);
            store.Add(first);
            known.Add(first);
        }

        foreach (var one in known)
        {
            one.Hear(contexts.ForSystem("complaints"), news);
        }
    }

    private async Task<List<ServingCapa>> OfAsync(Guid capa, CancellationToken cancellation)
    {
        // One at a time: who joins must not miss what happens meanwhile.
        await store.LockAsync($"capa/{capa:N}", cancellation);
        var which = DocumentQuery<ServingCapa>.All.Where(one => one.CapaId, capa);
        var found = new List<ServingCapa>();
        foreach (var id in await store.ListIdsAsync(which, Guid.Empty, MostCases, cancellation))
        {
            if (await store.FindAsync(DocumentQuery<ServingCapa>.All.Where(one => one.Id, id), cancellation) is { } one)
            {
                found.Add(one);
            }
        }

        return found;
    }
}
