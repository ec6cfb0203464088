using CustomerService.Reporting.Views;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.DataSets.Features;

/// <summary>Which data sets there are.</summary>
internal static class ListDataSets
{
    /// <param name="Items">The sets, by name.</param>
    internal sealed record DataSetsView(IReadOnlyList<DataSet> Items);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/data-sets", Handle)
            .AsQuery()
            .WithName("ListDataSets")
            .WithSummary("The data sets that can be fetched as files")
            .WithDescription("Rule C3.1.3. They are the views of schema bi, see docs/bi.md.")
            .Produces<DataSetsView>();

    private static async Task<QueryResult> Handle(DataSets sets, RowScope scope, CancellationToken cancellation) =>
        QueryResult.Of(new DataSetsView([.. (await sets.AllAsync(cancellation)).Where(set => set.Covers(scope))]));
}
