using CustomerService.Contracts.Surveys.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using MassTransit;

namespace CustomerService.Reporting.Messaging;

internal sealed class SurveyFacts(ReportingDb store)
    : IConsumer<InvitationSent>,
        IConsumer<FormRecovered>,
        IConsumer<FormDissatisfied>
{
    public async Task Consume(ConsumeContext<InvitationSent> context) =>
        (await store.FactAsync<InvitationFact>(context.Message.InvitationId, context.CancellationToken)).Apply(
            context.Message
        );

    public async Task Consume(ConsumeContext<FormRecovered> context) =>
        (await store.FactAsync<FormFact>(context.Message.FormId, context.CancellationToken)).Apply(context.Message);

    public async Task Consume(ConsumeContext<FormDissatisfied> context) =>
        (await store.FactAsync<FormFact>(context.Message.FormId, context.CancellationToken)).Apply(context.Message);
}
