using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>While a defect is entered: orders that may be the same one.</summary>
internal static class FindSimilarOrders
{
    internal sealed record Query
    {
        /// <summary>The project.</summary>
        public Guid ProjectId { get; init; }

        /// <summary>Part of Table 3.1.</summary>
        public TextFilter PartCode { get; init; }

        /// <summary>The place, or a part of it.</summary>
        public TextFilter? Location { get; init; }
    }

    /// <summary>What an order that may be the same is.</summary>
    internal enum Similarity
    {
        /// <summary>It is open: the defect may be entered twice.</summary>
        Duplicate,

        /// <summary>The owner accepted its repair: the defect may have come back.</summary>
        Recurrence,
    }

    /// <param name="Id">The order.</param>
    /// <param name="AcceptedOn">The day on which the owner accepted it; null while it is open.</param>
    internal sealed record SimilarOrder(
        Guid Id,
        string Number,
        Similarity Kind,
        RepairOrderState State,
        string Location,
        string Description,
        DateOnly NotifiedOn,
        DateOnly? AcceptedOn
    );

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/repair-orders/similar", Handle)
            .AsQuery()
            .WithSummary("Orders of the same project, part and place that may be the same one")
            .WithDescription(
                """
                Rule S4: to be looked at while a defect is entered. `duplicate` is open, whatever its age; `recurrence` was
                accepted within 90 days, and its defect came back (`recurrenceOfId`). The days are a policy.
                """
            )
            .Produces<IReadOnlyList<SimilarOrder>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        var found = await db.SimilarAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            query.ProjectId,
            query.PartCode.Value,
            query.Location?.Value,
            context.Today.AddDays(-context.Policy.Repairs.SameDefectDays),
            cancellation
        );
        return QueryResult.Of(found.Select(View).ToList());
    }

    private static SimilarOrder View(RepairOrder order)
    {
        var over = order.State is RepairOrderState.Accepted or RepairOrderState.Closed;
        return new(
            order.Id,
            order.Number,
            over ? Similarity.Recurrence : Similarity.Duplicate,
            order.State,
            order.Location,
            order.Description,
            order.NotifiedOn,
            over ? order.OwnerResponses[^1].On : null
        );
    }
}
