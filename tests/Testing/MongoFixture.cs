using System.Runtime.CompilerServices;
using CustomerService.Servers;
using Testcontainers.MongoDb;
using Xunit;

namespace CustomerService.Testing;

/// <summary>
/// A MongoDB replica set for a test assembly, from <c>CS_MONGO</c> or from a container engine; it is in no
/// Debian release, so it cannot
/// be installed on the way. Where there is none, tests say so and are skipped:
/// <c>Assert.SkipUnless(mongo.IsAvailable, mongo.WhyNot)</c>.
/// </summary>
public sealed class MongoFixture : IAsyncLifetime
{
    /// <summary>Environment variable with the connection string of a replica set (transactions need one) that
    /// runs already.</summary>
    public const string Setting = "CS_MONGO";

    /// <summary>The value of <see cref="Setting"/>; null when it is not set.</summary>
    public static string? Given { get; } =
        Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } given ? given : null;

    private readonly string? _given = Given;
    private readonly SemaphoreSlim _turn = new(1);
    private MongoDbContainer? _container;

    /// <summary>True when a server is given or can be started.</summary>
    public bool IsAvailable => _given is not null || Containers.Answer;

    /// <summary>Why there is none, for the reason of a skipped test.</summary>
    public string WhyNot => $"No MongoDB: {Setting} is not set and no container engine answers.";

    /// <summary>Connection string of the server, and the name of a database that nothing else uses.</summary>
    public async Task<(string ConnectionString, string Database)> NewDatabaseAsync(
        [CallerFilePath] string prefix = "test"
    )
    {
        var name = Names.New(prefix);
        if (_given is not null)
        {
            return (_given, name);
        }

        if (!Containers.Answer)
        {
            throw new ServerUnavailableException(WhyNot);
        }

        await _turn.WaitAsync();
        try
        {
            if (_container is null)
            {
                var container = new MongoDbBuilder("mongo:8").WithReplicaSet().Build();
                await container.StartAsync();
                _container = container;
            }
        }
        finally
        {
            _turn.Release();
        }

        return (_container.GetConnectionString(), name);
    }

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }

        _turn.Dispose();
    }
}
