using CustomerService.Messaging;
using CustomerService.Rules;

namespace CustomerService.Records;

/// <summary>The people of notes and timelines, as Identity announced them.</summary>
internal sealed class RecordPeople(IAccounts accounts, IRecordStore store)
{
    /// <summary>Refuses who is mentioned and is nobody of the company (S2, S3).</summary>
    public async Task<Result<IReadOnlyList<Account>>> MentionedAsync(
        IReadOnlyCollection<Guid> people,
        CancellationToken cancellation
    )
    {
        if (people.Count == 0)
        {
            return Array.Empty<Account>();
        }

        var known = await accounts.ListAsync(people, cancellation);
        var staff = known.Where(account => account.Active && account.Roles.Intersect(Roles.Staff).Any()).ToList();
        return people.Except(staff.Select(account => account.UserId)).Any()
            ? Refusal.Invalid("mention-unknown", "S2", "people")
            : staff;
    }

    /// <summary>Makes them followers of the record.</summary>
    public async Task FollowAsync(
        CommandContext context,
        RecordRef record,
        IEnumerable<Account> people,
        CancellationToken cancellation
    )
    {
        foreach (var person in people)
        {
            await FollowAsync(context, record, person.UserId.ToString(), person.DisplayName, cancellation);
        }
    }

    /// <summary>Makes a person a follower of the record.</summary>
    public async Task<Follower> FollowAsync(
        CommandContext context,
        RecordRef record,
        string userId,
        string name,
        CancellationToken cancellation
    )
    {
        var follower = await store.FindAsync<Follower>(Follower.IdOf(record.Id, userId), cancellation);
        if (follower is null)
        {
            store.Add(follower = Follower.Of(record, userId));
        }

        follower.Follow(context, name);
        return follower;
    }

    /// <summary>The accounts behind the subjects of tokens, as far as they are known.</summary>
    public async Task<IReadOnlyDictionary<string, Account>> OfAsync(
        IEnumerable<string> subjects,
        CancellationToken cancellation
    )
    {
        var ids = subjects
            .Distinct(StringComparer.Ordinal)
            .Select(subject => Guid.TryParse(subject, out var id) ? id : (Guid?)null)
            .OfType<Guid>()
            .ToList();
        return ids.Count == 0
            ? new Dictionary<string, Account>()
            : (await accounts.ListAsync(ids, cancellation)).ToDictionary(
                account => account.UserId.ToString(),
                StringComparer.OrdinalIgnoreCase
            );
    }
}
