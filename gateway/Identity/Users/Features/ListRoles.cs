using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Identity.Users.Features;

internal static class ListRoles
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/roles", Handle)
            .AsQuery()
            .WithSummary("List the roles")
            .WithDescription("For staff. The roles are part of the program: the flow tables name them.")
            .Produces<IReadOnlyList<RoleView>>();

    private static QueryResult Handle(Texts texts) =>
        QueryResult.Of(
            Roles
                .All.Select(role => new RoleView(role, texts.Find("role." + role) ?? role, Roles.Staff.Contains(role)))
                .ToList()
        );
}
