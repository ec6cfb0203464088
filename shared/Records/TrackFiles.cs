using CustomerService.Contracts.Files;
using CustomerService.Rules;
using MassTransit;
using Complaints = CustomerService.Contracts.Complaints.V1;
using Projects = CustomerService.Contracts.Projects.V1;
using Repairs = CustomerService.Contracts.Repairs.V1;
using Surveys = CustomerService.Contracts.Surveys.V1;

namespace CustomerService.Records;

/// <summary>Takes files along to the records of this service, and tells its own again when others take them
/// along.</summary>
internal sealed class TrackFiles(Files files, CommandContexts contexts)
    : IConsumer<Projects.ProjectsFileAdded>,
        IConsumer<Projects.ProjectsFilesWanted>,
        IConsumer<Repairs.RepairsFileAdded>,
        IConsumer<Repairs.RepairsFilesWanted>,
        IConsumer<Complaints.ComplaintsFileAdded>,
        IConsumer<Complaints.ComplaintsFilesWanted>,
        IConsumer<Surveys.SurveysFileAdded>,
        IConsumer<Surveys.SurveysFilesWanted>
{
    public Task Consume(ConsumeContext<Projects.ProjectsFileAdded> context) => AddedAsync(context, "projects");

    public Task Consume(ConsumeContext<Projects.ProjectsFilesWanted> context) => WantedAsync(context, "projects");

    public Task Consume(ConsumeContext<Repairs.RepairsFileAdded> context) => AddedAsync(context, "repairs");

    public Task Consume(ConsumeContext<Repairs.RepairsFilesWanted> context) => WantedAsync(context, "repairs");

    public Task Consume(ConsumeContext<Complaints.ComplaintsFileAdded> context) => AddedAsync(context, "complaints");

    public Task Consume(ConsumeContext<Complaints.ComplaintsFilesWanted> context) => WantedAsync(context, "complaints");

    public Task Consume(ConsumeContext<Surveys.SurveysFileAdded> context) => AddedAsync(context, "surveys");

    public Task Consume(ConsumeContext<Surveys.SurveysFilesWanted> context) => WantedAsync(context, "surveys");

    private Task AddedAsync<TEvent>(ConsumeContext<TEvent> context, string from)
        where TEvent : class, IFileEvent =>
        files.HearAddedAsync(contexts.ForSystem(from), from, context.Message.File, context.CancellationToken);

    private Task WantedAsync<TEvent>(ConsumeContext<TEvent> context, string from)
        where TEvent : class, IFilesWantedEvent =>
        files.HearWantedAsync(contexts.ForSystem(from), context.Message.Wanted, context.CancellationToken);
}
