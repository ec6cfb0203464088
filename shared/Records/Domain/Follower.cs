using CustomerService.Rules;

namespace CustomerService.Records;

/// <summary>Somebody who follows a record, rule S2; one a person and record, whether they follow now or did once.</summary>
public sealed class Follower : Aggregate
{
    private const string Following = "following";
    private const string Left = "left";

    private Follower() { }

    /// <inheritdoc/>
    public override string Kind => RecordParts.Follower;

    /// <summary>Kind of the record.</summary>
    public string RecordKind { get; private set; } = "";

    /// <summary>The record.</summary>
    public Guid RecordId { get; private set; }

    /// <summary>Who: the subject of their tokens.</summary>
    public string UserId { get; private set; } = "";

    /// <summary>Printed name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>Whether they follow now.</summary>
    public bool Active { get; private set; }

    /// <summary>Identity of a person as the follower of a record.</summary>
    public static Guid IdOf(Guid record, string userId) =>
        NamedIds.Of(RecordParts.Follower, record.ToString("N"), userId);

    /// <summary>Somebody who does not follow yet; <see cref="Follow"/> is next.</summary>
    public static Follower Of(RecordRef record, string userId)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new()
        {
            Id = IdOf(record.Id, userId),
            RecordKind = record.Kind,
            RecordId = record.Id,
            UserId = userId,
        };
    }

    /// <summary>Follows from now on; nothing changes for one who does already.</summary>
    /// <param name="context">Who does it: the person, or whoever mentions them.</param>
    /// <param name="name">Printed name of the person.</param>
    public void Follow(CommandContext context, string name)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!Active)
        {
            var from = Since == default ? null : Left;
            (Active, Name, Since) = (true, name, context.Now);
            Record(context, "follow", from, Following, null);
        }
    }

    /// <summary>Follows no longer.</summary>
    public void Unfollow(CommandContext context)
    {
        if (Active)
        {
            Active = false;
            Record(context, "unfollow", Following, Left, null);
        }
    }
}
