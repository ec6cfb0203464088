using CustomerService.Identity.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Identity.Departments.Features;

internal static class ListDepartments
{
    internal sealed record Query : PageQuery;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/departments", Handle)
            .AsQuery()
            .WithSummary("List departments, the newest first")
            .WithDescription("For staff.")
            .Produces<Page<DepartmentView>>();

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        IdentityDb db,
        Caller caller,
        CancellationToken cancellation
    ) => db.Departments.ToPageAsync(query, department => DepartmentView.From(department, caller), cancellation);
}
