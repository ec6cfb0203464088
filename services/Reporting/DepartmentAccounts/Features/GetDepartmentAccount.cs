using CustomerService.Reporting.Data;
using CustomerService.Reporting.DepartmentAccounts.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.DepartmentAccounts.Features;

internal static class GetDepartmentAccount
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/department-accounts/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("A department's account, with what lies in its queue")
            .Produces<DepartmentAccountView>();

    private static async Task<QueryResult> Handle(
        Guid id,
        ReportingDb db,
        BrokerManagement broker,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await db.Set<DepartmentAccount>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancellation)
            is { } account
            ? QueryResult.Of(
                DepartmentAccountView.From(account, broker, caller) with
                {
                    Load =
                        account.State == DepartmentAccountState.Active
                            ? await broker.LoadAsync(account, cancellation)
                            : null,
                },
                account.Version
            )
            : QueryResult.NotFound;
}
