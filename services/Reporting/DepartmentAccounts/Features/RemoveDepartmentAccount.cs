using CustomerService.Reporting.Data;
using CustomerService.Reporting.DepartmentAccounts.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.DepartmentAccounts.Features;

internal static class RemoveDepartmentAccount
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/department-accounts/{id:guid}/remove", Handle)
            .AsCommand()
            .WithSummary("Ends a department's account, its connections and its queue")
            .WithDescription("Rule C3.1.4. What lies in the queue goes with it. 503: broker-management-unavailable.")
            .Produces<DepartmentAccountView>();

    private static Task<CommandResult> Handle(
        Guid id,
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
                var refusal = broker.Check() ?? account.Remove(context);
                if (refusal is null)
                {
                    await broker.RemoveAsync(account, cancellation);
                }

                return refusal;
            },
            (account, reader) => DepartmentAccountView.From(account, broker, reader),
            cancellation
        );
}
