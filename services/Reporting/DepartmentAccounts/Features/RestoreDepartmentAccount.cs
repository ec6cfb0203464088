using CustomerService.Reporting.Data;
using CustomerService.Reporting.DepartmentAccounts.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.DepartmentAccounts.Features;

internal static class RestoreDepartmentAccount
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/department-accounts/{id:guid}/restore", Handle)
            .AsCommand()
            .WithSummary("Makes a department's account that was removed again, with its patterns and a new password")
            .WithDescription(
                """
                Rule C3.1.4. The queue is empty: what came meanwhile is on the stream for 30 days. The answer's `password` is
                told this once. 409: account-name-taken, broker-management-missing. 503: broker-management-unavailable.
                """
            )
            .Produces<DepartmentAccountView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        ReportingDb db,
        BrokerManagement broker,
        Caller caller,
        CancellationToken cancellation
    )
    {
        DepartmentAccount? restored = null;
        var password = BrokerManagement.NewPassword();
        var answer = await caller.ChangeAsync(
            db.Set<DepartmentAccount>(),
            id,
            async (account, context) =>
            {
                var isTaken = await db.Set<DepartmentAccount>()
                    .AnyAsync(
                        other =>
                            other.Name == account.Name
                            && other.Id != account.Id
                            && other.State == DepartmentAccountState.Active,
                        cancellation
                    );
                var refusal = broker.Check() ?? account.Restore(context, !isTaken)?.With("name", account.Name);
                if (refusal is null)
                {
                    await broker.ApplyAsync(account, password, cancellation);
                    restored = account;
                }

                return refusal;
            },
            (account, reader) => DepartmentAccountView.From(account, broker, reader) with { Password = password },
            cancellation
        );
        return restored is null
            ? answer
            : answer.ButRemember(() => DepartmentAccountView.From(restored, broker, caller));
    }
}
