using CustomerService.Contracts;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using MassTransit;

namespace CustomerService.Projects.Complaints;

/// <summary>Keeps what a finding shows of its CAPA (P2.2.3).</summary>
internal sealed class TrackCapas(ProjectsDb db)
    : IConsumer<CapaOpened>,
        IConsumer<CapaCaseJoined>,
        IConsumer<CapaAssigned>,
        IConsumer<CapaAnalysed>,
        IConsumer<CapaReviewed>,
        IConsumer<CapaExecuted>,
        IConsumer<CapaVerified>,
        IConsumer<CapaReopened>
{
    public async Task Consume(ConsumeContext<CapaOpened> context)
    {
        var e = context.Message;
        await AdvanceAsync(e, e.SourceId, "opened", e.OpenedOn, context.CancellationToken, number: e.Number);
        await ServeAsync(e.CapaId, e.Cases ?? [], context.CancellationToken);
    }

    // The case may have joined before anything else of the CAPA is heard.
    public Task Consume(ConsumeContext<CapaCaseJoined> context)
    {
        var e = context.Message;
        return ServeAsync(e.CapaId, [new(e.Kind, e.CaseId)], context.CancellationToken);
    }

    public Task Consume(ConsumeContext<CapaAssigned> context)
    {
        var e = context.Message;
        return AdvanceAsync(e, e.SourceId, "assigned", e.AssignedOn, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<CapaAnalysed> context)
    {
        var e = context.Message;
        return AdvanceAsync(e, e.SourceId, "analysed", e.AnalysedOn, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<CapaReviewed> context)
    {
        var e = context.Message;
        return AdvanceAsync(
            e,
            e.SourceId,
            e.Approved ? "reviewed" : "sent-back",
            e.ReviewedOn,
            context.CancellationToken
        );
    }

    public Task Consume(ConsumeContext<CapaExecuted> context)
    {
        var e = context.Message;
        return AdvanceAsync(e, e.SourceId, "executed", e.ExecutedOn, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<CapaVerified> context)
    {
        var e = context.Message;
        return AdvanceAsync(
            e,
            e.SourceId,
            e.Effective ? "effective" : "ineffective",
            e.VerifiedOn,
            context.CancellationToken,
            done: e.Effective
        );
    }

    // It was effective and the fault came back (C5.6.2): it is not finished after all.
    public Task Consume(ConsumeContext<CapaReopened> context)
    {
        var e = context.Message;
        return AdvanceAsync(e, e.SourceId, "reopened", e.ReopenedOn, context.CancellationToken);
    }

    private Task ServeAsync(Guid capa, IEnumerable<CapaCase> cases, CancellationToken cancellation) =>
        db.ServeAsync(
            capa,
            cases.Where(one => one.Kind is "finding" or "repair-order").Select(one => one.Id),
            cancellation
        );

    private async Task AdvanceAsync(
        IIntegrationEvent e,
        Guid sourceId,
        string state,
        DateOnly on,
        CancellationToken cancellation,
        bool done = false,
        string? number = null
    )
    {
        var capa = await db.LinkedCapaAsync(e.SubjectId, cancellation);
        capa.Advance(e.Version, state, on, done);
        capa.Identify(sourceId, number);
    }
}
