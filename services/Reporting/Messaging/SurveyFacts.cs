using CustomerService.Contracts.Surveys.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using MassTransit;

namespace CustomerService.Reporting.Messaging;

internal sealed class SurveyFacts(ReportingDb store) : IConsumer<InvitationSent>, IConsumer<FormRecovered>, IConsumer<FormDissatisfied>
{
    public async Task Consume(ConsumeContext<InvitationSent> context)
    {
        var e = context.Message;
        var fact = await store.FactAsync<InvitationFact>(e.InvitationId, context.CancellationToken);
        fact.SurveyKind = e.SurveyKind;
        fact.CustomerId = e.CustomerId;
        fact.CustomerName = e.CustomerName;
        fact.Source = e.Source;
        fact.SourceId = e.SourceId;
        fact.SentOn = e.SentOn;
        fact.Reach("sent", e.Version);
    }

    public async Task Consume(ConsumeContext<FormRecovered> context)
    {
        var e = context.Message;
        var fact = await FactAsync(e.FormId, context);
        fact.InvitationId = e.InvitationId;
        fact.SurveyKind = e.SurveyKind;
        fact.CustomerId = e.CustomerId;
        fact.CustomerName = e.CustomerName;
        fact.Department = e.Department;
        fact.Overall = e.Overall;
        fact.RecoveredOn = e.RecoveredOn;
        foreach (var item in e.Items.Where(i => fact.Items.TrueForAll(known => known.Item != i.Item)))
        {
            fact.Items.Add(new FormItemFact { Item = item.Item, Grade = item.Grade, Comment = item.Comment });
        }

        fact.Reach("recovered", e.Version);
    }

    public async Task Consume(ConsumeContext<FormDissatisfied> context) =>
        (await FactAsync(context.Message.FormId, context)).Dissatisfied = true;

    private Task<FormFact> FactAsync(Guid id, ConsumeContext context) => store.FactAsync<FormFact>(id, context.CancellationToken);
}
