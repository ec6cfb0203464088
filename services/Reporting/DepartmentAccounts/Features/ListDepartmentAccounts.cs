using System.Text.Json.Serialization;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.DepartmentAccounts.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.DepartmentAccounts.Features;

internal static class ListDepartmentAccounts
{
    internal sealed record Query : PageQuery
    {
        /// <summary>active or removed.</summary>
        public EnumFilter<DepartmentAccountState>? State { get; init; }
    }

    /// <summary>An account in a list.</summary>
    /// <param name="Id">The account.</param>
    /// <param name="Number">Always null: accounts have no number.</param>
    /// <param name="State">active or removed.</param>
    /// <param name="Version">Version.</param>
    /// <param name="Actions">What the caller may do now.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Queue">The queue that it reads.</param>
    /// <param name="Patterns">Which events.</param>
    internal sealed record Item(
        Guid Id,
        string? Number,
        DepartmentAccountState State,
        long Version,
        [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
        string Name,
        string Queue,
        IReadOnlyList<string> Patterns
    );

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/department-accounts", Handle)
            .AsQuery()
            .WithSummary("Accounts of departments at the broker, the newest first")
            .WithDescription("Rule C3.1.4. Walk on with `after`.")
            .Produces<Page<Item>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ReportingDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db.Set<DepartmentAccount>()
            .Where(query.State, states => account => states.Contains(account.State))
            .ToPageAsync(
                query,
                account => new Item(
                    account.Id,
                    null,
                    account.State,
                    account.Version,
                    account.AllowedActions(caller.Context()),
                    account.Name,
                    account.Queue,
                    account.Patterns
                ),
                cancellation
            );
}
