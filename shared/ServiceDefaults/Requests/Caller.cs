using System.Globalization;
using CustomerService.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Who calls, when, and on which version of the record. One per request, by dependency injection. It carries the two
/// walks of every command: change a record, create a record.
/// </summary>
public sealed class Caller(IHttpContextAccessor accessor, AuthSettings settings, CommandContexts contexts)
{
    private Actor? _actor;

    /// <summary>The signed-in person or system; without a token an actor without roles.</summary>
    public Actor Actor =>
        _actor ??=
            Http.User.Identity?.IsAuthenticated == true
                ? ActorFromToken.Read(Http.User, settings)
                : new Actor("anonymous", "anonymous", new HashSet<string>());

    public CompanyClock Clock => contexts.Clock;

    public DateTimeOffset Now => contexts.Clock.Now;

    public DateOnly Today => contexts.Clock.Today;

    /// <summary>True for people of the company, who see every record (see <see cref="Roles.Staff"/>).</summary>
    public bool IsStaff => Actor.IsStaff();

    /// <summary>The version named by <c>If-Match</c>: null when there is none, −1 when it is not one of
    /// ours.</summary>
    public long? ExpectedVersion
    {
        get
        {
            var header = Http.Request.Headers.IfMatch;
            if (header.Count == 0)
            {
                return null;
            }

            return
                EntityTagHeaderValue.TryParse(header.ToString(), out var tag)
                && long.TryParse(
                    tag.Tag.AsSpan().Trim('"'),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var version
                )
                ? version
                : -1;
        }
    }

    /// <summary>The caller's organisation was merged into this one (rule S4).</summary>
    internal void ActFor(Guid organisation) => _actor = Actor with { OrganisationId = organisation };

    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>What a domain method needs to know, for a new case: the policy of today.</summary>
    public CommandContext Context() => contexts.For(Actor);

    /// <summary>The same for a record: its own policy version where it carries one.</summary>
    public CommandContext Context(Aggregate record) =>
        record is IUnderPolicy under ? contexts.For(Actor, under) : contexts.For(Actor);

    /// <summary>
    /// Changes a record: 404 where the caller may not see it or it is not there, 428 without If-Match, 412 when it is
    /// not the version seen, 403/409 when refused, else 200 with the new representation and its ETag.
    /// </summary>
    /// <param name="visible">The records that the caller may see.</param>
    /// <param name="id">Which.</param>
    /// <param name="change">The domain method.</param>
    /// <param name="view">Makes the representation.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public async Task<CommandResult> ChangeAsync<T>(
        IQueryable<T> visible,
        Guid id,
        Func<T, CommandContext, Refusal?> change,
        Func<T, Caller, object> view,
        CancellationToken cancellation
    )
        where T : Aggregate => Change(await visible.FirstOrDefaultAsync(r => r.Id == id, cancellation), change, view);

    /// <summary>The same where the change must look something up first.</summary>
    public async Task<CommandResult> ChangeAsync<T>(
        IQueryable<T> visible,
        Guid id,
        Func<T, CommandContext, Task<Refusal?>> change,
        Func<T, Caller, object> view,
        CancellationToken cancellation
    )
        where T : Aggregate
    {
        var record = await visible.FirstOrDefaultAsync(r => r.Id == id, cancellation);
        if (Precondition(record) is { } failed)
        {
            return failed;
        }

        return await change(record!, Context(record!)) is { } refusal
            ? refusal
            : CommandResult.Ok(record!, () => view(record!, this));
    }

    /// <summary>The same for a record that was found already.</summary>
    public CommandResult Change<T>(T? record, Func<T, CommandContext, Refusal?> change, Func<T, Caller, object> view)
        where T : Aggregate
    {
        if (Precondition(record) is { } failed)
        {
            return failed;
        }

        return change(record!, Context(record!)) is { } refusal
            ? refusal
            : CommandResult.Ok(record!, () => view(record!, this));
    }

    /// <summary>The first half of a change, for handlers that must ask others in between: null when all is
    /// well.</summary>
    public CommandResult? Precondition(Aggregate? record)
    {
        if (record is null)
        {
            return CommandResult.NotFound();
        }

        return ExpectedVersion switch
        {
            null => CommandResult.VersionRequired(),
            var version when version != record.Version => CommandResult.Stale(),
            _ => null,
        };
    }

    /// <summary>
    /// Adds a new record, or answers its refusal: 201 with Location, representation and ETag.
    /// </summary>
    /// <param name="db">The service's store.</param>
    /// <param name="collection">Name of the collection in the address, for example <c>repair-orders</c>.</param>
    /// <param name="result">What the domain's factory said.</param>
    /// <param name="view">Makes the representation.</param>
    public CommandResult Create<T>(DbContext db, string collection, Result<T> result, Func<T, Caller, object> view)
        where T : Aggregate => Create(record => db.Add(record), collection, result, view);

    /// <summary>The same for a store that is no DbContext.</summary>
    public CommandResult Create<T>(Action<T> add, string collection, Result<T> result, Func<T, Caller, object> view)
        where T : Aggregate
    {
        if (result.Failed(out var refusal, out var record))
        {
            return refusal;
        }

        add(record);
        return CommandResult.Created($"{collection}/{record.Id}", record, () => view(record, this));
    }

    /// <summary>Reads one record: its representation with the ETag; 404 where it is not there or not to be
    /// seen.</summary>
    public async Task<QueryResult> ReadAsync<T>(
        IQueryable<T> visible,
        Guid id,
        Func<T, Caller, object> view,
        CancellationToken cancellation
    )
        where T : Aggregate =>
        await visible.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancellation) is { } record
            ? QueryResult.Of(view(record, this), record.Version)
            : QueryResult.NotFound;
}
