using CustomerService.Contracts.Complaints.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using MassTransit;

namespace CustomerService.Reporting.Messaging;

internal sealed class CorrectiveActionFacts(ReportingDb store) :
    IConsumer<CorrectiveActionOpened>, IConsumer<CorrectiveActionAssigned>, IConsumer<CorrectiveActionReopened>, IConsumer<CorrectiveActionAnalysed>, IConsumer<CorrectiveActionReviewed>, IConsumer<CorrectiveActionExecuted>, IConsumer<CorrectiveActionVerified>
{
    public async Task Consume(ConsumeContext<CorrectiveActionOpened> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.CorrectiveActionId, e.SourceId, context);
        fact.Number = e.Number;
        fact.Source = e.Source;
        Assign(fact, e.Department, e.DueOn, e.Version);
        fact.OpenedOn = e.OpenedOn;
        fact.Reach("opened", e.Version);
    }

    public async Task Consume(ConsumeContext<CorrectiveActionAssigned> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.CorrectiveActionId, e.SourceId, context);
        Assign(fact, e.Department, e.DueOn, e.Version);
        fact.Reach("assigned", e.Version);
    }

    public async Task Consume(ConsumeContext<CorrectiveActionReopened> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.CorrectiveActionId, e.SourceId, context);
        fact.Recurrences++;
        if (e.Version > fact.VerifiedVersion)
        {
            // What came back was not effective, whatever the verification said.
            fact.Effective = false;
            fact.VerifiedVersion = e.Version;
        }

        fact.Reach("reopened", e.Version);
    }

    public async Task Consume(ConsumeContext<CorrectiveActionAnalysed> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.CorrectiveActionId, e.SourceId, context);
        if (fact.Reach("analysed", e.Version) || fact.AnalysedOn is null)
        {
            fact.AnalysedOn = e.AnalysedOn;
        }
    }

    public async Task Consume(ConsumeContext<CorrectiveActionReviewed> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.CorrectiveActionId, e.SourceId, context);
        if (fact.Reach(e.Approved ? "reviewed" : "sent-back", e.Version) || fact.ReviewedOn is null)
        {
            fact.ReviewedOn = e.ReviewedOn;
        }
    }

    public async Task Consume(ConsumeContext<CorrectiveActionExecuted> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.CorrectiveActionId, e.SourceId, context);
        if (fact.Reach("executed", e.Version) || fact.ExecutedOn is null)
        {
            fact.ExecutedOn = e.ExecutedOn;
            fact.ExecutedInTime = e.InTime;
        }
    }

    public async Task Consume(ConsumeContext<CorrectiveActionVerified> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.CorrectiveActionId, e.SourceId, context);
        if (!e.Effective)
        {
            fact.IneffectiveRounds++;
        }

        if (e.Version > fact.VerifiedVersion)
        {
            fact.VerifiedOn = e.VerifiedOn;
            fact.Effective = e.Effective;
            fact.VerifiedVersion = e.Version;
        }

        fact.Reach(e.Effective ? "verified" : "ineffective", e.Version);
    }

    private static void Assign(CorrectiveActionFact fact, string? department, DateOnly? due, long version)
    {
        if (version > fact.AssignedVersion)
        {
            fact.Department = department;
            fact.DueOn = due;
            fact.AssignedVersion = version;
        }
    }

    private async Task<CorrectiveActionFact> FactAsync(Guid id, Guid source, ConsumeContext context)
    {
        var fact = await store.FactAsync<CorrectiveActionFact>(id, context.CancellationToken);
        fact.SourceId = source;
        return fact;
    }
}
