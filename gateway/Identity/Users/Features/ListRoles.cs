using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Identity.Users.Features;

internal static class ListRoles
{
    /// <param name="Name">As it stands in tokens.</param>
    /// <param name="Title">In the caller's language.</param>
    /// <param name="Staff">True for people inside the company, who may read its records.</param>
    internal sealed record RoleView(string Name, string Title, bool Staff);

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
