using CustomerService.Contracts.Repairs.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using MassTransit;

namespace CustomerService.Reporting.Messaging;

internal sealed class RepairOrderFacts(ReportingDb store) :
    IConsumer<RepairOrderOpened>, IConsumer<RepairOrderConfirmed>, IConsumer<RepairOrderApproved>, IConsumer<RepairOrderDispatched>, IConsumer<RepairOrderStarted>,
    IConsumer<RepairOrderInspected>, IConsumer<RepairOrderOwnerResponded>, IConsumer<RepairOrderReturned>, IConsumer<RepairOrderWithdrawn>
{
    public async Task Consume(ConsumeContext<RepairOrderOpened> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RepairOrderId, e.OwnerId, context);
        fact.Number = e.Number;
        fact.ProjectId = e.ProjectId;
        fact.ProjectName = e.ProjectName;
        fact.PartCode = e.PartCode;
        fact.Severity = e.Severity;
        fact.Source = e.Source;
        fact.SourceId = e.SourceId;
        fact.NotifiedOn = e.NotifiedOn;
        fact.ConfirmDueOn = e.ConfirmDueOn;
        fact.Reach("opened", e.Version);
    }

    public async Task Consume(ConsumeContext<RepairOrderConfirmed> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RepairOrderId, e.OwnerId, context);
        fact.ConfirmedOn = e.ConfirmedOn;
        fact.ConfirmedInTime = e.InTime;
        fact.Reach("confirmed", e.Version);
    }

    public async Task Consume(ConsumeContext<RepairOrderApproved> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RepairOrderId, e.OwnerId, context);
        fact.ApprovedOn = e.ApprovedOn;
        fact.Reach("approved", e.Version);
    }

    public async Task Consume(ConsumeContext<RepairOrderDispatched> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RepairOrderId, e.OwnerId, context);
        fact.RepairUnitId = e.RepairUnitId;
        fact.RepairUnitName = e.RepairUnitName;
        fact.UnderWarranty = e.UnderWarranty;
        fact.DispatchedOn = e.DispatchedOn;
        fact.Reach("dispatched", e.Version);
    }

    public async Task Consume(ConsumeContext<RepairOrderStarted> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RepairOrderId, e.OwnerId, context);
        fact.StartedOn = e.StartedOn;
        fact.Reach("in-repair", e.Version);
    }

    public async Task Consume(ConsumeContext<RepairOrderInspected> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RepairOrderId, e.OwnerId, context);
        if (e.Passed)
        {
            fact.PassedOn = e.InspectedOn;
        }
        else
        {
            fact.FailedInspections = Math.Max(fact.FailedInspections, e.Round);
        }

        fact.Reach(e.Passed ? "passed" : "in-repair", e.Version);
    }

    public async Task Consume(ConsumeContext<RepairOrderOwnerResponded> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RepairOrderId, e.OwnerId, context);
        if (e.Accepted)
        {
            fact.AcceptedOn = e.RespondedOn;
        }

        fact.Reach(e.Accepted ? "accepted" : "in-repair", e.Version);
    }

    public async Task Consume(ConsumeContext<RepairOrderReturned> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RepairOrderId, e.OwnerId, context);
        fact.Number = e.Number;
        fact.ProjectId = e.ProjectId;
        fact.ProjectName = e.ProjectName;
        fact.PartCode = e.PartCode;
        fact.RepairUnitId = e.RepairUnitId;
        fact.RepairUnitName = e.RepairUnitName;
        fact.UnderWarranty = e.UnderWarranty;
        fact.ReturnedOn = e.ReturnedOn;
        fact.FailedInspections = e.FailedInspections;
        fact.OwnerRefusals = e.OwnerRefusals;
        fact.Reach("returned", e.Version);
    }

    public async Task Consume(ConsumeContext<RepairOrderWithdrawn> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.RepairOrderId, e.OwnerId, context);
        fact.WithdrawnOn = e.WithdrawnOn;
        fact.Reach("withdrawn", e.Version);
    }

    private async Task<RepairOrderFact> FactAsync(Guid id, Guid owner, ConsumeContext context)
    {
        var fact = await store.FactAsync<RepairOrderFact>(id, context.CancellationToken);
        fact.OwnerId = owner;
        return fact;
    }
}
