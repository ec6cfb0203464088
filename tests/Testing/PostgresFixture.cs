using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CustomerService.Servers;
using Testcontainers.PostgreSql;
using Xunit;

namespace CustomerService.Testing;

/// <summary>A database of a test's own and the connection string of the account that owns it.</summary>
/// <param name="Name">Name of the database, and of its account.</param>
/// <param name="ConnectionString">Connection string of that account, which reaches no other database.</param>
public sealed record TestDatabase(string Name, string ConnectionString);

/// <summary>
/// One PostgreSQL server for a test assembly: <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>. It
/// starts with the first
/// test that asks for a database, so tests that need none wait for none. The databases go with the server; on a
/// server that was
/// given by <c>CS_POSTGRES</c> they are dropped at the end.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<string> _made = [];
    private PostgreSqlContainer? _container;
    private PostgresServer? _server;

    /// <summary>The server, started when it is not yet running.</summary>
    public async Task<PostgresServer> ServerAsync()
    {
        await _turn.WaitAsync();
        try
        {
            return _server ??= await StartAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Makes an empty database that nothing else uses.</summary>
    /// <param name="prefix">Start of its name; the calling file's name by default.</param>
    public async Task<TestDatabase> NewDatabaseAsync([CallerFilePath] string prefix = "test")
    {
        var server = await ServerAsync();
        var name = Names.New(prefix);
        var connectionString = await server.CreateDatabaseAsync(name, name, Machine.NewSecret());
        lock (_made)
        {
            _made.Add(name);
        }

        return new TestDatabase(name, connectionString);
    }

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            foreach (var name in _server.IsPrivate || _container is not null ? [] : _made)
            {
                await _server.DropDatabaseAsync(name, name);
            }

            await _server.DisposeAsync();
        }

        if (_container is not null)
        {
            await _container.DisposeAsync();
        }

        _turn.Dispose();
    }

    private async Task<PostgresServer> StartAsync()
    {
        if (
            Environment.GetEnvironmentVariable(PostgresServer.Setting) is null or ""
            && Containers.Answer
            && (Containers.AreAskedFor || !PostgresServer.IsAtHand)
        )
        {
            _container = new PostgreSqlBuilder("postgres:17")
                .WithCommand("-c", "fsync=off", "-c", "max_connections=300")
                .Build();
            await _container.StartAsync();
            return await PostgresServer.ConnectAsync(_container.GetConnectionString());
        }

        return await PostgresServer.StartAsync(
            new ServerOptions(Machine.NewTemporaryFolder("postgres"))
            {
                Durable = false,
                Temporary = true,
                Say = TestContext.Current.SendDiagnosticMessage,
            }
        );
    }
}

/// <summary>Names of things that live as long as a test.</summary>
internal static class Names
{
    /// <summary>A short readable name that nothing else has.</summary>
    public static string New(string prefix)
    {
        var readable = string.Concat(
            Path.GetFileNameWithoutExtension(prefix)
                .ToLower(CultureInfo.InvariantCulture)
                .Where(char.IsAsciiLetterOrDigit)
                .Take(30)
        );
        return $"{(readable.Length == 0 ? "test" : readable)}_{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    }
}
