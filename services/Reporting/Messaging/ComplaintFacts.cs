using CustomerService.Contracts.Complaints.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using MassTransit;

namespace CustomerService.Reporting.Messaging;

internal sealed class ComplaintFacts(ReportingDb store) :
    IConsumer<ComplaintRegistered>, IConsumer<ComplaintResponded>, IConsumer<ComplaintTriaged>, IConsumer<ComplaintLiabilityDecided>,
    IConsumer<ComplaintClosed>, IConsumer<ComplaintReopened>
{
    public async Task Consume(ConsumeContext<ComplaintRegistered> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.ComplaintId, e.CustomerId, context);
        fact.Number = e.Number;
        fact.CustomerName = e.CustomerName;
        fact.Channel = e.Channel;
        fact.SourceId = e.SourceId;
        fact.Subject = e.Subject;
        fact.Severity = e.Severity;
        fact.RegisteredOn = e.RegisteredOn;
        fact.ResponseDueAt = e.ResponseDueAt.ToUniversalTime();
        fact.ResolutionDueAt = e.ResolutionDueAt.ToUniversalTime();
        fact.Reach("registered", e.Version);
    }

    public async Task Consume(ConsumeContext<ComplaintResponded> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.ComplaintId, e.CustomerId, context);
        fact.RespondedAt = e.RespondedAt.ToUniversalTime();
        fact.RespondedInTime = e.InTime;
        fact.Reach("responded", e.Version);
    }

    public async Task Consume(ConsumeContext<ComplaintTriaged> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.ComplaintId, e.CustomerId, context);
        fact.Triage = e.Outcome;
        fact.Reach("triaged", e.Version);
    }

    public async Task Consume(ConsumeContext<ComplaintLiabilityDecided> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.ComplaintId, e.CustomerId, context);
        if (fact.Reach("liability-decided", e.Version) || fact.Liability is null)
        {
            fact.Liability = e.Liability;
            fact.Department = e.ResponsibleDepartment;
            fact.CauseCode = e.CauseCode;
        }
    }

    public async Task Consume(ConsumeContext<ComplaintClosed> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.ComplaintId, e.CustomerId, context);
        if (e.Version > fact.ClosedVersion)
        {
            fact.ClosedOn = e.ClosedOn;
            fact.ClosedVersion = e.Version;
            fact.CustomerConfirmed = e.CustomerConfirmed;
        }

        fact.Reach("closed", e.Version);
    }

    public async Task Consume(ConsumeContext<ComplaintReopened> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.ComplaintId, e.CustomerId, context);
        fact.Reopened++;
        if (e.Version > fact.ClosedVersion)
        {
            fact.ClosedOn = null;
            fact.ClosedVersion = e.Version;
        }

        fact.Reach("reopened", e.Version);
    }

    private async Task<ComplaintFact> FactAsync(Guid id, Guid customer, ConsumeContext context)
    {
        var fact = await store.FactAsync<ComplaintFact>(id, context.CancellationToken);
        fact.CustomerId = customer;
        return fact;
    }
}
