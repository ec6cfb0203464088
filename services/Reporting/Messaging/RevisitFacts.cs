using CustomerService.Contracts.Projects.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using MassTransit;

namespace CustomerService.Reporting.Messaging;

internal sealed class RevisitFacts(ReportingDb store) :
    IConsumer<RevisitPlanned>, IConsumer<RevisitMoved>, IConsumer<RevisitCancelled>, IConsumer<RevisitOverdue>, IConsumer<RevisitHeld>, IConsumer<RevisitClosed>
{
    public async Task Consume(ConsumeContext<RevisitPlanned> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RevisitId, e.ProjectId, e.OwnerId, context);
        fact.Number = e.Number;
        fact.PlannedOn ??= e.DueOn;
        Due(fact, e.DueOn, e.Version);
        fact.Reach("planned", e.Version);
    }

    public async Task Consume(ConsumeContext<RevisitMoved> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RevisitId, e.ProjectId, e.OwnerId, context);
        Due(fact, e.To, e.Version);
        fact.Reach("planned", e.Version);
    }

    public async Task Consume(ConsumeContext<RevisitCancelled> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RevisitId, e.ProjectId, e.OwnerId, context);
        fact.Cancelled = true;
        fact.Reach("cancelled", e.Version);
    }

    public async Task Consume(ConsumeContext<RevisitOverdue> context)
    {
        var e = context.Message;
        (await FactAsync(e.RevisitId, e.ProjectId, e.OwnerId, context)).Overdue = true;
    }

    public async Task Consume(ConsumeContext<RevisitHeld> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RevisitId, e.ProjectId, e.OwnerId, context);
        fact.Number = e.Number;
        fact.HeldOn = e.HeldOn;
        fact.FindingCount = e.FindingCount;
        Due(fact, e.DueOn, e.Version);
        fact.Reach("held", e.Version);
    }

    public async Task Consume(ConsumeContext<RevisitClosed> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RevisitId, e.ProjectId, e.OwnerId, context);
        fact.ClosedOn = e.ClosedOn;
        fact.Reach("closed", e.Version);
    }

    private static void Due(RevisitFact fact, DateOnly due, long version)
    {
        if (version > fact.DueVersion)
        {
            fact.DueOn = due;
            fact.DueVersion = version;
        }
    }

    private async Task<RevisitFact> FactAsync(Guid revisit, Guid project, Guid owner, ConsumeContext context)
    {
        var fact = await store.FactAsync<RevisitFact>(revisit, context.CancellationToken);
        fact.ProjectId = project;
        fact.OwnerId = owner;
        return fact;
    }
}
