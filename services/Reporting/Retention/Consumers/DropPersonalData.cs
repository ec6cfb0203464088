using System.Linq.Expressions;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Contracts.Retention;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Retention.Domain;
using CustomerService.Reporting.Webhooks;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CustomerService.Reporting.Retention.Consumers;

/// <summary>A record was erased (C8): what is personal of it goes from its facts and from the archive of events, so that
/// it does not come back when facts are made from nothing, and from what webhooks were sent. Figures stay what they were.</summary>
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
        // Alone: a consumer that keeps an event of them meanwhile could not know yet that they were erased.
        await db.LockAsync(Projections.Writers, cancellation);
        await db.MarkErasedAsync(subjects, cancellation);
        await DropFactsAsync(db, subjects, cancellation);
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
            await DropSentAsync(d => d.EventId == kept.MessageId, cancellation);
        }

        // Gathered work is whole in what was sent only: the archive never had its texts.
        foreach (var subject in subjects.Select(id => id.ToString()))
        {
            await DropSentAsync(
                d => EF.Functions.Like(d.EventName, "%.work.changed.%") && d.Body.Contains(subject),
                cancellation
            );
        }
    }

    /// <summary>The same of what webhooks were sent, or a replay would tell it again.</summary>
    private async Task DropSentAsync(Expression<Func<WebhookDelivery, bool>> which, CancellationToken cancellation)
    {
        foreach (var sent in await db.WebhookDeliveries.AsNoTracking().Where(which).ToListAsync(cancellation))
        {
            var body = WebhookQueue.WithoutPersonalText(sent.Body);
            await db
                .WebhookDeliveries.Where(d => d.Id == sent.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(d => d.Body, body), cancellation);
        }
    }

    /// <summary>What is personal of a record and its parts goes from their facts; saved by the caller.</summary>
    internal static async Task DropFactsAsync(
        ReportingDb db,
        IReadOnlyList<Guid> subjects,
        CancellationToken cancellation
    )
    {
        foreach (
            var type in db
                .Model.GetEntityTypes()
                .Select(type => type.ClrType)
                .Where(type => type.IsAssignableTo(typeof(Fact)) && type != typeof(RetentionFact))
        )
        {
            foreach (var id in subjects)
            {
                if (await db.FindAsync(type, [id], cancellation) is { } fact)
                {
                    Drop(db.Entry(fact));
                }
            }
        }
    }

    private static void Drop(EntityEntry row)
    {
        foreach (var property in row.Properties.Where(property => !property.Metadata.IsKey()))
        {
            if (property.CurrentValue is string text && PersonalText.Is(property.Metadata.Name, text))
            {
                property.CurrentValue = PersonalText.Gone;
            }
        }

        // Rows that belong to it are read with it.
        foreach (var parts in row.Collections.Where(parts => parts.Metadata.TargetEntityType.IsOwned()))
        {
            foreach (var part in parts.CurrentValue ?? Array.Empty<object>())
            {
                Drop(parts.FindEntry(part)!);
            }
        }
    }
}
