using CustomerService.Messaging;
using CustomerService.ServiceDefaults;
using MongoDB.Bson;
using MongoDB.Driver;

namespace CustomerService.Surveys.Store.Mongo;

/// <summary>The accounts on MongoDB, see <see cref="IAccounts"/>.</summary>
internal sealed class MongoAccounts(MongoDatabase database) : IAccounts, IWithdrawals
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filters = Builders<BsonDocument>.Filter;

    public async Task<Account?> FindAsync(Guid userId, CancellationToken cancellationToken) =>
        (await ListAsync([userId], cancellationToken)).SingleOrDefault();

    public async Task<IReadOnlyList<Account>> ListAsync(
        IReadOnlyCollection<Guid> userIds,
        CancellationToken cancellationToken
    )
    {
        var found = await database
            .Accounts.Find(Filters.In(BsonDocuments.Key, userIds.Select(BsonDocuments.KeyOf)))
            .ToListAsync(cancellationToken);
        return [.. found.Select(ToAccount)];
    }

    /// <summary>One conditional write, outside the inbox's transaction: repeating it changes nothing.</summary>
    public async Task KeepAsync(Account account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        try
        {
            await database.Accounts.ReplaceOneAsync(
                Filters.Eq(BsonDocuments.Key, BsonDocuments.KeyOf(account.UserId))
                    & Filters.Lt("version", account.Version),
                From(account),
                new ReplaceOptions { IsUpsert = true },
                cancellationToken
            );
        }
        catch (MongoWriteException kept) when (kept.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // A version at least as new is there.
        }
    }

    public async Task<IReadOnlyList<Withdrawal>> SinceAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = await database
            .Accounts.Find(Filters.Gt("tokensValidFrom", new BsonDateTime(since.UtcDateTime)))
            .ToListAsync(cancellationToken);
        return
        [
            .. found
                .Select(ToAccount)
                .Select(account => new Withdrawal(account.UserId.ToString(), account.TokensValidFrom!.Value)),
        ];
    }

    private static BsonDocument From(Account account) =>
        new()
        {
            { BsonDocuments.Key, BsonDocuments.KeyOf(account.UserId) },
            { "version", account.Version },
            { "displayName", account.DisplayName },
            { "roles", new BsonArray(account.Roles) },
            { "regions", new BsonArray(account.Regions) },
            { "department", MongoRows.OrNull(account.Department) },
            { "organisationId", MongoRows.OrNull(account.OrganisationId?.ToString("D")) },
            { "active", account.Active },
            { "email", MongoRows.OrNull(account.Email) },
            {
                "tokensValidFrom",
                account.TokensValidFrom is { } from ? new BsonDateTime(from.UtcDateTime) : BsonNull.Value
            },
        };

    private static Account ToAccount(BsonDocument row) =>
        new()
        {
            UserId = Guid.Parse(row[BsonDocuments.Key].AsString),
            Version = row["version"].ToInt64(),
            DisplayName = row["displayName"].AsString,
            Roles = [.. row["roles"].AsBsonArray.Select(role => role.AsString)],
            Regions = [.. row["regions"].AsBsonArray.Select(region => region.AsString)],
            Department = MongoRows.TextOrNull(row["department"]),
            OrganisationId = MongoRows.TextOrNull(row["organisationId"]) is { } id ? Guid.Parse(id) : null,
            Active = row["active"].AsBoolean,
            Email = MongoRows.TextOrNull(row.GetValue("email", BsonNull.Value)),
            TokensValidFrom = row["tokensValidFrom"].IsBsonNull
                ? null
                : new DateTimeOffset(row["tokensValidFrom"].ToUniversalTime(), TimeSpan.Zero),
        };
}
