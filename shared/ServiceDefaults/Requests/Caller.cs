using System.Globalization;
using CustomerService.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CustomerService.ServiceDefaults;

/// <summary>Who calls, when, and on which version of the record. One per request, by dependency injection.</summary>
public sealed class Caller(IHttpContextAccessor accessor, AuthSettings settings, CompanyClock clock)
{
    private Actor? _actor;

    /// <summary>The signed-in person or system; without a token an actor without roles.</summary>
    public Actor Actor =>
        _actor ??=
            Context.User.Identity?.IsAuthenticated == true
                ? ActorFromToken.Read(Context.User, settings)
                : new Actor("anonymous", "anonymous", new HashSet<string>());

    public CompanyClock Clock => clock;

    public DateOnly Today => clock.Today;

    /// <summary>The version named by <c>If-Match</c>: null when there is none, −1 when it is not one of
    /// ours.</summary>
    public long? ExpectedVersion
    {
        get
        {
            var header = Context.Request.Headers.IfMatch;
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

    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>What the flow tables need to know.</summary>
    /// <param name="policyVersion">Policy version of the case; for a new case the one in force.</param>
    public FlowContext Flow(int policyVersion) => new(Actor, clock.Now, clock.Today, policyVersion);

    /// <summary>
    /// Changes a record that exists: 404 when it is null (not there, or not to be seen by this caller), 428
    /// without If-Match, 412 when
    /// it is not the version seen, 403/409 when refused, else 200 with the new representation and its ETag.
    /// </summary>
    public CommandResult Change<T>(T? aggregate, Func<T, Refusal?> change, Func<T, object> view)
        where T : Aggregate
    {
        if (Precondition(aggregate) is { } failed)
        {
            return failed;
        }

        return change(aggregate!) is { } refusal
            ? CommandResult.Refused(refusal)
            : CommandResult.Ok(view(aggregate!), aggregate!.Version);
    }

    /// <summary>The first half of <see cref="Change{T}"/>, for handlers that must ask others before they
    /// change: null when all is well.</summary>
    public CommandResult? Precondition(Aggregate? aggregate)
    {
        if (aggregate is null)
        {
            return CommandResult.NotFound();
        }

        return ExpectedVersion switch
        {
            null => CommandResult.VersionRequired(),
            var version when version != aggregate.Version => CommandResult.Stale(),
            _ => null,
        };
    }
}
