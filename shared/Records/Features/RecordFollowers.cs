using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Records.Features;

/// <summary>Somebody who follows a record.</summary>
/// <param name="UserId">Subject of their tokens.</param>
/// <param name="Name">Printed name.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record FollowerView(string UserId, string Name, DateTimeOffset Since);

/// <summary>Who follows a record.</summary>
/// <param name="Items">By name, at most 500.</param>
/// <param name="Following">Whether the caller is one of them.</param>
public sealed record FollowersView(IReadOnlyList<FollowerView> Items, bool Following)
{
    internal static FollowersView From(IEnumerable<Follower> followers, Caller caller)
    {
        var items = followers.Select(f => new FollowerView(f.UserId, f.Name, f.Since)).ToList();
        return new(items, items.Exists(f => f.UserId == caller.Actor.Id));
    }
}

/// <summary>Followers of a record; for staff who see it.</summary>
internal sealed class RecordFollowers(RecordKind kind)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var path = $"/{kind.Collection}/{{id:guid}}";
        routes
            .MapGet(path + "/followers", List)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName($"List{kind.Word}Followers")
            .WithSummary("Who follows the record")
            .WithDescription("Rule S2. For staff.")
            .Produces<FollowersView>();
        routes
            .MapPost(path + "/follow", Follow)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName($"Follow{kind.Word}")
            .WithSummary("Follow the record")
            .WithDescription("Rule S2. Nothing changes for one who follows it already.")
            .Produces<FollowersView>();
        routes
            .MapPost(path + "/unfollow", Unfollow)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName($"Unfollow{kind.Word}")
            .WithSummary("Follow the record no longer")
            .WithDescription("Rule S2. Nothing changes for one who does not follow it.")
            .Produces<FollowersView>();
    }

    private async Task<QueryResult> List(
        Guid id,
        HttpContext http,
        IRecordStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not null
            ? QueryResult.Of(FollowersView.From(await store.FollowersAsync(id, cancellation), caller))
            : QueryResult.NotFound;

    private async Task<CommandResult> Follow(
        Guid id,
        HttpContext http,
        IRecordStore store,
        RecordPeople people,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not { } record)
        {
            return CommandResult.NotFound();
        }

        var others = await OthersAsync(store, id, caller, cancellation);
        var (actor, context) = (caller.Actor, caller.Context());
        var own = await people.FollowAsync(context, record, actor.Id, actor.Name, cancellation);
        return CommandResult.Ok(
            FollowersView.From(others.Append(own).OrderBy(f => f.Name, StringComparer.Ordinal), caller)
        );
    }

    private async Task<CommandResult> Unfollow(
        Guid id,
        HttpContext http,
        IRecordStore store,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await kind.FindAsync(http.RequestServices, caller, id, cancellation) is null)
        {
            return CommandResult.NotFound();
        }

        var others = await OthersAsync(store, id, caller, cancellation);
        (await store.FindAsync<Follower>(Follower.IdOf(id, caller.Actor.Id), cancellation))?.Unfollow(caller.Context());
        return CommandResult.Ok(FollowersView.From(others, caller));
    }

    private static async Task<IReadOnlyList<Follower>> OthersAsync(
        IRecordStore store,
        Guid id,
        Caller caller,
        CancellationToken cancellation
    ) => [.. (await store.FollowersAsync(id, cancellation)).Where(f => f.UserId != caller.Actor.Id)];
}
