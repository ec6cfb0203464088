using CustomerService.Contracts;
using CustomerService.Rules;
using MassTransit;
using Complaints = CustomerService.Contracts.Complaints.V1;
using Projects = CustomerService.Contracts.Projects.V1;
using Repairs = CustomerService.Contracts.Repairs.V1;
using Surveys = CustomerService.Contracts.Surveys.V1;

namespace CustomerService.Records;

/// <summary>Keeps, at the records of this service, the links that any service announces.</summary>
internal sealed class TrackLinks(Links links, CommandContexts contexts)
    : IConsumer<Projects.RecordLinked>,
        IConsumer<Projects.RecordUnlinked>,
        IConsumer<Repairs.RecordLinked>,
        IConsumer<Repairs.RecordUnlinked>,
        IConsumer<Complaints.RecordLinked>,
        IConsumer<Complaints.RecordUnlinked>,
        IConsumer<Surveys.RecordLinked>,
        IConsumer<Surveys.RecordUnlinked>
{
    public Task Consume(ConsumeContext<Projects.RecordLinked> context) => HearAsync(context, "projects", true);

    public Task Consume(ConsumeContext<Projects.RecordUnlinked> context) => HearAsync(context, "projects", false);

    public Task Consume(ConsumeContext<Repairs.RecordLinked> context) => HearAsync(context, "repairs", true);

    public Task Consume(ConsumeContext<Repairs.RecordUnlinked> context) => HearAsync(context, "repairs", false);

    public Task Consume(ConsumeContext<Complaints.RecordLinked> context) => HearAsync(context, "complaints", true);

    public Task Consume(ConsumeContext<Complaints.RecordUnlinked> context) => HearAsync(context, "complaints", false);

    public Task Consume(ConsumeContext<Surveys.RecordLinked> context) => HearAsync(context, "surveys", true);

    public Task Consume(ConsumeContext<Surveys.RecordUnlinked> context) => HearAsync(context, "surveys", false);

    private Task HearAsync<TEvent>(ConsumeContext<TEvent> context, string from, bool active)
        where TEvent : class, IRecordLinkEvent =>
        links.HearAsync(contexts.ForSystem(from), context.Message, active, context.CancellationToken);
}
