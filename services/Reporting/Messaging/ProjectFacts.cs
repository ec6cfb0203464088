using CustomerService.Contracts.Projects.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using MassTransit;

namespace CustomerService.Reporting.Messaging;

internal sealed class ProjectFacts(ReportingDb store) :
    IConsumer<ProjectRegistered>, IConsumer<ProjectAccepted>, IConsumer<ProjectHandedOver>, IConsumer<SiteCleared>, IConsumer<ClearanceOverdue>, IConsumer<RevisitBreached>
{
    public async Task Consume(ConsumeContext<ProjectRegistered> context)
    {
        var e = context.Message;
        var fact = await store.FactAsync<ProjectFact>(e.ProjectId, context.CancellationToken);
        fact.ContractNumber = e.ContractNumber;
        fact.Name = e.Name;
        fact.OwnerId = e.OwnerId;
        fact.OwnerName = e.OwnerName;
        fact.City = e.City;
        fact.BuildingAreaSquareMetres = e.BuildingAreaSquareMetres;
        fact.StructureType = e.StructureType;
        fact.Reach("registered", e.Version);
    }

    public async Task Consume(ConsumeContext<ProjectAccepted> context)
    {
        var e = context.Message;
        var fact = await store.FactAsync<ProjectFact>(e.ProjectId, context.CancellationToken);
        fact.AcceptedOn = e.AcceptedOn;
        fact.ClearanceDueOn = e.ClearanceDueOn;
        fact.Reach("accepted", e.Version);
    }

    public async Task Consume(ConsumeContext<ProjectHandedOver> context)
    {
        var e = context.Message;
        var fact = await store.FactAsync<ProjectFact>(e.ProjectId, context.CancellationToken);
        fact.HandedOverOn = e.HandedOverOn;
        fact.WarrantyEndsOn = e.WarrantyEndsOn;
        fact.Reach("handed-over", e.Version);
    }

    public async Task Consume(ConsumeContext<SiteCleared> context) =>
        (await store.FactAsync<ProjectFact>(context.Message.ProjectId, context.CancellationToken)).ClearedOn = context.Message.ClearedOn;

    public async Task Consume(ConsumeContext<ClearanceOverdue> context) =>
        (await store.FactAsync<ProjectFact>(context.Message.ProjectId, context.CancellationToken)).ClearanceOverdueSince = context.Message.DueOn;

    public async Task Consume(ConsumeContext<RevisitBreached> context) =>
        (await store.FactAsync<ProjectFact>(context.Message.ProjectId, context.CancellationToken)).RevisitBreachedOn = context.Message.HorizonEndedOn;
}
