using CustomerService.Identity.Data;
using CustomerService.ServiceDefaults;

namespace CustomerService.Identity.Users.Features;

internal static class GetUser
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/users/{id:guid}", Handle).AsQuery().WithSummary("Read a user").Produces<UserView>();

    private static Task<QueryResult> Handle(Guid id, IdentityDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Users, id, UserView.From, cancellation);
}
