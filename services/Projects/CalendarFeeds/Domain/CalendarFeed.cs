using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.CalendarFeeds.Domain;

internal enum CalendarFeedState
{
    Active,
    Revoked,
}

/// <summary>
/// A calendar that a calendar program reads by a secret address, because such programs cannot sign in. Only the hash
/// of the secret is kept; the address is told once.
/// </summary>
internal sealed class CalendarFeed : Aggregate
{
    private const string RevokeAction = "revoke";

    public override string Kind => "calendar-feed";

    /// <summary>The person whose revisits it shows; null for a department's.</summary>
    public Guid? PersonId { get; private set; }

    /// <summary>The department whose people's revisits it shows.</summary>
    public string? Department { get; private set; }

    public string Title { get; private set; } = "";

    public string SecretHash { get; private set; } = "";

    public string CreatedBy { get; private set; } = "";

    public DateTimeOffset? RevokedAt { get; private set; }

    public CalendarFeedState State => RevokedAt is null ? CalendarFeedState.Active : CalendarFeedState.Revoked;

    /// <summary>Held together by those who make feeds of an account, alone by who ends them.</summary>
    public static string LockOf(string account) => "calendar-feeds/" + account;

    /// <summary>A new feed.</summary>
    /// <param name="context">Who and when.</param>
    /// <param name="person">The person whose revisits it shows; null for a department's.</param>
    /// <param name="department">The department.</param>
    /// <param name="secretHash">Hash of the secret in its address.</param>
    public static Result<CalendarFeed> Create(
        CommandContext context,
        Person? person,
        string? department,
        string secretHash
    )
    {
        if (RegistryActions.CheckRole(context, "create", Roles.Staff) is { } refusal)
        {
            return refusal;
        }

        var feed = new CalendarFeed
        {
            Id = Guid.CreateVersion7(context.Now),
            PersonId = person?.Id,
            Department = department,
            Title = person?.Name ?? department ?? "",
            SecretHash = secretHash,
            CreatedBy = context.Actor.Id,
        };
        feed.Record(context, "create", null, feed.State.ToKebab(), null);
        return feed;
    }

    /// <summary>The person turned out to be another one that is known, or not to be them after all (S4).</summary>
    public void MovePerson(CommandContext context, Guid personId, string name)
    {
        PersonId = personId;
        Record(context, "person-merged", State.ToKebab(), State.ToKebab(), name);
    }

    public Refusal? Revoke(CommandContext context)
    {
        if (RegistryActions.CheckRole(context, RevokeAction, Roles.Staff) is { } refusal)
        {
            return refusal;
        }

        if (RevokedAt is null)
        {
            RevokedAt = context.Now;
            Record(context, RevokeAction, CalendarFeedState.Active.ToKebab(), State.ToKebab(), null);
        }

        return null;
    }

    /// <summary>The account of the person who made it was ended: nobody reads on in their name.</summary>
    public void EndWithAccount(CommandContext context)
    {
        if (RevokedAt is null)
        {
            RevokedAt = context.Now;
            Record(context, "end-with-account", CalendarFeedState.Active.ToKebab(), State.ToKebab(), null);
        }
    }

    /// <summary>What this actor could do now, each the last part of a route.</summary>
    public IReadOnlyList<string> AllowedActions(CommandContext context) =>
        State == CalendarFeedState.Active && context.Actor.IsStaff() ? [RevokeAction] : [];
}
