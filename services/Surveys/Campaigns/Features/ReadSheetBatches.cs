using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>Batches of sheets, and where their codes were used (C5.8.2).</summary>
internal static class ReadSheetBatches
{
    internal sealed record Query : PageQuery
    {
        /// <summary>The campaign.</summary>
        public Guid? CampaignId { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/sheet-batches", ListAsync)
            .AsQuery()
            .WithName("ListSheetBatches")
            .WithSummary("Batches of sheets, newest first")
            .WithDescription("Rule C5.8.2. For staff.")
            .Produces<Page<SheetBatchView>>();
        routes
            .MapGet("/sheet-batches/{id:guid}", GetAsync)
            .AsQuery()
            .WithName("GetSheetBatch")
            .WithSummary("A batch of sheets with the states of its codes")
            .WithDescription("Rule C5.8.2. For staff.")
            .Produces<SheetBatchView>();
    }

    private static Task<QueryResult> ListAsync(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        StaffAccess
            .Of<SheetBatch>(caller.Actor)
            .Where(b => b.CampaignId, query.CampaignId)
            .ToPageAsync(store, query, b => SheetBatchView.From(b, caller, null), cancellation);

    private static async Task<QueryResult> GetAsync(
        Guid id,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var codes = await store.CountAsync(
            StaffAccess.Of<Invitation>(caller.Actor).Where(i => i.BatchId, id),
            ["state"],
            cancellation
        );
        return await caller.ReadAsync(
            store,
            StaffAccess.Of<SheetBatch>(caller.Actor),
            id,
            (batch, by) =>
                SheetBatchView.From(
                    batch,
                    by,
                    batch.IsAnonymous ? null : codes.ToDictionary(c => c.Values[0]!, c => c.Count)
                ),
            cancellation
        );
    }
}
