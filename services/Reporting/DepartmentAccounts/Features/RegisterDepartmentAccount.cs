using CustomerService.Reporting.Data;
using CustomerService.Reporting.DepartmentAccounts.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.DepartmentAccounts.Features;

internal static class RegisterDepartmentAccount
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/department-accounts", Handle)
            .AsCommand()
            .WithSummary("Makes a department's account at the broker, with its own queue")
            .WithDescription(
                """
                Rule C3.1.4. Operator or administrator. The account reads its queue and can do nothing else; the answer's
                `password` is told this once, also under an Idempotency-Key. 409: account-name-taken,
                broker-management-missing. 503: broker-management-unavailable.
                """
            )
            .WithExample(new DepartmentAccountRequest("quality", ["complaints.#", "repairs.rma-unit.#"]))
            .Produces<DepartmentAccountView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        DepartmentAccountRequest body,
        ReportingDb db,
        BrokerManagement broker,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (broker.Check() is { } missing)
        {
            return missing;
        }

        if (
            await db.Set<DepartmentAccount>()
                .AnyAsync(a => a.Name == body.Name && a.State == DepartmentAccountState.Active, cancellation)
        )
        {
            return Refusal.ByRule("account-name-taken", "C3.1.4", ["name"]).With("name", body.Name);
        }

        var result = DepartmentAccount.Register(
            caller.Context(),
            body.Name,
            [.. body.Patterns.Distinct()],
            body.ReadsStream
        );
        if (result.Failed(out var refusal, out var account))
        {
            return refusal;
        }

        var password = BrokerManagement.NewPassword();
        await broker.ApplyAsync(account, password, cancellation);
        return caller
            .Create(
                db,
                "department-accounts",
                result,
                (made, reader) => DepartmentAccountView.From(made, broker, reader) with { Password = password }
            )
            .ButRemember(() => DepartmentAccountView.From(account, broker, caller));
    }
}
