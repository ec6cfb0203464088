using System.Globalization;
using System.Net;
using System.Text.Json;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Yarp.ReverseProxy.Configuration;

namespace CustomerService.Load.Commands;

/// <summary>
/// What a command costs at least on these libraries: a minimal API that inserts two rows in one transaction
/// with Npgsql alone, and a YARP in front of it. No sign-in, no rules, no events.
/// </summary>
internal static class BareServer
{
    /// <summary>The argument by which this program is the API: port and connection string follow.</summary>
    public const string Api = "bare-api";

    /// <summary>The argument by which this program is the proxy: port and address of the API follow.</summary>
    public const string Proxy = "bare-proxy";

    /// <summary>Where both answer.</summary>
    public const string Path = "/commands";

    /// <summary>The two tables.</summary>
    public const string Tables = """
        CREATE TABLE records (
            id uuid PRIMARY KEY, subject text NOT NULL, description text NOT NULL, contact text NOT NULL,
            phone text NOT NULL, at timestamptz NOT NULL, version bigint NOT NULL);
        CREATE TABLE events (id uuid PRIMARY KEY, name text NOT NULL, body jsonb NOT NULL, at timestamptz NOT NULL);
        """;

    public static async Task RunApiAsync(string[] args)
    {
        var builder = Builder(args);
        builder.Services.AddSingleton(NpgsqlDataSource.Create(Store.Tuned(args[1])));
        var app = builder.Build();
        app.MapGet("/", () => "ready");
        app.MapPost(
            Path,
            async (Body body, NpgsqlDataSource source, CancellationToken cancellation) =>
            {
                var record = new Record(
                    Guid.CreateVersion7(),
                    body.Subject ?? "",
                    body.Description ?? "",
                    body.Contact ?? "",
                    body.Phone ?? "",
                    TimeProvider.System.GetUtcNow()
                );
                await InsertAsync(source, record, cancellation);
                return Results.Created($"{Path}/{record.Id}", record);
            }
        );
        await app.RunAsync();
    }

    public static async Task RunProxyAsync(string[] args)
    {
        var builder = Builder(args);
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory(
                [
                    new RouteConfig
                    {
                        RouteId = "all",
                        ClusterId = "api",
                        Match = new RouteMatch { Path = "/{**rest}" },
                    },
                ],
                [
                    new ClusterConfig
                    {
                        ClusterId = "api",
                        Destinations = new Dictionary<string, DestinationConfig>
                        {
                            ["one"] = new() { Address = args[1] },
                        },
                    },
                ]
            );
        var app = builder.Build();
        app.MapReverseProxy();
        await app.RunAsync();
    }

    private static WebApplicationBuilder Builder(string[] args)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                int.Parse(args[0], CultureInfo.InvariantCulture),
                listen => listen.Protocols = HttpProtocols.Http1
            )
        );
        return builder;
    }

    private static async Task InsertAsync(NpgsqlDataSource source, Record record, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (
            var row = new NpgsqlCommand(
                """
                INSERT INTO records (id, subject, description, contact, phone, at, version)
                VALUES ($1, $2, $3, $4, $5, $6, 1)
                """,
                connection,
                transaction
            )
        )
        {
            row.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = record.Id });
            row.Parameters.Add(new NpgsqlParameter<string> { TypedValue = record.Subject });
            row.Parameters.Add(new NpgsqlParameter<string> { TypedValue = record.Description });
            row.Parameters.Add(new NpgsqlParameter<string> { TypedValue = record.Contact });
            row.Parameters.Add(new NpgsqlParameter<string> { TypedValue = record.Phone });
            row.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = record.At });
            await row.ExecuteNonQueryAsync(cancellation);
        }

        await using (
            var told = new NpgsqlCommand(
                "INSERT INTO events (id, name, body, at) VALUES ($1, $2, $3::jsonb, $4)",
                connection,
                transaction
            )
        )
        {
            told.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() });
            told.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "record.created" });
            told.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(record) });
            told.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = record.At });
            await told.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    // What the bodies of the commands have in common; the rest of them is skipped.
    internal sealed record Body(string? Subject, string? Description, string? Contact, string? Phone);

    internal sealed record Record(
        Guid Id,
        string Subject,
        string Description,
        string Contact,
        string Phone,
        DateTimeOffset At
    );
}
