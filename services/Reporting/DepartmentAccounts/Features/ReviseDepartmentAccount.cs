using CustomerService.Reporting.Data;
using CustomerService.Reporting.DepartmentAccounts.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.DepartmentAccounts.Features;

internal static class ReviseDepartmentAccount
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/department-accounts/{id:guid}/revise", Handle)
            .AsCommand()
            .WithSummary("Other events for a department's account")
            .WithDescription("Rule C3.1.4. What lies in its queue stays. 503: broker-management-unavailable.")
            .WithExample(new DepartmentAccountContent(["complaints.#"]))
            .Produces<DepartmentAccountView>();

    private static Task<CommandResult> Handle(
        Guid id,
        DepartmentAccountContent body,
        ReportingDb db,
        BrokerManagement broker,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Set<DepartmentAccount>(),
            id,
            async (account, context) =>
            {
                var refusal =
                    broker.Check() ?? account.Revise(context, [.. body.Patterns.Distinct()], body.ReadsStream);
                if (refusal is null)
                {
                    await broker.ApplyAsync(account, null, cancellation);
                }

                return refusal;
            },
            (account, reader) => DepartmentAccountView.From(account, broker, reader),
            cancellation
        );
}
