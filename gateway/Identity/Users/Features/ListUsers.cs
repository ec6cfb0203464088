using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Identity.Users.Features;

internal static class ListUsers
{
    internal sealed record Query : PageQuery
    {
        /// <summary>Role that they have.</summary>
        public TextFilter? Role { get; init; }

        /// <summary>Department code.</summary>
        public TextFilter? Department { get; init; }

        /// <summary>Outside organisation.</summary>
        public Guid? OrganisationId { get; init; }

        /// <summary>Active or inactive.</summary>
        public EnumFilter<Standing>? State { get; init; }

        /// <summary>Exact name, upper and lower case alike.</summary>
        public TextFilter? UserName { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/users", Handle)
            .AsQuery()
            .WithSummary("List users, the newest first")
            .Produces<Page<UserView>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        IdentityDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (query.Role is { } role && !Roles.All.Contains(role.Value))
        {
            return PageQuery.BadFilter("role", Roles.All);
        }

        return await db
            .Users.Where(query.Role, name => user => user.Roles.Contains(name))
            .Where(query.Department, code => user => user.Department == code)
            .Where(query.OrganisationId, id => user => user.OrganisationId == id)
            .Where(
                query.State,
                states =>
                {
                    var (active, inactive) = (states.Contains(Standing.Active), states.Contains(Standing.Inactive));
                    return user => user.Active ? active : inactive;
                }
            )
            .Where(
                query.UserName,
                name =>
                {
                    var normalized = UserNames.Fold(name);
                    return user => user.NormalizedUserName == normalized;
                }
            )
            .ToPageAsync(query, user => UserView.From(user, caller), cancellation);
    }
}
