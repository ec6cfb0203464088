using CustomerService.Identity.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Identity.Departments.Features;

internal static class GetDepartment
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/departments/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("Read a department")
            .Produces<DepartmentView>();

    private static Task<QueryResult> Handle(Guid id, IdentityDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Departments, id, DepartmentView.From, cancellation);
}
