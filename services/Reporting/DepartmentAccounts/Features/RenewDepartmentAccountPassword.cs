using CustomerService.Reporting.Data;
using CustomerService.Reporting.DepartmentAccounts.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.DepartmentAccounts.Features;

internal static class RenewDepartmentAccountPassword
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/department-accounts/{id:guid}/renew-password", Handle)
            .AsCommand()
            .WithSummary("A new password for a department's account")
            .WithDescription(
                "Rule C3.1.4. The answer's `password` is told this once; the former one ends. "
                    + "503: broker-management-unavailable."
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
        DepartmentAccount? renewed = null;
        var password = BrokerManagement.NewPassword();
        var answer = await caller.ChangeAsync(
            db.Set<DepartmentAccount>(),
            id,
            async (account, context) =>
            {
                var refusal = broker.Check() ?? account.RenewPassword(context);
                if (refusal is null)
                {
                    await broker.ApplyAsync(account, password, cancellation);
                    renewed = account;
                }

                return refusal;
            },
            (account, reader) => DepartmentAccountView.From(account, broker, reader) with { Password = password },
            cancellation
        );
        return renewed is null ? answer : answer.ButRemember(() => DepartmentAccountView.From(renewed, broker, caller));
    }
}
