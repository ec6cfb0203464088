using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace CustomerService.Servers;

/// <summary>
/// A PostgreSQL server: the one that <c>CS_POSTGRES</c> names, or a private one on a free loopback port,
/// started from the installed
/// binaries, which are installed from the distribution's package where that is possible.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Environment variable with the connection string of a server that runs already; its account may
    /// create roles and databases.</summary>
    public const string Setting = "CS_POSTGRES";

    private const string PasswordFile = "administrator-password";

    private readonly ServerOptions? _options;
    private ChildProcess? _process;

    private PostgresServer(string connectionString, ServerOptions? options, ChildProcess? process)
    {
        AdministratorConnectionString = connectionString;
        _options = options;
        _process = process;
    }

    /// <summary>Connection string of the account that may create roles and databases.</summary>
    public string AdministratorConnectionString { get; }

    /// <summary>True when this object started the server and stops it.</summary>
    public bool IsPrivate => _options is not null;

    /// <summary>Host and port, for people.</summary>
    public string Address
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(AdministratorConnectionString);
            return $"{parts.Host}:{parts.Port}";
        }
    }

    /// <summary>True when binaries are installed or a connection string is given, so that nothing need be
    /// installed.</summary>
    public static bool IsAtHand =>
        Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } || FindBinaries() is not null;

    /// <summary>Connects to the server of <c>CS_POSTGRES</c>, or starts a private one.</summary>
    /// <exception cref="ServerUnavailableException">There is none and none can be had; the message says what to
    /// do.</exception>
    public static async Task<PostgresServer> StartAsync(ServerOptions options, CancellationToken cancellation = default)
    {
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } given)
        {
            return await ConnectAsync(given, cancellation);
        }

        if (FindBinaries() is null)
        {
            await DebianPackages.InstallAsync(
                "postgresql",
                Setting,
                () => FindBinaries() is not null,
                options.Say,
                cancellation
            );
        }

        var binaries = FindBinaries()!;
        // PostgreSQL refuses to run as root.
        var user = Machine.IsRoot
            ? Machine.FirstUser("postgres", "nobody")
                ?? throw new ServerUnavailableException(
                    "PostgreSQL refuses to run as root and there is no account 'postgres' or 'nobody'. Run as another user."
                )
            : null;
        await Machine.OwnFolderAsync(options.Folder, user, cancellation);
        await Machine.MustReachAsync(options.Folder, user, "CS_LOCAL_FOLDER", cancellation);
        var data = Path.Combine(options.Folder, "data");
        if (!File.Exists(Path.Combine(data, "PG_VERSION")))
        {
            await InitialiseAsync(binaries, user, options, cancellation);
        }

        var password = await File.ReadAllTextAsync(Path.Combine(options.Folder, PasswordFile), cancellation);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (connectionString, process) = await LaunchAsync(
                    binaries,
                    data,
                    user,
                    password,
                    options,
                    cancellation
                );
                var server = new PostgresServer(connectionString, options, process);
                await server.ExecuteAsync(
                    "REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC",
                    cancellation
                );
                return server;
            }
            catch (PortTakenException) when (attempt < 5)
            {
                // Another process was faster; the next attempt takes another port.
            }
        }
    }

    /// <summary>Uses a server that somebody else runs, such as a container.</summary>
    public static async Task<PostgresServer> ConnectAsync(
        string connectionString,
        CancellationToken cancellation = default
    )
    {
        var server = new PostgresServer(connectionString, null, null);
        try
        {
            await server.ExecuteAsync("SELECT 1", cancellation);
        }
        catch (Exception error) when (error is NpgsqlException or ArgumentException)
        {
            throw new ServerUnavailableException(
                $"The PostgreSQL server at {server.Address} ({Setting}) does not answer: {error.Message}"
            );
        }

        return server;
    }

    /// <summary>
    /// Makes a database and the account that owns it; the account reaches no other database. Both are kept when
    /// they are there already (the password is set again).
    /// </summary>
    /// <returns>Connection string of that account.</returns>
    public async Task<string> CreateDatabaseAsync(
        string database,
        string account,
        string password,
        CancellationToken cancellation = default
    )
    {
        await using var source = NpgsqlDataSource.Create(WithoutPool(AdministratorConnectionString));
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var role = await AskAsync(connection, "SELECT 1::text FROM pg_roles WHERE rolname = $1", cancellation, account)
            is null
            ? "CREATE"
            : "ALTER";
        await FormattedAsync(connection, role + " ROLE %I LOGIN PASSWORD %L", cancellation, account, password);
        if (
            await AskAsync(
                connection,
                "SELECT rolname FROM pg_roles WHERE rolname = current_user AND NOT rolsuper",
                cancellation
            )
            is not null
        )
        {
            // Who is no superuser must be a member of the owner to give a database away.
            await FormattedAsync(connection, "GRANT %I TO CURRENT_USER", cancellation, account);
        }

        if (
            await AskAsync(connection, "SELECT 1::text FROM pg_database WHERE datname = $1", cancellation, database)
            is null
        )
        {
            await FormattedAsync(connection, "CREATE DATABASE %I OWNER %I", cancellation, database, account);
        }

        await FormattedAsync(connection, "REVOKE ALL ON DATABASE %I FROM PUBLIC", cancellation, database);
        return new NpgsqlConnectionStringBuilder(AdministratorConnectionString)
        {
            Database = database,
            Username = account,
            Password = password,
        }.ConnectionString;
    }

    /// <summary>Whether the server has this database.</summary>
    public async Task<bool> HasDatabaseAsync(string database, CancellationToken cancellation = default)
    {
        await using var source = NpgsqlDataSource.Create(WithoutPool(AdministratorConnectionString));
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await AskAsync(connection, "SELECT 1::text FROM pg_database WHERE datname = $1", cancellation, database)
            is not null;
    }

    /// <summary>Drops a database, with the connections that are open to it, and the account that owned it.</summary>
    public async Task DropDatabaseAsync(string database, string account, CancellationToken cancellation = default)
    {
        await using var source = NpgsqlDataSource.Create(WithoutPool(AdministratorConnectionString));
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await FormattedAsync(connection, "DROP DATABASE IF EXISTS %I WITH (FORCE)", cancellation, database);
        await FormattedAsync(connection, "DROP ROLE IF EXISTS %I", cancellation, account);
    }

    /// <summary>Stops a private server (fast shutdown); a server of somebody else is left alone.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>Stops a private server, and deletes its folder when that is temporary.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_options is { Temporary: true } && Directory.Exists(_options.Folder))
        {
            Directory.Delete(_options.Folder, recursive: true);
        }
    }

    private static string? FindBinaries()
    {
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian)
            ? Directory
                .GetDirectories(Debian)
                .OrderByDescending(folder =>
                    int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0
                )
                .Select(folder => Path.Combine(folder, "bin"))
                .ToArray()
            : [];
        return
            Path.GetDirectoryName(Machine.Find("initdb", versions)) is { } folder
            && File.Exists(Path.Combine(folder, "postgres"))
            ? folder
            : null;
    }

    private static async Task InitialiseAsync(
        string binaries,
        string? user,
        ServerOptions options,
        CancellationToken cancellation
    )
    {
        if (options.Durable)
        {
            await InitDbAsync(binaries, options.Folder, user, sync: true, cancellation);
            return;
        }

        // For tests one cluster is initialised once and copied: a copy takes a tenth of the time.
        var version = (
            await Machine.RunAsync(null, [Path.Combine(binaries, "postgres"), "--version"], cancellation: cancellation)
        ).Trim();
        var key = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{version}|{user ?? Environment.UserName}|1"))
        )[..12];
        var template = Path.Combine(Path.GetTempPath(), $"customer-service-initdb-{key}");
        using (await FileLock.TakeAsync(template + ".lock", cancellation))
        {
            if (!File.Exists(Path.Combine(template, "complete")))
            {
                if (Directory.Exists(template))
                {
                    Directory.Delete(template, recursive: true);
                }

                await Machine.OwnFolderAsync(template, user, cancellation);
                await InitDbAsync(binaries, template, user, sync: false, cancellation);
                await File.WriteAllTextAsync(Path.Combine(template, "complete"), version, cancellation);
            }
        }

        await Machine.RunAsync(
            user,
            ["cp", "-a", Path.Combine(template, "data"), Path.Combine(template, PasswordFile), options.Folder],
            cancellation: cancellation
        );
    }

    private static async Task InitDbAsync(
        string binaries,
        string folder,
        string? user,
        bool sync,
        CancellationToken cancellation
    )
    {
        var passwordFile = Path.Combine(folder, PasswordFile);
        await File.WriteAllTextAsync(passwordFile, Machine.NewSecret(), cancellation);
        await Machine.OwnFolderAsync(folder, user, cancellation);
        // Made beside and renamed when complete, so that a start that was interrupted is not taken for a cluster.
        var unfinished = Path.Combine(folder, "unfinished");
        await Machine.RunAsync(null, ["rm", "-rf", unfinished], cancellation: cancellation);
        await Machine.RunAsync(
            user,
            [
                Path.Combine(binaries, "initdb"),
                "-D",
                unfinished,
                "-U",
                "postgres",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--auth=scram-sha-256",
                $"--pwfile={passwordFile}",
                .. sync ? (string[])[] : ["--no-sync"],
            ],
            cancellation: cancellation
        );
        Directory.Move(unfinished, Path.Combine(folder, "data"));
    }

    private static async Task<(string ConnectionString, ChildProcess Process)> LaunchAsync(
        string binaries,
        string data,
        string? user,
        string password,
        ServerOptions options,
        CancellationToken cancellation
    )
    {
        await LeftToItsEndAsync(data, cancellation);
        var port = Machine.FreePort();
        var log = Path.Combine(options.Folder, "server.log");
        var settings = new List<string>
        {
            "listen_addresses=127.0.0.1",
            $"port={port}",
            "unix_socket_directories=",
            "max_connections=300",
            "shared_buffers=256MB",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_min_duration_statement=1000",
            "max_wal_size=2GB",
        };
        if (!options.Durable)
        {
            settings.AddRange([
                "fsync=off",
                "synchronous_commit=off",
                "full_page_writes=off",
                "wal_level=minimal",
                "max_wal_senders=0",
            ]);
        }

        var process = ChildProcess.Start(
            new ChildCommand(
                "postgres",
                [
                    Path.Combine(binaries, "postgres"),
                    "-D",
                    data,
                    .. settings.SelectMany(setting => (string[])["-c", setting]),
                ]
            )
            {
                User = user,
                // A fast shutdown: open transactions are rolled back, nothing is lost, nobody is waited for.
                StopSignal = "INT",
                Grace = TimeSpan.FromSeconds(30),
                LogFile = log,
                Folder = options.Folder,
                RemoveWhenOrphaned = options.Temporary ? options.Folder : null,
            }
        );
        var connectionString = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Database = "postgres",
            Username = "postgres",
            Password = password,
        }.ConnectionString;
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                if (process.HasExited)
                {
                    var tail = Machine.Tail(log);
                    throw tail.Contains("Address already in use", StringComparison.Ordinal)
                        ? new PortTakenException()
                        : new ServerUnavailableException($"PostgreSQL did not start: {tail}");
                }

                try
                {
                    await using var source = NpgsqlDataSource.Create(WithoutPool(connectionString));
                    await using var connection = await source.OpenConnectionAsync(cancellation);
                    return (connectionString, process);
                }
                catch (NpgsqlException) when (attempt < 1200)
                {
                    await Task.Delay(100, cancellation);
                }
            }
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>A server whose parent was just killed may still be shutting down on this folder.</summary>
    private static async Task LeftToItsEndAsync(string data, CancellationToken cancellation)
    {
        var file = Path.Combine(data, "postmaster.pid");
        for (var waited = 0; File.Exists(file); waited++)
        {
            var process = File.ReadLines(file).FirstOrDefault();
            if (
                process is null
                || !File.Exists($"/proc/{process}/cmdline")
                || !(await File.ReadAllTextAsync($"/proc/{process}/cmdline", cancellation)).Contains(
                    "postgres",
                    StringComparison.Ordinal
                )
            )
            {
                return;
            }

            if (waited > 300)
            {
                throw new ServerUnavailableException(
                    $"A PostgreSQL server (process {process}) still runs on {data}. Stop it first."
                );
            }

            await Task.Delay(100, cancellation);
        }
    }

    private static string WithoutPool(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(WithoutPool(AdministratorConnectionString));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<string?> AskAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellation,
        params string[] values
    )
    {
#pragma warning disable CA2100 // A constant of this file; what comes from outside goes as parameters.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    /// <summary>DDL takes no parameters, so the server itself quotes the names (%I) and literals (%L).</summary>
    private static async Task FormattedAsync(
        NpgsqlConnection connection,
        string format,
        CancellationToken cancellation,
        params string[] values
    )
    {
        var places = string.Join(
            ", ",
            values.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $"${index + 2}::text"))
        );
        var statement = await AskAsync(
            connection,
            $"SELECT format($1::text, {places})",
            cancellation,
            [format, .. values]
        );
#pragma warning disable CA2100 // Quoted by the server.
        await using var command = new NpgsqlCommand(statement!, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed class PortTakenException : Exception;
}
