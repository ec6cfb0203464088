using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Contracts.Retention;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Retention.Domain;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Retention.Consumers;

/// <summary>A record was erased (C8): what is personal of it goes from its facts and from the archive of events, so that
/// it does not come back when facts are made from nothing. Figures stay what they were.</summary>
internal sealed class DropPersonalData(ReportingDb db)
    : IConsumer<ProjectsRecordErased>,
        IConsumer<RepairsRecordErased>,
        IConsumer<ComplaintsRecordErased>,
        IConsumer<SurveysRecordErased>
{
    public Task Consume(ConsumeContext<ProjectsRecordErased> context) => DropAsync(context);

    public Task Consume(ConsumeContext<RepairsRecordErased> context) => DropAsync(context);

    public Task Consume(ConsumeContext<ComplaintsRecordErased> context) => DropAsync(context);

    public Task Consume(ConsumeContext<SurveysRecordErased> context) => DropAsync(context);

    private async Task DropAsync<TEvent>(ConsumeContext<TEvent> context)
        where TEvent : class, IRecordErasedEvent
    {
        var cancellation = context.CancellationToken;
        var record = context.Message.Record;
        Guid[] subjects = [record.RecordId, .. record.Parts];
        await db.LockSharedAsync(Projections.Writers, cancellation);
        await DropFactsAsync(db, record.RecordId, cancellation);
        foreach (
            var kept in await db
                .Archive.AsNoTracking()
                .Where(e => subjects.Contains(e.SubjectId) && !e.Name.Contains(".record."))
                .ToListAsync(cancellation)
        )
        {
            var body = PersonalText.Drop(kept.Body);
            await db
                .Archive.Where(e => e.MessageId == kept.MessageId)
                .ExecuteUpdateAsync(row => row.SetProperty(e => e.Body, body), cancellation);
        }
    }

    /// <summary>What is personal of a record goes from its facts; saved by the caller.</summary>
    internal static async Task DropFactsAsync(ReportingDb db, Guid recordId, CancellationToken cancellation)
    {
        foreach (
            var type in db
                .Model.GetEntityTypes()
                .Select(type => type.ClrType)
                .Where(type => type.IsAssignableTo(typeof(Fact)) && type != typeof(RetentionFact))
        )
        {
            if (await db.FindAsync(type, [recordId], cancellation) is { } fact)
            {
                Drop(db, fact);
            }
        }
    }

    private static void Drop(ReportingDb db, object fact)
    {
        foreach (var property in db.Entry(fact).Properties)
        {
            if (property.CurrentValue is string text && PersonalText.Is(property.Metadata.Name, text))
            {
                property.CurrentValue = PersonalText.Gone;
            }
        }
    }
}
