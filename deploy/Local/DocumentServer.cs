using MongoDB.Bson;
using MongoDB.Driver;

namespace CustomerService.Local;

/// <summary>The server of MongoDB's protocol that <c>CS_MONGO</c> names; Surveys keeps its documents there.</summary>
internal sealed class DocumentServer
{
    /// <summary>Environment variable with its connection string.</summary>
    public const string Setting = "CS_MONGO";

    private readonly MongoClient _client;
    private readonly MongoUrlBuilder _url;

    private DocumentServer(MongoClient client, MongoUrlBuilder url, string name) =>
        (_client, _url, Name) = (client, url, name);

    /// <summary>What it calls itself, with its address: a stand-in is never called MongoDB.</summary>
    public string Name { get; }

    /// <summary>Connection string of the database.</summary>
    public string ConnectionString => _url.ToString();

    /// <summary>Connects to the server of the setting; null when there is none.</summary>
    /// <param name="database">Database on it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="StartException">It does not answer.</exception>
    public static async Task<DocumentServer?> ConnectAsync(string database, CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable(Setting) is not { Length: > 0 } given)
        {
            return null;
        }

        try
        {
            var url = new MongoUrlBuilder(given) { DatabaseName = database };
            if (url.Username is not null)
            {
                // The account is the server's; without this the driver would look for it in the new database.
                url.AuthenticationSource ??= "admin";
            }

            var settings = MongoClientSettings.FromConnectionString(url.ToString());
            settings.ServerSelectionTimeout = TimeSpan.FromSeconds(5);
            var client = new MongoClient(settings);
            var about = await client
                .GetDatabase("admin")
                .RunCommandAsync<BsonDocument>(new BsonDocument("buildInfo", 1), cancellationToken: cancellation);
            var name = about.Contains("standin") ? "the MongoDB stand-in" : $"MongoDB {about["version"]}";
            return new(client, url, $"{name} at {string.Join(", ", url.Servers)}");
        }
        catch (Exception fault) when (fault is MongoException or TimeoutException)
        {
            throw new StartException($"The server of {Setting} does not answer: {fault.Message.Split('\n')[0]}");
        }
    }

    /// <summary>Whether anything is in the database.</summary>
    public async Task<bool> HasDatabaseAsync(CancellationToken cancellation) =>
        await (
            await _client.GetDatabase(_url.DatabaseName).ListCollectionNamesAsync(cancellationToken: cancellation)
        ).AnyAsync(cancellation);

    /// <summary>Deletes the database with all that is in it.</summary>
    public Task DropDatabaseAsync(CancellationToken cancellation) =>
        _client.DropDatabaseAsync(_url.DatabaseName, cancellation);
}
