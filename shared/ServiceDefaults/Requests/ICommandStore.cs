namespace CustomerService.ServiceDefaults;

/// <summary>The remembered outcome of a command that carried an Idempotency-Key.</summary>
/// <param name="ActorId">Whose key it is: two callers may use the same one.</param>
/// <param name="Key">The key, 1 to 200 characters.</param>
/// <param name="RequestHash">Hash over method, path, If-Match and body: SHA-256, or a slow one where the body
/// holds a secret.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON body.</param>
/// <param name="ETag">ETag, where there was one.</param>
/// <param name="Location">Location, where there was one.</param>
/// <param name="At">When, UTC. Outcomes are kept for 48 hours.</param>
public sealed record IdempotencyRecord(
    string ActorId,
    string Key,
    string RequestHash,
    int Status,
    string Body,
    string? ETag,
    string? Location,
    DateTimeOffset At
);

/// <summary>How a commit ended.</summary>
public enum Commit
{
    /// <summary>Everything is saved.</summary>
    Done,

    /// <summary>Somebody else changed the record meanwhile; nothing is saved.</summary>
    Stale,

    /// <summary>The same key was committed meanwhile; nothing is saved, and the first outcome can be read.</summary>
    KeyTaken,

    /// <summary>A record with the same unique name exists; nothing is saved.</summary>
    AlreadyExists,
}

/// <summary>
/// The store of a service as the command pipeline sees it: one commit that holds aggregates, events, audit
/// entries and the idempotency record together. Implemented for EF Core here, and by Surveys for MongoDB.
/// </summary>
public interface ICommandStore
{
    Task<IdempotencyRecord?> FindOutcomeAsync(string actorId, string key, CancellationToken cancellationToken);

    Task<Commit> CommitAsync(IdempotencyRecord? outcome, CancellationToken cancellationToken);

    /// <summary>
    /// Gives the numbers of forms that this command makes out, in the last round trip before the commit: the counter
    /// stays locked from here to the commit.
    /// </summary>
    Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Forgets what was read and changed, so that the command can run again; false where the store
    /// cannot.</summary>
    bool Reset() => false;

    /// <summary>Deletes the outcomes that are older.</summary>
    /// <param name="before">UTC.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many.</returns>
    Task<int> PurgeOutcomesAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
