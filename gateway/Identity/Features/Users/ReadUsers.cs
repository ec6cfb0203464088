using CustomerService.Identity.Data;
using CustomerService.Identity.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity.Features.Users;

internal static class ReadUsers
{
    internal sealed record AuditView(
        long Sequence,
        string Action,
        string? From,
        string To,
        string ActorId,
        string ActorName,
        DateTimeOffset At,
        string? Why,
        string Hash
    );

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/users", ListAsync)
            .WithSummary("List users")
            .WithDescription(
                "In the order of their creation. Filters: role, department, organisationId, state (active, inactive), userName (exact)."
            )
            .Produces<Page<UserView>>();
        routes.MapGet("/users/{id:guid}", GetAsync).WithSummary("Read a user").Produces<UserView>();
        routes
            .MapGet("/users/{id:guid}/audit", AuditAsync)
            .WithSummary("Read a user's audit trail")
            .Produces<IReadOnlyList<AuditView>>();
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        IdentityDb db,
        Caller caller,
        string? after,
        int? limit,
        string? role,
        string? department,
        Guid? organisationId,
        string? state,
        string? userName,
        CancellationToken cancellationToken
    )
    {
        var (page, refusal) = PageRequest.Read(after, limit);
        if (refusal is not null)
        {
            return Problems.Result(context, refusal);
        }

        if (state is not (null or "active" or "inactive") || (role is not null && !Roles.All.Contains(role)))
        {
            var filter = state is null or "active" or "inactive" ? "role" : "state";
            return Problems.Result(
                context,
                Refusal.Invalid("bad-filter", UserRules.Rule, filter).With("filter", filter)
            );
        }

        var users = db.Users.AsNoTracking();
        users = role is null ? users : users.Where(u => u.Roles.Contains(role));
        users = department is null ? users : users.Where(u => u.Department == department);
        users = organisationId is null ? users : users.Where(u => u.OrganisationId == organisationId);
        users = state is null ? users : users.Where(u => u.Active == (state == "active"));
        var normalized = userName?.Normalize().ToUpperInvariant();
        users = normalized is null ? users : users.Where(u => u.NormalizedUserName == normalized);
        users = page!.After is { } last ? users.Where(u => u.Id > last) : users;
        var read = await users.OrderBy(u => u.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return Results.Json(page.Cut(read, u => u.Id, u => UserView.From(u, caller.Clock.Now)), Json.Options);
    }

    private static async Task<IResult> GetAsync(
        HttpContext context,
        Guid id,
        IdentityDb db,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
        return ETags.Representation(
            context,
            user is null ? null : UserView.From(user, caller.Clock.Now),
            user?.Version ?? 0
        );
    }

    private static async Task<IResult> AuditAsync(
        HttpContext context,
        Guid id,
        IdentityDb db,
        CancellationToken cancellationToken
    )
    {
        var rows = await db.Set<AuditRow>()
            .AsNoTracking()
            .Where(r => r.AggregateId == id && r.AggregateType == "user")
            .OrderBy(r => r.Sequence)
            .Select(r => new AuditView(
                r.Sequence,
                r.Action,
                r.FromState,
                r.ToState,
                r.ActorId,
                r.ActorName,
                r.At,
                r.Why,
                r.Hash
            ))
            .ToListAsync(cancellationToken);
        return rows.Count == 0
            ? Problems.Result(context, StatusCodes.Status404NotFound, "not-found")
            : Results.Json(rows, Json.Options);
    }
}
