using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Records.Keeping;

/// <summary>Notes which records were closed, and until when they are kept (C8).</summary>
internal sealed class NoteClosedRecords(
    IServiceScopeFactory scopes,
    KeepingOptions options,
    KeptKinds kinds,
    CompanyClock clock,
    ILogger<NoteClosedRecords> log
) : DueSweep(scopes, options.Every, clock.Time, log)
{
    // Behind the last one that was noted: another replica, or a command that began before and was saved after.
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    private DateTimeOffset _since;

    protected override async Task<IReadOnlyList<Guid>> DueAsync(
        IServiceProvider services,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var store = services.GetRequiredService<IKeepingStore>();
        if (after == Guid.Empty)
        {
            var latest = await store.ListAsync(new(), null, limit, cancellationToken);
            _since = latest.Max(entry => entry.ClosedAt) is { } last ? last - Overlap : DateTimeOffset.MinValue;
        }

        return await store.MovedAsync(kinds, _since, after, limit, cancellationToken);
    }

    protected override bool IsAway(Exception exception) => options.IsAway(exception);

    protected override Task<bool> StepAsync(IServiceProvider services, Guid id, CancellationToken cancellationToken) =>
        services.GetRequiredService<RecordKeeping>().FollowAsync(id, cancellationToken);
}

/// <summary>Deletes the contents of files of erased records, where no other record has them (C8).</summary>
internal sealed class DropErasedContents(
    IServiceScopeFactory scopes,
    KeepingOptions options,
    CompanyClock clock,
    ILogger<DropErasedContents> log
) : DueSweep(scopes, options.Every, clock.Time, log)
{
    protected override Task<IReadOnlyList<Guid>> DueAsync(
        IServiceProvider services,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    ) => services.GetRequiredService<IKeepingStore>().WithBlobsAsync(clock.Now, after, limit, cancellationToken);

    protected override bool IsAway(Exception exception) => options.IsAway(exception);

    protected override Task<bool> StepAsync(IServiceProvider services, Guid id, CancellationToken cancellationToken) =>
        services.GetRequiredService<RecordKeeping>().DropContentsAsync(id, cancellationToken);
}
