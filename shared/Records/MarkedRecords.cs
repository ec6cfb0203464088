using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Records;

/// <summary>What people follow and how they tag, for the work lists.</summary>
internal sealed class MarkedRecords(IRecordStore store) : IMarkedRecords
{
    public async Task<IReadOnlyCollection<Guid>> FollowedByAsync(string userId, CancellationToken cancellationToken) =>
        [.. (await store.FollowedByAsync(userId, cancellationToken)).Select(follower => follower.RecordId)];

    public async Task<IReadOnlyCollection<Guid>?> TaggedAsync(string tag, CancellationToken cancellationToken) =>
        Tag.Normalised(tag) is { } normalised
            ? [.. (await store.TaggedAsync(TextFolding.Key(normalised), cancellationToken)).Select(t => t.RecordId)]
            : null;
}
