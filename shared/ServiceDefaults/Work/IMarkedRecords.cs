namespace CustomerService.ServiceDefaults;

/// <summary>Which records of this service somebody has marked. The work lists ask for it.</summary>
public interface IMarkedRecords
{
    /// <summary>The records that a person follows.</summary>
    Task<IReadOnlyCollection<Guid>> FollowedByAsync(string userId, CancellationToken cancellationToken);

    /// <summary>The records with a tag; null where the word cannot be a tag.</summary>
    Task<IReadOnlyCollection<Guid>?> TaggedAsync(string tag, CancellationToken cancellationToken);
}
