using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders;

/// <summary>Opens an order for a person or on an event, with the warranty as Projects sees it.</summary>
internal sealed class RepairOrderOpener(
    RepairsDb db,
    RecordNumbers numbers,
    RegistryLookup registry,
    ProjectsClient projects,
    Links links,
    Files files
)
{
    /// <summary>Adds the order to the store, unsaved, or says why not.</summary>
    public async Task<Result<RepairOrder>> OpenAsync(
        CommandContext context,
        Notice notice,
        CancellationToken cancellation
    )
    {
        // No transaction is open while another service is asked, nor a connection held but for the question that is asked
        // meanwhile.
        var warrantyAsked = projects.AskWarrantyAsync(
            notice.Project.Id,
            notice.PartCode,
            notice.NotifiedOn,
            cancellation
        );
        var earlierAsked = notice.RecurrenceOf is null
            ? EarlierAsync(context, notice, cancellation)
            : Task.FromResult<EarlierOrder?>(notice.RecurrenceOf);
        await Task.WhenAll(warrantyAsked, earlierAsked);
        var warranty = await warrantyAsked;
        notice = notice with { RecurrenceOf = await earlierAsked };

        var number = await numbers.NextAsync(RepairOrder.NumberKind, context.Today.Year, cancellation);
        var opened = RepairOrder.Open(context, number, notice, warranty);
        if (!opened.Failed(out _, out var order))
        {
            db.Add(order);
            if (CauseOf(notice) is { } cause)
            {
                var own = new RecordRef("repairs", order.Kind, order.Id, order.Number);
                var finding = notice.Source == OrderSource.Revisit ? notice.SourceId : null;
                await own.ComesFromAsync(cause, links, files, context, cancellation, finding);
            }
        }

        return opened;
    }

    /// <summary>An accepted order of the same project and part, which the caller names; null where there is none.</summary>
    public async Task<EarlierOrder?> EarlierAsync(Guid id, Guid project, string part, CancellationToken cancellation) =>
        Earlier(
            await db
                .RepairOrders.AsNoTracking()
                .Where(o => o.Id == id && o.ProjectId == project && o.PartCode == part)
                .FirstOrDefaultAsync(o => Over.Contains(o.State), cancellation)
        );

    private static readonly RepairOrderState[] Over = [RepairOrderState.Accepted, RepairOrderState.Closed];

    // The same defect, after the owner had accepted its repair.
    private async Task<EarlierOrder?> EarlierAsync(
        CommandContext context,
        Notice notice,
        CancellationToken cancellation
    )
    {
        var (project, part, place) = (notice.Project.Id, notice.PartCode, TextFolding.ForSearch(notice.Location));
        var since = context.Today.AddDays(-context.Policy.Repairs.SameDefectDays);
        return Earlier(
            await db.AcceptedSince(project, part, since)
                .Where(o => o.PlaceKey == place)
                .OrderByDescending(o => o.Id)
                .FirstOrDefaultAsync(cancellation)
        );
    }

    private static EarlierOrder? Earlier(RepairOrder? order) =>
        order is null ? null : new(order.Id, order.Number, order.OwnerResponses[^1].On);

    private static RecordRef? CauseOf(Notice notice) =>
        notice switch
        {
            { Source: OrderSource.Revisit, RevisitId: { } revisit } => new("projects", "revisit", revisit, null),
            { Source: OrderSource.Complaint, SourceId: { } complaint } => new(
                "complaints",
                "complaint",
                complaint,
                null
            ),
            _ => null,
        };

    /// <summary>The project with its owner as the registry has them now, or why nothing is opened on it.</summary>
    public async Task<Result<ProjectRef>> ProjectAsync(Guid id, CancellationToken cancellation)
    {
        return (await registry.OwnedProjectAsync(id, cancellation)).Failed(out var refusal, out var known)
            ? refusal
            : RegisteredNames.Of(known.Project, known.Owner);
    }
}
